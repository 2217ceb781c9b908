package import Accounts
import Cryptography
package import Foundation
import Storage
import TransparencyLog

/// The register of orders and powers of attorney (S1 6.10, S3 12; rows A6, C2).
package struct OrderRegister: Sendable {
    private let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What is entered of a paper.
    package struct Form: Sendable {
        package var kind: Order.Kind
        package var number: String
        package var date: CalendarDay
        package var validFrom: CalendarDay
        /// `nil`: without an end; for a power of attorney, a year from its date.
        package var validUntil: CalendarDay?
        package var scopes: Set<Order.Scope>
        package var holders: [UUID]
        package var partnerOrganisation: String?
        package var issuedBy: String

        package init(
            kind: Order.Kind,
            number: String,
            date: CalendarDay,
            validFrom: CalendarDay,
            validUntil: CalendarDay?,
            scopes: Set<Order.Scope>,
            holders: [UUID],
            partnerOrganisation: String?,
            issuedBy: String
        ) {
            self.kind = kind
            self.number = number
            self.date = date
            self.validFrom = validFrom
            self.validUntil = validUntil
            self.scopes = scopes
            self.holders = holders
            self.partnerOrganisation = partnerOrganisation
            self.issuedBy = issuedBy
        }

        /// Tells one request from another.
        fileprivate var digest: String {
            let facts = [
                "order", kind.rawValue, number, date.description, validFrom.description, validUntil?.description ?? "",
                scopes.map(\.rawValue).sorted().joined(separator: " "),
                holders.map(\.lowercased).joined(separator: " "), partnerOrganisation ?? "", issuedBy,
            ]
            return SHA256Digest.hash(utf8: facts.joined(separator: "\n")).hex
        }
    }

    // MARK: - Entering

    /// Enters a paper.
    ///
    /// - Throws: `Refusal`.
    package func enter(_ form: Form, principal: Principal, idempotencyKey: String?) async throws -> Order {
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: form.digest)
        let now = services.now()
        let order = Order(
            id: services.makeID(at: now),
            kind: form.kind,
            number: form.number,
            date: form.date,
            validFrom: form.validFrom,
            validUntil: form.validUntil ?? (form.kind == .powerOfAttorney ? form.date.sameDayNextYear : nil),
            scopes: form.scopes,
            holders: form.holders,
            partnerOrganisation: form.partnerOrganisation,
            issuedBy: form.issuedBy,
            enteredBy: principal.id,
            enteredAt: now
        )
        return try await services.database.write { [services] stores in
            if let id = try idempotency.earlierResource(in: stores), let earlier = try stores.order(id) {
                return earlier
            }
            try Self.check(order, in: stores)
            try idempotency.note(order.id, at: now, in: stores)
            try stores.insertOrder(order)
            try Self.log("order", order, at: now, by: principal.id, services, to: stores)
            return order
        }
    }

    private static func check(_ order: Order, in stores: any Stores) throws {
        guard order.validFrom >= order.date, order.validUntil.map({ $0 >= order.validFrom }) ?? true else {
            throw datesWrong
        }
        guard !order.holders.isEmpty, Set(order.holders).count == order.holders.count, !order.scopes.isEmpty else {
            throw holdersWrong
        }
        // Whoever enters papers must not make themself a verifier: two people stand behind each power to identify.
        guard !order.scopes.contains(.identification) || !order.holders.contains(order.enteredBy) else {
            throw ownOrder
        }
        for holder in order.holders {
            guard let account = try stores.account(holder), account.roles.areStaff else { throw holdersWrong }
            guard account.roles.contains(.partner) == (order.partnerOrganisation != nil) else { throw partnersWrong }
        }
    }

    /// One entry for each holder: what names people or organisations is sealed under the holder's key.
    private static func log(
        _ kind: String,
        _ order: Order,
        at time: Date,
        by actor: UUID,
        _ services: Services,
        to stores: any Stores
    ) throws {
        var facts: [String: JSONValue] = [
            "order_kind": .string(order.kind.rawValue),
            "scopes": .array(order.scopes.map(\.rawValue).sorted().map { .string($0) }),
            "valid_from": .string(order.validFrom.description),
            "by": .string(actor.lowercased),
        ]
        facts["valid_until"] = order.validUntil.map { .string($0.description) }
        facts["revoked_from"] = order.revocation.map { .string($0.day.description) }
        for holder in order.holders {
            try LogBook(vault: services.vault).append(
                kind,
                recordID: order.id,
                subject: holder,
                at: time,
                facts: facts,
                personal: Paper(order),
                to: stores
            )
        }
    }

    private struct Paper: Encodable, Sendable {
        var number: String
        var date: CalendarDay
        var issuedBy: String
        var partnerOrganisation: String?
        var revocationReason: String?

        init(_ order: Order) {
            number = order.number
            date = order.date
            issuedBy = order.issuedBy
            partnerOrganisation = order.partnerOrganisation
            revocationReason = order.revocation?.reason
        }
    }

    // MARK: - Revoking

    /// Ends a paper before its time.
    ///
    /// - Throws: `Refusal` where there is no such paper, it is revoked already, or the day is before its date.
    package func revoke(_ id: UUID, from day: CalendarDay, reason: String, principal: Principal) async throws -> Order {
        let now = services.now()
        let revocation = Order.Revocation(day: day, reason: reason, by: principal.id, at: now)
        return try await services.database.write { [services] stores in
            guard var order = try stores.order(id) else { throw Self.unknown }
            guard day >= order.date else { throw Self.datesWrong }
            guard try stores.revokeOrder(id, revocation) else {
                throw Refusal(
                    .conflict,
                    "order_revoked",
                    ru: "Этот документ уже отозван.",
                    en: "This paper is revoked already."
                )
            }
            order.revocation = revocation
            try Self.log("order_revocation", order, at: now, by: principal.id, services, to: stores)
            return order
        }
    }

    // MARK: - Reading

    /// A page of papers, the last entered first. Those who do not keep the register see what concerns them.
    ///
    /// - Throws: `Refusal` where somebody asks for others' papers.
    package func orders(_ filter: OrderFilter, principal: Principal) async throws -> [Order] {
        var filter = filter
        if !principal.account.may(.manageOrders) {
            guard filter.holder == nil || filter.holder == principal.id else { throw Self.othersPaper }
            filter.holder = principal.id
        }
        return try await services.database.read { [filter] in try $0.orders(filter) }
    }

    /// One paper.
    ///
    /// - Throws: `Refusal` where there is none, or it concerns others.
    package func order(_ id: UUID, principal: Principal) async throws -> Order {
        guard let order = try await services.database.read({ try $0.order(id) }) else { throw Self.unknown }
        guard principal.account.may(.manageOrders) || order.holders.contains(principal.id) else {
            throw Self.othersPaper
        }
        return order
    }
}

extension OrderRegister {
    private static let unknown = Refusal.notFound(
        "order_unknown",
        ru: "Такого приказа или доверенности в реестре нет.",
        en: "The register has no such order or power of attorney."
    )

    private static let othersPaper = Refusal(
        .forbidden,
        "order_of_others",
        ru: "Вам видны только приказы и доверенности, которые касаются вас.",
        en: "You see only the orders and powers of attorney that concern you."
    )

    private static let datesWrong = Refusal(
        .unprocessable,
        "order_dates",
        ru: "Даты не сходятся: документ действует не раньше своей даты и не заканчивается раньше, чем начался.",
        en: "The dates disagree: a paper counts from its own date at the earliest, and ends no earlier than it begins."
    )

    private static let holdersWrong = Refusal(
        .unprocessable,
        "order_holders",
        ru: "Укажите учётные записи сотрудников, каждую один раз.",
        en: "Name accounts of staff, each of them once."
    )

    private static let partnersWrong = Refusal(
        .unprocessable,
        "order_partner",
        ru: "Организация-партнёр указывается тогда и только тогда, когда документ выдан сотрудникам партнёра.",
        en: "A partner organisation is named if, and only if, the paper is for people of a partner."
    )

    private static let ownOrder = Refusal(
        .forbidden,
        "order_for_oneself",
        ru: "Полномочие устанавливать личность нельзя внести для самого себя. Попросите другого сотрудника.",
        en: "Nobody enters a power to identify for themself. Ask another member of staff."
    )
}
