package import Attestation
import Cryptography
package import Foundation
import Grading
package import Identification
import Storage
import TransparencyLog

/// Exams, as examiners set them up.
package struct ExamAdministration: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What an examiner fills in for an exam.
    package struct Draft: Sendable {
        package var title: String
        package var discipline: String
        package var opensAt: Date
        package var closesAt: Date
        package var blueprint: Blueprint
        /// For how long after the end answers are taken that were given before it; `nil` for the usual.
        package var graceSeconds: Int?
        /// The kind of procedure.
        package var procedure: ProcedureKind
        /// How candidates are identified; `nil` for what counts for the kind of procedure.
        package var policy: IdentificationPolicy?
        /// The groups that sit it; none where whoever is admitted does.
        package var groups: [GroupDraft]
        /// How what was shown before is kept apart.
        package var separation: TicketPlanning.Separation
        /// Whether the discipline's own scale counts instead of the blueprint's, where one is set.
        package var takesScaleOfDiscipline = false

        package init(
            title: String,
            discipline: String,
            opensAt: Date,
            closesAt: Date,
            blueprint: Blueprint,
            graceSeconds: Int? = nil,
            procedure: ProcedureKind,
            policy: IdentificationPolicy?,
            groups: [GroupDraft] = [],
            separation: TicketPlanning.Separation = TicketPlanning.Separation()
        ) {
            self.title = title
            self.discipline = discipline
            self.opensAt = opensAt
            self.closesAt = closesAt
            self.blueprint = blueprint
            self.graceSeconds = graceSeconds
            self.procedure = procedure
            self.policy = policy
            self.groups = groups
            self.separation = separation
        }
    }

    /// A group that an examiner names: of the register by its identifier or its name, or people of their own.
    package struct GroupDraft: Hashable, Sendable {
        package var name: String?
        package var registeredID: UUID?
        package var members: [UUID]?
        package var set: Int

        package init(name: String?, registeredID: UUID?, members: [UUID]?, set: Int) {
            self.name = name
            self.registeredID = registeredID
            self.members = members
            self.set = set
        }
    }

    /// What stands in the way of an exam, and what a person should know before it is published, in words.
    ///
    /// - Throws: `Refusal` where the groups are not in order.
    package func check(_ draft: Draft) async throws -> [BlueprintFinding] {
        let now = services.now()
        return try await services.database.read { [services] stores in
            try TicketPlanning(services: services).planner(for: draft, at: now, in: stores).findings()
        }
    }

    /// Publishes an exam after its blueprint was checked against the bank, the groups and what was shown before. The
    /// exam's secret and the plan of its tickets are made now and committed to in the log, so that the tickets can be
    /// checked later.
    ///
    /// - Throws: `Refusal` where the bank does not suffice; it says of what there is too little.
    package func publish(_ draft: Draft, principal: Principal, idempotencyKey: String?) async throws -> Exam {
        guard draft.opensAt < draft.closesAt else {
            throw Refusal(
                .unprocessable,
                "window_empty",
                ru: "Экзамен должен закрываться позже, чем открывается.",
                en: "The exam must close later than it opens."
            )
        }
        if let policy = draft.policy { try IdentificationPolicies.check(policy) }
        let now = services.now()
        let secret = Data(services.random.bytes(count: TicketSeed.secretByteCount))
        let id = services.makeID(at: now)
        let sealedSecret = services.vault.seal(secret, purpose: Self.purpose(id))
        let digest = SHA256Digest.hash(utf8: "exam:\(draft)").hex
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: digest)
        // Planned before the one writer is asked for: a big bank takes a moment.
        var drawn = try await plan(draft, id, secret, idempotency, at: now)
        for _ in 0..<3 {
            let planned = drawn
            let published = try await services.database.write { [services] stores -> Exam? in
                if let earlier = try Self.earlier(idempotency, in: stores) { return earlier }
                let planning = TicketPlanning(services: services)
                guard case .new(let plan) = planned,
                    try planning.state(of: draft, at: now, in: stores) == plan.state
                else { return nil }
                let groups = try TicketPlanning.groups(of: draft, in: stores)
                var exam = Self.exam(draft, groups, id: id, secret: secret, plan)
                if draft.takesScaleOfDiscipline, let scale = try stores.scale(of: draft.discipline) {
                    exam.blueprint.gradingScale = scale.scale
                }
                try stores.insertExam(exam, sealedSecret: sealedSecret, plan: plan.document, createdAt: now)
                let policy = try draft.policy ?? IdentificationPolicies.policy(of: draft.procedure, in: stores)
                try stores.setIdentificationPolicy(policy, procedure: draft.procedure, examID: exam.id)
                try idempotency.note(exam.id, at: now, in: stores)
                try LogBook(vault: services.vault).append(
                    "exam",
                    recordID: exam.id,
                    subject: nil,
                    at: now,
                    facts: [
                        "secret_sha256": .string(exam.secretCommitment.hex),
                        "plan_sha256": exam.planDigest.map { .string($0.hex) } ?? .null,
                    ],
                    personal: [String: String](),
                    to: stores
                )
                return exam
            }
            if let published { return published }
            // The bank has changed meanwhile.
            drawn = try await plan(draft, id, secret, idempotency, at: now)
        }
        throw Self.bankChanges
    }

    private enum Drawn: Sendable {
        case earlier
        case new(TicketPlanning.Planned)
    }

    private func plan(
        _ draft: Draft,
        _ id: UUID,
        _ secret: Data,
        _ idempotency: Idempotency,
        at now: Date
    ) async throws -> Drawn {
        let read = try await services.database.read { [services] stores -> (TicketPlanner, TicketPlanning.State)? in
            if try Self.earlier(idempotency, in: stores) != nil { return nil }
            let planning = TicketPlanning(services: services)
            return (
                try planning.planner(for: draft, at: now, in: stores),
                try planning.state(of: draft, at: now, in: stores)
            )
        }
        guard let (planner, state) = read else { return .earlier }
        let findings = planner.findings()
        let faults = findings.filter { $0.severity == .error }
        guard faults.isEmpty else { throw Self.blueprintRefused(faults) }
        let document = try planner.plan(examID: id, secret: secret).canonicalBytes()
        return .new(TicketPlanning.Planned(document: document, warnings: findings, state: state))
    }

    private static func earlier(_ idempotency: Idempotency, in stores: any Stores) throws -> Exam? {
        guard let id = try idempotency.earlierResource(in: stores) else { return nil }
        return try stores.exam(id)
    }

    private static func exam(
        _ draft: Draft,
        _ groups: [ExamGroup],
        id: UUID,
        secret: Data,
        _ planned: TicketPlanning.Planned
    ) -> Exam {
        Exam(
            id: id,
            title: draft.title,
            discipline: draft.discipline,
            blueprint: draft.blueprint,
            opensAt: draft.opensAt,
            closesAt: draft.closesAt,
            graceSeconds: draft.graceSeconds,
            groups: groups.isEmpty ? nil : groups,
            planDigest: SHA256Digest.hash(planned.document),
            findings: planned.warnings.isEmpty ? nil : planned.warnings,
            secretCommitment: Exam.commitment(to: secret)
        )
    }

    /// One exam with its identification policy.
    ///
    /// - Throws: `Refusal` where there is none.
    package func exam(_ id: UUID) async throws -> (exam: Exam, policy: IdentificationPolicy) {
        try await services.database.read { stores in
            guard let exam = try stores.exam(id) else { throw Refusal.unknownExam }
            return (exam, try stores.identificationPolicy(examID: id) ?? .electronicAndBiometric)
        }
    }

    /// A page of the exams, newest first.
    package func exams(before: UUID?, limit: Int) async throws -> [Exam] {
        try await services.database.read { try $0.exams(before: before, limit: limit) }
    }

    /// Deals or draws the ticket of an attempt again from the record alone, and tells whether it is the one that was
    /// served. The secret and the plan must be those that were committed to.
    ///
    /// - Throws: `Refusal` where there is no such attempt or it has no ticket.
    package func rebuildTicket(attemptID: UUID) async throws -> (ticket: Ticket, isIdentical: Bool) {
        try await services.database.read { [services] stores in
            guard let attempt = try stores.attempt(attemptID), let served = attempt.ticket,
                let exam = try stores.exam(attempt.examID)
            else { throw Refusal.unknownAttempt }
            let secret = try Self.secret(of: exam, services: services, in: stores)
            let commitment = try SecretOpening.commitment(of: exam.id, in: stores)
            guard exam.isCommitted(to: secret), commitment?.secret == exam.secretCommitment.hex,
                commitment?.plan == exam.planDigest?.hex
            else {
                throw TicketError(.invalidSeed, "The exam's secret or plan is not the one that the log committed to.")
            }
            let seed = try TicketSeed.derive(examSecret: secret, examID: exam.id, attemptID: attemptID)
            let ticket: Ticket
            switch served.source {
            case .plan(_, let set, let place):
                let dealer = try TicketDealers.make(exam, services: services, in: stores)
                ticket = try dealer.ticket(set: set, place: place, seed: seed)
            case .bank:
                // Then banks only grew, and identifiers tell when.
                let start = attempt.startedAt ?? .distantFuture
                let bank = try stores.firstQuestionSummaries(discipline: exam.discipline)
                    .filter { ($0.id.timeOfVersion7 ?? .distantPast) <= start }
                ticket = try Ticket.draw(blueprint: exam.blueprint, bank: bank, seed: seed)
            }
            return (ticket, ticket.canonicalBytes() == served.canonicalBytes())
        }
    }

    static func secret(of exam: Exam, services: Services, in stores: any Stores) throws -> Data {
        guard let sealed = try stores.sealedExamSecret(exam.id) else { throw Refusal.unknownExam }
        return try services.vault.open(sealed, purpose: purpose(exam.id))
    }

    private static func purpose(_ examID: UUID) -> MasterKeyUse { MasterKeyUse(.examSecrets, examID.lowercased) }

    private static let bankChanges = Refusal(
        .conflict,
        "bank_changes",
        ru: "База вопросов сейчас меняется. Дождитесь конца загрузки и повторите.",
        en: "The question bank is being changed. Wait for the import to end and try again."
    )

    private static func blueprintRefused(_ findings: [BlueprintFinding]) -> Refusal {
        Refusal(
            .unprocessable,
            "blueprint_not_met",
            ru: "План билета не выполним по базе вопросов.",
            en: "The question bank does not suffice for the blueprint.",
            faults: findings.map {
                Refusal.Fault(code: $0.code.rawValue, message: LocalizedText($0.message))
            }
        )
    }
}

extension UUID {
    /// When an identifier of version 7 was made (RFC 9562 §5.7); nil for other versions.
    fileprivate var timeOfVersion7: Date? {
        guard uuid.6 >> 4 == 7 else { return nil }
        let bytes = [uuid.0, uuid.1, uuid.2, uuid.3, uuid.4, uuid.5]
        let milliseconds = bytes.reduce(0) { $0 << 8 | Int64($1) }
        return Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }
}
