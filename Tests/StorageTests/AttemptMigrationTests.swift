import Attestation
import CSQLite
import Foundation
import Proctoring
import SQLiteStorage
import Storage
import Testing

@Suite("Migrations keep attempts")
struct AttemptMigrationTests {
    /// A running attempt as it was kept before there were records; written by the program of then.
    private static let running =
        #"""
        {"candidate_id":"00000000-0000-4000-8000-000000000003",\#
        "exam_id":"00000000-0000-4000-8000-000000000002","history":[{"actor":"system",\#
        "at":"2027-01-15T08:00:10.000Z","from":"created","to":"ready_to_start"},{"actor":"system",\#
        "at":"2027-01-15T08:00:20.000Z","from":"ready_to_start",\#
        "reason":"the identification no longer suffices","to":"created"},{"actor":"system",\#
        "at":"2027-01-15T08:00:30.000Z","from":"created","to":"ready_to_start"},{"actor":"candidate",\#
        "at":"2027-01-15T08:01:00.000Z","author":"00000000-0000-4000-8000-0000000000FF",\#
        "from":"ready_to_start","to":"started"}],"id":"00000000-0000-4000-8000-000000000001",\#
        "ledger":{"entries":[{"at":"2027-01-15T08:00:00.000Z","author":"system","kind":"base","reason":"",\#
        "seconds":3600},{"at":"2027-01-15T08:10:00.000Z","author":"00000000-0000-4000-8000-0000000000FF",\#
        "kind":"pause","reason":"пауза","seconds":120}]},\#
        "seed":"0000000000000000000000000000000000000000000000000000000000000001",\#
        "started_at":"2027-01-15T08:01:00.000Z","state":"started","ticket":{"algorithm_version":1,\#
        "bank_digest":"902f697cd1a762d3b06077c3e0cb8e891b9315d8c0064af89a805326b2e1fbcf",\#
        "items":[{"match_order":[],"number":1,"option_order":[],"points":"1.00",\#
        "question_id":"00000000-0000-4000-8000-000000000001","question_version":1,"section":1,\#
        "type":"true_false"},{"match_order":[],"number":2,"option_order":[],"points":"1.00",\#
        "question_id":"00000000-0000-4000-8000-000000000002","question_version":1,"section":1,\#
        "type":"true_false"}],"seed":"0000000000000000000000000000000000000000000000000000000000000001"}}
        """#

    private static let id = "00000000-0000-4000-8000-000000000001"

    private static func rows(exam: String) -> String {
        """
        INSERT INTO exams (id, document, sealed_secret, created_at)
            VALUES ('00000000-0000-4000-8000-000000000002', '\(exam)', x'00', 0);
        INSERT INTO attempts (id, exam_id, candidate_id, state, document, deadline)
            VALUES ('\(id)', '00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000003', 'started',
                '\(running)', 1800003780000000),
                ('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-000000000002',
                '00000000-0000-4000-8000-00000000000b', 'created', '\(running)', NULL);
        INSERT INTO answers (attempt_id, number, version, saved_at, document)
            VALUES ('\(id)', 1, 4, 1800000100000000, '{"type":"truth","value":true}');
        INSERT INTO session_events (id, attempt_id, exam_id, type, source, at, facts)
            VALUES ('\(id)', '\(id)', '00000000-0000-4000-8000-000000000002', 'attempt.resumed', 'server', 0, '{}');
        """
    }

    @Test("An attempt that runs while the program is renewed goes on, with its answers and its time")
    func running() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "test.sqlite")
        let exam = String(decoding: try CanonicalJSON.encode(Fixtures.exam()), as: UTF8.self)
        var handle: OpaquePointer?
        #expect(sqlite3_open(file.path, &handle) == SQLITE_OK)
        for sql in [ThirdSchema.sql, "PRAGMA foreign_keys = OFF", Self.rows(exam: exam)] {
            let code = sqlite3_exec(handle, sql, nil, nil, nil)
            #expect(code == SQLITE_OK, "\(String(cString: sqlite3_errmsg(handle)))")
        }
        sqlite3_close(handle)

        let database = try SQLiteDatabase(file: file)
        let id = try #require(UUID(uuidString: Self.id))
        let attempt = try await database.read { try #require(try $0.attempt(id)) }
        #expect(attempt.state == .started)
        #expect(attempt.deadline == Date(timeIntervalSince1970: 1_800_003_780))
        try await database.read { stores throws in
            let answer = try #require(try stores.answers(attemptID: id).first)
            #expect(answer.version == 4 && answer.givenAt == answer.savedAt)
            #expect(try stores.answerVersions(attemptID: id, number: 1) == [answer])
            let events = try stores.events(of: .attempt(id), after: 0, limit: 9)
            #expect(events.map(\.type) == [.deviceTakenOver])
            let used = try stores.usedQuestions(discipline: "ИБ", since: Date(timeIntervalSince1970: 0))
            #expect(used.count == 2, "what its ticket showed")
            let due = Date(timeIntervalSince1970: 1_800_003_780)
            #expect(try stores.turningAttempts(at: due - 1, limit: 9).isEmpty)
            #expect(try stores.turningAttempts(at: due, limit: 9) == [id])
            let closing = Fixtures.exam().closesAt
            #expect(try stores.turningAttempts(at: closing - 1, limit: 9).count == 1)
            #expect(try stores.turningAttempts(at: closing + 1, limit: 9).count == 2, "the one not started expires")
        }
        let cause = AttemptCause.examiner(id, .technicalFailure)
        let paused = try attempt.transition(to: .paused, cause, at: Date(timeIntervalSince1970: 1_800_001_000))
        try await database.write { try $0.updateAttempt(paused) }
        #expect(try await database.read { try $0.attempt(id) } == paused, "rewritten as records")
    }
}
