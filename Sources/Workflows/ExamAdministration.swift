package import Attestation
import Cryptography
package import Foundation
import Grading
package import Identification
import Storage
import TransparencyLog

/// Question banks and exams, as examiners set them up.
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
            policy: IdentificationPolicy?
        ) {
            self.title = title
            self.discipline = discipline
            self.opensAt = opensAt
            self.closesAt = closesAt
            self.blueprint = blueprint
            self.graceSeconds = graceSeconds
            self.procedure = procedure
            self.policy = policy
        }
    }

    /// Reads a GIFT file into the bank of a discipline. What can be read is added; what cannot is reported.
    package func importGIFT(_ file: Data, discipline: String) async throws -> ImportReport {
        let now = services.now()
        // Identifiers rise with the file's order, so a bank reads in the order it was written in.
        let generator = UUIDv7Generator(random: services.random)
        let report = GIFTReader.read(file, discipline: discipline) { generator.make(at: now) }
        if !report.questions.isEmpty {
            try await services.database.write { try $0.insertQuestions(report.questions) }
        }
        return report
    }

    /// What a discipline's bank holds.
    package func bank(of discipline: String) async throws -> [QuestionSummary] {
        try await services.database.read { try $0.questions(discipline: discipline).map(\.summary) }
    }

    /// Publishes an exam after its blueprint was checked against the bank. The exam's secret is made now and
    /// committed to in the log, so that the tickets drawn from it can be checked later.
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
        let exam = Exam(
            id: services.makeID(at: now),
            title: draft.title,
            discipline: draft.discipline,
            blueprint: draft.blueprint,
            opensAt: draft.opensAt,
            closesAt: draft.closesAt,
            graceSeconds: draft.graceSeconds,
            secretCommitment: Exam.commitment(to: secret)
        )
        let sealedSecret = services.vault.seal(secret, purpose: Self.purpose(exam.id))
        let digest = SHA256Digest.hash(utf8: "exam:\(draft)").hex
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: digest)
        return try await services.database.write { [services] stores in
            if let id = try idempotency.earlierResource(in: stores), let earlier = try stores.exam(id) {
                return earlier
            }
            let bank = try stores.questions(discipline: draft.discipline).map(\.summary)
            let faults = draft.blueprint.check(against: bank).filter { $0.severity == .error }
            guard faults.isEmpty else { throw Self.blueprintRefused(faults) }
            var exam = exam
            if draft.takesScaleOfDiscipline, let scale = try stores.scale(of: draft.discipline) {
                exam.blueprint.gradingScale = scale.scale
            }
            try stores.insertExam(exam, sealedSecret: sealedSecret, createdAt: now)
            let policy = try draft.policy ?? IdentificationPolicies.policy(of: draft.procedure, in: stores)
            try stores.setIdentificationPolicy(policy, procedure: draft.procedure, examID: exam.id)
            try idempotency.note(exam.id, at: now, in: stores)
            try LogBook(vault: services.vault).append(
                "exam",
                recordID: exam.id,
                subject: nil,
                at: now,
                facts: ["secret_sha256": .string(exam.secretCommitment.hex)],
                personal: [String: String](),
                to: stores
            )
            return exam
        }
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

    /// Draws the ticket of an attempt again from the record alone, and tells whether it is the one that was served.
    ///
    /// - Throws: `Refusal` where there is no such attempt or it has no ticket.
    package func rebuildTicket(attemptID: UUID) async throws -> (ticket: Ticket, isIdentical: Bool) {
        try await services.database.read { [services] stores in
            guard let attempt = try stores.attempt(attemptID), let served = attempt.ticket,
                let exam = try stores.exam(attempt.examID)
            else { throw Refusal.unknownAttempt }
            let secret = try Self.secret(of: exam, services: services, in: stores)
            guard exam.isCommitted(to: secret) else {
                throw TicketError(.invalidSeed, "The exam's secret is not the one that was committed to.")
            }
            let seed = try TicketSeed.derive(examSecret: secret, examID: exam.id, attemptID: attemptID)
            let bank = try stores.questions(discipline: exam.discipline).map(\.summary)
            let ticket = try Ticket.draw(blueprint: exam.blueprint, bank: bank, seed: seed)
            return (ticket, try ticket.canonicalBytes() == served.canonicalBytes())
        }
    }

    static func secret(of exam: Exam, services: Services, in stores: any Stores) throws -> Data {
        guard let sealed = try stores.sealedExamSecret(exam.id) else { throw Refusal.unknownExam }
        return try services.vault.open(sealed, purpose: purpose(exam.id))
    }

    private static func purpose(_ examID: UUID) -> String { "exam secret:\(examID.lowercased)" }

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
