import Accounts
package import Attestation
import Cryptography
package import Foundation
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

        /// The methods by which the candidate is still to be identified.
        package var missing: [IdentificationMethod] { identification?.missing ?? [] }
        /// Whether the biometric identification asks for a liveness challenge next.
        package var needsLiveness: Bool { identification?.needsLiveness ?? false }
    }

    /// Makes the candidate's attempt at an exam, or finds the one there is.
    ///
    /// - Returns: the attempt, and whether it is new.
    /// - Throws: `Refusal` where the exam is unknown or closed.
    package func create(examID: UUID, principal: Principal) async throws -> (Standing, isNew: Bool) {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let exam = try stores.exam(examID) else { throw Refusal.unknownExam }
            if let present = try stores.attempt(examID: examID, candidateID: principal.id) {
                return (try Self.standing(of: present, at: now, in: stores), false)
            }
            // Before the opening too: candidates identify themselves while they wait.
            guard exam.window(at: now) != .closed else { throw Self.examClosed }
            let attempt = try exam.makeAttempt(
                id: services.makeID(at: now),
                candidateID: principal.id,
                secret: ExamAdministration.secret(of: exam, services: services, in: stores),
                at: now
            )
            try stores.insertAttempt(attempt)
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
        return try await services.database.write { [services] stores in
            var attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
            if attempt.state.acceptsAnswers { return Standing(attempt: attempt) }
            guard attempt.state == .created || attempt.state == .readyToStart else { throw Refusal.attemptClosed }
            guard let exam = try stores.exam(attempt.examID) else { throw Refusal.unknownExam }
            try Self.checkWindow(of: exam, at: now)
            try AttemptReadiness.update(&attempt, services: services, at: now, in: stores)
            let standing = try AttemptReadiness.standing(attempt, at: now, in: stores)
            if let identification = standing.identification, !identification.suffices {
                throw Refusal.identificationRequired(identification)
            }

            let bank = try stores.questions(discipline: exam.discipline).map(\.summary)
            let ticket = try Ticket.draw(blueprint: exam.blueprint, bank: bank, seed: attempt.seed)
            attempt = try attempt.assigning(ticket)
                .transition(to: .started, by: .candidate, author: principal.id, at: now)
            try stores.updateAttempt(attempt)
            try stores.setSitting(principal.credentialID.lowercased, attemptID: attempt.id, at: now)
            try DemandKeeper(services: services).planNext(for: attempt, after: now, in: stores)
            let digest = SHA256Digest.hash(try ticket.canonicalBytes())
            try LogBook(vault: services.vault).append(
                "ticket",
                recordID: attempt.id,
                subject: principal.id,
                at: now,
                facts: [
                    "exam": .string(exam.id.lowercased), "ticket_sha256": .string(digest.hex),
                    "bank_sha256": .string(ticket.bankDigest.hex),
                    "algorithm": .integer(Int64(ticket.algorithmVersion)),
                ],
                personal: ticket,
                to: stores
            )
            try EventRecorder(services: services, stores: stores).record(
                .attemptStarted,
                attempt: attempt,
                at: now,
                facts: ["items": String(ticket.items.count), "ticket_sha256": digest.hex]
            )
            return Standing(attempt: attempt)
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
                try TicketItemView(item: item, question: Self.question(of: item, in: stores))
            }
        }
    }

    /// Hands in the attempt and grades it. Handing in twice answers the same.
    ///
    /// - Throws: `Refusal`.
    package func submit(_ attemptID: UUID, principal: Principal) async throws -> Standing {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let attempt = try AttemptAccess.own(attemptID, of: principal, in: stores)
            if attempt.state.isHandedIn { return Standing(attempt: attempt) }
            guard attempt.state.acceptsAnswers, let deadline = attempt.deadline else {
                throw Refusal(
                    .conflict,
                    "attempt_not_started",
                    ru: "Попытка не начата, сдавать нечего.",
                    en: "The attempt has not started; there is nothing to hand in."
                )
            }
            try DemandKeeper(services: services).checkSubmission(of: attempt, at: now, in: stores)
            // Whoever hands in late hands in what was saved in time.
            let handedIn =
                now < deadline
                ? try attempt.transition(to: .submitted, by: .candidate, author: principal.id, at: now)
                : try Self.timedOut(attempt, at: now)
            let graded = try Self.grade(handedIn, services: services, at: now, in: stores)
            return Standing(attempt: graded)
        }
    }

    /// Hands in an attempt whose time is over.
    package func submitOverdue(_ attemptID: UUID) async throws {
        let now = services.now()
        try await services.database.write { [services] stores in
            guard let attempt = try stores.attempt(attemptID), attempt.state.acceptsAnswers,
                let deadline = attempt.deadline, deadline <= now
            else { return }
            _ = try Self.grade(Self.timedOut(attempt, at: now), services: services, at: now, in: stores)
        }
    }

    // MARK: - Steps

    private static func standing(of attempt: Attempt, at now: Date, in stores: any Stores) throws -> Standing {
        guard attempt.state == .created || attempt.state == .readyToStart else {
            return Standing(attempt: attempt)
        }
        return try AttemptReadiness.standing(attempt, at: now, in: stores)
    }

    private static func timedOut(_ attempt: Attempt, at now: Date) throws -> Attempt {
        try attempt.transition(to: .timedOut, by: .system, at: now)
            .transition(to: .submitted, by: .system, at: now)
    }

    /// Grades on the server (S1 6.8): nothing that the device says about a result is ever looked at.
    private static func grade(
        _ handedIn: Attempt,
        services: Services,
        at now: Date,
        in stores: any Stores
    ) throws -> Attempt {
        guard let ticket = handedIn.ticket, let exam = try stores.exam(handedIn.examID) else {
            throw Refusal.unknownExam
        }
        let questions = try ticket.items.map { try question(of: $0, in: stores) }
        let saved = try stores.answers(attemptID: handedIn.id)
        let result = try Grader.grade(
            ticket: ticket,
            questions: questions,
            answers: Dictionary(uniqueKeysWithValues: saved.map { ($0.number, $0.answer) }),
            scale: exam.gradingScale
        )
        let attempt = try handedIn.grading(result)
        try stores.updateAttempt(attempt)
        let recorder = EventRecorder(services: services, stores: stores)
        try recorder.record(
            .attemptSubmitted,
            attempt: attempt,
            at: now,
            facts: ["answered": String(saved.count), "items": String(ticket.items.count)]
        )
        try LogBook(vault: services.vault).append(
            "grade",
            recordID: attempt.id,
            subject: attempt.candidateID,
            at: now,
            facts: [
                "exam": .string(exam.id.lowercased),
                "grade": result.grade.map { .string($0.rawValue) } ?? .null,
            ],
            personal: GradeRecord(result: result, answers: saved),
            to: stores
        )
        if let grade = result.grade {
            try recorder.record(.attemptGraded, attempt: attempt, at: now, facts: ["grade": grade.rawValue])
        }
        return attempt
    }

    static func question(of item: TicketItem, in stores: any Stores) throws -> Question {
        guard let question = try stores.question(item.questionID, version: item.questionVersion) else {
            throw TicketError(.questionMissing, "Item \(item.number) names a question that is not in the bank.")
        }
        return question
    }

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

/// What a grade is made of; sealed for the candidate in the log.
private struct GradeRecord: Encodable, Sendable {
    var result: GradingResult
    var answers: [Line]

    struct Line: Encodable, Sendable {
        var number: Int
        var version: Int
        var answer: Answer
    }

    init(result: GradingResult, answers: [SavedAnswer]) {
        self.result = result
        self.answers = answers.map { Line(number: $0.number, version: $0.version, answer: $0.answer) }
    }
}
