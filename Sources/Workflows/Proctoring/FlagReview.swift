import Accounts
import Attestation
import Cryptography
package import Foundation
package import Proctoring
import Storage
import TransparencyLog

/// What reviewers do with flags (rows E2, E3): a list with the gravest first, and decisions that stand.
package struct FlagReview: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A flag with what was written about it; a text is `nil` once its person is erased.
    package struct Shown: Sendable {
        package var flag: Flag
        package var comments: [String?]
    }

    /// The flags of an attempt and what they come to.
    ///
    /// - Throws: `Refusal` where there is no such attempt.
    package func flags(attemptID: UUID) async throws -> ([Shown], CredibilityScore) {
        try await services.database.read { [vault = services.vault] stores in
            guard let attempt = try stores.attempt(attemptID) else { throw Refusal.unknownAttempt }
            let flags = try stores.flags(attemptID: attemptID)
            let shown = try flags.map { try Self.shown($0, of: attempt.candidateID, vault, in: stores) }
            return (shown, CredibilityScore(flags))
        }
    }

    /// Flags that wait for somebody, the gravest first.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func waiting(examID: UUID?, after: UUID?, limit: Int) async throws -> [Shown] {
        try await services.database.read { [vault = services.vault] stores in
            if let examID, try stores.exam(examID) == nil { throw Refusal.unknownExam }
            return try stores.undecidedFlags(examID: examID, after: after, limit: limit).map { flag in
                guard let attempt = try stores.attempt(flag.attemptID) else { throw Refusal.unknownAttempt }
                return try Self.shown(flag, of: attempt.candidateID, vault, in: stores)
            }
        }
    }

    /// Decides about a flag. The log entry holds the hash of the events that were decided about: they cannot be other
    /// ones afterwards.
    ///
    /// - Throws: `Refusal` where it is decided, or the person has decided about it before.
    package func decide(
        _ action: FlagDecision.Action,
        comment: String?,
        flagID: UUID,
        principal: Principal,
        idempotencyKey: String?
    ) async throws -> Shown {
        let now = services.now()
        let digest = SHA256Digest.hash(utf8: "flag:\(flagID):\(action.rawValue):\(comment ?? "")").hex
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: digest)
        return try await services.database.write { [services] stores in
            guard let flag = try stores.flag(flagID), let attempt = try stores.attempt(flag.attemptID) else {
                throw Refusal.notFound("flag_unknown", ru: "Такой отметки нет.", en: "There is no such flag.")
            }
            if try idempotency.earlierResource(in: stores) != nil {
                return try Self.shown(flag, of: attempt.candidateID, services.vault, in: stores)
            }
            var decision = FlagDecision(action: action, by: principal.id, at: now)
            decision.sealedComment = try comment.map {
                try services.vault.personKey(of: attempt.candidateID, in: stores)
                    .sealed(Data($0.utf8), purpose: Self.purpose(flagID, flag.decisions.count))
            }
            let decided = try Self.deciding(decision, flag)
            try stores.updateFlag(decided)
            try record(decided, decision, comment, attempt, at: now, in: stores)
            try idempotency.note(flagID, at: now, in: stores)
            return try Self.shown(decided, of: attempt.candidateID, services.vault, in: stores)
        }
    }

    private func record(
        _ flag: Flag,
        _ decision: FlagDecision,
        _ comment: String?,
        _ attempt: Attempt,
        at now: Date,
        in stores: any Stores
    ) throws {
        try EventRecorder(services: services, stores: stores).record(
            .flagDecided,
            attempt: attempt,
            at: now,
            facts: [
                "flag_id": flag.id.lowercased, "action": decision.action.rawValue, "state": flag.state.rawValue,
                "decided_by": decision.by.lowercased,
            ]
        )
        try LogBook(vault: services.vault).append(
            "flag_decision",
            recordID: services.makeID(at: now),
            subject: attempt.candidateID,
            at: now,
            facts: [
                "flag_id": .string(flag.id.lowercased), "attempt_id": .string(attempt.id.lowercased),
                "rule": .string(flag.rule), "severity": .string(flag.severity.rawValue),
                "action": .string(decision.action.rawValue), "state": .string(flag.state.rawValue),
                "decided_by": .string(decision.by.lowercased),
                "events": .string(try Self.digest(of: flag, in: stores).hex),
            ],
            personal: ["comment": comment],
            to: stores
        )
    }

    /// SHA-256 over the events of a flag, one line each: index, identifier, type, source, time and facts.
    private static func digest(of flag: Flag, in stores: any Stores) throws -> SHA256Digest {
        let wanted = Set(flag.events)
        var lines: [String] = []
        var last = (flag.events.first ?? 1) - 1
        while lines.count < wanted.count {
            let page = try stores.events(of: .attempt(flag.attemptID), after: last, limit: 500)
            guard let newest = page.last else { break }
            for event in page where wanted.contains(event.index) {
                let facts = event.facts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                lines.append(
                    ([
                        String(event.index), event.id.lowercased, event.type.rawValue, event.source.rawValue,
                        LogTimestamp.text(event.at),
                    ] + facts).joined(separator: "\t")
                )
            }
            last = newest.index
        }
        return SHA256Digest.hash(utf8: lines.joined(separator: "\n"))
    }

    private static func shown(_ flag: Flag, of candidate: UUID, _ vault: Vault, in stores: any Stores) throws -> Shown {
        let key = try vault.existingPersonKey(of: candidate, in: stores)
        let comments = try flag.decisions.enumerated().map { number, decision -> String? in
            guard let sealed = decision.sealedComment, let key else { return nil }
            return String(decoding: try key.opened(sealed, purpose: purpose(flag.id, number)), as: UTF8.self)
        }
        return Shown(flag: flag, comments: comments)
    }

    private static func purpose(_ id: UUID, _ number: Int) -> String { "flag decision:\(id.lowercased):\(number)" }

    private static func deciding(_ decision: FlagDecision, _ flag: Flag) throws -> Flag {
        do {
            return try flag.deciding(decision)
        } catch {
            switch error {
            case .decided:
                throw Refusal(
                    .conflict,
                    "flag_decided",
                    ru: "Решение по этой отметке уже принято.",
                    en: "This flag has been decided already."
                )
            case .otherPersonNeeded:
                throw Refusal(
                    .conflict,
                    "other_person_needed",
                    ru: "Вы уже решали по этой отметке: дальше решает другой человек.",
                    en: "You have decided about this flag: somebody else goes on."
                )
            case .escalatedAlready:
                throw Refusal(
                    .conflict,
                    "flag_escalated",
                    ru: "Отметка уже передана другому проверяющему: подтвердите её или снимите.",
                    en: "The flag is already for somebody else: confirm or dismiss it."
                )
            }
        }
    }
}
