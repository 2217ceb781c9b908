public import Accounts
public import Foundation

/// The search in the identification log, and what people keep of it.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol RegisterStore: AnyObject {
    /// Records that a filter lets through, oldest first, behind a place: for exports, a page at a time.
    func identifications(
        _ filter: IdentificationFilter,
        after place: RegisterPlace?,
        limit: Int
    ) throws -> [IdentificationRecord]
    /// The same page as lines of a register: with their places in the log, and without findings, which no line shows.
    func identificationLines(
        _ filter: IdentificationFilter,
        after place: RegisterPlace?,
        limit: Int
    ) throws -> [PlacedIdentification]
    /// What somebody is called; `nil` where there is no such account.
    func personName(of accountID: UUID) throws -> PersonName?
    /// How many records a filter lets through; counting ends at a limit.
    func identificationCount(_ filter: IdentificationFilter, atMost limit: Int) throws -> Int
    /// The newest records that a filter lets through, up to a limit, counted by all that can be chosen among.
    func identificationCells(_ filter: IdentificationFilter, among limit: Int) throws -> [RegisterCell]

    /// How many statements of consent a filter's time, person and group let through, made before a time.
    func consentCount(_ filter: IdentificationFilter, until: Date) throws -> Int
    /// A page of these statements in the order in which they came.
    func consents(
        _ filter: IdentificationFilter,
        until: Date,
        after number: Int64?,
        limit: Int
    ) throws -> [NumberedConsent]

    /// Notes at which place of the log a record has an entry.
    func insertLogPlace(_ index: UInt64, of recordID: UUID) throws
    /// The places in the log of a record's entries, in rising order.
    func logPlaces(of recordID: UUID) throws -> [UInt64]

    /// Keeps a view; one of the same identifier is replaced.
    func saveView(_ view: SavedView) throws
    /// A view.
    func savedView(_ id: UUID) throws -> SavedView?
    /// A person's views and those that others share, by name.
    func savedViews(of ownerID: UUID, limit: Int) throws -> [SavedView]
    /// Forgets a view.
    func deleteView(_ id: UUID) throws
}

/// A statement of consent with its place in the register.
public struct NumberedConsent: Hashable, Sendable {
    /// The place; statements are numbered as they come.
    public var number: Int64
    /// What was stated.
    public var statement: ConsentStatement

    /// Creates a value.
    public init(number: Int64, statement: ConsentStatement) {
        self.number = number
        self.statement = statement
    }
}

/// A record and where the log has its first entry.
public struct PlacedIdentification: Hashable, Sendable {
    /// The record.
    public var record: IdentificationRecord
    /// The entry's place; `nil` where the record has none.
    public var logIndex: UInt64?

    /// Creates a value.
    public init(record: IdentificationRecord, logIndex: UInt64?) {
        self.record = record
        self.logIndex = logIndex
    }
}

/// A place in the order of the identification log: by time, then by identifier.
public struct RegisterPlace: Hashable, Sendable, Codable {
    /// When the record was made.
    public var at: Date
    /// The record.
    public var id: UUID

    /// Creates a place.
    public init(at: Date, id: UUID) {
        self.at = at
        self.id = id
    }
}

/// How many records agree in all that a search chooses among.
public struct RegisterCell: Hashable, Sendable {
    /// How they identify.
    public var method: IdentificationMethod
    /// What they came to.
    public var outcome: IdentificationOutcome
    /// The kind of procedure, if any.
    public var procedure: ProcedureKind?
    /// The discipline of the attempt, if any.
    public var discipline: String?
    /// The verifier, if any.
    public var operatorID: UUID?
    /// How many there are.
    public var count: Int

    /// Creates a value.
    public init(
        method: IdentificationMethod,
        outcome: IdentificationOutcome,
        procedure: ProcedureKind?,
        discipline: String?,
        operatorID: UUID?,
        count: Int
    ) {
        self.method = method
        self.outcome = outcome
        self.procedure = procedure
        self.discipline = discipline
        self.operatorID = operatorID
        self.count = count
    }
}

/// A search that somebody kept under a name (сохранённый отбор).
public struct SavedView: Hashable, Sendable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// Whose it is; nobody else changes it.
    public var ownerID: UUID
    /// What the owner calls it.
    public var name: String
    /// The conditions.
    public var filter: IdentificationFilter
    /// Whether everybody who may read the log sees it.
    public var isShared: Bool
    /// When it was made or changed last.
    public var changedAt: Date

    /// Creates a view.
    public init(
        id: UUID,
        ownerID: UUID,
        name: String,
        filter: IdentificationFilter,
        isShared: Bool,
        changedAt: Date
    ) {
        self.id = id
        self.ownerID = ownerID
        self.name = name
        self.filter = filter.conditions
        self.isShared = isShared
        self.changedAt = changedAt
    }
}
