public import Foundation

/// Reads the contract register from CSV (RFC 4180; comma or semicolon; UTF-8 with or without a byte order mark).
///
/// The first row names the columns, in any order, in English or Russian: `number`/«номер», `surname`/«фамилия»,
/// `given_name`/«имя», `patronymic`/«отчество» and `birth_date`/«дата рождения» (both optional).
public struct ContractRegisterCSV: Sendable {
    /// A row that was read whole.
    public var contracts: [Contract] = []
    /// Rows that could not be read, each with its line and the reason.
    public var problems: [Problem] = []

    /// A row that was not read.
    public struct Problem: Hashable, Sendable {
        /// The line in the file, from 1.
        public var line: Int
        /// What is wrong and what to do.
        public var reason: String
    }

    private static let names: [String: Set<String>] = [
        "number": ["number", "contract", "номер", "номер договора", "договор"],
        "surname": ["surname", "фамилия"],
        "given_name": ["given_name", "имя"],
        "patronymic": ["patronymic", "отчество"],
        "birth_date": ["birth_date", "дата рождения"],
    ]

    /// Reads the whole text; nothing of it is lost silently: each row is a contract or a problem.
    public init(text: String, importedAt: Date) {
        var rows = CSVRows(text: text)
        guard let header = rows.next() else {
            problems = [Problem(line: 1, reason: "the file is empty")]
            return
        }
        let titles = header.fields.map { $0.lowercased().trimmingCharacters(in: .whitespaces) }
        func column(_ key: String) -> Int? {
            titles.firstIndex { Self.names[key]?.contains($0) == true }
        }
        guard let number = column("number"), let surname = column("surname"), let given = column("given_name") else {
            let reason = "the first row must name the columns number, surname, given_name and perhaps patronymic"
            problems = [Problem(line: 1, reason: reason)]
            return
        }
        let (patronymic, birthDate) = (column("patronymic"), column("birth_date"))
        var seen: [ContractNumber: Int] = [:]
        while let row = rows.next() {
            if row.fields.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { continue }
            if row.unterminated {
                problems.append(Problem(line: row.line, reason: "a quoted field is not closed"))
                continue
            }
            guard row.fields.count == titles.count else {
                let reason = "\(row.fields.count) fields where the first row has \(titles.count)"
                problems.append(Problem(line: row.line, reason: reason))
                continue
            }
            guard let contractNumber = ContractNumber(row.fields[number]) else {
                problems.append(Problem(line: row.line, reason: "the contract number is empty or too long"))
                continue
            }
            let name = PersonName(
                surname: row.fields[surname],
                givenName: row.fields[given],
                patronymic: patronymic.map { row.fields[$0] }
            )
            guard !name.surname.isEmpty, !name.givenName.isEmpty else {
                problems.append(Problem(line: row.line, reason: "surname and given name must not be empty"))
                continue
            }
            let birthText = birthDate.map { row.fields[$0].trimmingCharacters(in: .whitespaces) } ?? ""
            let birthDay = CalendarDay(birthText)
            guard birthText.isEmpty || birthDay != nil else {
                let reason = "the date of birth must be written as 2009-01-31 or 31.01.2009"
                problems.append(Problem(line: row.line, reason: reason))
                continue
            }
            if let earlier = seen[contractNumber] {
                problems.append(Problem(line: row.line, reason: "the same number stands on line \(earlier)"))
                continue
            }
            seen[contractNumber] = row.line
            contracts.append(
                Contract(number: contractNumber, name: name, birthDate: birthDay, importedAt: importedAt)
            )
        }
    }
}

/// Splits CSV text into rows.
private struct CSVRows {
    struct Row {
        var line: Int
        var fields: [String]
        var unterminated = false
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var line = 1
    private let separator: Unicode.Scalar

    init(text: String) {
        var all = Array(text.unicodeScalars)
        if all.first == "\u{FEFF}" { all.removeFirst() }
        scalars = all
        let firstLine = all.prefix { $0 != "\n" && $0 != "\r" }
        separator = firstLine.contains(";") && !firstLine.contains(",") ? ";" : ","
    }

    mutating func next() -> Row? {
        guard position < scalars.count else { return nil }
        var row = Row(line: line, fields: [])
        var field = String.UnicodeScalarView()
        var quoted = false
        var fieldStart = true
        while position < scalars.count {
            let scalar = scalars[position]
            position += 1
            if quoted {
                if scalar != "\"" {
                    if scalar == "\n" { line += 1 }
                    field.append(scalar)
                } else if position < scalars.count, scalars[position] == "\"" {
                    position += 1
                    field.append("\"")
                } else {
                    quoted = false
                }
            } else if scalar == "\"", fieldStart {
                quoted = true
                fieldStart = false
            } else if scalar == separator {
                row.fields.append(String(field))
                field = String.UnicodeScalarView()
                fieldStart = true
            } else if scalar == "\n" || scalar == "\r" {
                if scalar == "\r", position < scalars.count, scalars[position] == "\n" { position += 1 }
                line += 1
                row.fields.append(String(field))
                return row
            } else {
                field.append(scalar)
                fieldStart = false
            }
        }
        row.fields.append(String(field))
        row.unterminated = quoted
        return row
    }
}
