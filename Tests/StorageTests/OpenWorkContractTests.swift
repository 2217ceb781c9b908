import Accounts
import Attestation
import Foundation
import Grading
import QuestionBank
import Storage
import Testing

@Suite("Storage contract: open work, rubrics, panels, rulings, scales")
struct OpenWorkContractTests {
    private static func work(_ number: Int, of attempt: Attempt, due: String) throws -> OpenWork {
        let item = TicketItem(
            number: number,
            section: 0,
            questionID: Fixtures.id(1_001),
            questionVersion: 1,
            type: .essay,
            points: Points(hundredths: 200),
            optionOrder: [],
            matchOrder: []
        )
        return OpenWork(
            id: Fixtures.id(7_000 + number),
            alias: "Работа \(number)",
            attempt: attempt,
            item: item,
            handedInAt: Fixtures.start,
            due: WorkingCalendar.russian.deadline(1, workingDaysAfter: try #require(CalendarDay(due))),
            needsSecond: false
        )
    }

    @Test(
        "Works wait in the order of their days, and leave the queue of those who graded them",
        arguments: Backend.allCases
    )
    func works(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            let later = try Self.work(1, of: attempt, due: "2027-02-04")
            let sooner = try Self.work(2, of: attempt, due: "2027-01-29")
            let panel = GradingPanel(examID: attempt.examID, secondShare: 0)
            try await database.write { stores throws in
                for work in [later, sooner] { try stores.saveWork(work) }
                #expect(try stores.work(later.id) == later)
                #expect(try stores.works(attemptID: attempt.id) == [later, sooner], "by number")
                #expect(try stores.works(OpenWorkFilter(limit: 9)) == [sooner, later], "those due first in front")
                #expect(try stores.works(OpenWorkFilter(dueBy: "2027-02-01", limit: 9)) == [sooner])
                #expect(try stores.works(OpenWorkFilter(examID: Fixtures.id(1), limit: 9)).isEmpty)
                let taken = try sooner.taken(by: attempt.candidateID, panel: panel, at: Fixtures.start).get()
                let graded = try taken.graded(
                    OpenWork.Grading(
                        graderID: attempt.candidateID,
                        points: .one,
                        criteria: [:],
                        rubric: nil,
                        comment: "Хорошо.",
                        at: Fixtures.start
                    ),
                    panel: panel,
                    at: Fixtures.start
                ).get()
                try stores.saveWork(graded)
                #expect(try stores.work(sooner.id) == graded)
                #expect(try stores.works(OpenWorkFilter(state: .waiting, limit: 9)) == [later])
                #expect(try stores.works(OpenWorkFilter(notGradedBy: attempt.candidateID, limit: 9)) == [later])
            }
        }
    }

    @Test("The newest rubric counts, and those before it stay", arguments: Backend.allCases)
    func rubrics(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            let question = Fixtures.id(1_001)
            func rubric(_ number: Int) throws -> Rubric {
                let levels = [
                    Rubric.Level(points: .zero, descriptor: "нет"), Rubric.Level(points: .one, descriptor: "есть"),
                ]
                let criterion = Rubric.Criterion(key: "a", title: "Полнота \(number)", levels: levels)
                return try #require(Rubric(questionID: question, number: number, criteria: [criterion]))
            }
            let rubrics = [try rubric(1), try rubric(2)]
            try await database.write { stores throws in
                #expect(try stores.rubric(of: question) == nil)
                for rubric in rubrics {
                    try stores.insertRubric(rubric, by: attempt.candidateID, at: Fixtures.start)
                }
                #expect(try stores.rubric(of: question) == rubrics[1])
                #expect(try stores.rubric(of: question, number: 1) == rubrics[0])
                #expect(try stores.panel(of: attempt.examID) == nil)
                var panel = GradingPanel(examID: attempt.examID, graders: [attempt.candidateID], secondShare: 10)
                try stores.savePanel(panel)
                panel.disagreement = 30
                try stores.savePanel(panel)
                #expect(try stores.panel(of: attempt.examID) == panel)
            }
        }
    }

    @Test("Rulings are kept in their order; the newest scale of a discipline counts", arguments: Backend.allCases)
    func rulings(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            let rulings = [QuestionRuling.Effect.dropped, .otherKey(version: 2)].enumerated().map { index, effect in
                QuestionRuling(
                    id: Fixtures.id(8_500 + index),
                    examID: attempt.examID,
                    questionID: Fixtures.id(1_001),
                    questionVersion: 1,
                    effect: effect,
                    keepsBetter: true,
                    reason: "Опечатка в ключе.",
                    by: attempt.candidateID,
                    at: Fixtures.start
                )
            }
            try await database.write { stores throws in
                for ruling in rulings { try stores.insertRuling(ruling) }
                #expect(try stores.rulings(of: attempt.examID) == rulings)
                #expect(try stores.rulings(of: Fixtures.id(1)).isEmpty)
                #expect(try stores.gradedAttempts(of: attempt.examID).isEmpty, "it has only been made")
                #expect(try stores.scale(of: "ИБ") == nil)
                for kind in [DisciplineScale.Kind.fivePoint, .rating] {
                    let scale = DisciplineScale(
                        discipline: "ИБ",
                        kind: kind,
                        scale: .fivePoint,
                        decidedBy: attempt.candidateID,
                        at: Fixtures.start
                    )
                    try stores.insertScale(try #require(scale))
                }
                #expect(try stores.scale(of: "ИБ")?.kind == .rating)
                #expect(try stores.scale(of: "Право") == nil)
            }
        }
    }
}
