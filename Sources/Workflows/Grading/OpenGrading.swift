import Accounts
package import Attestation
package import Foundation
package import Grading
import Storage
import TransparencyLog

/// The queue of open answers for those who grade them (rows D4, D14). Nobody in it learns whose work it is.
package struct OpenGrading: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// How a work stands for a grader.
    package struct Line: Sendable {
        package var work: OpenWork
        /// Whether this person is at it.
        package var isOwn: Bool
        /// Whether somebody else is.
        package var isTaken: Bool
        /// Working days left for it, today not counted; negative where it is overdue.
        package var daysLeft: Int
    }

    /// A work with what is needed to grade it.
    package struct Desk: Sendable {
        package var line: Line
        package var item: TicketItemView
        package var answer: Attestation.Answer?
        package var rubric: Rubric?
        /// The files that the answer names.
        package var files: [AnswerFile]
        /// The gradings made so far; other people's only once the work has its points.
        package var gradings: [OpenWork.Grading]
    }

    // MARK: - The queue

    /// Works that this person may grade, those due first in front.
    package func queue(examID: UUID?, limit: Int, by principal: Principal) async throws -> [Line] {
        let now = services.now()
        return try await services.database.read { [services] stores in
            let filter = OpenWorkFilter(
                examID: examID,
                state: .waiting,
                notGradedBy: principal.id,
                limit: limit
            )
            var panels: [UUID: GradingPanel] = [:]
            return try stores.works(filter).compactMap { work in
                let panel = try panels[work.examID] ?? Self.panel(of: work, in: stores)
                panels[work.examID] = panel
                guard panel.includes(principal.id) else { return nil }
                return Self.line(work, for: principal, services, at: now)
            }
        }
    }

    /// Takes a work, or goes on having it.
    ///
    /// - Throws: `Refusal`.
    package func take(_ id: UUID, by principal: Principal) async throws -> Desk {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let work = try stores.work(id) else { throw Refusal.unknownWork }
            let panel = try Self.panel(of: work, in: stores)
            let taken = try work.taken(by: principal.id, panel: panel, at: now).orRefusal()
            try stores.saveWork(taken)
            if let candidate = try stores.attempt(work.attemptID)?.candidateID {
                try AccessJournal(services).noteWork(
                    "answers",
                    of: [candidate],
                    task: work.attemptID,
                    by: principal,
                    at: now,
                    in: stores
                )
            }
            return try Self.desk(taken, for: principal, services, at: now, in: stores)
        }
    }

    /// A work that this person is at, or has graded.
    ///
    /// - Throws: `Refusal`.
    package func work(_ id: UUID, by principal: Principal) async throws -> Desk {
        let now = services.now()
        let (desk, candidate) = try await services.database.read { [services] stores in
            guard let work = try stores.work(id) else { throw Refusal.unknownWork }
            let isGrader = work.gradings.contains { $0.graderID == principal.id }
            guard work.holder(at: now) == principal.id || isGrader else { throw Refusal(OpenWork.Problem.notTaken) }
            let desk = try Self.desk(work, for: principal, services, at: now, in: stores)
            return (desk, try stores.attempt(work.attemptID)?.candidateID)
        }
        let people = [candidate].compactMap(\.self)
        let attemptID = desk.line.work.attemptID
        try await AccessJournal(services).noteWork("answers", of: people, task: attemptID, by: principal)
        return desk
    }

    /// The bytes of a file of a work that this person is at, or has graded. Whose it is stays unknown.
    ///
    /// - Throws: `Refusal`.
    package func file(_ fileID: UUID, of id: UUID, by principal: Principal) async throws -> Data {
        let work = try await work(id, by: principal).line.work
        return try await AnswerFiles(services).bytes(of: fileID, in: work, by: principal)
    }

    /// Hands a work back to the queue.
    ///
    /// - Throws: `Refusal`.
    package func handBack(_ id: UUID, by principal: Principal) async throws {
        let now = services.now()
        try await services.database.write { stores in
            guard let work = try stores.work(id) else { throw Refusal.unknownWork }
            try stores.saveWork(try work.returned(by: principal.id, at: now).orRefusal())
        }
    }

    // MARK: - Grading

    /// What a grader fills in.
    package struct Form: Sendable {
        /// Points, where the question has no rubric.
        package var points: Points?
        /// The levels chosen, where it has one.
        package var criteria: [String: Points]?
        /// What the candidate is told.
        package var comment: String?

        package init(points: Points?, criteria: [String: Points]?, comment: String?) {
            self.points = points
            self.criteria = criteria
            self.comment = comment
        }
    }

    /// Grades a work. Once all of an attempt's works have their points, the attempt has its grade and the candidate is
    /// told.
    ///
    /// - Throws: `Refusal`.
    package func grade(_ id: UUID, _ form: Form, by principal: Principal) async throws -> Desk {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let work = try stores.work(id) else { throw Refusal.unknownWork }
            let rubric = try stores.rubric(of: work.questionID)
            let points: Points
            if let rubric {
                guard let chosen = form.criteria, let earned = rubric.points(chosen, of: work.maximum) else {
                    throw Refusal.criteriaWrong
                }
                points = earned
            } else {
                guard let given = form.points, form.criteria == nil else { throw Refusal.pointsMissing }
                points = given
            }
            let grading = OpenWork.Grading(
                graderID: principal.id,
                points: points,
                criteria: form.criteria ?? [:],
                rubric: rubric?.number,
                comment: form.comment,
                at: now
            )
            let panel = try Self.panel(of: work, in: stores)
            let graded = try work.graded(grading, panel: panel, at: now).orRefusal()
            try stores.saveWork(graded)
            try Self.log(grading, of: graded, at: now, services, to: stores)
            if graded.state == .graded { try Self.finish(graded.attemptID, at: now, services, in: stores) }
            return try Self.desk(graded, for: principal, services, at: now, in: stores)
        }
    }

    /// The attempt's grade, once nothing of it waits for a person.
    private static func finish(_ attemptID: UUID, at now: Date, _ services: Services, in stores: any Stores) throws {
        let works = try stores.works(attemptID: attemptID)
        guard works.allSatisfy({ $0.state == .graded }), let before = try stores.attempt(attemptID) else { return }
        let attempt = try AttemptGrading(services: services).grade(before, at: now, in: stores)
        try AttemptKeeper(services: services).store(attempt, after: before, at: now, in: stores)
        try GradeMessage.workGraded(attempt).tell(attempt.candidateID, services, at: now, in: stores)
    }

    /// What was given for an attempt's open answers and what graders told the candidate, once the attempt has its grade.
    ///
    /// - Throws: `Refusal`.
    package func feedback(on attemptID: UUID, for principal: Principal) async throws -> [OpenWork] {
        let (works, candidate) = try await services.database.read { stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            guard attempt.result?.isPending == false else { return ([OpenWork](), attempt.candidateID) }
            return (try stores.works(attemptID: attemptID).filter { $0.state == .graded }, attempt.candidateID)
        }
        guard !works.isEmpty else { return [] }
        try await AccessJournal(services).noteWork("grades", of: [candidate], task: attemptID, by: principal)
        return works
    }

    // MARK: - Rubrics and panels

    /// A question's rubric; `nil` where there is none.
    package func rubric(of questionID: UUID) async throws -> Rubric? {
        try await services.database.read { try $0.rubric(of: questionID) }
    }

    /// Sets a question's rubric for gradings from now on.
    ///
    /// - Throws: `Refusal`.
    package func setRubric(
        _ criteria: [Rubric.Criterion],
        of questionID: UUID,
        by principal: Principal
    ) async throws -> Rubric {
        let now = services.now()
        return try await services.database.write { stores in
            let number = (try stores.rubric(of: questionID)?.number ?? 0) + 1
            guard let rubric = Rubric(questionID: questionID, number: number, criteria: criteria) else {
                throw Refusal.rubricWrong
            }
            try stores.insertRubric(rubric, by: principal.id, at: now)
            return rubric
        }
    }

    /// An exam's panel.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func panel(of examID: UUID) async throws -> GradingPanel {
        try await services.database.read { stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            return try stores.panel(of: examID) ?? GradingPanel(examID: examID)
        }
    }

    /// Sets an exam's panel; which works two people grade was drawn as they came in.
    ///
    /// - Throws: `Refusal`.
    package func setPanel(_ panel: GradingPanel) async throws {
        try await services.database.write { stores in
            guard try stores.exam(panel.examID) != nil else { throw Refusal.unknownExam }
            for grader in panel.graders {
                guard let account = try stores.account(grader), account.may(.gradeWork) else {
                    throw Refusal.graderWrong
                }
            }
            try stores.savePanel(panel)
        }
    }

    // MARK: - Parts

    private static func panel(of work: OpenWork, in stores: any Stores) throws -> GradingPanel {
        try stores.panel(of: work.examID) ?? GradingPanel(examID: work.examID)
    }

    private static func line(
        _ work: OpenWork,
        for principal: Principal,
        _ services: Services,
        at now: Date
    ) -> Line {
        let holder = work.holder(at: now)
        return Line(
            work: work,
            isOwn: holder == principal.id,
            isTaken: holder != nil && holder != principal.id,
            daysLeft: OpenWorkReminders.daysLeft(for: work, services, at: now)
        )
    }

    private static func desk(
        _ work: OpenWork,
        for principal: Principal,
        _ services: Services,
        at now: Date,
        in stores: any Stores
    ) throws -> Desk {
        guard let item = try stores.attempt(work.attemptID)?.ticket?.item(work.number) else {
            throw Refusal.unknownWork
        }
        return Desk(
            line: line(work, for: principal, services, at: now),
            item: try TicketItemView(item: item, question: try AttemptGrading.question(of: item, in: stores)),
            answer: try stores.answer(attemptID: work.attemptID, number: work.number)?.answer,
            rubric: try stores.rubric(of: work.questionID),
            files: try AnswerFiles.files(of: work, in: stores),
            gradings: work.gradings.filter { work.state == .graded || $0.graderID == principal.id }
        )
    }

    private static func log(
        _ grading: OpenWork.Grading,
        of work: OpenWork,
        at now: Date,
        _ services: Services,
        to stores: any Stores
    ) throws {
        guard let attempt = try stores.attempt(work.attemptID) else { return }
        var facts: [String: JSONValue] = [
            "attempt": .string(work.attemptID.lowercased), "item": .integer(Int64(work.number)),
            "round": .integer(Int64(work.gradings.count)), "decided_by": .string(grading.graderID.lowercased),
        ]
        facts["rubric"] = grading.rubric.map { .integer(Int64($0)) }
        try LogBook(vault: services.vault).append(
            "open_grading",
            recordID: work.id,
            subject: attempt.candidateID,
            at: now,
            facts: facts,
            personal: grading,
            to: stores
        )
    }
}

extension OpenWork.Step {
    /// The work, or why not as a refusal.
    fileprivate func orRefusal() throws -> OpenWork {
        switch self {
        case .success(let work): return work
        case .failure(let refused): throw Refusal(refused.problem)
        }
    }
}
