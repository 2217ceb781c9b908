/// Where fields and check digits of a format stand.
struct MRZLayout: Sendable {
    /// The fields, in the order of the zone.
    let fields: [MRZField]
    /// The check digits.
    let checks: [Check]

    /// A check digit, and what it is computed over.
    struct Check: Sendable {
        /// The field that is the check digit.
        let name: MRZFieldName
        /// The line, from 0.
        let line: Int
        /// The column, from 1.
        let column: Int
        /// Lines from 0 and columns from 1 that it covers, in this order.
        let covers: [Span]
        /// Whether `<` may stand in its place when all it covers are fillers.
        var mayBeFiller = false
    }

    /// Columns of a line.
    struct Span: Hashable, Sendable {
        let line: Int
        let columns: ClosedRange<Int>
    }

    /// The layout of a format. The number of TD1 and TD2 documents may run over into the optional data.
    ///
    /// - Parameter lines: The zone itself, which tells the length of the number and the issuing state.
    static func of(_ format: MRZFormat, lines: [[Character]]) -> MRZLayout {
        let layout =
            switch format {
            case .td1: td1(numberCheckIsFiller: lines[0][14] == "<", rest: lines[0][15...])
            case .td2: td2(numberCheckIsFiller: lines[1][9] == "<", rest: lines[1][28..<35])
            case .td3: twoLines(of: 44, optional: 29...42, optionalCheck: 43, composite: 44)
            case .mrvA: twoLines(of: 44, optional: 29...44, optionalCheck: nil, composite: nil)
            case .mrvB: twoLines(of: 36, optional: 29...36, optionalCheck: nil, composite: nil)
            case .russianPassport: russianPassport
            }
        // Russian documents number with digits alone, so a letter there is a misreading.
        guard format == .td3, String(lines[0][2..<5]) == "RUS" else { return layout }
        let fields = layout.fields.map { field in
            guard field.name == .documentNumber else { return field }
            return MRZField(name: field.name, line: field.line, columns: field.columns, content: .digits)
        }
        return MRZLayout(fields: fields, checks: layout.checks)
    }

    private static func twoLines(
        of length: Int,
        optional: ClosedRange<Int>,
        optionalCheck: Int?,
        composite: Int?
    ) -> MRZLayout {
        var fields = heading(of: length, names: .letters) + commonFields
        var checks = commonChecks
        fields.append(MRZField(name: .optionalData, line: 1, columns: optional, content: .any))
        if let optionalCheck {
            fields.append(
                MRZField(
                    name: .optionalDataCheck,
                    line: 1,
                    columns: optionalCheck...optionalCheck,
                    content: .digitsOrFillers
                )
            )
            checks.append(
                Check(
                    name: .optionalDataCheck,
                    line: 1,
                    column: optionalCheck,
                    covers: [Span(line: 1, columns: optional)],
                    mayBeFiller: true
                )
            )
        }
        if let composite {
            fields.append(MRZField(name: .compositeCheck, line: 1, columns: composite...composite, content: .digits))
            checks.append(compositeCheck(at: composite))
        }
        return MRZLayout(fields: fields, checks: checks)
    }

    private static func td2(numberCheckIsFiller: Bool, rest: ArraySlice<Character>) -> MRZLayout {
        let plain = twoLines(of: 36, optional: 29...35, optionalCheck: nil, composite: 36)
        guard numberCheckIsFiller, let end = endOfLongNumber(in: rest) else { return plain }
        return plain.withLongNumber(line: 1, number: 1...9, check: 10, rest: 29...(28 + end), optional: (29 + end)...35)
    }

    private static func td1(numberCheckIsFiller: Bool, rest: ArraySlice<Character>) -> MRZLayout {
        let fields = [
            MRZField(name: .documentCode, line: 0, columns: 1...2, content: .letters),
            MRZField(name: .issuer, line: 0, columns: 3...5, content: .letters),
            MRZField(name: .documentNumber, line: 0, columns: 6...14, content: .any),
            MRZField(name: .documentNumberCheck, line: 0, columns: 15...15, content: .digitsOrFillers),
            MRZField(name: .optionalData, line: 0, columns: 16...30, content: .any),
            MRZField(name: .birthDate, line: 1, columns: 1...6, content: .digitsOrFillers),
            MRZField(name: .birthDateCheck, line: 1, columns: 7...7, content: .digits),
            MRZField(name: .sex, line: 1, columns: 8...8, content: .sex),
            MRZField(name: .expiryDate, line: 1, columns: 9...14, content: .digitsOrFillers),
            MRZField(name: .expiryDateCheck, line: 1, columns: 15...15, content: .digitsOrFillers),
            MRZField(name: .nationality, line: 1, columns: 16...18, content: .letters),
            MRZField(name: .secondOptionalData, line: 1, columns: 19...29, content: .any),
            MRZField(name: .compositeCheck, line: 1, columns: 30...30, content: .digits),
            MRZField(name: .names, line: 2, columns: 1...30, content: .letters),
        ]
        let checks = [
            Check(
                name: .documentNumberCheck,
                line: 0,
                column: 15,
                covers: [Span(line: 0, columns: 6...14)]
            ),
            Check(name: .birthDateCheck, line: 1, column: 7, covers: [Span(line: 1, columns: 1...6)]),
            Check(
                name: .expiryDateCheck,
                line: 1,
                column: 15,
                covers: [Span(line: 1, columns: 9...14)],
                mayBeFiller: true
            ),
            Check(
                name: .compositeCheck,
                line: 1,
                column: 30,
                covers: [
                    Span(line: 0, columns: 6...30), Span(line: 1, columns: 1...7), Span(line: 1, columns: 9...15),
                    Span(line: 1, columns: 19...29),
                ]
            ),
        ]
        let plain = MRZLayout(fields: fields, checks: checks)
        guard numberCheckIsFiller, let end = endOfLongNumber(in: rest) else { return plain }
        return plain.withLongNumber(
            line: 0,
            number: 6...14,
            check: 15,
            rest: 16...(15 + end),
            optional: (16 + end)...30
        )
    }

    /// Where the rest of a long number with its check digit ends: before the first filler, at least two characters
    /// long (Doc 9303-5 note j, Doc 9303-6 note j).
    private static func endOfLongNumber(in rest: ArraySlice<Character>) -> Int? {
        let length = rest.prefix { $0 != "<" }.count
        return (2..<rest.count).contains(length) ? length : nil
    }

    private func withLongNumber(
        line: Int,
        number: ClosedRange<Int>,
        check: Int,
        rest: ClosedRange<Int>,
        optional: ClosedRange<Int>
    ) -> MRZLayout {
        let restOfNumber = rest.lowerBound...(rest.upperBound - 1)
        let added = [
            MRZField(name: .filler, line: line, columns: check...check, content: .fillers),
            MRZField(name: .documentNumberRest, line: line, columns: restOfNumber, content: .any),
            MRZField(
                name: .documentNumberCheck,
                line: line,
                columns: rest.upperBound...rest.upperBound,
                content: .digits
            ),
            MRZField(name: .optionalData, line: line, columns: optional, content: .any),
        ]
        let replaced: Set<MRZFieldName> = [.documentNumberCheck, .optionalData]
        let others = checks.filter { $0.name != .documentNumberCheck }
        let numberCheck = Check(
            name: .documentNumberCheck,
            line: line,
            column: rest.upperBound,
            covers: [Span(line: line, columns: number), Span(line: line, columns: restOfNumber)]
        )
        return MRZLayout(
            fields: (fields.filter { !replaced.contains($0.name) } + added).sorted {
                ($0.line, $0.columns.lowerBound) < ($1.line, $1.columns.lowerBound)
            },
            checks: [numberCheck] + others
        )
    }

    /// The internal passport: as TD3 up to the expiry date, which is filled with `<` unless the passport has one.
    private static let russianPassport: MRZLayout = {
        let fields =
            heading(of: 44, names: .russianCodes)
            + commonFields.map { field in
                guard field.name == .documentNumber else { return field }
                return MRZField(name: field.name, line: field.line, columns: field.columns, content: .digits)
            } + [
                MRZField(name: .seriesLastDigit, line: 1, columns: 29...29, content: .digits),
                MRZField(name: .issueDate, line: 1, columns: 30...35, content: .digits),
                MRZField(name: .divisionCode, line: 1, columns: 36...41, content: .digits),
                MRZField(name: .filler, line: 1, columns: 42...42, content: .fillers),
                MRZField(name: .optionalDataCheck, line: 1, columns: 43...43, content: .digits),
                MRZField(name: .compositeCheck, line: 1, columns: 44...44, content: .digits),
            ]
        let optional = Check(
            name: .optionalDataCheck,
            line: 1,
            column: 43,
            covers: [Span(line: 1, columns: 29...42)]
        )
        return MRZLayout(fields: fields, checks: commonChecks + [optional, compositeCheck(at: 44)])
    }()

    private static func heading(of length: Int, names: MRZField.Content) -> [MRZField] {
        [
            MRZField(name: .documentCode, line: 0, columns: 1...2, content: .letters),
            MRZField(name: .issuer, line: 0, columns: 3...5, content: .letters),
            MRZField(name: .names, line: 0, columns: 6...length, content: names),
        ]
    }

    private static let commonFields = [
        MRZField(name: .documentNumber, line: 1, columns: 1...9, content: .any),
        MRZField(name: .documentNumberCheck, line: 1, columns: 10...10, content: .digitsOrFillers),
        MRZField(name: .nationality, line: 1, columns: 11...13, content: .letters),
        MRZField(name: .birthDate, line: 1, columns: 14...19, content: .digitsOrFillers),
        MRZField(name: .birthDateCheck, line: 1, columns: 20...20, content: .digits),
        MRZField(name: .sex, line: 1, columns: 21...21, content: .sex),
        MRZField(name: .expiryDate, line: 1, columns: 22...27, content: .digitsOrFillers),
        MRZField(name: .expiryDateCheck, line: 1, columns: 28...28, content: .digitsOrFillers),
    ]

    private static let commonChecks = [
        Check(name: .documentNumberCheck, line: 1, column: 10, covers: [Span(line: 1, columns: 1...9)]),
        Check(name: .birthDateCheck, line: 1, column: 20, covers: [Span(line: 1, columns: 14...19)]),
        Check(
            name: .expiryDateCheck,
            line: 1,
            column: 28,
            covers: [Span(line: 1, columns: 22...27)],
            mayBeFiller: true
        ),
    ]

    private static func compositeCheck(at column: Int) -> Check {
        Check(
            name: .compositeCheck,
            line: 1,
            column: column,
            covers: [
                Span(line: 1, columns: 1...10), Span(line: 1, columns: 14...20),
                Span(line: 1, columns: 22...(column - 1)),
            ]
        )
    }
}
