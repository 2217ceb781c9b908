import Accounts
import Foundation
import TestSupport
import Testing

/// Each way by which staff see pictures, documents, answers, scores or grades of a person (row F5).
@Suite("F5 Each look leaves a record")
struct AccessLookTests {
    /// Where the looks of a story lead.
    private struct Places: Sendable {
        var attempt: String
        var frame: String
        var visual: String
        var demand: String
        var file: String
        var work: String
        var sheet: String

        init(_ service: TestService, _ person: UUID) throws {
            let raw = try service.rawDatabase()
            let subject = "'\(person.uuidString.lowercased())'"
            func first(_ sql: String) throws -> String { try #require(raw.column(sql).first, "\(sql)") }
            attempt = try first("SELECT id FROM attempts WHERE candidate_id = \(subject)")
            let records = "SELECT id FROM identifications WHERE subject = \(subject) AND method"
            frame = try first("\(records) = 'biometric'")
            visual = try first("\(records) = 'visual'")
            demand = try first("SELECT id FROM identification_demands WHERE attempt_id = '\(attempt)'")
            file = try first("SELECT id FROM answer_files WHERE attempt_id = '\(attempt)'")
            work = try first("SELECT id FROM open_works WHERE attempt_id = '\(attempt)'")
            sheet = try first("SELECT sheet_id FROM grade_sheet_rows WHERE candidate_id = \(subject)")
        }
    }

    private struct Look: Sendable {
        var role: Role
        var path: @Sendable (Places) -> String
        var what: String
        /// Whether each look is one record, or what is asked for again and again is one an hour.
        var isEach = true
    }

    private static let looks: [Look] = [
        Look(role: .complianceOfficer, path: { "/v1/identifications?attempt=\($0.attempt)" }, what: "scores"),
        Look(role: .complianceOfficer, path: { "/v1/identifications/\($0.frame)" }, what: "scores"),
        Look(
            role: .complianceOfficer,
            path: { "/v1/identifications/\($0.visual)?purpose=inspection" },
            what: "document_number"
        ),
        Look(role: .examiner, path: { "/v1/attempts/\($0.attempt)/identifications" }, what: "scores", isEach: false),
        Look(
            role: .examiner,
            path: { "/v1/attempts/\($0.attempt)/identifications/\($0.frame)/pictures/1" },
            what: "frame"
        ),
        Look(
            role: .examiner,
            path: { "/v1/attempts/\($0.attempt)/demands/\($0.demand)/pictures/1" },
            what: "workplace"
        ),
        Look(role: .examiner, path: { "/v1/attempts/\($0.attempt)/answers" }, what: "answers", isEach: false),
        Look(role: .examiner, path: { "/v1/attempts/\($0.attempt)/files/\($0.file)" }, what: "answer_file"),
        Look(role: .examiner, path: { "/v1/open-works/\($0.work)" }, what: "answers", isEach: false),
        Look(role: .examiner, path: { "/v1/open-works/\($0.work)/files/\($0.file)" }, what: "answer_file"),
        Look(role: .examiner, path: { "/v1/attempts/\($0.attempt)/grading" }, what: "grades", isEach: false),
        Look(role: .examiner, path: { "/v1/grade-sheets/\($0.sheet)" }, what: "grades", isEach: false),
        Look(role: .examiner, path: { "/v1/grade-sheets/\($0.sheet)/file?format=csv" }, what: "grades"),
    ]

    @Test("F5: what staff see of pictures, documents, scores, answers and grades is written down; one's own is not")
    func looks() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let story = try await PersonStory.live(in: service)
            let places = try Places(service, story.id)
            let subject = story.id.uuidString.lowercased()
            _ = try await service.keeper()
            for look in Self.looks {
                let path = look.path(places)
                // A day later: what was noted for the hour before is noted anew.
                service.clock.advance(minutes: 24 * 60)
                let email = look.role == .examiner ? "examiner@example.org" : "keeper@example.org"
                let client = try await service.logIn(email, TestService.staffPassword, role: look.role.rawValue)
                let actor = try await service.id(of: client)
                func count() throws -> Int {
                    try service.rawDatabase().count(
                        """
                        biometric_accesses WHERE actor = '\(actor)' AND subject = '\(subject)' AND what = '\(look.what)'
                        """
                    )
                }
                let before = try count()
                let reply = try await client.get(path)
                #expect(reply.status == 200, "\(path): \(reply.text)")
                #expect(try count() == before + 1, "\(path)")
                _ = try await client.get(path)
                #expect(try count() == before + (look.isEach ? 2 : 1), "\(path), once more")
            }
            let person = story.person
            let candidate = try await service.logIn(person.email, person.password, role: "candidate")
            for own in ["answers", "files/\(places.file)", "grading"] {
                #expect(try await candidate.get("/v1/attempts/\(places.attempt)/\(own)").status == 200, "\(own)")
            }
            let raw = try service.rawDatabase()
            let work = "biometric_accesses WHERE actor = subject AND what IN ('answers', 'answer_file', 'grades')"
            #expect(try raw.count(work) == 0, "one's own work is no look at another's data")
            let told = try await candidate.get("/v1/me/access-records").json["accesses"].array
            #expect(Set(told.compactMap { $0["what"].string }).isSuperset(of: ["answers", "answer_file", "grades"]))
        }
    }

    @Test("F5: reading in grading raises no alert, however many people's it is")
    func work() async throws {
        try await TestService.run { service in
            let day = try await ExamDay.begin(service, candidates: 3)
            for number in 0..<3 { try await day.handIn(number, right: number) }
            let officer = try await service.officer(1)
            let rules: JSON = [
                "people_an_hour": 1, "opens_at_hour": 0, "closes_at_hour": 1, "asks_for_purpose": true,
                "asks_for_task": true,
            ]
            #expect(try await officer.put("/v1/access-rules", rules).status == 200)
            let examiner = try await day.examiner()
            let sheet = try await day.sheet()
            #expect(try await examiner.get("/v1/grade-sheets/\(sheet)").status == 200)
            #expect(try service.rawDatabase().count("biometric_accesses WHERE what = 'grades'") == 3)
            #expect(try await officer.get("/v1/access-alerts").json["alerts"].array.isEmpty)
        }
    }

    /// Every endpoint that answers with a picture or a person's file, and how its looks are written down. A new one fails
    /// the test until it stands here.
    private static let files: [String: String] = [
        "/v1/attempts/{attempt_id}/identifications/{identification_id}/pictures/{number}": "above",
        "/v1/attempts/{attempt_id}/demands/{demand_id}/pictures/{number}": "above",
        "/v1/attempts/{attempt_id}/files/{file_id}": "above",
        "/v1/attempts/{attempt_id}/sheets/{sheet_id}": "as files of answers",
        "/v1/open-works/{work_id}/files/{file_id}": "above",
        "/v1/grade-sheets/{sheet_id}/papers/{number}/scan": "as files of grade sheets",
        "/v1/attempts/{attempt_id}/ticket/files/{sha256}": "a picture of a question",
        "/v1/cases/{case_id}/documents/{number}": "CaseReadingTests",
        "/v1/visual-identifications/{case_id}/pictures/{picture}": "VisualQueueTests",
    ]

    @Test("F5: no endpoint gives a picture or a file of a person away without standing in the list of looks")
    func complete() async throws {
        try await TestService.run { service in
            let document = try await service.anybody.get("/v1/openapi.json").body
            let data = try JSONSerialization.jsonObject(with: document) as? [String: Any]
            let paths = try #require(data?["paths"] as? [String: [String: Any]])
            let found = paths.filter { _, operations in
                let get = operations["get"] as? [String: Any]
                let ok = (get?["responses"] as? [String: Any])?["200"] as? [String: Any]
                let content = ok?["content"] as? [String: Any] ?? [:]
                return content.keys.contains { $0.hasPrefix("image/") }
            }.keys
            #expect(Set(found) == Set(Self.files.keys))
        }
    }
}
