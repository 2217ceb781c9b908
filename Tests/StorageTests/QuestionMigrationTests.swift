import Attestation
import CSQLite
import Foundation
import QuestionBank
import SQLiteStorage
import Storage
import Testing

@Suite("Migrations keep question banks")
struct QuestionMigrationTests {
    /// A question as the program of then wrote it.
    private static func document(_ number: Int, _ title: String, externalID: String?) -> String {
        let external = externalID.map { #""external_id":"\#($0)","# } ?? ""
        return #"{"discipline":"ИБ",\#(external)"id":"00000000-0000-4000-8000-00000000000\#(number)","#
            + #""kind":{"key":{"is_true":true},"type":"true_false"},"points":"2.50","#
            + #""prompt":{"format":"plain","text":"Верно?"},"tags":[],"title":"\#(title)","topic":"Сети","version":1}"#
    }

    private static let rows = [
        (1, "Первый", "q-1"), (2, "Второй", nil), (3, "Второй", nil),
    ].map { (number: Int, title: String, externalID: String?) in
        """
        INSERT INTO questions (id, version, discipline, topic, document) VALUES (
            '00000000-0000-4000-8000-00000000000\(number)', 1, 'ИБ', 'Сети',
            '\(document(number, title, externalID: externalID))');
        """
    }.joined()

    @Test("A bank of before is read whole, and its questions are known again when they are imported once more")
    func bank() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "test.sqlite")
        var handle: OpaquePointer?
        #expect(sqlite3_open(file.path, &handle) == SQLITE_OK)
        for sql in [ThirdSchema.sql, Self.rows] {
            let code = sqlite3_exec(handle, sql, nil, nil, nil)
            #expect(code == SQLITE_OK, "\(String(cString: sqlite3_errmsg(handle)))")
        }
        sqlite3_close(handle)

        let database = try SQLiteDatabase(file: file)
        try await database.read { stores throws in
            let questions = try stores.questions(discipline: "ИБ", after: nil, limit: 9)
            #expect(questions.map(\.content.title) == ["Первый", "Второй", "Второй"])
            #expect(try stores.questionSummaries(discipline: "ИБ") == questions.map(\.summary))
            #expect(questions[0].summary.points == Points(hundredths: 250))
            let identities = ["id:q-1", "title:Сети\u{1F}Второй", "title:Сети\u{1F}Второй\u{1F}#2"]
            for (question, identity) in zip(questions, identities) {
                let known = try #require(try stores.knownQuestion(discipline: "ИБ", identity: identity))
                #expect(known.id == question.id && known.version == 1)
                #expect(try known.digest == Question.digest(of: question.content))
            }
            #expect(try stores.questionVersions(questions[0].id).first?.addedAt == nil)
        }
    }
}
