public import Foundation

/// What a listing of the contract register asks for; absent conditions let everything through.
public struct ContractFilter: Hashable, Sendable {
    /// In what state.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// Has not ended.
        case open
        /// Has ended.
        case closed
        /// Has an account.
        case bound
        /// Nobody has registered under it.
        case unbound
    }

    /// The beginning of a number or of a name, as somebody types it.
    public var search: String?
    /// Only contracts in this state.
    public var state: State?
    /// Only what comes behind this contract: the last of the page before.
    public var after: UUID?
    /// How many at most.
    public var limit: Int

    /// A filter that lets everything through, a page at a time.
    public init(search: String? = nil, state: State? = nil, after: UUID? = nil, limit: Int = 100) {
        self.search = search
        self.state = state
        self.after = after
        self.limit = limit
    }
}

/// What staff did to a contract, so that the register can be accounted for.
public struct ContractChange: Hashable, Sendable {
    /// What was done.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Name or birthday were corrected.
        case corrected
        /// It was closed.
        case closed
        /// It was opened again.
        case reopened
    }

    /// The identifier (UUIDv7).
    public var id: UUID
    /// The contract.
    public var contractID: UUID
    /// What was done.
    public var kind: Kind
    /// Why.
    public var reason: String
    /// The name that stood there before.
    public var nameBefore: PersonName
    /// The birthday that stood there before.
    public var birthDateBefore: CalendarDay?
    /// By whom.
    public var by: UUID
    /// When.
    public var at: Date

    /// Creates a value.
    public init(
        id: UUID,
        contractID: UUID,
        kind: Kind,
        reason: String,
        nameBefore: PersonName,
        birthDateBefore: CalendarDay?,
        by: UUID,
        at: Date
    ) {
        self.id = id
        self.contractID = contractID
        self.kind = kind
        self.reason = reason
        self.nameBefore = nameBefore
        self.birthDateBefore = birthDateBefore
        self.by = by
        self.at = at
    }
}
