import Accounts
import Foundation
import Testing

@Suite("C2 Orders and powers of attorney, F4 who may consent")
struct OrderTests {
    private func order(until: String?, revoked: String? = nil) throws -> Order {
        let start = try #require(CalendarDay("2026-02-01"))
        return Order(
            id: UUID(),
            kind: .powerOfAttorney,
            number: "1",
            date: start,
            validFrom: start,
            validUntil: until.flatMap { CalendarDay($0) },
            scopes: [.identification],
            holders: [UUID()],
            issuedBy: "Ректор",
            enteredBy: UUID(),
            enteredAt: Date(timeIntervalSince1970: 0),
            revocation: revoked.flatMap { CalendarDay($0) }.map {
                Order.Revocation(day: $0, reason: "…", by: UUID(), at: Date(timeIntervalSince1970: 0))
            }
        )
    }

    static let days: [(until: String?, revoked: String?, day: String, isValid: Bool)] = [
        ("2026-02-28", nil, "2026-01-31", false), ("2026-02-28", nil, "2026-02-01", true),
        ("2026-02-28", nil, "2026-02-28", true), ("2026-02-28", nil, "2026-03-01", false),
        (nil, nil, "2126-02-01", true), (nil, "2026-02-10", "2026-02-09", true),
        (nil, "2026-02-10", "2026-02-10", false), ("2026-02-28", "2026-03-10", "2026-03-05", false),
        (nil, "2026-02-01", "2026-02-01", false),
    ]

    @Test("C2: it counts from its first to its last day, and not from its revocation on", arguments: days)
    func validity(until: String?, revoked: String?, day: String, isValid: Bool) throws {
        let order = try order(until: until, revoked: revoked)
        let day = try #require(CalendarDay(day))
        #expect(order.isValid(on: day, scope: .identification) == isValid)
        #expect(!order.isValid(on: day, scope: .technicalSupport), "what it does not name it does not allow")
    }

    @Test(
        "C2: a year ends on the same day of the next, of 29 February on the 28th",
        arguments: [("2026-01-15", "2027-01-15"), ("2028-02-29", "2029-02-28"), ("2027-02-28", "2028-02-28")]
    )
    func year(day: String, end: String) throws {
        #expect(CalendarDay(day)?.sameDayNextYear.description == end)
    }

    static let people: [(birthDates: [String], day: String, capacity: ConsentCapacity)] = [
        ([], "2026-03-02", .own), (["2008-03-02"], "2026-03-02", .own), (["2008-03-03"], "2026-03-02", .representative),
        (["2012-03-02"], "2026-03-02", .representative), (["1990-01-01", "2010-01-01"], "2026-03-02", .representative),
        // Who was born on 29 February is of age on 1 March.
        (["2008-02-29"], "2026-02-28", .representative), (["2008-02-29"], "2026-03-01", .own),
    ]

    @Test("F4: under eighteen a representative consents; of several birthdays the latest counts", arguments: people)
    func capacity(birthDates: [String], day: String, capacity: ConsentCapacity) throws {
        let days = birthDates.compactMap { CalendarDay($0) }
        #expect(ConsentCapacity.of(birthDates: days, on: try #require(CalendarDay(day))) == capacity)
    }

    @Test("C8: two spellings of an organisation are one name, two organisations are not")
    func organisations() {
        let name = OrganisationName.folded("ООО «Дальний  филиал»")
        for spelling in ["ооо \"Дальний филиал\"", " ООО “Дальний\tФилиал” "] {
            #expect(OrganisationName.folded(spelling) == name)
        }
        #expect(OrganisationName.folded("АО «Дальний филиал»") != name)
    }
}
