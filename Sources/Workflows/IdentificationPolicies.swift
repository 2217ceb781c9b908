import Accounts
package import Attestation
package import Foundation
package import Identification
import Proctoring
import Storage
import TransparencyLog

/// How candidates are identified: the policies by kind of procedure and by exam, how a candidate stands against one,
/// and who lets somebody go on without (row A3).
package struct IdentificationPolicies: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// The policy of a kind of procedure, or what is used where none was set.
    static func policy(of procedure: ProcedureKind, in stores: any Stores) throws -> IdentificationPolicy {
        try stores.identificationPolicy(procedure: procedure) ?? .electronicAndBiometric
    }

    /// The policies of all kinds of procedure.
    package func all() async throws -> [(ProcedureKind, IdentificationPolicy)] {
        try await services.database.read { stores in
            try ProcedureKind.allCases.map { ($0, try Self.policy(of: $0, in: stores)) }
        }
    }

    /// Sets the policy of a kind of procedure. Exams that are published keep theirs.
    ///
    /// - Throws: `Refusal` where the policy cannot be used.
    package func set(_ policy: IdentificationPolicy, of procedure: ProcedureKind, principal: Principal) async throws {
        try Self.check(policy)
        let now = services.now()
        try await services.database.write { [services] stores in
            try stores.setIdentificationPolicy(policy, procedure: procedure)
            try Self.log(policy, ["procedure": .string(procedure.rawValue)], principal, services, now, stores)
        }
    }

    /// An exam's policy.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func policy(examID: UUID) async throws -> (ProcedureKind, IdentificationPolicy) {
        try await services.database.read { stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            return (
                try stores.procedure(examID: examID) ?? .intermediateAttestation,
                try stores.identificationPolicy(examID: examID) ?? .electronicAndBiometric
            )
        }
    }

    /// Sets an exam's policy. It counts for attempts that have not started, and for what is still to come of others.
    ///
    /// - Throws: `Refusal`.
    package func set(
        _ policy: IdentificationPolicy,
        procedure: ProcedureKind,
        examID: UUID,
        principal: Principal
    ) async throws {
        try Self.check(policy)
        let now = services.now()
        try await services.database.write { [services] stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            try stores.setIdentificationPolicy(policy, procedure: procedure, examID: examID)
            try Self.log(
                policy,
                ["exam": .string(examID.lowercased), "procedure": .string(procedure.rawValue)],
                principal,
                services,
                now,
                stores
            )
        }
    }

    // MARK: - How a candidate stands

    /// How an attempt's candidate stands, with what is asked of them now.
    package struct Explanation: Sendable {
        package var attempt: Attempt
        package var policy: IdentificationPolicy
        package var standing: PolicyStanding?
        package var demands: [DemandDesk.Shown]
        package var visualCaseID: UUID?
        package var text: LocalizedText
    }

    /// Says in words what a candidate still needs, and why.
    ///
    /// - Throws: `Refusal`.
    package func explain(attemptID: UUID, principal: Principal) async throws -> Explanation {
        let now = services.now()
        return try await services.database.read { [vault = services.vault] stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            let demands = try stores.demands(attemptID: attemptID).filter { $0.state == .open || $0.state == .missed }
            let isBefore = attempt.state == .created || attempt.state == .readyToStart
            let standing =
                isBefore ? try AttemptReadiness.standing(attempt, at: now, in: stores).identification : nil
            return Explanation(
                attempt: attempt,
                policy: try AttemptReadiness.policy(of: attempt, in: stores),
                standing: standing,
                demands: try demands.map { try DemandDesk.Shown($0, of: attempt, vault, in: stores) },
                visualCaseID: try stores.openVisualCase(of: attempt.candidateID, attemptID: attemptID)?.id,
                text: standing.map { IdentificationAdvice.explanation(of: $0) } ?? Self.text(of: demands, attempt)
            )
        }
    }

    private static func text(of demands: [IdentificationDemand], _ attempt: Attempt) -> LocalizedText {
        if demands.contains(where: { $0.subject == .face }), attempt.state.isUnderWay {
            return LocalizedText(ru: "Покажите лицо камере.", en: "Show your face to the camera.")
        }
        if demands.contains(where: { $0.subject == .workplace }), attempt.state.isUnderWay {
            return LocalizedText(
                ru: "Преподаватель просит показать рабочее место: сделайте снимки.",
                en: "The examiner asks to see the workplace: take pictures of it."
            )
        }
        return LocalizedText(ru: "Сейчас ничего не нужно.", en: "Nothing is needed now.")
    }

    // MARK: - Going on without

    /// Lets a candidate go on without identification.
    ///
    /// - Throws: `Refusal` where the policy does not let this person decide so.
    package func override(attemptID: UUID, reason: String, principal: Principal) async throws -> Explanation {
        let now = services.now()
        try await services.database.write { [services] stores in
            guard let attempt = try stores.attempt(attemptID) else { throw Refusal.unknownAttempt }
            let policy = try AttemptReadiness.policy(of: attempt, in: stores)
            guard !policy.overriders.isDisjoint(with: principal.account.roles) else { throw Self.mayNotOverride }
            guard attempt.state.acceptsFrames else { throw Refusal.attemptClosed }
            let id = services.makeID(at: now)
            let override = IdentificationOverride(
                id: id,
                attemptID: attemptID,
                decidedBy: principal.id,
                sealedReason: try PersonalTexts(vault: services.vault)
                    .seal(reason, .override, id, of: attempt.candidateID, in: stores),
                at: now
            )
            try stores.insertOverride(override)
            for var demand in try stores.demands(attemptID: attemptID)
            where demand.subject == .face && (demand.state == .open || demand.state == .missed) {
                demand.state = .met
                demand.answeredAt = now
                try stores.updateDemand(demand)
            }
            try LogBook(vault: services.vault).append(
                "identification_override",
                recordID: override.id,
                subject: attempt.candidateID,
                at: now,
                facts: ["attempt": .string(attemptID.lowercased), "decided_by": .string(principal.id.lowercased)],
                personal: ["reason": reason],
                to: stores
            )
            try EventRecorder(services: services, stores: stores).record(
                .identificationOverridden,
                attempt: attempt,
                at: now,
                facts: ["decided_by": principal.id.lowercased]
            )
            _ = try AttemptReadiness.update(attempt, services: services, at: now, in: stores)
        }
        return try await explain(attemptID: attemptID, principal: principal)
    }

    // MARK: - Parts

    static func check(_ policy: IdentificationPolicy) throws {
        let defects = policy.defects
        guard defects.isEmpty else {
            throw Refusal(
                .unprocessable,
                "policy_unusable",
                ru: "Такая политика идентификации неприменима.",
                en: "The identification policy cannot be used.",
                faults: defects.map { Refusal.Fault(code: $0.rawValue, message: text(of: $0)) }
            )
        }
    }

    private static func text(of defect: IdentificationPolicy.Defect) -> LocalizedText {
        switch defect {
        case .noMethods:
            LocalizedText(
                ru: "Укажите хотя бы один способ в каждом варианте.",
                en: "Name a method in each alternative."
            )
        case .repeatedMethod:
            LocalizedText(ru: "Способ указан в варианте дважды.", en: "A method stands twice in an alternative.")
        case .outOfRange:
            LocalizedText(ru: "Срок или число вне допустимых границ.", en: "A time or number is out of range.")
        case .jitterTooLong:
            LocalizedText(
                ru: "Случайное отклонение должно быть короче промежутка между проверками.",
                en: "The jitter must be shorter than the interval."
            )
        case .overriderNotStaff:
            LocalizedText(
                ru: "Продолжить без проверки может разрешить только сотрудник.",
                en: "Only staff can let somebody go on without identification."
            )
        }
    }

    private static func log(
        _ policy: IdentificationPolicy,
        _ facts: [String: JSONValue],
        _ principal: Principal,
        _ services: Services,
        _ now: Date,
        _ stores: any Stores
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let document = String(decoding: try encoder.encode(policy), as: UTF8.self)
        try LogBook(vault: services.vault).append(
            "identification_policy",
            recordID: services.makeID(at: now),
            subject: nil,
            at: now,
            facts: facts.merging(["set_by": .string(principal.id.lowercased), "policy": .string(document)]) { $1 },
            personal: [String: String](),
            to: stores
        )
    }

    private static let mayNotOverride = Refusal(
        .forbidden,
        "override_not_allowed",
        ru: "Политика идентификации этого экзамена не даёт вам такого права.",
        en: "The exam's identification policy does not give you this right."
    )
}
