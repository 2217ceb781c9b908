import Foundation
import Glibc
import TestSupport
import Testing

@Suite("F3: backup and restore", .timeLimit(.minutes(2)))
struct BackupTests {
    @Test("a backup made while the service works is restored whole, with everybody logged out")
    func restore() async throws {
        let folder = try DataFolder()
        let institution = try await Institution.found(1, in: folder)
        let backup = folder.temporary.url.appending(path: "backup")
        var token: String?
        try await Daemon.run(in: folder) { daemon in
            let candidate = try await daemon.logIn(institution.candidates[0], Institution.password)
            token = candidate.token
            let target = "/v1/attempts/\(institution.attempts[0])/answers/1"
            let saved = try await candidate.put(target, ["type": "essay", "text": "before the backup"])
            #expect(saved.status == 200)
            let made = try await folder.command(["backup", "--to", backup.path])
            #expect(made.status == 0, "\(made.standardError)")
            let later = try await candidate.put(target, ["type": "essay", "text": "after the backup"])
            #expect(later.status == 200)
            let again = try await folder.command(["backup", "--to", backup.path])
            #expect(again.status == 1, "a backup is not overwritten")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: backup.path)
        #expect(!names.contains("keys"), "\(names)")
        let list = try await folder.command(["erasures"])
        let erasures = try folder.write(list.standardOutput, to: "erasures.json")
        let words = ["restore", "--from", backup.path, "--erasures", erasures]

        let occupied = try await folder.command(words)
        #expect(occupied.status == 1 && occupied.standardError.contains("is there already"))
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(at: folder.data.appending(path: "attestd.sqlite\(suffix)"))
        }
        let unsaid = try await folder.command(["restore", "--from", backup.path])
        #expect(unsaid.status == 2 && unsaid.standardError.contains("come back"))
        let older = try folder.write(#"{"log_size": 0, "erasures": []}"#, to: "older.json")
        let tooOld = try await folder.command(["restore", "--from", backup.path, "--erasures", older])
        #expect(tooOld.status == 1 && tooOld.standardError.contains("older than the backup"))
        let restored = try await folder.command(words)
        #expect(restored.status == 0, "\(restored.standardError)")

        let checked = try await folder.command(["fsck"])
        #expect(checked.status == 0, "\(checked.standardError)")
        try await Daemon.run(in: folder) { daemon in
            var old = daemon.client
            old.token = token
            let refused = try await old.get("/v1/me")
            #expect(refused.status == 401, "logins that were ended since must not come back")
            let staff = try await daemon.logIn(Institution.examiner, Institution.password)
            let saved = try await staff.get("/v1/attempts/\(institution.attempts[0])/answers")
            #expect(saved.json["answers"][0]["answer"]["text"].string == "before the backup")
        }
    }

    @Test("a changed or unfinished backup is not restored, and keys must be back first")
    func refused() async throws {
        let folder = try DataFolder()
        try await Institution.addExaminer(in: folder)
        // The log's key is made by the service.
        try await Daemon.run(in: folder) { _ in }
        let backup = folder.temporary.url.appending(path: "backup")
        let made = try await folder.command(["backup", "--to", backup.path])
        #expect(made.status == 0, "\(made.standardError)")
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(at: folder.data.appending(path: "attestd.sqlite\(suffix)"))
        }
        let words = ["restore", "--from", backup.path, "--without-erasures"]
        let key = folder.data.appending(path: "keys/master.key")
        try FileManager.default.moveItem(at: key, to: folder.temporary.url.appending(path: "master.key"))
        let keyless = try await folder.command(words)
        #expect(keyless.status == 1 && keyless.standardError.contains("holds no keys"))
        #expect(!FileManager.default.fileExists(atPath: key.path), "no new key is made")
        try FileManager.default.moveItem(at: folder.temporary.url.appending(path: "master.key"), to: key)

        let database = backup.appending(path: "attestd.sqlite")
        let whole = try Data(contentsOf: database)
        var changed = whole
        changed[whole.count / 2] ^= 1
        try changed.write(to: database)
        let damaged = try await folder.command(words)
        #expect(damaged.status == 1 && damaged.standardError.contains("changed or damaged"))
        try whole.write(to: database)
        let manifest = backup.appending(path: "backup.json")
        let text = try Data(contentsOf: manifest)
        try FileManager.default.removeItem(at: manifest)
        let unfinished = try await folder.command(words)
        #expect(unfinished.status == 1 && unfinished.standardError.contains("no whole backup"))
        try text.write(to: manifest)
        let restored = try await folder.command(words)
        #expect(restored.status == 0, "\(restored.standardError)")
    }

    @Test("a backup from before the log's key was changed asks for the key of its time, and is restored with it")
    func earlierLogKey() async throws {
        let folder = try DataFolder()
        try await Institution.addExaminer(in: folder)
        try await Daemon.run(in: folder) {
            _ = try await $0.logIn(Institution.examiner, Institution.password)
            // Ended in order, it signs a checkpoint over what was logged: that says whose log it is.
            $0.send(SIGTERM)
            #expect(await $0.end().status == 0)
        }
        let backup = folder.temporary.url.appending(path: "backup")
        #expect(try await folder.command(["backup", "--to", backup.path]).status == 0)
        let file = folder.data.appending(path: "keys/log.key")
        let old = try Data(contentsOf: file)
        let keys = try await folder.command(["log", "keys"]).standardOutput
        let oldKey = try #require(keys.split(separator: "\t").last).trimmingCharacters(in: .whitespacesAndNewlines)
        let oldName = oldKey.split(separator: "+").prefix(2).joined(separator: "+")
        #expect(try await folder.command(["log", "rotate-key"]).status == 0)
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(at: folder.data.appending(path: "attestd.sqlite\(suffix)"))
        }
        let words = ["restore", "--from", backup.path, "--without-erasures"]
        let refused = try await folder.command(words)
        #expect(refused.status == 1 && refused.standardError.contains("before the log's key was changed"))
        #expect(refused.standardError.contains(oldName), "\(refused.standardError)")
        try old.write(to: file)
        let restored = try await folder.command(words)
        #expect(restored.status == 0, "\(restored.standardError)")
        #expect(try await folder.command(["log", "rotate-key"]).status == 0)
        #expect(try await folder.command(["fsck"]).status == 0)
    }
}
