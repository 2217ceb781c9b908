import Accounts
import Foundation
import Storage
import Testing

@Suite("Storage contract: orders and powers of attorney")
struct OrderContractTests {
    private func order(
        _ number: Int,
        holders: [UUID],
        scopes: Set<Order.Scope> = [.identification],
        from: String = "2027-01-15",
        until: String? = "2027-06-30",
        partner: String? = nil
    ) throws -> Order {
        Order(
            id: Fixtures.id(9_000 + number),
            kind: number % 2 == 0 ? .order : .powerOfAttorney,
            number: "\(number)-ОД",
            date: try #require(CalendarDay(from)),
            validFrom: try #require(CalendarDay(from)),
            validUntil: until.flatMap { CalendarDay($0) },
            scopes: scopes,
            holders: holders,
            partnerOrganisation: partner,
            issuedBy: "Ректор",
            enteredBy: Fixtures.id(1),
            enteredAt: Fixtures.start
        )
    }

    @Test("An order is what it was, its holders in their order, and is revoked once", arguments: Backend.allCases)
    func orders(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let accounts = try (1...3).map { try Fixtures.account($0) }
            let first = try order(1, holders: [accounts[2].id, accounts[1].id], scopes: Set(Order.Scope.allCases))
            let second = try order(2, holders: [accounts[1].id], until: nil, partner: "ООО «Партнёр»")
            let revocation = Order.Revocation(
                day: try #require(CalendarDay("2027-02-01")),
                reason: "Уволен",
                by: accounts[0].id,
                at: Fixtures.start + 60
            )
            try await database.write { stores throws in
                for account in accounts { try stores.insertAccount(account) }
                try stores.insertOrder(first)
                try stores.insertOrder(second)
                #expect(try stores.order(first.id) == first)
                #expect(try stores.order(second.id) == second)
                #expect(try stores.order(Fixtures.id(1)) == nil)
                #expect(try stores.revokeOrder(first.id, revocation))
                #expect(try !stores.revokeOrder(first.id, revocation), "what is revoked is revoked")
                #expect(try !stores.revokeOrder(Fixtures.id(1), revocation))
                #expect(try stores.order(first.id)?.revocation == revocation)
                #expect(try stores.order(second.id)?.revocation == nil)
            }
        }
    }

    @Test("A filter lets through what its conditions say, the last entered first", arguments: Backend.allCases)
    func filters(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let accounts = try (1...3).map { try Fixtures.account($0) }
            let all = [
                try order(1, holders: [accounts[0].id, accounts[1].id]),
                try order(2, holders: [accounts[1].id], scopes: [.technicalSupport], until: nil),
                try order(3, holders: [accounts[2].id], partner: "Партнёр"),
            ]
            try await database.write { stores throws in
                for account in accounts { try stores.insertAccount(account) }
                for order in all { try stores.insertOrder(order) }
                func found(_ set: (inout OrderFilter) -> Void) throws -> [String] {
                    var filter = OrderFilter()
                    set(&filter)
                    return try stores.orders(filter).map(\.number)
                }
                #expect(try found { _ in } == ["3-ОД", "2-ОД", "1-ОД"])
                #expect(try found { $0.limit = 2 } == ["3-ОД", "2-ОД"])
                #expect(try found { $0.before = all[1].id } == ["1-ОД"])
                #expect(try found { $0.holder = accounts[1].id } == ["2-ОД", "1-ОД"])
                #expect(try found { $0.scope = .technicalSupport } == ["2-ОД"])
                #expect(try found { $0.ofPartners = true } == ["3-ОД"])
                #expect(try found { $0.validOn = CalendarDay("2028-01-01") } == ["2-ОД"])
            }
        }
    }

    @Test(
        "C2: the authority of somebody is an order that counts on the day, or there is none",
        arguments: Backend.allCases
    )
    func authority(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let accounts = try (1...2).map { try Fixtures.account($0) }
            let orders = [
                try order(1, holders: [accounts[0].id], from: "2027-01-15", until: "2027-01-31"),
                try order(2, holders: [accounts[0].id], from: "2027-03-01", until: nil),
            ]
            let revocation = Order.Revocation(
                day: try #require(CalendarDay("2027-04-01")),
                reason: "…",
                by: accounts[0].id,
                at: Fixtures.start
            )
            try await database.write { stores throws in
                for account in accounts { try stores.insertAccount(account) }
                for order in orders { try stores.insertOrder(order) }
                #expect(try stores.revokeOrder(orders[1].id, revocation))
                var current = try #require(CalendarDay("2027-01-01"))
                let end = try #require(CalendarDay("2027-05-01"))
                // The query and the rule must agree on every day.
                while current < end {
                    let held = try stores.orders(OrderFilter()).filter {
                        $0.isValid(on: current, scope: .identification)
                    }
                    let found = try stores.authority(of: accounts[0].id, .identification, on: current)
                    #expect(found?.id == held.first?.id, "\(current)")
                    #expect(try stores.authority(of: accounts[1].id, .identification, on: current) == nil)
                    #expect(try stores.authority(of: accounts[0].id, .technicalSupport, on: current) == nil)
                    current = current.next
                }
                let day = try #require(CalendarDay("2027-01-31"))
                #expect(try stores.authority(of: accounts[0].id, .identification, on: day)?.number == "1-ОД")
            }
        }
    }
}

extension CalendarDay {
    fileprivate var next: CalendarDay {
        CalendarDay(year: year, month: month, day: day + 1) ?? CalendarDay(year: year, month: month + 1, day: 1) ?? self
    }
}
