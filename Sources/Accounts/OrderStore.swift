public import Foundation

/// Where the register of orders and powers of attorney is kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol OrderStore: AnyObject {
    /// Adds an order.
    func insertOrder(_ order: Order) throws
    /// One order.
    func order(_ id: UUID) throws -> Order?
    /// The orders that a filter lets through, the last entered first.
    func orders(_ filter: OrderFilter) throws -> [Order]
    /// Notes a revocation; `false` where there is no such order or it is revoked already.
    func revokeOrder(_ id: UUID, _ revocation: Order.Revocation) throws -> Bool
}

extension OrderStore {
    /// The order by which an account may act within a scope on a day; `nil` where there is none, and then it may not.
    ///
    /// Days are those of the institution's time zone.
    public func authority(of accountID: UUID, _ scope: Order.Scope, on day: CalendarDay) throws -> Order? {
        var filter = OrderFilter(limit: 1)
        filter.holder = accountID
        filter.scope = scope
        filter.validOn = day
        return try orders(filter).first { $0.isValid(on: day, scope: scope) }
    }
}

/// What a listing of orders asks for; absent conditions let everything through.
public struct OrderFilter: Hashable, Sendable {
    /// Only orders of this holder.
    public var holder: UUID?
    /// Only orders of this scope.
    public var scope: Order.Scope?
    /// Only orders that count on this day.
    public var validOn: CalendarDay?
    /// Only orders for a partner's people.
    public var ofPartners = false
    /// Only orders entered before this one: the last of the page before.
    public var before: UUID?
    /// How many at most.
    public var limit: Int

    /// A filter that lets everything through, a page at a time.
    public init(limit: Int = 100) {
        self.limit = limit
    }
}
