/// What is wrong with a machine-readable zone, and where.
public struct MRZFault: Hashable, Sendable, Codable {
    /// What is wrong.
    public var code: Code
    /// The field, where the fault lies in one.
    public var field: MRZFieldName?
    /// The line, from 1.
    public var line: Int?
    /// The columns, from 1.
    public var columns: ClosedRange<Int>?
    /// The check digit that belongs there.
    public var expected: Int?
    /// The character that stands there instead of it.
    public var found: String?

    /// Kinds of faults.
    public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        /// Neither two lines of 44 or 36 characters nor three of 30, or none that a document begins with.
        case unknownShape = "unknown_shape"
        /// A line is too short or too long.
        case wrongLength = "wrong_length"
        /// A character that does not occur in zones, or not in this field.
        case wrongCharacter = "wrong_character"
        /// The check digit is another one.
        case wrongCheckDigit = "wrong_check_digit"
        /// The calendar has no such day, or it lies in the future where it cannot.
        case impossibleDate = "impossible_date"
        /// Neither ISO 3166-1 nor Doc 9303-3 know the state's code.
        case unknownState = "unknown_state"
        /// There is no number.
        case numberMissing = "number_missing"
        /// There is no name.
        case namesMissing = "names_missing"
    }

    /// What is wrong and what to do about it.
    public var text: BilingualText {
        let place = placeText
        let field = field?.text ?? BilingualText(ru: "строки", en: "line")
        switch code {
        case .unknownShape:
            return BilingualText(
                ru:
                    "Это не машиночитаемая зона: в ней две строки по 44 или 36 знаков или три по 30. Введите строки целиком, "
                    + "вместе со знаками «<».",
                en:
                    "This is no machine-readable zone: it has two lines of 44 or 36 characters, or three of 30. Type the "
                    + "lines in full, with the “<” signs."
            )
        case .wrongLength:
            return BilingualText(
                ru: "\(place.ru): в строке не то число знаков. Сверьте её с документом, знаки «<» тоже считаются.",
                en: "\(place.en): the line has the wrong number of characters. Compare it with the document; the “<” "
                    + "signs count too."
            )
        case .wrongCharacter:
            return BilingualText(
                ru: "\(place.ru): недопустимый знак в поле \(field.ru). Сверьте эти знаки с документом.",
                en: "\(place.en): a character that cannot stand in the field for the \(field.en). Compare these "
                    + "characters with the document."
            )
        case .wrongCheckDigit:
            let digit = expected.map(String.init) ?? "?"
            return BilingualText(
                ru: "\(place.ru): контрольная цифра \(field.ru) не сходится (по расчёту \(digit)). Сверьте эти знаки с "
                    + "документом.",
                en: "\(place.en): the check digit of the \(field.en) does not agree (\(digit) is computed). Compare "
                    + "these characters with the document."
            )
        case .impossibleDate:
            return BilingualText(
                ru: "\(place.ru): невозможная дата в поле \(field.ru). Сверьте эти знаки с документом.",
                en:
                    "\(place.en): an impossible day in the field for the \(field.en). Compare these characters with the "
                    + "document."
            )
        case .unknownState:
            return BilingualText(
                ru: "\(place.ru): такого кода государства нет. Сверьте эти знаки с документом.",
                en: "\(place.en): no state has this code. Compare these characters with the document."
            )
        case .numberMissing:
            return BilingualText(
                ru: "\(place.ru): нет номера документа. Сверьте строку с документом.",
                en: "\(place.en): the document's number is missing. Compare the line with the document."
            )
        case .namesMissing:
            return BilingualText(
                ru: "\(place.ru): нет имени владельца. Сверьте строку с документом.",
                en: "\(place.en): the holder's name is missing. Compare the line with the document."
            )
        }
    }

    private var placeText: BilingualText {
        guard let line else { return BilingualText(ru: "Машиночитаемая зона", en: "The machine-readable zone") }
        guard let columns else { return BilingualText(ru: "Строка \(line)", en: "Line \(line)") }
        let span =
            columns.count == 1 ? "\(columns.lowerBound)" : "\(columns.lowerBound)–\(columns.upperBound)"
        return columns.count == 1
            ? BilingualText(ru: "Строка \(line), знак \(span)", en: "Line \(line), character \(span)")
            : BilingualText(ru: "Строка \(line), знаки \(span)", en: "Line \(line), characters \(span)")
    }
}

/// A character that was read as another one and put right because its field leaves no choice.
public struct MRZRepair: Hashable, Sendable, Codable {
    /// What was done.
    public var kind: Kind
    /// The line, from 1.
    public var line: Int
    /// The column, from 1; the first one for fillers.
    public var column: Int
    /// What stood there; empty for fillers that were added.
    public var from: String
    /// What stands there now; empty for fillers that were taken away.
    public var to: String

    /// Kinds of repairs.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// A letter that looks like the digit that must stand there, or the other way round.
        case lookAlike = "look_alike"
        /// Fillers too few or too many in the longest run of them.
        case fillerCount = "filler_count"
    }
}
