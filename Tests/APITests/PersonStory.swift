import Accounts
import Foundation
import Identification
import Storage
import TestSupport
import Testing
import Workflows

/// A candidate who leaves something in every place where the service keeps anything of people.
struct PersonStory {
    let service: TestService
    let candidate: Client
    let id: UUID
    let person = TestService.Person(0)
    var needles = PersonNeedles()
    private(set) var request = ""

    static func live(in service: TestService) async throws -> PersonStory {
        let examiner = try await service.staff(.examiner)
        let policy: JSON = ["any_of": [["biometric"], ["visual"]], "liveness": false]
        let exam = try await service.exam(
            by: examiner,
            changes: ["sections": [["count": 1, "types": ["essay"]]], "identification_policy": policy]
        )
        let candidate = try await service.candidate(0).with("User-Agent", "Needlebrowser/77")
        let id = try #require(UUID(uuidString: try await service.id(of: candidate)))
        var story = PersonStory(service: service, candidate: candidate, id: id)
        let other = try await service.candidate(2)
        _ = other
        let group = try await story.enterGroup()

        let basis = "справка ВТЭК серия 4417"
        let given = try await examiner.put(
            "/v1/exams/\(exam)/accommodations/\(id.uuidString.lowercased())",
            ["extra_seconds": 600, "break_seconds": 0, "assistant": false, "basis": .string(basis)]
        )
        try #require(given.status == 200 || given.status == 201, "\(given.text)")
        try await service.portrait("obama", of: candidate)
        let attempt = try await service.attempt(exam, by: candidate)
        try await story.verify(attempt)
        service.clock.advance(seconds: 1)
        let frame = try await service.frame("obama2", attempt, by: candidate)
        try #require(frame.json["outcome"] == "match", "\(frame.text)")
        try await story.sit(attempt, examiner)
        try await story.grade(exam, group)

        // The same login from elsewhere, as a session shows it.
        try service.rawDatabase().execute(
            """
            UPDATE login_sessions SET address = '203.0.113.77', user_agent = 'Needlebrowser/77'
            WHERE account_id = '\(id.uuidString.lowercased())'
            """
        )
        story.needles.add("e-mail", story.person.email)
        story.needles.add("surname", story.person.surname)
        story.needles.add("given name", story.person.givenName)
        story.needles.add("patronymic", story.person.patronymic ?? "")
        story.needles.add("contract", story.person.contract)
        story.needles.add("record book", Self.recordBook)
        story.needles.add("document", "4515 123456")
        story.needles.add("document number", "123456")
        story.needles.add("address", "203.0.113.77")
        story.needles.add("device", "Needlebrowser/77")
        story.needles.add("basis", basis)
        story.needles.add("answer", Self.answer)
        story.needles.add("comment", Self.comment)
        story.needles.add("message", Self.message)
        story.needles.add("picture", try ProjectFiles.photograph("obama").dropFirst(2_000).prefix(48))
        story.needles.add("frame", try ProjectFiles.photograph("obama2").dropFirst(2_000).prefix(48))
        story.needles.add("workplace", try ProjectFiles.photograph("biden").dropFirst(2_000).prefix(48))
        return story
    }

    private static let recordBook = "ЗК-7741-Щ"
    private static let answer = "Нарушитель прячется в серверной у Кащенко"
    private static let comment = "Не сказано о шкафе Иннокентия"
    private static let message = "Покажите, что лежит под лампой"

    /// A study group of this person and another one.
    private func enterGroup() async throws -> String {
        let csv = """
            группа;вид;договор;факультет;зачётная книжка
            ИБ-21;study;\(person.contract);информационных технологий;\(Self.recordBook)
            ИБ-21;study;\(TestService.Person(2).contract);информационных технологий;ЗК-9000-Ю
            """
        let keeper = try await service.sheetKeeper()
        let reply = try await keeper.post("/v1/groups/imports", type: "text/csv", Data(csv.utf8))
        try #require(reply.json["added"].int == 2, "\(reply.text)")
        let groups = try await keeper.get("/v1/groups").json["groups"].array
        return try #require(groups.first?["id"].string)
    }

    /// A verifier looks at the passport before the start.
    private func verify(_ attempt: String) async throws {
        let verifier = try await service.verifier()
        let waiting = try await service.joinQueue(attempt, by: candidate)
        let decided = try await service.verify(waiting, by: verifier, document: service.passport(of: person))
        try #require(decided.status == 200, "\(decided.text)")
    }

    private func sit(_ attempt: String, _ examiner: Client) async throws {
        let path = "/v1/attempts/\(attempt)"
        let started = try await candidate.post("\(path)/start")
        try #require(started.status == 200, "\(started.text)")
        let file = Data([0xFF, 0xD8, 0xFF, 0xE0]) + Data("рукопись на листе".utf8)
        let uploaded = try await candidate.post("\(path)/answers/1/files", type: "image/jpeg", file)
        try #require(uploaded.status == 201, "\(uploaded.text)")
        let saved = try await candidate.put(
            "\(path)/answers/1",
            ["type": "files", "files": [uploaded.json["id"]], "text": .string(Self.answer)]
        )
        try #require(saved.status == 200, "\(saved.text)")
        let demanded = try await examiner.post(
            "\(path)/demands",
            ["subject": "workplace", "message": .string(Self.message), "seconds": 90]
        )
        try #require(demanded.status == 201, "\(demanded.text)")
        let picture = JSON.string(try ProjectFiles.photograph("biden").base64EncodedString())
        let shown = try await candidate.post(
            "\(path)/demands/\(demanded.json["id"].string ?? "")/pictures",
            ["pictures": [picture]]
        )
        try #require(shown.json["state"] == "met", "\(shown.text)")
        let submitted = try await candidate.post("\(path)/submit")
        try #require(submitted.status == 200, "\(submitted.text)")
    }

    /// The answer is graded with a comment, and the grade sheet is closed.
    private func grade(_ exam: String, _ group: String) async throws {
        let examiner = try await service.logIn("examiner@example.org", TestService.staffPassword, role: "examiner")
        let work = try await examiner.get("/v1/open-works").json["works"][0]
        let path = "/v1/open-works/\(work["id"].string ?? "")"
        _ = try await examiner.post("\(path)/taking")
        let graded = try await examiner.post("\(path)/grading", ["points": "1", "comment": .string(Self.comment)])
        try #require(graded.status == 200, "\(graded.text)")
        let day = ExamDay(service: service, exam: exam, group: group, candidates: [])
        let sheet = "/v1/grade-sheets/\(try await day.sheet())"
        let filled = try await examiner.post("\(sheet)/filling").json
        for row in filled["rows"].array where row["mark"] == .null {
            let marked = try await examiner.put(
                "\(sheet)/rows/\(row["number"].int ?? 0)",
                ["mark": "not_appeared", "reason": "Не пришёл."]
            )
            try #require(marked.status == 200, "\(marked.text)")
        }
        let closed = try await examiner.post("\(sheet)/closing")
        try #require(closed.json["sheet"]["state"] == "closed", "\(closed.text)")
    }

    /// Notes what stands sealed on the disk, and what the seals hold.
    mutating func noteSealed() async throws {
        let id = id
        let vault = service.services.vault
        let (wrapped, portrait, template) = try await service.services.database.read { stores throws in
            let portrait = try #require(try stores.currentPortrait(of: id))
            let key = try #require(try vault.existingBiometricKey(of: id, in: stores))
            let template = try key.opened(
                portrait.sealedTemplate,
                purpose: "template:\(portrait.id.uuidString.lowercased())"
            )
            return (try #require(try stores.wrappedPersonKey(of: id)), portrait, template)
        }
        needles.add("wrapped key", wrapped)
        needles.add("sealed template", portrait.sealedTemplate.prefix(48))
        needles.add("template", template.prefix(48))
        needles.add("sealed picture", try await service.services.evidence.get(portrait.evidence).prefix(48))
    }

    /// The person asks, an officer decides, the daemon does.
    mutating func erase() async throws {
        // Some time has passed: nobody is logged in any more.
        service.clock.advance(minutes: 60)
        let own = try await service.logIn(person.email, person.password, role: "candidate")
        let asked = try await own.post("/v1/me/erasure-requests")
        try #require(asked.status == 201, "\(asked.text)")
        #expect(asked.json["holds"] == [], "\(asked.text)")
        let lines = asked.json["inventory"].array
        for category in ["identity", "contract", "biometrics", "documents", "answers", "texts", "logins", "records"] {
            #expect(lines.contains { $0["category"].string == category && ($0["erased"].int ?? 0) > 0 }, "\(category)")
        }
        for category in ["consents", "grades"] {
            let kept = lines.first { $0["category"].string == category && ($0["kept"].int ?? 0) > 0 }
            #expect(kept?["ground"].string?.isEmpty == false, "\(category) stays on a ground")
        }
        request = asked.json["id"].string ?? ""
        let officer = try await service.officer(1)
        let commission = JSON.string(try await service.id(of: officer))
        let decided = try await officer.post(
            "/v1/erasure-requests/\(request)/decision",
            [
                "decision": "approved", "order": ["number": "31-од", "date": "2026-03-02"],
                "commission": [commission],
            ]
        )
        try #require(decided.json["state"] == "approved", "\(decided.text)")
        try await service.keepHouse()
        let done = try await officer.get("/v1/erasure-requests/\(request)").json
        try #require(done["state"] == "completed", "\(done)")
        #expect((done["files"].int ?? 0) >= 4)
        #expect(try await own.get("/v1/me").status == 401)
        let login: JSON = ["email": .string(person.email), "password": .string(person.password), "deliver": "token"]
        #expect(try await service.anybody.post("/v1/login", login).status == 401)
        // A try at the old address is counted under a hash of it, and forgotten within a day; here it must not count.
        try service.rawDatabase().execute("DELETE FROM throttles")
        _ = try await service.services.database.scrub()
    }

    /// The certificate says what went and names nobody who is gone; what the law demands can be shown.
    func expectCertificate() async throws {
        let officer = try await service.officer(1)
        let path = "/v1/erasure-requests/\(request)"
        let certificate = try await officer.get("\(path)/certificate")
        #expect(certificate.header("Content-Type") == "application/pdf", "\(certificate.text)")
        let text = try PDFText.read(certificate.body)
        let index = try await officer.get(path).json["log_index"].int ?? 0
        for expected in ["АКТ ОБ УНИЧТОЖЕНИИ ПЕРСОНАЛЬНЫХ ДАННЫХ", "31-од", "\(index)", "Служебный"] {
            #expect(text.contains(expected), "\(expected) is missing")
        }
        #expect(!text.contains(person.surname) && !text.contains(person.email))
        let archive = try await officer.get("\(path)/archive?purpose=inspection")
        #expect(archive.text.contains(person.surname), "the closed sheet can still be shown: \(archive.text)")
        #expect(try service.rawDatabase().count("log_entries WHERE kind = 'archive_read'") == 1)
    }
}
