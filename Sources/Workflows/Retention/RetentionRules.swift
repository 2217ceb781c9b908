import Accounts
package import Foundation
package import Retention
import Storage
import TransparencyLog

/// How long each kind of data is kept, and what keeps them longer (rows B3, F3).
package struct RetentionRules: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// The rules that hold.
    package func rules() async throws -> [RetentionRule] {
        try await services.database.read { try $0.retentionRules() }
    }

    /// What somebody sets.
    package struct Change: Sendable {
        package var kind: DataKind
        package var period: RetentionPeriod
        package var start: RetentionStart
        package var source: String
        package var runsByItself: Bool

        package init(
            kind: DataKind,
            period: RetentionPeriod,
            start: RetentionStart,
            source: String,
            runsByItself: Bool
        ) {
            self.kind = kind
            self.period = period
            self.start = start
            self.source = source
            self.runsByItself = runsByItself
        }
    }

    /// Sets a rule; before anything is destroyed under it by itself, somebody else approves it.
    ///
    /// - Throws: `Refusal` where the kind's period cannot begin so.
    package func set(_ change: Change, by principal: Principal) async throws -> RetentionRule {
        guard change.kind.starts.contains(change.start) else {
            throw Refusal(
                .unprocessable,
                "retention_start_unfit",
                ru: "Для этого вида данных срок так не отсчитывается. "
                    + "Возможные начала: \(change.kind.starts.map(\.rawValue).joined(separator: ", ")).",
                en: "The period of this kind cannot begin so. "
                    + "It may begin at: \(change.kind.starts.map(\.rawValue).joined(separator: ", "))."
            )
        }
        let now = services.now()
        return try await services.database.write { [services] stores in
            let before = try stores.retentionRules().first { $0.kind == change.kind }
            let rule = RetentionRule(
                kind: change.kind,
                number: (before?.number ?? 0) + 1,
                period: change.period,
                start: change.start,
                source: change.source,
                runsByItself: change.runsByItself,
                setBy: principal.id,
                setAt: now
            )
            try stores.insertRetentionRule(rule)
            try log("set", rule, by: principal, at: now, services, in: stores)
            return rule
        }
    }

    /// Approves a rule that somebody else has set.
    ///
    /// - Throws: `Refusal`.
    package func approve(_ kind: DataKind, number: Int, by principal: Principal) async throws -> RetentionRule {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard var rule = try stores.retentionRules().first(where: { $0.kind == kind }), rule.number == number,
                let author = rule.setBy
            else {
                throw Refusal(
                    .conflict,
                    "retention_rule_changed",
                    ru: "Действует другая редакция правила. Прочитайте её и утвердите заново.",
                    en: "Another version of the rule is in force. Read it and approve that one."
                )
            }
            guard author != principal.id else { throw Refusal.secondLookNeeded }
            guard rule.approvedBy == nil else { return rule }
            try stores.approveRetentionRule(kind, number: number, by: principal.id, at: now)
            rule.approvedBy = principal.id
            rule.approvedAt = now
            try log("approved", rule, by: principal, at: now, services, in: stores)
            return rule
        }
    }

    private func log(
        _ what: String,
        _ rule: RetentionRule,
        by principal: Principal,
        at now: Date,
        _ services: Services,
        in stores: any Stores
    ) throws {
        try LogBook(vault: services.vault).append(
            "retention_rule",
            recordID: services.makeID(at: now),
            subject: nil,
            at: now,
            facts: [
                "change": .string(what), "data": .string(rule.kind.rawValue), "number": .integer(Int64(rule.number)),
                "months": .integer(Int64(rule.period.months)), "days": .integer(Int64(rule.period.days)),
                "start": .string(rule.start.rawValue), "automatic": .bool(rule.runsByItself),
                "by": .string(principal.id.lowercased),
            ],
            personal: [String: String](),
            to: stores
        )
    }

    // MARK: - Holds

    /// A hold with its reason.
    package struct Hold: Sendable {
        package var hold: ManualHold
        /// `nil` where the person's key is destroyed.
        package var reason: String?
    }

    /// Keeps a person's data until the hold is lifted.
    ///
    /// - Throws: `Refusal` where there is no such person.
    package func hold(_ accountID: UUID, reason: String, by principal: Principal) async throws -> Hold {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard try stores.account(accountID) != nil else { throw Refusal.unknownAccount }
            let id = services.makeID(at: now)
            let sealed = try services.vault.personKey(of: accountID, in: stores)
                .sealed(Data(reason.utf8), purpose: Self.purpose(id))
            let hold = ManualHold(
                id: id,
                accountID: accountID,
                sealedReason: sealed,
                placedBy: principal.id,
                placedAt: now
            )
            try stores.insertManualHold(hold)
            try logHold("placed", hold, by: principal, at: now, services, in: stores)
            return Hold(hold: hold, reason: reason)
        }
    }

    /// Lifts a hold; a hold that is lifted stays so.
    ///
    /// - Throws: `Refusal` where there is none.
    package func lift(_ id: UUID, by principal: Principal) async throws -> Hold {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard var hold = try stores.manualHold(id) else {
                throw Refusal.notFound("hold_unknown", ru: "Такого запрета нет.", en: "There is no such hold.")
            }
            if hold.liftedAt == nil {
                try stores.liftManualHold(id, by: principal.id, at: now)
                hold.liftedBy = principal.id
                hold.liftedAt = now
                try logHold("lifted", hold, by: principal, at: now, services, in: stores)
            }
            return try Self.open(hold, services.vault, in: stores)
        }
    }

    /// A page of holds, newest first.
    package func holds(before: UUID?, limit: Int) async throws -> [Hold] {
        try await services.database.read { [vault = services.vault] stores in
            try stores.manualHolds(before: before, limit: limit).map { try Self.open($0, vault, in: stores) }
        }
    }

    private static func open(_ hold: ManualHold, _ vault: Vault, in stores: any Stores) throws -> Hold {
        let key = try vault.existingPersonKey(of: hold.accountID, in: stores)
        let reason = try? key?.opened(hold.sealedReason, purpose: purpose(hold.id))
        return Hold(hold: hold, reason: reason.map { String(decoding: $0, as: UTF8.self) })
    }

    private static func purpose(_ id: UUID) -> String { "retention hold:\(id.lowercased)" }

    private func logHold(
        _ what: String,
        _ hold: ManualHold,
        by principal: Principal,
        at now: Date,
        _ services: Services,
        in stores: any Stores
    ) throws {
        try LogBook(vault: services.vault).append(
            "retention_hold",
            recordID: hold.id,
            subject: hold.accountID,
            at: now,
            facts: ["change": .string(what), "by": .string(principal.id.lowercased)],
            personal: [String: String](),
            to: stores
        )
    }
}

extension Refusal {
    static let secondLookNeeded = Refusal(
        .conflict,
        "second_look_needed",
        ru: "Это утверждает другой сотрудник, не тот, кто подготовил.",
        en: "Somebody else has to approve this, not who prepared it."
    )
}
