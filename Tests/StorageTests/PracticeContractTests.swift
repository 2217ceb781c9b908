import Accounts
import Attestation
import Foundation
import QuestionBank
import Storage
import Testing

@Suite("Storage contract: practice tests, uploaded files, banks as they were at first")
struct PracticeContractTests {
    private static func questions() -> [Question] {
        (1...9).map { number in
            var question = Fixtures.question(number)
            question.content.tags = ["pool=practice"]
            question.content.difficulty = 1 + number % 5
            return question
        }
    }

    @Test("A practice test is kept as it stands, step after step", arguments: Backend.allCases)
    func sessions(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            let questions = Self.questions()
            try await database.write { stores throws in
                try stores.insertAccount(account)
                try stores.insertQuestions(try questions.map { try BankEntry($0, addedAt: Fixtures.start) })
                let pool = try stores.questionSummaries(discipline: "ИБ")
                var session = PracticeSession(
                    id: Fixtures.id(1),
                    candidateID: account.id,
                    discipline: "ИБ",
                    at: Fixtures.start,
                    seed: try TicketSeed(bytes: [UInt8](repeating: 5, count: 32)),
                    pool: pool
                )
                try stores.savePracticeSession(session)
                #expect(try stores.practiceSession(session.id) == session)
                let step = try #require(session.current)
                let found = try stores.question(step.item.questionID, version: step.item.questionVersion)
                try session.take(.truth(true), to: try #require(found), pool: pool)
                #expect(try stores.practiceSession(session.id) != session, "not before it is kept")
                try stores.savePracticeSession(session)
                #expect(try stores.practiceSession(session.id) == session)
                #expect(try stores.practiceSession(Fixtures.id(2)) == nil)
            }
        }
    }

    @Test("The files of an attempt come in their order, and no other's", arguments: Backend.allCases)
    func files(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            let other = try await Fixtures.withAttempt(in: database, number: 2)
            let files = (1...3).map { number in
                AnswerFile(
                    id: Fixtures.id(6_000 + number),
                    attemptID: number == 3 ? other.id : attempt.id,
                    number: number,
                    sha256: String(repeating: "\(number)", count: 64),
                    byteCount: number,
                    uploadedAt: Fixtures.start + Double(number),
                    evidence: String(repeating: "0a", count: 32)
                )
            }
            try await database.write { stores throws in
                for file in files { try stores.insertAnswerFile(file) }
                #expect(try stores.answerFiles(attemptID: attempt.id) == Array(files[0..<2]))
                #expect(try stores.answerFiles(attemptID: other.id) == [files[2]])
            }
        }
    }

    @Test("First versions are those that were, whatever came after", arguments: Backend.allCases)
    func first(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let entries = [try Fixtures.entry(1), try Fixtures.entry(1, version: 2), try Fixtures.entry(2)]
            try await database.write { stores throws in
                try stores.insertQuestions(entries)
                #expect(try stores.firstQuestionSummaries(discipline: "ИБ").map(\.version) == [1, 1])
                #expect(try stores.questionSummaries(discipline: "ИБ").map(\.version).sorted() == [1, 2])
                #expect(try stores.firstQuestionSummaries(discipline: "Право").isEmpty)
            }
        }
    }
}
