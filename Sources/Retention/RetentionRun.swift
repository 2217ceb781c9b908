public import Foundation

/// What is to be destroyed because its time is over: first a preview, then, once somebody else has looked at it, its run.
public struct RetentionRun: Hashable, Sendable, Codable, Identifiable {
    /// Where it stands.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// The data are looked through.
        case previewing
        /// It is known what would be destroyed; nothing is yet.
        case previewed
        /// It is being carried out.
        case running
        /// The rows are gone; files and the rests in the database's file follow.
        case clearing
        /// Nothing is left.
        case completed
        /// Nobody wants it any more.
        case discarded
    }

    /// What there is of one kind.
    public struct Line: Hashable, Sendable, Codable {
        /// The kind.
        public var kind: DataKind
        /// Which rule was applied.
        public var rule: Int
        /// How many are due, and nothing holds them.
        public var due = 0
        /// Of how many people.
        public var people = 0
        /// How many are due and held.
        public var held = 0
        /// By what, how many; several holds may keep one.
        public var holds: [String: Int] = [:]
        /// How many were destroyed.
        public var destroyed = 0
        /// How many were held when their turn came, and stayed.
        public var kept = 0
        /// How many files were destroyed.
        public var files = 0

        /// Makes an empty line.
        public init(kind: DataKind, rule: Int) {
            self.kind = kind
            self.rule = rule
        }
    }

    /// The identifier (UUIDv7).
    public let id: UUID
    /// Where it stands.
    public var state: State
    /// Who asked for the preview; nobody where the service or the command line did.
    public let requestedBy: UUID?
    /// When; what is due is counted as of then.
    public let asOf: Date
    /// Whether the service began it by itself, under rules that are approved.
    public let isAutomatic: Bool
    /// What there is of each kind.
    public var lines: [Line]
    /// How many kinds are looked through, and where the work stands in the next.
    public var cursor = Cursor()
    /// SHA-256 over everything that would be destroyed, as hexadecimal digits; empty before the preview is done.
    public var digest = ""
    /// Who approved the run.
    public var approvedBy: UUID?
    /// When.
    public var approvedAt: Date?
    /// The order that it rests on.
    public var order: OrderReference?
    /// Who attests to it.
    public var commission: [UUID] = []
    /// When nothing was left.
    public var completedAt: Date?
    /// The place of its entry in the log.
    public var logIndex: UInt64?

    /// Where the work stands.
    public struct Cursor: Hashable, Sendable, Codable {
        /// How many kinds are done.
        public var kinds = 0
        /// The last item of the kind that is being looked through.
        public var item: String?

        /// The beginning.
        public init() {}
    }

    /// Begins a preview.
    public init(id: UUID, rules: [RetentionRule], requestedBy: UUID?, asOf: Date, isAutomatic: Bool = false) {
        self.id = id
        state = .previewing
        self.requestedBy = requestedBy
        self.asOf = asOf
        self.isAutomatic = isAutomatic
        lines = rules.map { Line(kind: $0.kind, rule: $0.number) }
    }

    /// How many items there are to destroy.
    public var due: Int { lines.reduce(0) { $0 + $1.due } }
    /// How many of them are dealt with.
    public var done: Int { lines.reduce(0) { $0 + $1.destroyed + $1.kept } }
}

/// An order (приказ) that something rests on.
public struct OrderReference: Hashable, Sendable, Codable {
    /// Its number.
    public var number: String
    /// Its date, `2026-01-31`.
    public var date: String

    /// Makes a value.
    public init(number: String, date: String) {
        self.number = number
        self.date = date
    }
}

/// One thing that is due.
public struct DueItem: Hashable, Sendable {
    /// Its identifier within the kind.
    public var id: String
    /// Whose it is.
    public var subject: UUID?

    /// Makes a value.
    public init(id: String, subject: UUID?) {
        self.id = id
        self.subject = subject
    }
}
