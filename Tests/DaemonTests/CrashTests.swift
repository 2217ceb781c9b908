import Foundation
import Glibc
import TestSupport
import Testing

@Suite("E1 F1 Nothing acknowledged is lost", .timeLimit(.minutes(3)))
struct CrashTests {
    /// What the service has acknowledged.
    private struct Acknowledged: Sendable {
        /// The newest version of an answer, by attempt and item, with its text.
        var answers: [String: (version: Int, text: String)] = [:]
        /// Events by attempt.
        var events: [String: [String]] = [:]
        /// Logins, each of which is an entry of the identification log.
        var logins = 0
        var count = 0
    }

    @Test("After SIGKILL amid writes every acknowledged answer, event and login is there, and the log is sound")
    func killAmidWrites() async throws {
        let folder = try DataFolder()
        let institution = try await Institution.found(3, in: folder)
        let acknowledged = Shared(Acknowledged())
        for killAfter in [60, 25, 90] {
            let daemon = try await Daemon.start(in: folder)
            let goal = acknowledged.value.count + killAfter
            let note: @Sendable ((inout Acknowledged) -> Void) -> Void = { change in
                let isEnough = acknowledged.update {
                    change(&$0)
                    $0.count += 1
                    // On a busy machine one's login may take as long as many writes of another.
                    return $0.count >= goal && $0.answers.count == 6 && $0.events.count == 3
                }
                // Others are amid their writes now.
                if isEnough { daemon.send(SIGKILL) }
            }
            await withTaskGroup(of: Void.self) { group in
                for (email, attempt) in zip(institution.candidates, institution.attempts) {
                    group.addTask { await write(daemon, email, attempt, acknowledged, note) }
                }
                group.addTask { await logInAgainAndAgain(daemon, note) }
            }
            let end = await daemon.end()
            #expect(end.isSignalled)

            let verified = try await folder.command(["log", "verify"])
            #expect(verified.status == 0, "\(verified.standardOutput)\(verified.standardError)")
            try await Daemon.run(in: folder) { try await check($0, institution, acknowledged.value) }
        }
        #expect(acknowledged.value.count >= 175)
        #expect(acknowledged.value.logins > 0)
        #expect(acknowledged.value.answers.count == 6)
        #expect(acknowledged.value.events.count == 3)
    }

    /// Saves answers and reports events until the service is gone.
    private func write(
        _ daemon: Daemon,
        _ email: String,
        _ attempt: String,
        _ acknowledged: Shared<Acknowledged>,
        _ note: @Sendable ((inout Acknowledged) -> Void) -> Void
    ) async {
        guard let candidate = try? await daemon.logIn(email, Institution.password) else { return }
        note { $0.logins += 1 }
        for round in 0... {
            let item = round % 2 + 1
            let text = "answer \(UUID().uuidString)"
            let answer: JSON = ["type": item == 1 ? "essay" : "text", "text": .string(text)]
            guard let saved = try? await candidate.put("/v1/attempts/\(attempt)/answers/\(item)", answer),
                saved.status == 200, let version = saved.json["version"].int
            else { return }
            note { $0.answers["\(attempt)/\(item)"] = (version, text) }
            let event: JSON = ["type": "client.tab_hidden", "facts": ["round": .string("\(round)")]]
            guard let stored = try? await candidate.post("/v1/attempts/\(attempt)/events", event),
                stored.status == 201, let id = stored.json["id"].string
            else { return }
            note { $0.events[attempt, default: []].append(id) }
        }
    }

    private func logInAgainAndAgain(
        _ daemon: Daemon,
        _ note: @Sendable ((inout Acknowledged) -> Void) -> Void
    ) async {
        while (try? await daemon.logIn(Institution.examiner, Institution.password)) != nil { note { $0.logins += 1 } }
    }

    private func check(_ daemon: Daemon, _ institution: Institution, _ acknowledged: Acknowledged) async throws {
        let staff = try await daemon.logIn(Institution.examiner, Institution.password)
        for attempt in institution.attempts {
            let saved = try await staff.get("/v1/attempts/\(attempt)/answers").json["answers"].array
            for item in 1...2 {
                guard let expected = acknowledged.answers["\(attempt)/\(item)"] else { continue }
                let found = try #require(saved.first { $0["number"].int == item })
                let version = try #require(found["version"].int)
                // One more may have become durable without its acknowledgement having arrived.
                #expect((expected.version...expected.version + 1).contains(version))
                if version == expected.version { #expect(found["answer"]["text"].string == expected.text) }
            }
            var stored: [JSON] = []
            while true {
                let after = stored.last?["index"].int ?? 0
                let page = try await staff.get("/v1/attempts/\(attempt)/events?after=\(after)&limit=500")
                if page.json["events"].array.isEmpty { break }
                stored += page.json["events"].array
            }
            let indices = stored.compactMap { $0["index"].int }
            #expect(indices == indices.sorted() && Set(indices).count == indices.count)
            let ids = stored.compactMap { $0["id"].string }.filter((acknowledged.events[attempt] ?? []).contains)
            #expect(ids == acknowledged.events[attempt] ?? [])
        }
    }
}
