import Foundation
import Glibc
import TestSupport
import Testing

@Suite("F3: rotation of the master key by command", .timeLimit(.minutes(2)))
struct MasterKeyTests {
    private static let command = ["keys", "rotate-master"]

    private func names(_ folder: DataFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.data.appending(path: "keys").path).sorted()
    }

    /// Whether everything reads: the exam's secret deals the ticket again, the candidate's texts and logins open.
    private func expectReadable(_ institution: Institution, _ folder: DataFolder, _ what: String) async throws {
        let ticket = try await folder.command(["ticket", "rebuild", institution.attempts[0]])
        #expect(ticket.status == 0, "\(what): \(ticket.standardError)")
        try await Daemon.run(in: folder) { daemon in
            let candidate = try await daemon.logIn(institution.candidates[0], Institution.password)
            let sessions = try await candidate.get("/v1/me/sessions")
            #expect(sessions.status == 200, "\(what): \(sessions.text)")
        }
        let checked = try await folder.command(["fsck"])
        #expect(checked.status == 0, "\(what): \(checked.standardError)")
    }

    @Test("with the service stopped all is sealed anew; the old key stays for older backups and opens nothing here")
    func rotation() async throws {
        let folder = try DataFolder()
        let institution = try await Institution.found(1, in: folder)
        let file = folder.data.appending(path: "keys/master.key")
        let old = try Data(contentsOf: file)
        let backup = folder.temporary.url.appending(path: "backup")
        #expect(try await folder.command(["backup", "--to", backup.path]).status == 0)
        try await Daemon.run(in: folder) { _ in
            let refused = try await folder.command(Self.command)
            #expect(refused.status == 1 && refused.complaints.count == 1, "\(refused.standardError)")
            #expect(refused.standardError.contains("service is running"))
        }
        #expect(try names(folder) == ["log.key", "master.key"], "nothing was made")
        let rotated = try await folder.command(Self.command)
        #expect(rotated.status == 0, "\(rotated.standardError)")
        #expect(rotated.standardOutput.contains("backups made before need it"))
        #expect(rotated.standardOutput.contains("person_keys: 2"), "\(rotated.standardOutput)")
        let retired = try #require(try names(folder).first { $0.hasPrefix("master.key.retired-") })
        #expect(try names(folder) == ["log.key", "master.key", retired])
        #expect(try Data(contentsOf: file.deletingLastPathComponent().appending(path: retired)) == old)
        #expect(try Data(contentsOf: file) != old)
        let rights = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        try await expectReadable(institution, folder, "rotated")

        // The old key in its old place opens nothing, and no new one is made where one is missing.
        let new = try Data(contentsOf: file)
        try old.write(to: file)
        let wrong = try await folder.command(["serve", "--port", "0"])
        #expect(wrong.status == 1 && wrong.standardError.contains("not the master key"), "\(wrong.standardError)")
        try FileManager.default.removeItem(at: file)
        let missing = try await folder.command(["serve", "--port", "0"])
        #expect(missing.status == 1 && missing.standardError.contains("put the master key back"))
        #expect(!FileManager.default.fileExists(atPath: file.path))
        #expect(
            FileManager.default.createFile(atPath: file.path, contents: new, attributes: [.posixPermissions: 0o600])
        )

        // A backup of before lies under the old key: with it at hand it is restored under the new one.
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(at: folder.data.appending(path: "attestd.sqlite\(suffix)"))
        }
        let words = ["restore", "--from", backup.path, "--without-erasures"]
        let aside = folder.temporary.url.appending(path: retired)
        let kept = file.deletingLastPathComponent().appending(path: retired)
        try FileManager.default.moveItem(at: kept, to: aside)
        let keyless = try await folder.command(words)
        #expect(keyless.status == 1 && keyless.standardError.contains("another master key"), "\(keyless.standardError)")
        try FileManager.default.moveItem(at: aside, to: kept)
        let restored = try await folder.command(words)
        #expect(restored.status == 0 && restored.standardOutput.contains("sealed anew"), "\(restored.standardError)")
        try FileManager.default.removeItem(at: kept)
        try await expectReadable(institution, folder, "restored")
    }

    @Test(
        "killed at each write, sync, link and rename it goes on where it was, and the service reads everything between",
        .enabled(if: Strace.isUsable, "it takes strace and the right to trace")
    )
    func killed() async throws {
        let folder = try DataFolder()
        let institution = try await Institution.found(1, in: folder)
        let old = try Data(contentsOf: folder.data.appending(path: "keys/master.key"))
        let points = [
            ("fsync", 1), ("link", 1), ("pwrite64", 1), ("pwrite64", 4), ("fdatasync", 1), ("pwrite64", 9),
            ("fdatasync", 2), ("fdatasync", 4), ("ftruncate", 1), ("link", 2), ("rename", 1),
        ]
        var kills = 0
        for (call, count) in points {
            let process = Process()
            process.executableURL = URL(filePath: Strace.path)
            process.arguments =
                Strace.words(call, count) + [Program.executable.path] + Self.command
                + ["--config", folder.configuration.path]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            if process.terminationReason == .uncaughtSignal { kills += 1 }
            try await expectReadable(institution, folder, "\(call) \(count)")
        }
        #expect(kills > 6, "the command was seldom killed: \(kills)")
        let rotated = try await folder.command(Self.command)
        #expect(rotated.status == 0, "\(rotated.standardError)")
        #expect(try Data(contentsOf: folder.data.appending(path: "keys/master.key")) != old)
        #expect(try !names(folder).contains("master.key.next"))
        for name in try names(folder) where name.hasPrefix("master.key.retired-") {
            try FileManager.default.removeItem(at: folder.data.appending(path: "keys/\(name)"))
        }
        try await expectReadable(institution, folder, "at the end")
    }

    @Test("a key that systemd hands over is never written: the new one waits beside until it is put in its place")
    func credential() async throws {
        let folder = try DataFolder()
        let institution = try await Institution.found(1, in: folder)
        let keys = folder.data.appending(path: "keys")
        let credentials = folder.temporary.url.appending(path: "credentials")
        try FileManager.default.createDirectory(at: credentials, withIntermediateDirectories: false)
        for name in ["master.key", "log.key"] {
            let file = credentials.appending(path: name)
            try FileManager.default.moveItem(at: keys.appending(path: name), to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: file.path)
        }
        let environment = ["CREDENTIALS_DIRECTORY": credentials.path]
        func run(_ words: [String]) async throws -> Program.End {
            try await Program(words + ["--config", folder.configuration.path], environment: environment).end()
        }
        let old = try Data(contentsOf: credentials.appending(path: "master.key"))
        let rotated = try await run(Self.command)
        #expect(rotated.status == 0, "\(rotated.standardError)")
        #expect(rotated.standardOutput.contains("where systemd takes the credential from"))
        #expect(try Data(contentsOf: credentials.appending(path: "master.key")) == old)
        #expect(try names(folder) == ["master.key.next"])
        // Until then the service works with both.
        #expect(try await run(["ticket", "rebuild", institution.attempts[0]]).status == 0)
        let logRotated = try await run(["log", "rotate-key"])
        #expect(logRotated.status == 0, "\(logRotated.standardError)")
        #expect(try names(folder) == ["log.key.next", "master.key.next"])
        #expect(try await run(["fsck"]).status == 0)

        for name in ["master.key", "log.key"] {
            let file = credentials.appending(path: name)
            try FileManager.default.removeItem(at: file)
            try FileManager.default.copyItem(at: keys.appending(path: "\(name).next"), to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: file.path)
        }
        let finished = try await run(Self.command)
        #expect(finished.status == 0 && finished.standardOutput.contains("all is done"), "\(finished.standardError)")
        #expect(try await run(["fsck"]).status == 0)
        #expect(try await run(["ticket", "rebuild", institution.attempts[0]]).status == 0)
        // The service finds its log key in its place, too, and the file beside is not needed any more.
        #expect(try await run(["log", "rotate-key"]).status == 0)
        #expect(try names(folder) == ["log.key.next"])
        #expect(try await run(["log", "rotate-key"]).standardError.contains("it is in use"))
    }
}
