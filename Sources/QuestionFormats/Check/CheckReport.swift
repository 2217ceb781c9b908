public import Foundation
import QuestionBank

/// What reading a file found, without storing anything; `attestd questions check` prints it as JSON.
public struct CheckReport: Sendable, Encodable {
    /// The most findings of each kind that are listed one by one; the rest are counted.
    public static let listLimit = 10_000

    /// A finding as it is listed.
    public struct Line: Sendable, Encodable {
        /// The file inside the package; left out outside packages.
        public var file: String?
        /// The line in the file, from 1.
        public var line: Int
        /// The item's title, or the beginning of its text.
        public var title: String
        /// Why, as a stable code.
        public var code: String
        /// Why, for people.
        public var reason: BilingualReason
    }

    /// The file's name as it was given.
    public var file: String
    /// The format; nil where the file was refused before it was known.
    public var format: QuestionFormat?
    /// Whether it is a package.
    public var isPackage = false
    /// The encoding of its text.
    public var encoding: String?
    /// Whether the encoding was guessed.
    public var isEncodingGuessed = false
    /// How many items were read, wholly or in part.
    public private(set) var readCount = 0
    /// How many of each type.
    public private(set) var readByType: [String: Int] = [:]
    /// How many items were not read.
    public private(set) var notReadCount = 0
    /// The items that were not read.
    public private(set) var notRead: [Line] = []
    /// How many parts of items were not read.
    public private(set) var partlyReadCount = 0
    /// What was lost of items that were read.
    public private(set) var partlyRead: [Line] = []
    /// How many things should be looked at.
    public private(set) var noteCount = 0
    /// What should be looked at although nothing was lost.
    public private(set) var notes: [Line] = []
    /// Why the whole file was refused; nil where it was read.
    public var refusal: FileRefusal?

    enum CodingKeys: String, CodingKey {
        case file, format, encoding, notes, refusal
        case isPackage = "package"
        case isEncodingGuessed = "encoding_guessed"
        case readCount = "items_read"
        case readByType = "items_read_by_type"
        case notReadCount = "items_not_read"
        case notRead = "not_read"
        case partlyReadCount = "parts_not_read"
        case partlyRead = "partly_read"
        case noteCount = "notes_count"
    }

    /// Makes an empty report.
    public init(file: String) {
        self.file = file
    }

    /// Reads a file; what refuses it as a whole is in ``refusal``.
    ///
    /// - Parameter progress: called after each event with the number of items so far.
    public static func make(of file: URL, named name: String, progress: (Int) -> Void = { _ in }) throws -> CheckReport
    {
        var report = CheckReport(file: name)
        do {
            let summary = try withoutActuallyEscaping(progress) { progress in
                try QuestionFileReader().read(file: file) { event in
                    report.add(event)
                    progress(report.readCount + report.notReadCount)
                }
            }
            report.format = summary.format
            report.isPackage = summary.isPackage
            report.encoding = summary.encoding
            report.isEncodingGuessed = summary.isEncodingGuessed
        } catch let refusal as FileRefusal {
            report.refusal = refusal
        }
        return report
    }

    /// Counts what a reader delivered.
    public mutating func add(_ event: ReadEvent) {
        switch event {
        case .topic: break
        case .question(let question, _):
            readCount += 1
            readByType[question.type.rawValue, default: 0] += 1
        case .finding(let finding):
            let line = Line(
                file: finding.file,
                line: finding.line,
                title: finding.title.excerpt(200),
                code: finding.code.rawValue,
                reason: finding.reason
            )
            switch finding.severity {
            case .notRead:
                notReadCount += 1
                if notRead.count < Self.listLimit { notRead.append(line) }
            case .partlyRead:
                partlyReadCount += 1
                if partlyRead.count < Self.listLimit { partlyRead.append(line) }
            case .note:
                noteCount += 1
                if notes.count < Self.listLimit { notes.append(line) }
            }
        }
    }

    /// Whether everything in the file was read whole.
    public var isWhole: Bool { refusal == nil && notReadCount == 0 && partlyReadCount == 0 }
}
