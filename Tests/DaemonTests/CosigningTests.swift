import Cryptography
import Foundation
import TestSupport
import Testing
import TransparencyLog

@Suite("F1: a service whose log another institution's service cosigns", .timeLimit(.minutes(2)))
struct CosigningTests {
    private static let officer = "officer@example.org"

    /// The log's key, once there is a log.
    private func found(_ folder: DataFolder) async throws -> JSON {
        let words = ["accounts", "add", "--role", "compliance_officer", "--email", Self.officer]
        let added = try await folder.command(
            words + ["--surname", "Учётова", "--given-name", "Анна"],
            input: "\(Institution.password)\n"
        )
        try #require(added.status == 0, "\(added.standardError)")
        let daemon = try await Daemon.start(in: folder)
        _ = try await daemon.logIn(Self.officer, Institution.password)
        daemon.send(SIGTERM)
        _ = await daemon.end()
        var described: JSON = .null
        try await Daemon.run(in: folder) { described = try await $0.client.get("/v1/log/checkpoint").json }
        return described
    }

    /// The only witness, once it is as wanted.
    private func witness(_ daemon: Daemon, _ isWanted: (JSON) -> Bool) async throws -> JSON {
        for _ in 0..<3_000 {
            let standing = try await daemon.client.get("/v1/log/witnesses").json["witnesses"][0]
            if isWanted(standing) { return standing }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw TestFailure("the witness is not as it should be")
    }

    private func verify(_ bundle: URL, _ words: [String]) async throws -> Program.End {
        try await Program(["verify", bundle.path] + words).end()
    }

    @Test(
        "its cosignatures are served and go into bundles, its absence stops nothing, a forked history is refused loudly"
    )
    func cosigned() async throws {
        let plain = try DataFolder()
        let log = try await found(plain)
        let logKey = try #require(log["verifier_key"].string)
        let witnessed: JSON = ["origin": log["origin"], "keys": [.string(logKey)]]
        let witnessFolder = try DataFolder(settings: ["witness": ["name": "w.example/1", "logs": [witnessed]]])
        let printed = try await witnessFolder.command(["witness", "key"]).standardOutput
        let key = printed.trimmingCharacters(in: .whitespacesAndNewlines)
        let verifier = try CosignatureVerifier(text: key)

        func settings(_ port: UInt16) -> [String: JSON] {
            ["log_witnesses": [["url": .string("http://127.0.0.1:\(port)"), "key": .string(key)]]]
        }
        // Nobody listens there: the log goes on, and says who is missing.
        try await Daemon.run(in: DataFolder(data: plain.data, settings: settings(9))) { daemon in
            _ = try await daemon.logIn(Self.officer, Institution.password)
            let standing = try await witness(daemon) { $0["trouble"] == "unavailable" }
            #expect(standing["key"].string == key && standing["cosigned_size"] == .null)
            let metrics = try await daemon.client.get("/metrics").text
            #expect(metrics.contains("attestd_witnesses_in_trouble 1\n"))
            #expect(metrics.contains("attestd_witnesses_refusing_history 0\n"))
            #expect(try await daemon.client.get("/checkpoint").status == 200)
        }
        let fork = plain.temporary.url.appending(path: "fork")
        try FileManager.default.copyItem(at: plain.data, to: fork)

        try await Daemon.run(in: witnessFolder) { other in
            try await Daemon.run(in: DataFolder(data: plain.data, settings: settings(other.port))) { daemon in
                let officer = try await daemon.logIn(Self.officer, Institution.password)
                let ordered = try await officer.post("/v1/exports", ["format": "bundle"])
                let path = "/v1/exports/\(ordered.json["id"].string ?? "")"
                var job: JSON = .null
                for _ in 0..<5_000 where job["state"] != "finished" { job = try await officer.get(path).json }
                let bundle = plain.temporary.url.appending(path: "bundle.zip")
                try await officer.get("\(path)/file").body.write(to: bundle)
                let stranger = try CosignatureVerifier(name: "w.example/2", key: SigningKey.generate().publicKey).text
                let trusted = try await verify(bundle, ["--key", logKey, "--witness", key])
                #expect(trusted.status == 0 && trusted.standardOutput.contains("cosigned by w.example/1"))
                let both = ["--key", logKey, "--witness", key, "--witness", stranger]
                #expect(try await verify(bundle, both).status == 1)
                #expect(try await verify(bundle, both + ["--witness-threshold", "1"]).status == 0)
                #expect(try await verify(bundle, ["--key", logKey, "--witness-threshold", "1"]).status == 2)
                #expect(try await verify(bundle, ["--key", logKey, "--witness", logKey]).status == 2)

                // It grows: the next checkpoint is cosigned by a proof from the one before.
                for _ in 0..<3 { _ = try await daemon.logIn(Self.officer, Institution.password) }
                let size = UInt64(log["size"].string ?? "") ?? 0
                _ = try await witness(daemon) { ($0["cosigned_size"].string.flatMap { UInt64($0) } ?? 0) > size + 3 }
                var isServed = false
                for _ in 0..<3_000 where !isServed {
                    let note = try await daemon.client.get("/checkpoint").text
                    isServed = try verifier.timestamp(of: SignedNote(encoded: note)) != nil
                }
                #expect(isServed, "the cosignature comes with the checkpoint")
                let newest = try await daemon.client.get("/v1/log/witnesses").json["note"].string ?? ""
                #expect(try verifier.timestamp(of: SignedNote(encoded: newest)) != nil)
            }
            // The same keys and beginning, another history of the same length and more.
            try await Daemon.run(in: DataFolder(data: fork, settings: settings(other.port))) { daemon in
                let line = await daemon.line { $0["trouble"] == "ahead" || $0["trouble"] == "forked" }
                #expect(line?["level"] == "error", "said loudly: \(line ?? .null)")
                for _ in 0..<12 { _ = try await daemon.logIn(Self.officer, Institution.password) }
                let standing = try await witness(daemon) { $0["trouble"] == "forked" }
                #expect(standing["cosigned_size"] == .null)
                #expect(try await daemon.client.get("/metrics").text.contains("attestd_witnesses_refusing_history 1\n"))
                let note = try await daemon.client.get("/checkpoint").text
                #expect(try verifier.timestamp(of: SignedNote(encoded: note)) == nil)
            }
        }
    }

    @Test("a witness that never answers keeps no other one waiting")
    func silent() async throws {
        let plain = try DataFolder()
        let log = try await found(plain)
        let witnessed: JSON = ["origin": log["origin"], "keys": [log["verifier_key"]]]
        let witnessFolder = try DataFolder(settings: ["witness": ["name": "w.example/1", "logs": [witnessed]]])
        let printed = try await witnessFolder.command(["witness", "key"]).standardOutput
        let key = printed.trimmingCharacters(in: .whitespacesAndNewlines)
        let silentKey = try CosignatureVerifier(name: "w.example/2", key: SigningKey.generate().publicKey).text
        let silence = try SilentPort()
        try await Daemon.run(in: witnessFolder) { other in
            let asked: JSON = [
                ["url": .string("http://127.0.0.1:\(silence.number)"), "key": .string(silentKey)],
                ["url": .string("http://127.0.0.1:\(other.port)"), "key": .string(key)],
            ]
            try await Daemon.run(in: DataFolder(data: plain.data, settings: ["log_witnesses": asked])) { daemon in
                var witnesses: JSON = .null
                for _ in 0..<3_000 where witnesses[1]["cosigned_size"] == .null {
                    witnesses = try await daemon.client.get("/v1/log/witnesses").json["witnesses"]
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(witnesses[1]["cosigned_size"] != .null)
                // It is still waited for: its exchange may take ten seconds.
                #expect(witnesses[0]["key"].string == silentKey && witnesses[0]["trouble"] == .null)
            }
        }
        _ = silence
    }
}
