import Accounts
package import Attestation
import Cases
import Cryptography
package import Foundation
import Grading
package import Identification
import Proctoring
import Storage
import TransparencyLog

/// Runs attempts (rows D2, D4, A4): creation, the ticket at the start, the start, handing in, the grade.
package struct AttemptRunner: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// An attempt and what its identification still lacks.
    package struct Standing: Sendable {
        package var attempt: Attempt
        /// How the identification stands; `nil` once the attempt has started.
        package var identification: PolicyStanding?
        /// What its clock shows.
        package var clock: AttemptClock
        /// The grade that a person or a rule decided in place of what was graded, if any.
        package var decidedGrade: Grade?
        /// The moment for which all of this holds, by the server's clock.
        package var at: Date

        init(attempt: Attempt, identification: PolicyStanding? = nil, at now: Date) {
            self.attempt = attempt
            self.identification = identification
            clock = attempt.clock(at: now)
            at = now
        }

        /// The methods by which the candidate is still to be identified.
        package var missing: [IdentificationMethod] { identification?.missing ?? [] }
        /// Whether the biometric identification asks for a liveness challenge next.
        package var needsLiveness: Bool { identification?.needsLiveness ?? false }
    }

    /// Makes the candidate's attempt at an exam, or finds the one there is.
    ///
    /// - Returns: the attempt, and whether it is new.
    /// - Throws: `Refusal` where the exam is unknown or closed, or the candidate's contracts have ended.
    package func create(examID: UUID, principal: Principal) async throws -> (Standing, isNew: Bool) {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let exam = try stores.exam(examID) else { throw Refusal.unknownExam }
            if let present = try stores.attempt(examID: examID, candidateID: principal.id) {
                return (try Self.standing(of: present, at: now, in: stores), false)
            }
            try OwnContracts.requireOpenContract(of: principal.id, in: stores)
            guard try Self.ticketSet(of: principal.id, in: exam, stores) != nil else { throw Self.inNoGroup }
            // Before the opening too: candidates identify themselves while they wait.
            guard exam.window(at: now) != .closed else { throw Self.examClosed }
            let attempt = try exam.makeAttempt(
                id: services.makeID(at: now),
                candidateID: principal.id,
                secret: ExamAdministration.secret(of: exam, services: services, in: stores),
                at: now
            )
            try stores.insertAttempt(attempt, expiresAt: exam.closesAt)
            try FormKeeper(services: services).noteCreation(of: attempt, in: stores)
            try EventRecorder(services: services, stores: stores).record(.attemptCreated, attempt: attempt, at: now)
            return (try Self.standing(of: attempt, at: now, in: stores), true)
        }
    }

    /// The attempt as it stands.
    ///
    /// - Throws: `Refusal`.
    package func standing(of attemptID: UUID, principal: Principal) async throws -> Standing {
        let now = services.now()
        return try await services.database.read { stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            return try Self.standing(of: attempt, at: now, in: stores)
        }
    }

    /// Starts the attempt: draws the ticket then and there, and starts the clock. Starting a started attempt again
    /// answers it as it is.
    ///
    /// - Throws: `Refusal` where the identification does not suffice or the exam is not open.
    package func start(_ attemptID: UUID, principal: Principal) async throws -> Standing {
        let now = services.now()
        // Read ahead, so that the one writer waits for no plan to be parsed.
        try await services.database.read { [services] stores in
            guard let attempt = try stores.attempt(attemptID), let exam = try stores.exam(attempt.examID) else {
                return
            }
            if exam.planDigest != nil { _ = try services.dealers.dealer(of: exam, services: services, in: stores) }
        }
        return try await services.database.write { [services] stores in
            let keeper = AttemptKeeper(services: services)
            let found = try AttemptAccess.own(attemptID, of: principal, in: stores)
            if found.state.isUnderWay {
                return try Self.standing(of: keeper.settle(found, at: now, in: stores), at: now, in: stores)
            }
            guard found.state.isBeforeStart else { throw Refusal.attemptClosed }
            guard let exam = try stores.exam(found.examID) else { throw Refusal.unknownExam }
            try Self.checkWindow(of: exam, at: now)
            try AdmissionGate(services).require(exam, of: principal.id, at: now, in: stores)
            let attempt = try AttemptReadiness.update(found, services: services, at: now, in: stores)
            let standing = try AttemptReadiness.standing(attempt, at: now, in: stores)
            if let identification = standing.identification, !identification.suffices {
                throw Refusal.identificationRequired(identification)
            }

            let ticket = try deal(attempt, exam, at: now, in: stores)
            var next = try attempt.assigning(ticket, at: now)
            if let accommodation = try stores.accommodation(examID: exam.id, candidateID: principal.id) {
                next = try next.applying(accommodation, at: now)
            }
            next = try next.transition(to: .started, .candidate(principal.id), at: now)
            next = try keeper.store(next, after: attempt, at: now, in: stores)
            try DeviceKeeper(services: services).take(next, principal.credentialID.lowercased, at: now, in: stores)
            try DemandKeeper(services: services).planNext(for: next, after: now, in: stores)
            try log(ticket, of: next, at: now, in: stores)
            return try Self.standing(of: next, at: now, in: stores)
        }
    }

    /// The ticket as its candidate sees it.
    ///
    /// - Throws: `Refusal` where the attempt has not started.
    package func ticket(of attemptID: UUID, principal: Principal) async throws -> [TicketItemView] {
        try await services.database.read { stores in
            let attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
            guard let ticket = attempt.ticket else {
                throw Refusal(
                    .conflict,
                    "attempt_not_started",
                    ru: "Попытка ещё не начата: билет формируется при её начале.",
                    en: "The attempt has not started: the ticket is drawn at its start."
                )
            }
            return try ticket.items.map { item in
                try TicketItemView(item: item, question: AttemptGrading.question(of: item, in: stores))
            }
        }
    }

    /// A file that a question on the own ticket shows, by the SHA-256 of its bytes.
    ///
    /// - Throws: `Refusal` where the attempt has no ticket, or nothing on the ticket shows such a file.
    package func ticketFile(of attemptID: UUID, sha256: String, principal: Principal) async throws -> Data {
        try await services.database.read { stores in
            let attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
            let isShown = try attempt.ticket?.items.contains { item in
                let question = try AttemptGrading.question(of: item, in: stores)
                return try TicketItemView(item: item, question: question).files.contains { $0.sha256 == sha256 }
            }
            guard isShown == true, let file = try stores.questionFile(sha256: sha256) else {
                throw Refusal(
                    .notFound,
                    "file_unknown",
                    ru: "В билете нет такого файла.",
                    en: "Nothing on the ticket shows such a file."
                )
            }
            return file
        }
    }

    /// Hands in the attempt and grades it. Handing in twice answers the same.
    ///
    /// - Throws: `Refusal`.
    package func submit(_ attemptID: UUID, principal: Principal) async throws -> Standing {
        let now = services.now()
        // A refusal is a value inside, so that what time has brought about and a demand become durable.
        let outcome = try await services.database.write { [services] stores -> Result<Standing, Refusal> in
            let keeper = AttemptKeeper(services: services)
            let found = try AttemptAccess.own(attemptID, of: principal, in: stores)
            let attempt = try keeper.settle(found, at: now, in: stores)
            if attempt.state.isHandedIn { return .success(try Self.standing(of: attempt, at: now, in: stores)) }
            guard attempt.startedAt != nil else { return .failure(Self.nothingToSubmit) }
            switch attempt.state {
            case .timedOut:
                // Whoever hands in late hands in what was saved in time.
                break
            case .started, .readyToSubmit:
                if let refusal = try DeviceKeeper(services: services).claim(attempt, by: principal, at: now, in: stores)
                {
                    return .failure(refusal)
                }
                try DemandKeeper(services: services).checkSubmission(of: attempt, at: now, in: stores)
            case .paused: return .failure(Refusal(AnswerRefusal.attemptPaused))
            default:
                try EventRecorder(services: services, stores: stores)
                    .recordRefusedWrite(of: "submission", to: attempt, at: now)
                return .failure(Refusal.attemptClosed)
            }
            let submitted = try attempt.transition(to: .submitted, .candidate(principal.id), at: now)
            let graded = try keeper.store(submitted, after: attempt, at: now, in: stores)
            return .success(try Self.standing(of: graded, at: now, in: stores))
        }
        return try outcome.get()
    }

    /// The candidate does not take part, and says so before the start (S2 4.5).
    ///
    /// - Throws: `Refusal` where the attempt has started.
    package func decline(
        _ attemptID: UUID,
        reason: AttemptReason,
        comment: String?,
        principal: Principal
    ) async throws -> Standing {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let keeper = AttemptKeeper(services: services)
            let found = try AttemptAccess.own(attemptID, of: principal, in: stores)
            if found.state == .declined { return try Self.standing(of: found, at: now, in: stores) }
            let attempt = try keeper.settle(found, at: now, in: stores)
            let declined = try Refusal.onAttemptError {
                try attempt.transition(to: .declined, .candidate(principal.id, reason, comment), at: now)
            }
            let stored = try keeper.store(declined, after: attempt, at: now, in: stores)
            return try Self.standing(of: stored, at: now, in: stores)
        }
    }

    /// Brings an attempt to where time alone has brought it: its break or its time is over.
    package func settle(_ attemptID: UUID) async throws {
        let now = services.now()
        try await services.database.write { [services] stores in
            guard let attempt = try stores.attempt(attemptID) else { return }
            _ = try AttemptKeeper(services: services).settle(attempt, at: now, in: stores)
        }
    }

    // MARK: - Steps

    /// The attempt's ticket: the next one of its set, or drawn from the bank where the exam is older than plans.
    private func deal(_ attempt: Attempt, _ exam: Exam, at now: Date, in stores: any Stores) throws -> Ticket {
        guard exam.planDigest != nil else {
            let bank = try services.banks.summaries(discipline: exam.discipline, in: stores)
            return try Ticket.draw(blueprint: exam.blueprint, bank: bank, seed: attempt.seed)
        }
        guard let set = try Self.ticketSet(of: attempt.candidateID, in: exam, stores) else { throw Self.inNoGroup }
        let place = try stores.takeTicketPlace(examID: exam.id, set: set, attemptID: attempt.id)
        let dealer = try services.dealers.dealer(of: exam, services: services, in: stores)
        let ticket = try dealer.ticket(set: set, place: place, seed: attempt.seed)
        try stores.noteUses(of: ticket.items.map(\.questionID), examID: exam.id, at: now)
        return ticket
    }

    private static func ticketSet(of candidate: UUID, in exam: Exam, _ stores: any Stores) throws -> Int? {
        let isRegistered = exam.groups?.contains { $0.registeredID != nil } == true
        let groups = isRegistered ? Set(try stores.groups(ofAccount: candidate).map(\.id)) : []
        return exam.ticketSet(of: candidate, registered: groups)
    }

    private func log(_ ticket: Ticket, of attempt: Attempt, at now: Date, in stores: any Stores) throws {
        var facts: [String: JSONValue] = [
            "exam": .string(attempt.examID.lowercased),
            "ticket_sha256": .string(SHA256Digest.hash(ticket.canonicalBytes()).hex),
            "algorithm": .integer(Int64(ticket.algorithmVersion)),
        ]
        switch ticket.source {
        case .bank(let digest): facts["bank_sha256"] = .string(digest.hex)
        case .plan(let digest, _, _): facts["plan_sha256"] = .string(digest.hex)
        }
        try LogBook(vault: services.vault).append(
            "ticket",
            recordID: attempt.id,
            subject: attempt.candidateID,
            at: now,
            facts: facts,
            personal: ticket,
            to: stores
        )
    }

    private static let inNoGroup = Refusal(
        .forbidden,
        "not_in_exam_groups",
        ru: "Вас нет в списках групп этого экзамена. Обратитесь на кафедру или в деканат.",
        en: "You are in none of the groups that sit this exam. Ask the department."
    )

    /// An attempt as it stands now, whether or not the service has come to note what time has brought about.
    static func standing(of attempt: Attempt, at now: Date, in stores: any Stores) throws -> Standing {
        let settled = attempt.settled(at: now)
        let decided = try stores.gradeChanges(attemptID: attempt.id).last?.after
        guard settled.state.isBeforeStart else {
            var standing = Standing(attempt: settled, at: now)
            standing.decidedGrade = decided
            return standing
        }
        var standing = try AttemptReadiness.standing(settled, at: now, in: stores)
        standing.decidedGrade = decided
        let accommodation = try stores.accommodation(examID: settled.examID, candidateID: settled.candidateID)
        if let accommodation, let entitled = try? settled.applying(accommodation, at: now) {
            // What the start will give is shown before it.
            standing.clock = entitled.clock(at: now)
        }
        return standing
    }

    private static let nothingToSubmit = Refusal(
        .conflict,
        "attempt_not_started",
        ru: "Попытка не начата, сдавать нечего.",
        en: "The attempt has not started; there is nothing to hand in."
    )

    static func checkWindow(of exam: Exam, at now: Date) throws {
        switch exam.window(at: now) {
        case .open: return
        case .notYetOpen:
            throw Refusal(
                .conflict,
                "exam_not_open",
                ru: "Экзамен ещё не открыт.",
                en: "The exam is not open yet."
            )
        case .closed:
            throw examClosed
        }
    }

    private static let examClosed = Refusal(
        .conflict,
        "exam_closed",
        ru: "Экзамен закрыт.",
        en: "The exam is closed."
    )
}
