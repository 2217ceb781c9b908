public import Accounts
import Foundation

/// Reads who belongs to which group from CSV (as ``ContractRegisterCSV`` reads contracts).
///
/// The first row names the columns: `group`/«группа», `kind`/«вид» (`academic`, `study`, «академическая», «учебная»),
/// `contract`/«договор», `faculty`/«факультет» and `record_book`/«зачётная книжка» (both optional).
public struct GroupRegisterCSV: Sendable {
    /// A line that was read whole.
    public struct Line: Hashable, Sendable {
        /// The line in the file, from 1.
        public var line: Int
        /// The group's name.
        public var group: String
        /// What the group is for.
        public var kind: StudentGroup.Kind
        /// The faculty, where it is said.
        public var faculty: String
        /// The contract.
        public var contract: ContractNumber
        /// The number of the record book, where it is said.
        public var recordBook: String
    }

    /// A line that was not read.
    public struct Problem: Hashable, Sendable {
        /// The line in the file, from 1.
        public var line: Int
        /// What is wrong and what to do.
        public var reason: String
        /// The same in Russian.
        public var russianReason: String

        /// Makes a problem.
        public init(line: Int, reason: String, russianReason: String) {
            self.line = line
            self.reason = reason
            self.russianReason = russianReason
        }
    }

    /// The lines that were read.
    public private(set) var lines: [Line] = []
    /// Those that were not.
    public private(set) var problems: [Problem] = []
    /// Whether the first row names the columns.
    public private(set) var hasHeader = false

    private static let names: [String: Set<String>] = [
        "group": ["group", "группа"],
        "kind": ["kind", "вид", "вид группы"],
        "contract": ["contract", "number", "договор", "номер договора"],
        "faculty": ["faculty", "факультет"],
        "record_book": ["record_book", "зачётная книжка", "зачетная книжка", "№ зачётной книжки"],
    ]

    private static let kinds: [String: StudentGroup.Kind] = [
        "academic": .academic, "академическая": .academic, "study": .study, "учебная": .study,
    ]

    /// Reads the whole text; each row is a line or a problem.
    public init(text: String) {
        var rows = CSVRows(text: text)
        let titles = rows.next()?.fields.map { $0.lowercased().trimmingCharacters(in: .whitespaces) } ?? []
        func column(_ key: String) -> Int? { titles.firstIndex { Self.names[key]?.contains($0) == true } }
        guard let group = column("group"), let kind = column("kind"), let contract = column("contract") else {
            refuse(
                1,
                "the first row must name the columns group, kind and contract",
                "в первой строке нужны столбцы "
                    + "группа, вид и договор"
            )
            return
        }
        hasHeader = true
        let (faculty, recordBook) = (column("faculty"), column("record_book"))
        while let row = rows.next() {
            if row.fields.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { continue }
            guard !row.unterminated, row.fields.count == titles.count else {
                refuse(
                    row.line,
                    "another number of fields than the first row has",
                    "столбцов не столько, сколько в "
                        + "первой строке"
                )
                continue
            }
            func text(_ column: Int?) -> String { column.map { Self.tidied(row.fields[$0]) } ?? "" }
            guard let number = ContractNumber(row.fields[contract]) else {
                refuse(row.line, "the contract number is empty or too long", "номер договора пуст или слишком длинный")
                continue
            }
            guard let known = Self.kinds[text(kind).lowercased()] else {
                refuse(row.line, "the kind is academic or study", "вид группы: академическая или учебная")
                continue
            }
            let texts = [text(group), text(faculty), text(recordBook)]
            guard !texts[0].isEmpty, texts.allSatisfy({ $0.count <= 100 }) else {
                refuse(
                    row.line,
                    "the group has no name, or a text is longer than 100 characters",
                    "название группы пусто, или текст длиннее 100 знаков"
                )
                continue
            }
            lines.append(
                Line(
                    line: row.line,
                    group: texts[0],
                    kind: known,
                    faculty: texts[1],
                    contract: number,
                    recordBook: texts[2]
                )
            )
        }
    }

    private mutating func refuse(_ line: Int, _ reason: String, _ russianReason: String) {
        problems.append(Problem(line: line, reason: reason, russianReason: russianReason))
    }

    private static func tidied(_ text: String) -> String {
        let kept = String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control })
        )
        return kept.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
