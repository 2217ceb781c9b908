import Foundation
import TestSupport
import Testing

@Suite("F4: nothing secret or personal leaves the program where it does not belong", .timeLimit(.minutes(3)))
struct SecretsTests {
    @Test("After a full run with everything logged, what is printed and what is kept hold no secret and no person")
    func everything() async throws {
        let folder = try DataFolder(settings: ["log_level": "debug"])
        try await SecretPlay.found(in: folder)
        let daemon = try await Daemon.start(in: folder, ready: true)
        let play = SecretPlay(daemon, folder)
        do {
            try await play.run()
        } catch {
            await daemon.kill()
            throw error
        }
        // While it runs the write-ahead log holds what the database file does not hold yet.
        let kept = Self.files(of: folder)
        #expect(kept.contains { $0.name == "attestd.sqlite" && !$0.data.isEmpty })
        #expect(kept.contains { $0.name == "attestd.sqlite-wal" && !$0.data.isEmpty })
        daemon.send(SIGTERM)
        let end = await daemon.end()
        #expect(end.status == 0 && !end.isSignalled)

        var printed = play.secrets
        for needle in play.personal.all { printed.add(needle.name, needle.text) }
        try expectThatItCouldFail(printed, play, end, kept)
        for (name, text) in [("standard output", end.standardOutput), ("standard error", end.standardError)] {
            for needle in printed.found(in: Data(text.utf8)) { Issue.record("\(name) holds a \(needle.name)") }
            for word in ["distance", "score", "threshold", "Bearer", "Set-Cookie", "password\":"] {
                #expect(!text.contains(word), "\(name) holds \(word)")
            }
        }
        for file in kept + Self.files(of: folder) {
            for needle in play.secrets.found(in: file.data) { Issue.record("\(file.name) holds a \(needle.name)") }
        }
        #expect(Self.files(of: folder).allSatisfy { !$0.name.hasSuffix(".log") }, "and there are no other logs")
    }

    /// Everything that is looked for was really sent or received, the log tells of it, and whatever is put where it is
    /// looked for is found.
    private func expectThatItCouldFail(
        _ needles: Needles,
        _ play: SecretPlay,
        _ end: Program.End,
        _ kept: [(name: String, data: Data)]
    ) throws {
        let kinds = Set(needles.all.map(\.name))
        for kind in [
            "password", "token", "cookie", "TOTP secret", "recovery code", "reset code", "login ticket",
            "document number", "number in a zone", "e-mail", "surname", "score or threshold",
        ] {
            #expect(kinds.contains(kind), "nothing was noted as \(kind)")
        }
        let derived = ["document", "document, spaced", "last digits"]
        for needle in needles.all where !derived.contains(needle.name) {
            #expect(Needles.stands(needle.text, in: play.transcript.data), "\(needle.name) was never sent")
        }
        let log = Data(end.standardError.utf8)
        for needle in needles.all {
            let planted = log + Data(#"{"message":"\#(needle.text)"}"#.utf8)
            #expect(needles.found(in: planted).contains(needle), "a planted \(needle.name) is not found")
        }
        for file in kept where file.name.hasPrefix("attestd.sqlite") && !file.data.isEmpty {
            for needle in play.secrets.all {
                var planted = file.data
                planted.insert(contentsOf: Data("\u{1}\(needle.text)\u{2}".utf8), at: planted.count / 2)
                #expect(play.secrets.found(in: planted).contains(needle), "a planted \(needle.name) is not found")
            }
        }
        // The database is where names are; were it compressed or sealed as a whole, nothing could be found in it.
        let database = kept.filter { $0.name.hasPrefix("attestd.sqlite") }.map(\.data).reduce(Data(), +)
        #expect(Needles.stands("alevtina.needle@example.org", in: database))
        for route in [
            "/v1/accounts", "/v1/login", "/v1/login/second-factor", "/v1/password-resets", "/v1/api-tokens",
            "/v1/me/second-factor/confirmation", "/v1/attempts/{attempt_id}/frames",
            "/v1/visual-identifications/{case_id}/decision",
            "/v1/visual-identifications/{case_id}/document-reading", "/v1/me/visual-identifications/{case_id}/document",
        ] {
            #expect(end.standardError.contains(#""route":"\#(route)""#), "\(route) is not in the log")
        }
    }

    /// Everything below the data folder but the keys, which are secrets by themselves.
    private static func files(of folder: DataFolder) -> [(name: String, data: Data)] {
        folder.temporary.files(below: "data").filter { !$0.path.contains("/keys/") }.map { file in
            (file.lastPathComponent, (try? Data(contentsOf: file)) ?? Data())
        }
    }
}
