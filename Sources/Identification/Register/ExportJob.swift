public import Foundation

/// What somebody wants to have of a register as a file.
public struct ExportOrder: Hashable, Sendable, Codable {
    /// The registers that are exported.
    public enum Register: String, Hashable, Sendable, Codable, CaseIterable {
        /// The identification log.
        case identifications
        /// Consents, refusals and withdrawals.
        case consents
        /// Orders and powers of attorney.
        case orders
        /// The persons responsible by an order that is in force.
        case responsiblePersons = "responsible_persons"
    }

    /// The formats.
    public enum Format: String, Hashable, Sendable, Codable, CaseIterable {
        /// JSON Lines: a record a line, codes instead of words.
        case jsonl
        /// Comma-separated values (RFC 4180).
        case csv
        /// A workbook (Office Open XML).
        case xlsx
        /// A register for printing.
        case pdf
        /// An evidence bundle that can be checked offline.
        case bundle
    }

    /// How comma-separated values are written.
    public struct CSV: Hashable, Sendable, Codable {
        /// Semicolons instead of commas, as spreadsheets want it where the decimal sign is a comma.
        public var usesSemicolons: Bool
        /// Whether the file begins with a byte order mark, by which spreadsheets know UTF-8.
        public var hasByteOrderMark: Bool

        /// Creates a value.
        public init(usesSemicolons: Bool = false, hasByteOrderMark: Bool = true) {
            self.usesSemicolons = usesSemicolons
            self.hasByteOrderMark = hasByteOrderMark
        }
    }

    /// Which register.
    public var register: Register
    /// In which format.
    public var format: Format
    /// What goes in.
    public var filter: IdentificationFilter
    /// Whether pictures go in, where the format can hold them.
    public var hasPictures: Bool
    /// Why pictures of identity documents go in too, in evidence bundles; nil where they do not.
    public var documentPurpose: AccessPurpose?
    /// The language of titles and words: `ru` or `en`.
    public var language: String
    /// How comma-separated values are written.
    public var csv: CSV

    /// Creates an order.
    public init(
        register: Register,
        format: Format,
        filter: IdentificationFilter = IdentificationFilter(),
        hasPictures: Bool = false,
        documentPurpose: AccessPurpose? = nil,
        language: String = "ru",
        csv: CSV = CSV()
    ) {
        self.register = register
        self.format = format
        self.filter = filter.conditions
        self.hasPictures = hasPictures
        self.documentPurpose = documentPurpose
        self.language = language
        self.csv = csv
    }
}

/// One export (выгрузка): who wants what, how far it is, and where its file is.
public struct ExportJob: Hashable, Sendable, Codable {
    /// Where it stands.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// Nobody has begun.
        case waiting
        /// Rows are being written.
        case running
        /// The file is there.
        case finished
        /// It could not be made.
        case failed
        /// Its owner does not want it any more; there is no file.
        case cancelled
        /// The file was deleted after its time.
        case expired
    }

    /// The identifier (UUIDv7).
    public var id: UUID
    /// What is wanted.
    public var order: ExportOrder
    /// Who wants it; the file is theirs alone.
    public var requestedBy: UUID
    /// When it was ordered.
    public var requestedAt: Date
    /// Where it stands.
    public var state: State
    /// How many records there will be, once they are counted.
    public var total: Int?
    /// How many are written.
    public var done = 0
    /// The log's size that the export tells of: what came later is not in it.
    public var logSize: UInt64?
    /// The checkpoint of that size, a signed note.
    public var checkpoint: String?
    /// When it began.
    public var startedAt: Date?
    /// When it ended.
    public var finishedAt: Date?
    /// When the file is deleted.
    public var expiresAt: Date?
    /// The file's size in bytes, and its SHA-256 in hexadecimal digits.
    public var byteCount: Int?
    /// See ``byteCount``.
    public var digest: String?
    /// The key of the file, wrapped under the master key; nothing once the file is gone.
    public var wrappedKey: Data?
    /// From where it goes on after a restart, sealed; nothing where it has to begin anew.
    public var progress: Data?
    /// Why it failed, as a stable code.
    public var failure: String?
    /// Who has fetched the file, its owner or another: each is logged once.
    public var fetchedBy: [UUID] = []

    /// An export that nobody has begun.
    public init(id: UUID, order: ExportOrder, requestedBy: UUID, requestedAt: Date) {
        self.id = id
        self.order = order
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
        state = .waiting
    }
}

/// Where exports are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol ExportStore: AnyObject {
    /// Keeps a job; one of the same identifier is replaced.
    func saveExport(_ job: ExportJob) throws
    /// A job.
    func export(_ id: UUID) throws -> ExportJob?
    /// A page of a person's jobs, newest first.
    func exports(of accountID: UUID, before: UUID?, limit: Int) throws -> [ExportJob]
    /// Jobs that wait or run, oldest first.
    func unfinishedExports(limit: Int) throws -> [ExportJob]
    /// Jobs whose files are past their time.
    func exportsToExpire(at time: Date, limit: Int) throws -> [ExportJob]
}
