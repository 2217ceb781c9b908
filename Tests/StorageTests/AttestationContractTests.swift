import Accounts
import Attestation
import CSQLite
import Cryptography
import Foundation
import Proctoring
import Storage
import Testing
import TransparencyLog

@Suite("Storage contract: attestation, events, log")
struct AttestationContractTests {
    @Test("A bank answers the highest version of each question of its discipline", arguments: Backend.allCases)
    func bank(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let entries = [
                try Fixtures.entry(1), try Fixtures.entry(2), try Fixtures.entry(1, version: 2),
                try Fixtures.entry(3, discipline: "Право"),
            ]
            let questions = entries.map(\.question)
            try await database.write { try $0.insertQuestions(entries) }
            try await database.read { stores throws in
                #expect(try stores.questions(discipline: "ИБ", after: nil, limit: 9) == [questions[2], questions[1]])
                #expect(try stores.questions(discipline: "ИБ", after: nil, limit: 1) == [questions[2]])
                #expect(try stores.questions(discipline: "ИБ", after: questions[2].id, limit: 9) == [questions[1]])
                let summaries = [questions[2].summary, questions[1].summary]
                #expect(try stores.questionSummaries(discipline: "ИБ") == summaries)
                #expect(try stores.question(questions[0].id, version: 1) == questions[0])
                #expect(try stores.question(questions[0].id, version: 3) == nil)
                #expect(
                    try stores.questionVersions(questions[0].id) == [
                        QuestionVersion(question: questions[2], addedAt: Fixtures.start),
                        QuestionVersion(question: questions[0], addedAt: Fixtures.start),
                    ]
                )
                let known = try stores.knownQuestion(discipline: "ИБ", identity: entries[0].identity)
                #expect(known == KnownQuestion(id: questions[0].id, version: 2, digest: entries[2].digest))
                #expect(try stores.knownQuestion(discipline: "Право", identity: entries[0].identity) == nil)
                #expect(try stores.identity(ofQuestion: questions[0].id) == entries[0].identity)
            }
            await #expect(throws: (any Error).self, "a version is written once") {
                try await database.write { try $0.insertQuestions([entries[0]]) }
            }
            await #expect(throws: (any Error).self, "one question of a discipline is known by a name") {
                var other = entries[0]
                other.question.id = Fixtures.id(77)
                try await database.write { [other] in try $0.insertQuestions([other]) }
            }
        }
    }

    @Test(
        "Places in a set are given one after the other, and what was shown is known by discipline",
        arguments: Backend.allCases
    )
    func ticketPlaces(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let one = try await Fixtures.withAttempt(in: database, number: 1)
            let two = try await Fixtures.withAttempt(in: database, number: 2)
            let exam = Fixtures.exam()
            let planned = Exam(
                id: Fixtures.id(2_001),
                title: "С планом",
                discipline: "ИБ",
                blueprint: exam.blueprint,
                opensAt: exam.opensAt,
                closesAt: exam.closesAt + 60,
                secretCommitment: exam.secretCommitment
            )
            try await database.write { stores throws in
                try stores.insertExam(
                    planned,
                    sealedSecret: Data([1]),
                    plan: Data("{}".utf8),
                    createdAt: Fixtures.start
                )
                #expect(try stores.takeTicketPlace(examID: exam.id, set: 0, attemptID: one.id) == 0)
                #expect(try stores.takeTicketPlace(examID: exam.id, set: 0, attemptID: two.id) == 1)
                #expect(try stores.takeTicketPlace(examID: exam.id, set: 0, attemptID: one.id) == 0, "the same again")
                try stores.noteUses(of: [Fixtures.id(1), Fixtures.id(2)], examID: exam.id, at: Fixtures.start)
                try stores.noteUses(of: [Fixtures.id(2)], examID: planned.id, at: Fixtures.start + 9)
            }
            try await database.read { stores throws in
                #expect(try stores.ticketPlan(examID: planned.id) == Data("{}".utf8))
                #expect(try stores.ticketPlan(examID: exam.id) == nil)
                let ids: Set = [Fixtures.id(1), Fixtures.id(2)]
                #expect(try stores.usedQuestions(discipline: "ИБ", since: Fixtures.start) == ids)
                #expect(try stores.usedQuestions(discipline: "ИБ", since: Fixtures.start + 1) == [Fixtures.id(2)])
                #expect(try stores.usedQuestions(discipline: "Право", since: Fixtures.start).isEmpty)
                #expect(try stores.openExams(discipline: "ИБ", at: exam.closesAt).map(\.id) == [planned.id])
                #expect(try stores.examsToOpen(at: planned.closesAt, limit: 9).map(\.id) == [planned.id], "attempts")
                #expect(try stores.examsToOpen(at: planned.closesAt - 1, limit: 9).isEmpty)
            }
            try await database.write { try $0.noteSecretOpened(examID: planned.id, at: planned.closesAt) }
            #expect(try await database.read { try $0.examsToOpen(at: planned.closesAt, limit: 9).isEmpty })
        }
    }

    @Test("A file of questions is kept once and is found by its digest", arguments: Backend.allCases)
    func questionFiles(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { stores throws in
                try stores.insertQuestionFile(Data([1, 2]), sha256: "a")
                try stores.insertQuestionFile(Data([1, 2]), sha256: "a")
            }
            try await database.read { stores throws in
                #expect(try stores.questionFile(sha256: "a") == Data([1, 2]))
                #expect(try stores.questionFile(sha256: "b") == nil)
            }
        }
    }

    @Test("Exams come newest first, page by page, with their secrets apart", arguments: Backend.allCases)
    func exams(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let exams = (1...5).map { Fixtures.exam(2_000 + $0) }
            try await database.write { stores throws in
                for exam in exams {
                    try stores.insertExam(
                        exam,
                        sealedSecret: Data(exam.id.uuidString.utf8),
                        plan: nil,
                        createdAt: Fixtures.start
                    )
                }
            }
            try await database.read { stores throws in
                #expect(try stores.exams(before: nil, limit: 2) == [exams[4], exams[3]])
                #expect(try stores.exams(before: exams[3].id, limit: 9) == [exams[2], exams[1], exams[0]])
                #expect(try stores.exam(exams[2].id) == exams[2])
                #expect(try stores.sealedExamSecret(exams[2].id) == Data(exams[2].id.uuidString.utf8))
            }
        }
    }

    @Test(
        "An attempt is stored whole, once for each candidate, and turns up when time alone changes it",
        arguments: Backend.allCases
    )
    func attempts(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let made = try await Fixtures.withAttempt(in: database)
            let bank = (1...4).map { Fixtures.question($0) }
            let ticket = try Ticket.draw(
                blueprint: Fixtures.exam().blueprint,
                bank: bank.map(\.summary),
                seed: made.seed
            )
            let started = try made.assigning(ticket, at: Fixtures.start)
                .transition(to: .readyToStart, .system, at: Fixtures.start)
                .transition(to: .started, .candidate(made.candidateID), at: Fixtures.start)
            try await database.read { stores throws in
                #expect(try stores.turningAttempts(at: Fixtures.start + 59, limit: 9).isEmpty)
                #expect(try stores.turningAttempts(at: Fixtures.start + 60, limit: 9) == [made.id], "it expires")
            }
            try await database.write { try $0.updateAttempt(started) }
            try await database.write { try $0.updateAttempt(started) }
            let deadline = try #require(started.deadline)
            try await database.read { stores throws in
                #expect(try stores.attempt(made.id) == started)
                #expect(try stores.attempt(examID: made.examID, candidateID: made.candidateID) == started)
                #expect(try stores.turningAttempts(at: deadline.addingTimeInterval(-1), limit: 9).isEmpty)
                #expect(try stores.turningAttempts(at: deadline, limit: 9) == [made.id])
            }
            let cause = AttemptCause.examiner(made.candidateID, .other, "пожарная тревога")
            let paused = try started.transition(to: .paused, cause, at: Fixtures.start + 30)
            try await database.write { try $0.updateAttempt(paused) }
            try await database.read { stores throws in
                #expect(try stores.attempt(made.id) == paused)
                #expect(
                    try stores.turningAttempts(at: .distantFuture, limit: 9).isEmpty,
                    "a pause ends by itself never"
                )
            }
            let second = try Fixtures.attempt(2, candidate: made.candidateID)
            await #expect(throws: (any Error).self) {
                try await database.write { try $0.insertAttempt(second, expiresAt: nil) }
            }
        }
    }

    @Test("Records of an attempt are added, and nothing changes or deletes one")
    func recordsStay() async throws {
        try await Backend.sqlite.withDatabaseAndFolder { database, folder in
            let made = try await Fixtures.withAttempt(in: database)
            let ready = try made.transition(to: .readyToStart, .system, at: Fixtures.start)
            try await database.write { try $0.updateAttempt(ready) }
            var handle: OpaquePointer?
            #expect(sqlite3_open(folder.appending(path: "test.sqlite").path, &handle) == SQLITE_OK)
            defer { sqlite3_close(handle) }
            for sql in ["UPDATE attempt_records SET at = 0", "DELETE FROM attempt_records"] {
                #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_CONSTRAINT)
            }
            #expect(try await database.read { try $0.attempt(made.id) } == ready)
        }
    }

    @Test("Which device has an attempt, and what a candidate is entitled to", arguments: Backend.allCases)
    func devicesAndAccommodations(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            var first = DeviceLease(attemptID: attempt.id, device: "a", since: Fixtures.start)
            let second = DeviceLease(attemptID: attempt.id, device: "b", since: Fixtures.start + 60)
            let contact = DeviceLease.Contact(at: Fixtures.start + 30, sequence: 7)
            @Sendable func accommodation(_ number: Int, _ seconds: Int) -> Accommodation {
                Accommodation(
                    id: Fixtures.id(number),
                    examID: attempt.examID,
                    candidateID: attempt.candidateID,
                    extraSeconds: seconds,
                    breakSeconds: 60,
                    allowsAssistant: true,
                    basis: "Заключение",
                    decidedBy: attempt.candidateID,
                    at: Fixtures.start
                )
            }
            let revision = try await database.read { try $0.bankRevision(discipline: "ИБ") }
            try await database.write { [first] stores throws in
                try stores.saveDeviceLease(first)
                try stores.insertAccommodation(accommodation(900, 60))
                try stores.insertAccommodation(accommodation(901, 120))
                try stores.insertQuestions([Fixtures.entry(1)])
            }
            await #expect(throws: (any Error).self, "one device at a time") {
                try await database.write { try $0.saveDeviceLease(second) }
            }
            await #expect(throws: (any Error).self, "an attempt that is none has no device") {
                let lost = DeviceLease(attemptID: Fixtures.id(1), device: "a", since: Fixtures.start)
                try await database.write { try $0.saveDeviceLease(lost) }
            }
            first.until = second.since
            first.contact = contact
            try await database.write { [first] stores throws in
                try stores.saveDeviceLease(first)
                try stores.saveDeviceLease(second)
            }
            try await database.read { [first] stores throws in
                #expect(try stores.deviceLeases(attemptID: attempt.id) == [first, second])
                let counts = try stores.accommodation(examID: attempt.examID, candidateID: attempt.candidateID)
                #expect(counts == accommodation(901, 120))
                #expect(try stores.accommodations(examID: attempt.examID) == [accommodation(901, 120)])
                let discipline = Fixtures.question(1).discipline
                #expect(try stores.bankRevision(discipline: discipline) != revision)
            }
        }
    }

    @Test("Every version of an answer is kept, and one counts", arguments: Backend.allCases)
    func answers(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            let queued = SavedAnswer.Origin(device: "a", sequence: 3)
            @Sendable func saved(_ number: Int, _ version: Int, _ answer: Answer) -> SavedAnswer {
                SavedAnswer(
                    attemptID: attempt.id,
                    number: number,
                    version: version,
                    givenAt: Fixtures.start - 30,
                    savedAt: Fixtures.start,
                    origin: version == 2 ? queued : nil,
                    answer: answer
                )
            }
            let (first, other, second) =
                (saved(2, 1, .truth(true)), saved(1, 1, .matches([1, nil])), saved(2, 2, .essay("Ё")))
            try await database.write { stores throws in
                for answer in [first, other, second] { try stores.saveAnswer(answer, counts: true) }
                try stores.saveAnswer(saved(2, 3, .truth(false)), counts: false)
            }
            try await database.read { stores throws in
                #expect(try stores.answers(attemptID: attempt.id) == [other, second])
                #expect(try stores.answer(attemptID: attempt.id, number: 3) == nil)
                #expect(try stores.answerVersions(attemptID: attempt.id, number: 2).map(\.version) == [1, 2, 3])
                #expect(try stores.lastAnswerVersion(attemptID: attempt.id, number: 2)?.version == 3)
                #expect(try stores.lastAnswerVersion(attemptID: attempt.id, number: 99) == nil)
                #expect(try stores.answer(attemptID: attempt.id, origin: queued) == second)
            }
        }
    }

    @Test("Events keep their order over all attempts and are read behind an index", arguments: Backend.allCases)
    func events(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let one = try await Fixtures.withAttempt(in: database, number: 1)
            let two = try await Fixtures.withAttempt(in: database, number: 2)
            let appended = try await database.write { stores throws in
                try (1...6).map { try stores.appendEvent(Fixtures.event($0, of: $0 % 2 == 0 ? one : two)) }
            }
            #expect(zip(appended, appended.dropFirst()).allSatisfy { $0.index < $1.index })
            try await database.read { stores throws in
                #expect(try stores.events(of: .exam(one.examID), after: 0, limit: 9) == appended)
                #expect(
                    try stores.events(of: .attempt(one.id), after: appended[1].index, limit: 9)
                        == [appended[3], appended[5]]
                )
                #expect(try stores.events(of: .exam(one.examID), after: 0, limit: 2) == Array(appended.prefix(2)))
                #expect(try stores.events(of: .exam(one.examID), after: appended[5].index, limit: 9).isEmpty)
            }
        }
    }

    @Test("An idempotency key belongs to its account and is written once", arguments: Backend.allCases)
    func idempotency(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (one, two) = (try Fixtures.account(1), try Fixtures.account(2))
            let result = IdempotentResult(requestDigest: "d", resourceID: Fixtures.id(9))
            try await database.write { stores throws in
                try stores.insertAccount(one)
                try stores.insertAccount(two)
                try stores.insertIdempotentResult(result, of: one.id, key: "k", at: Fixtures.start)
            }
            try await database.read { stores throws in
                #expect(try stores.idempotentResult(of: one.id, key: "k") == result)
                #expect(try stores.idempotentResult(of: two.id, key: "k") == nil)
            }
            await #expect(throws: (any Error).self) {
                try await database.write {
                    try $0.insertIdempotentResult(result, of: one.id, key: "k", at: Fixtures.start)
                }
            }
        }
    }

    @Test(
        "F1: the log grown over many transactions is sound and proves each of its entries",
        arguments: Backend.allCases
    )
    func log(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let signer = try NoteSigner(name: "test.example/log", key: SigningKey.generate())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let body = try LogBody([
                            "kind": "test", "at": "2026-01-01T00:00:00.000Z", "number": .integer(Int64(number)),
                        ])
                        try await database.write { _ = try Log.append([body], to: $0) }
                    }
                }
                try await group.waitForAll()
            }
            let checkpoint = try await database.write { try Log.publishCheckpoint(signer: signer, in: $0) }
            #expect(checkpoint.size == 100)
            try await database.read { stores throws in
                #expect(try Log.fsck(stores, verifiers: [signer.verifier]).isSound)
                let entries = try stores.logEntries(from: 0, limit: 1_000)
                #expect(entries.map(\.index) == Array(0..<100))
                for entry in entries {
                    let proof = try Log.inclusionProof(index: entry.index, size: 100, in: stores)
                    #expect(
                        MerkleTree.verifyInclusion(
                            of: entry.leafHash,
                            index: entry.index,
                            size: 100,
                            proof: proof,
                            root: checkpoint.root
                        )
                    )
                }
                #expect(try stores.latestCheckpoint() == checkpoint)
            }
        }
    }
}
