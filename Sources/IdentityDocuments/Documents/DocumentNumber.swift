/// A document's series and number in the form in which they are kept and compared.
public struct DocumentNumber: Hashable, Sendable, Codable {
    /// The series, without spaces; `nil` where there is none.
    public var series: String?
    /// The number, without spaces.
    public var number: String

    /// Puts what a person typed into that form: upper case; spaces, «№», «N», «серия» and «номер» away; in kinds of which
    /// series and number are always equally long, a series typed together with the number is taken off it
    /// («45 08 № 123456»).
    public init(series: String?, number: String, kind: DocumentKind) {
        let typedSeries = Self.tidy(series ?? "")
        let typedNumber = Self.tidy(number)
        if typedSeries.isEmpty, let format = NumberFormat.of(kind), let split = format.split(typedNumber) {
            self.series = split.series
            self.number = split.number
        } else {
            self.series = typedSeries.isEmpty ? nil : NumberFormat.of(kind)?.cyrillicSeries(typedSeries) ?? typedSeries
            self.number = typedNumber
        }
    }

    /// The number for everybody outside of the record: the first two characters of the series, the last two of the
    /// number, asterisks for the others: `45** ****56`. Without a series only the last two are shown, of numbers of four
    /// characters and less none.
    public var masked: String {
        let series = series.map { $0.prefix(2) + String(repeating: "*", count: max(0, $0.count - 2)) + " " } ?? ""
        let shown = number.count > 4 ? 2 : 0
        return series + String(repeating: "*", count: number.count - shown) + number.suffix(shown)
    }

    private static func tidy(_ text: String) -> String {
        var words = text.uppercased().replacing("№", with: " ").split(whereSeparator: \.isWhitespace).map(String.init)
        words.removeAll { ["СЕРИЯ", "НОМЕР", "N", "NO", "NO.", "SERIES", "NUMBER"].contains($0) }
        return words.joined()
    }
}

/// Series and number of kinds that always have the same form.
struct NumberFormat: Sendable {
    /// The series: so many digits, or so many Cyrillic letters.
    let seriesLength: Int
    let seriesIsDigits: Bool
    /// The number: so many digits.
    let numberLengths: ClosedRange<Int>
    /// The form in words.
    let text: BilingualText

    /// The form of a kind; `nil` where it varies. By the templates in the annex to the Federal Tax Service's order of
    /// 13.10.2006 No SAE-3-04/706@.
    static func of(_ kind: DocumentKind) -> NumberFormat? {
        switch kind {
        case .russianPassport:
            NumberFormat(
                seriesLength: 4,
                seriesIsDigits: true,
                numberLengths: 6...6,
                text: BilingualText(
                    ru: "четыре цифры серии и шесть цифр номера",
                    en: "four digits of the series and six of the number"
                )
            )
        case .russianTravelPassport:
            NumberFormat(
                seriesLength: 2,
                seriesIsDigits: true,
                numberLengths: 7...7,
                text: BilingualText(
                    ru: "две цифры серии и семь цифр номера",
                    en: "two digits of the series and seven of the number"
                )
            )
        case .militaryID:
            NumberFormat(
                seriesLength: 2,
                seriesIsDigits: false,
                numberLengths: 6...7,
                text: BilingualText(
                    ru: "две буквы серии и шесть или семь цифр номера",
                    en: "two Cyrillic letters of the series and six or seven digits of the number"
                )
            )
        default: nil
        }
    }

    func admits(series: String?) -> Bool {
        guard let series, series.count == seriesLength else { return false }
        return series.allSatisfy { seriesIsDigits ? Self.isDigit($0) : ("А"..."Я").contains($0) }
    }

    func admits(number: String) -> Bool {
        numberLengths.contains(number.count) && number.allSatisfy(Self.isDigit)
    }

    func split(_ text: String) -> (series: String, number: String)? {
        let series = cyrillicSeries(String(text.prefix(seriesLength)))
        let number = String(text.dropFirst(seriesLength))
        return admits(series: series) && admits(number: number) ? (series, number) : nil
    }

    /// A series of letters with Latin letters of the same look exchanged.
    func cyrillicSeries(_ series: String) -> String {
        guard !seriesIsDigits else { return series }
        let cyrillic: [Character: Character] = [
            "A": "А", "B": "В", "E": "Е", "K": "К", "M": "М", "H": "Н", "O": "О", "P": "Р", "C": "С", "T": "Т",
            "X": "Х",
        ]
        return String(series.map { cyrillic[$0] ?? $0 })
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
