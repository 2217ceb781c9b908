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
    /// Whether the first row names the columns; without it no row can be understood.
    public private(set) var hasHeader = false

    /// A row that was not read.
    public struct Problem: Hashable, Sendable {
        /// The line in the file, from 1.
        public var line: Int
        /// What is wrong and what to do.
        public var reason: String
        /// The same in Russian.
        public var russianReason: String
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
            problems = [Problem(line: 1, reason: "the file is empty", russianReason: "файл пуст")]
            return
        }
        let titles = header.fields.map { $0.lowercased().trimmingCharacters(in: .whitespaces) }
        func column(_ key: String) -> Int? {
            titles.firstIndex { Self.names[key]?.contains($0) == true }
        }
        guard let number = column("number"), let surname = column("surname"), let given = column("given_name") else {
            let reason = "the first row must name the columns number, surname, given_name and perhaps patronymic"
            let russianReason = "в первой строке нужны столбцы номер, фамилия, имя и, если есть, отчество"
            problems = [Problem(line: 1, reason: reason, russianReason: russianReason)]
            return
        }
        hasHeader = true
        let (patronymic, birthDate) = (column("patronymic"), column("birth_date"))
        var seen: [ContractNumber: Int] = [:]
        while let row = rows.next() {
            if row.fields.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { continue }
            if row.unterminated {
                refuse("a quoted field is not closed", ru: "не закрыта кавычка", row)
                continue
            }
            guard row.fields.count == titles.count else {
                let (found, wanted) = (row.fields.count, titles.count)
                refuse(
                    "\(found) fields where the first row has \(wanted)",
                    ru: "столбцов \(found), а в первой строке \(wanted)",
                    row
                )
                continue
            }
            guard let contractNumber = ContractNumber(row.fields[number]) else {
                refuse("the contract number is empty or too long", ru: "номер договора пуст или слишком длинный", row)
                continue
            }
            let name = PersonName(
                surname: row.fields[surname],
                givenName: row.fields[given],
                patronymic: patronymic.map { row.fields[$0] }
            )
            guard !name.surname.isEmpty, !name.givenName.isEmpty else {
                refuse("surname and given name must not be empty", ru: "фамилия и имя не должны быть пустыми", row)
                continue
            }
            guard name.isStorable else {
                refuse(
                    "a part of the name is longer than \(PersonName.maximumPartLength) characters or has control characters",
                    ru: "часть имени длиннее \(PersonName.maximumPartLength) знаков или содержит управляющие знаки",
                    row
                )
                continue
            }
            let birthText = birthDate.map { row.fields[$0].trimmingCharacters(in: .whitespaces) } ?? ""
            let birthDay = CalendarDay(birthText)
            guard birthText.isEmpty || birthDay != nil else {
                refuse(
                    "the date of birth must be written as 2009-01-31 or 31.01.2009",
                    ru: "дату рождения пишут как 31.01.2009 или 2009-01-31",
                    row
                )
                continue
            }
            if let earlier = seen[contractNumber] {
                refuse(
                    "the same number stands on line \(earlier)",
                    ru: "тот же номер стоит в строке \(earlier)",
                    row
                )
                continue
            }
            seen[contractNumber] = row.line
            contracts.append(
                Contract(number: contractNumber, name: name, birthDate: birthDay, importedAt: importedAt)
            )
        }
    }

    private mutating func refuse(_ reason: String, ru russianReason: String, _ row: CSVRows.Row) {
        problems.append(Problem(line: row.line, reason: reason, russianReason: russianReason))
    }
}

/// Splits CSV text into rows.
package struct CSVRows {
    /// One row.
    package struct Row {
        /// The line in the file, from 1.
        package var line: Int
        /// What stands between the separators, without quotes.
        package var fields: [String]
        /// Whether a quoted field is not closed.
        package var unterminated = false
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var line = 1
    private let separator: Unicode.Scalar

    /// Takes the whole text, with or without a byte order mark.
    package init(text: String) {
        var all = Array(text.unicodeScalars)
        if all.first == "\u{FEFF}" { all.removeFirst() }
        scalars = all
        let firstLine = all.prefix { $0 != "\n" && $0 != "\r" }
        separator = firstLine.contains(";") && !firstLine.contains(",") ? ";" : ","
    }

    /// The next row.
    package mutating func next() -> Row? {
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
