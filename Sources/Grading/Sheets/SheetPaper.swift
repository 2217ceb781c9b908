public import Accounts
public import Foundation

/// The printed and signed grade sheet as it came back to the office (S2 4.8.5): who took it, when, and its scan where one
/// was made. A sheet that is opened again needs a new one.
public struct SheetPaper: Hashable, Sendable, Codable {
    /// A scan of the paper.
    public struct Scan: Hashable, Sendable, Codable {
        /// SHA-256 of its bytes in hexadecimal.
        public let sha256: String
        /// How many bytes it has.
        public let byteCount: Int
        /// Where its sealed bytes are kept.
        public let evidence: String
        /// Who added it.
        public let by: UUID
        /// When.
        public let at: Date

        /// Makes a value.
        public init(sha256: String, byteCount: Int, evidence: String, by: UUID, at: Date) {
            self.sha256 = sha256
            self.byteCount = byteCount
            self.evidence = evidence
            self.by = by
            self.at = at
        }
    }

    /// The sheet.
    public let sheetID: UUID
    /// Which of its closings the paper shows.
    public let version: Int
    /// The day on which it came back.
    public let receivedOn: CalendarDay
    /// The last day for that: three working days after the sheet was filled.
    public let dueOn: CalendarDay?
    /// Who took it.
    public let receivedBy: UUID
    /// When that was recorded.
    public let at: Date
    /// What was said about it.
    public let comment: String?
    /// Its scan.
    public private(set) var scan: Scan?

    /// The most bytes of a scan.
    public static let scanByteLimit = 20 << 20

    /// Whether it came later than it was to come.
    public var isLate: Bool { dueOn.map { receivedOn > $0 } ?? false }

    /// Makes a record.
    public init(
        sheetID: UUID,
        version: Int,
        receivedOn: CalendarDay,
        dueOn: CalendarDay?,
        receivedBy: UUID,
        at: Date,
        comment: String?
    ) {
        self.sheetID = sheetID
        self.version = version
        self.receivedOn = receivedOn
        self.dueOn = dueOn
        self.receivedBy = receivedBy
        self.at = at
        self.comment = comment
    }

    /// The record with its scan; nil where it has one, which stays.
    public func scanned(_ scan: Scan) -> SheetPaper? {
        guard self.scan == nil else { return nil }
        var paper = self
        paper.scan = scan
        return paper
    }
}

/// Where it is kept which signed sheets came back.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol SheetPaperStore: AnyObject {
    /// Adds a record, or replaces what has become of it; there is one for each closing of a sheet.
    func savePaper(_ paper: SheetPaper) throws
    /// The papers of a sheet, oldest first.
    func papers(of sheetID: UUID) throws -> [SheetPaper]
}
