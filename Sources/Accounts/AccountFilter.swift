public import Foundation

/// What a listing of accounts asks for; absent conditions let everything through.
public struct AccountFilter: Hashable, Sendable {
    /// The beginning of a name or of an e-mail address, as somebody types it.
    public var search: String?
    /// Only accounts with this role.
    public var role: Role?
    /// Only accounts that are disabled, or only those that are not.
    public var isDisabled: Bool?
    /// Only what comes behind this account: the last of the page before.
    public var after: UUID?
    /// How many at most.
    public var limit: Int

    /// A filter that lets everything through, a page at a time.
    public init(
        search: String? = nil,
        role: Role? = nil,
        isDisabled: Bool? = nil,
        after: UUID? = nil,
        limit: Int = 100
    ) {
        self.search = search
        self.role = role
        self.isDisabled = isDisabled
        self.after = after
        self.limit = limit
    }
}
