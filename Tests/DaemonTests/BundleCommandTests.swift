import Foundation
import TestSupport
import Testing

@Suite("F2: an evidence bundle from the daemon is checked by the command")
struct BundleCommandTests {
    private static let password = "three words here"
    private static let officer = "officer@example.org"

    private func addOfficer(in folder: DataFolder) async throws {
        let words = ["accounts", "add", "--role", "compliance_officer", "--email", Self.officer]
        let added = try await folder.command(
            words + ["--surname", "Учётова", "--given-name", "Анна"],
            input: "\(Self.password)\n"
        )
        try #require(added.status == 0, "\(added.standardError)")
    }

    /// An export once it is made; the service makes it within a second.
    private func finished(_ path: String, by officer: Client) async throws -> JSON {
        for _ in 0..<5_000 {
            let job = try await officer.get(path).json
            if !["waiting", "running"].contains(job["state"].string) { return job }
        }
        throw TestFailure("the export does not end")
    }

    @Test("Records, stamp and key are found sound; another key, another authority and a changed file are not")
    func verified() async throws {
        let authority = try TestAuthority()
        let folder = try DataFolder(
            settings: [
                "time_stamp_authority": ["url": .string(authority.url), "certificate": .string(authority.root.path)]
            ]
        )
        try await addOfficer(in: folder)
        try await Daemon.run(in: folder) { daemon in
            // A failed login and one that succeeds are records too.
            let wrong: JSON = ["email": .string(Self.officer), "password": "wrong password"]
            #expect(try await daemon.client.post("/v1/login", wrong).status == 401)
            let officer = try await daemon.logIn(Self.officer, Self.password)
            let ordered = try await officer.post("/v1/exports", ["format": "bundle", "pictures": true])
            let path = "/v1/exports/\(ordered.json["id"].string ?? "")"
            let job = try await finished(path, by: officer)
            try #require(job["state"].string == "finished", "\(job)")
            let bundle = folder.temporary.url.appending(path: "bundle.zip")
            try await officer.get("\(path)/file").body.write(to: bundle)
            let key = try await daemon.client.get("/v1/log/checkpoint").json["verifier_key"].string ?? ""

            func verify(_ more: [String]) async throws -> Program.End {
                try await Program(["verify", bundle.path] + more).end()
            }
            let stamped = ["--key", key, "--time-stamp-certificate", authority.root.path]
            let sound = try await verify(stamped)
            #expect(sound.status == 0, "\(sound.standardError)")
            #expect(sound.standardOutput.hasPrefix("sound: \(job["done"].int ?? -1) records"))
            #expect(sound.standardOutput.contains(", stamped "))
            let other = try await verify(["--key", key, "--time-stamp-certificate", authority.other.path])
            #expect(other.status == 1 && other.standardError.contains("checkpoint.tsr"))
            let nobody = try await verify(["--key", key, "--time-stamp-certificate", folder.configuration.path])
            #expect(nobody.status == 2)
            #expect(try await verify([]).status == 2)

            var bytes = try Data(contentsOf: bundle)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: bundle)
            #expect(try await verify(stamped).status == 1)
        }
    }

    @Test("A time stamp authority without a certificate keeps the daemon from starting, and says so")
    func badConfiguration() async throws {
        let folder = try DataFolder(
            settings: ["time_stamp_authority": ["url": "http://127.0.0.1:1/", "certificate": "nowhere.pem"]]
        )
        let end = try await Program(["serve", "--config", folder.configuration.path, "--port", "0"]).end()
        #expect(end.status != 0 && end.standardError.contains("time_stamp_authority.certificate"))
    }
}
