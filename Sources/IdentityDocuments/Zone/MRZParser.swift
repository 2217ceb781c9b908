import Accounts

/// Takes lines of the right number and length apart, and checks them.
struct MRZParser {
    let format: MRZFormat
    let lines: [[Character]]
    let day: CalendarDay
    private let layout: MRZLayout

    init(format: MRZFormat, lines: [[Character]], day: CalendarDay) {
        self.format = format
        self.lines = lines
        self.day = day
        layout = MRZLayout.of(format, lines: lines)
    }

    func reading(repairs: [MRZRepair]) -> MRZReading {
        let zone = zone()
        return MRZReading(
            zone: zone,
            faults: characterFaults() + checkFaults() + meaningFaults(zone),
            repairs: repairs
        )
    }

    private func zone() -> MachineReadableZone {
        let number = value(.documentNumber) + value(.documentNumberRest)
        let expiry = text(.expiryDate)
        let division = text(.divisionCode)
        let isRussian = format == .russianPassport
        return MachineReadableZone(
            format: format,
            lines: lines.map { String($0) },
            documentCode: value(.documentCode),
            issuer: CountryCode(zone: text(.issuer)),
            documentNumber: isRussian ? String(number.dropFirst(3)) : number,
            series: isRussian ? String(number.prefix(3)) + text(.seriesLastDigit) : nil,
            nationality: CountryCode(zone: text(.nationality)),
            birthDate: MRZDate(text(.birthDate), century: .past(until: day)),
            sex: text(.sex) == "<" ? nil : text(.sex),
            expiryDate: expiry.allSatisfy { $0 == "<" } ? nil : MRZDate(expiry, century: .near(day)),
            issueDate: isRussian ? MRZDate(text(.issueDate), century: .past(until: day)) : nil,
            divisionCode: isRussian ? "\(division.prefix(3))-\(division.dropFirst(3))" : nil,
            optionalData: isRussian ? [] : optionalData(),
            names: MRZNames(field: text(.names))
        )
    }

    private func optionalData() -> [String] {
        [MRZFieldName.optionalData, .secondOptionalData].compactMap { name in
            guard let text = texts(name).last else { return nil }
            return String(text.reversed().drop { $0 == "<" }.reversed())
        }
    }

    private func characterFaults() -> [MRZFault] {
        layout.fields.compactMap { field in
            let characters = lines[field.line][(field.columns.lowerBound - 1)..<field.columns.upperBound]
            let wrong = zip(field.columns, characters).filter { !field.content.admits($0.1) }
            guard let first = wrong.first, let last = wrong.last else { return nil }
            return MRZFault(
                code: .wrongCharacter,
                field: field.name,
                line: field.line + 1,
                columns: first.0...last.0
            )
        }
    }

    private func checkFaults() -> [MRZFault] {
        layout.checks.compactMap { check in
            let covered = check.covers.flatMap { characters($0) }
            let found = lines[check.line][check.column - 1]
            if check.mayBeFiller, found == "<", covered.allSatisfy({ $0 == "<" }) { return nil }
            // A character of no zone is its own fault already.
            guard let expected = MRZCheckDigit.digit(of: covered), found != Character(String(expected)) else {
                return nil
            }
            let span = check.covers.count == 1 ? check.covers.first : nil
            return MRZFault(
                code: .wrongCheckDigit,
                field: check.name,
                line: (span?.line ?? check.line) + 1,
                columns: span?.line == check.line
                    ? min(span?.columns.lowerBound ?? check.column, check.column)...check.column
                    : check.column...check.column,
                expected: expected,
                found: String(found)
            )
        }
    }

    private func meaningFaults(_ zone: MachineReadableZone) -> [MRZFault] {
        var faults: [MRZFault] = []
        let dates: [(MRZFieldName, MRZDate?)] = [
            (.birthDate, zone.birthDate), (.expiryDate, zone.expiryDate), (.issueDate, zone.issueDate),
        ]
        for (name, date) in dates {
            guard let date, date.date == nil, name != .birthDate || !date.isPartlyUnknown else { continue }
            faults.append(fault(.impossibleDate, name))
        }
        if zone.issuer == nil { faults.append(fault(.unknownState, .issuer)) }
        if zone.nationality == nil { faults.append(fault(.unknownState, .nationality)) }
        if zone.documentNumber.isEmpty { faults.append(fault(.numberMissing, .documentNumber)) }
        if zone.names.primary.isEmpty { faults.append(fault(.namesMissing, .names)) }
        // A field is named once: a date with a letter in it needs no second fault for being no date.
        let named = Set(characterFaults().compactMap(\.field))
        return faults.filter { fault in fault.field.map { !named.contains($0) } ?? true }
    }

    private func fault(_ code: MRZFault.Code, _ name: MRZFieldName) -> MRZFault {
        let field = layout.fields.first { $0.name == name }
        return MRZFault(code: code, field: name, line: field.map { $0.line + 1 }, columns: field?.columns)
    }

    private func characters(_ span: MRZLayout.Span) -> ArraySlice<Character> {
        lines[span.line][(span.columns.lowerBound - 1)..<span.columns.upperBound]
    }

    private func texts(_ name: MRZFieldName) -> [String] {
        layout.fields.filter { $0.name == name }
            .map { String(characters(MRZLayout.Span(line: $0.line, columns: $0.columns))) }
    }

    private func text(_ name: MRZFieldName) -> String { texts(name).joined() }

    private func value(_ name: MRZFieldName) -> String { text(name).filter { $0 != "<" } }
}
