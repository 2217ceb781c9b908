import Foundation
import Glibc
import TestSupport
import Testing

/// A small disk in memory; making one takes root.
private final class SmallDisk: Sendable {
    let folder: TemporaryFolder

    init(bytes: Int) throws {
        folder = try TemporaryFolder()
        guard mount("tmpfs", folder.url.path, "tmpfs", 0, "size=\(bytes),mode=0700") == 0 else {
            throw TestFailure("mount: \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        umount2(folder.url.path, Int32(MNT_DETACH))
    }

    var freeBytes: Int {
        var facts = statvfs()
        guard statvfs(folder.url.path, &facts) == 0 else { return 0 }
        return Int(facts.f_bavail) * Int(facts.f_bsize)
    }

    static let canBeMade = geteuid() == 0 && (try? SmallDisk(bytes: 65_536)) != nil
}

@Suite("Full disk", .timeLimit(.minutes(2)))
struct FullDiskTests {
    @Test(
        "E1: on a full disk writes are refused, nothing acknowledged is lost, and the service goes on when there is room",
        .enabled(if: SmallDisk.canBeMade, "mounting a small disk takes root")
    )
    func fullDisk() async throws {
        let disk = try SmallDisk(bytes: 6 * 1024 * 1024)
        let folder = try DataFolder(data: disk.folder.url.appending(path: "data"))
        let institution = try await Institution.found(1, in: folder)
        try await Daemon.run(in: folder) { daemon in
            let candidate = try await daemon.logIn(institution.candidates[0], Institution.password)
            let target = "/v1/attempts/\(institution.attempts[0])/answers/1"
            func save(_ round: Int) async throws -> Reply {
                let text = "\(round) " + String(repeating: "ж", count: 8_000)
                return try await candidate.put(target, ["type": "essay", "text": .string(text)])
            }
            #expect(try await save(0).status == 200)

            let ballast = disk.folder.url.appending(path: "ballast")
            let kept = 256 * 1024
            try Data(count: max(0, disk.freeBytes - kept)).write(to: ballast)
            var acknowledged = 0
            var refusal: Reply?
            for round in 1...500 where refusal == nil {
                let reply = try await save(round)
                if reply.status == 200 { acknowledged = round } else { refusal = reply }
            }
            let refused = try #require(refusal, "the disk did not fill up")
            #expect([503, 507].contains(refused.status))
            #expect(refused.header("Content-Type") == "application/problem+json")
            #expect(refused.code == "storage_full")
            #expect(!refused.text.contains("SQLite"))
            let event: JSON = ["type": "client.pasted", "facts": ["text": .string(String(repeating: "x", count: 290))]]
            var statuses: Set<Int> = []
            for _ in 0..<20 {
                let reply = try await candidate.post("/v1/attempts/\(institution.attempts[0])/events", event)
                statuses.insert(reply.status)
            }
            #expect(statuses.isSubset(of: [201, 503, 507]))
            #expect(try await daemon.client.get("/healthz").status == 200, "reading goes on")
            let saved = try await candidate.get("/v1/attempts/\(institution.attempts[0])/answers")
            let text = saved.json["answers"][0]["answer"]["text"].string ?? ""
            #expect(text.hasPrefix("\(acknowledged) "))

            try FileManager.default.removeItem(at: ballast)
            let after = try await save(1_000)
            #expect(after.status == 200)
            #expect(after.json["version"].int == acknowledged + 2)
        }
        #expect(try await folder.command(["log", "verify"]).status == 0)
        try await Daemon.run(in: folder) { daemon in
            let staff = try await daemon.logIn(Institution.examiner, Institution.password)
            let saved = try await staff.get("/v1/attempts/\(institution.attempts[0])/answers")
            #expect(saved.json["answers"][0]["answer"]["text"].string?.hasPrefix("1000 ") == true)
        }
    }

    @Test(
        "F1: on a full disk nothing is appended to the log or signed, nothing acknowledged is lost, and fsck passes",
        .enabled(if: SmallDisk.canBeMade, "mounting a small disk takes root")
    )
    func fullLog() async throws {
        let disk = try SmallDisk(bytes: 6 * 1024 * 1024)
        let folder = try DataFolder(data: disk.folder.url.appending(path: "data"))
        try await Institution.addExaminer(in: folder)
        let ballast = disk.folder.url.appending(path: "ballast")
        var acknowledged = 0
        try await Daemon.run(in: folder) { daemon in
            /// A login that succeeds is an entry of the log; it is answered once the entry is durable.
            func append() async throws -> Reply {
                let form: JSON = [
                    "email": .string(Institution.examiner), "password": .string(Institution.password),
                    "deliver": "token",
                ]
                return try await daemon.client.post("/v1/login", form)
            }
            #expect(try await append().status == 200)
            acknowledged += 1
            try Data(count: max(0, disk.freeBytes - 192 * 1024)).write(to: ballast)
            var refusal: Reply?
            for _ in 0..<100 where refusal == nil {
                let reply = try await append()
                if reply.status == 200 { acknowledged += 1 } else { refusal = reply }
            }
            let refused = try #require(refusal, "the disk did not fill up")
            #expect([503, 507].contains(refused.status) && refused.code == "storage_full", "\(refused.text)")
            #expect(refused.json["token"] == .null)
            #expect(try await daemon.client.get("/v1/log/checkpoint").status == 200, "reading goes on")
        }
        // Killed with the disk still full.
        let full = try await folder.command(["fsck"])
        try FileManager.default.removeItem(at: ballast)
        let checked = try await folder.command(["fsck"])
        #expect(checked.status == 0, "\(checked.standardError)")
        #expect(full.status == 0 || full.standardError.contains("full"), "\(full.standardError)")
        let words = checked.standardOutput.split(separator: " ")
        let entries = try #require(words.count > 1 ? Int(words[1]) : nil)
        #expect(entries >= acknowledged, "an acknowledged entry is missing")
        try await Daemon.run(in: folder) { daemon in
            _ = try await daemon.logIn(Institution.examiner, Institution.password)
        }
        #expect(try await folder.command(["fsck"]).status == 0)
    }
}
