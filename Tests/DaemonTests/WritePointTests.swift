import Foundation
import Glibc
import TestSupport
import Testing

/// The kernel ends the process before the n-th write, sync, rename or deletion of a thread is done, for each n of a
/// whole commit: frames of the write-ahead log, its sync, its transfer into the database file and its deletion, and an
/// evidence file with its rename and its folders.
@Suite(
    "F1: killed at each write point, the log is sound and has all that was acknowledged",
    .enabled(if: Strace.isUsable, "it takes strace and the right to trace"),
    .timeLimit(.minutes(3))
)
struct WritePointTests {
    /// Starts a daemon, ties strace to it, and works until it is killed.
    private func killedDaemon(
        in folder: DataFolder,
        at call: String,
        _ count: Int,
        ready: Bool = false,
        work: (Daemon) async throws -> Void
    ) async throws {
        let daemon = try await Daemon.start(in: folder, ready: ready)
        let strace = Process()
        strace.executableURL = URL(filePath: Strace.path)
        strace.arguments = Strace.words(call, count) + ["-p", "\(daemon.identifier)"]
        try strace.run()
        // A thread of the daemon that is traced says by whom.
        while !daemon.isTraced, strace.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        try? await work(daemon)
        daemon.send(SIGTERM)
        let end = await daemon.end()
        #expect(end.isSignalled, "\(call) \(count): the daemon was not killed")
        strace.waitUntilExit()
    }

    /// Logs in until the daemon is gone; answers the tokens that it gave.
    private func logInUntilKilled(_ daemon: Daemon, _ email: String) async -> [String] {
        var tokens: [String] = []
        while tokens.count < 40, let client = try? await daemon.logIn(email, Institution.password),
            let token = client.token
        {
            tokens.append(token)
        }
        // Where it was not killed it ends in peace, and the test sees that.
        daemon.send(SIGTERM)
        return tokens
    }

    /// Each login is an entry of the log and a session, in one transaction.
    private func check(_ folder: DataFolder, _ tokens: [String], _ what: String) async throws {
        let checked = try await folder.command(["fsck"])
        #expect(checked.status == 0, "\(what): \(checked.standardError)")
        let words = checked.standardOutput.split(separator: " ")
        let entries = try #require(words.count > 1 ? Int(words[1]) : nil, "\(checked.standardOutput)")
        #expect(entries >= tokens.count, "\(what): an acknowledged entry is missing")
    }

    private func checkSessions(_ folder: DataFolder, _ tokens: [String]) async throws {
        try await Daemon.run(in: folder) { daemon in
            for token in tokens {
                var client = daemon.client
                client.token = token
                let reply = try await client.get("/v1/me")
                #expect(reply.status == 200)
            }
        }
    }

    @Test("each frame and sync of a commit to the write-ahead log")
    func commits() async throws {
        let folder = try DataFolder()
        let acknowledged = Shared<[String]>([])
        // One login writes about fifteen frames, each by two calls: each second call, then the syncs of three logins.
        let points = stride(from: 1, through: 31, by: 2).map { ("pwrite64", $0) } + (1...3).map { ("fdatasync", $0) }
        for (call, count) in points {
            // A login that is killed counts as a try; nobody is to be throttled.
            let email = "\(call).\(count)@example.org"
            try await Institution.addExaminer(in: folder, email: email)
            try await killedDaemon(in: folder, at: call, count) { daemon in
                let tokens = await logInUntilKilled(daemon, email)
                acknowledged.update { $0 += tokens }
            }
            try await check(folder, acknowledged.value, "\(call) \(count)")
        }
        #expect(!acknowledged.value.isEmpty)
        try await checkSessions(folder, acknowledged.value)
    }

    @Test("each step by which the write-ahead log goes into the database file")
    func transfer() async throws {
        let folder = try DataFolder()
        try await Institution.addExaminer(in: folder)
        var acknowledged: [String] = []
        for (call, count) in [
            ("pwrite64", 1), ("pwrite64", 2), ("pwrite64", 9), ("fdatasync", 1), ("fdatasync", 2), ("unlink", 1),
        ] {
            let daemon = try await Daemon.start(in: folder, ready: false)
            for _ in 0..<2 {
                let client = try await daemon.logIn(Institution.examiner, Institution.password)
                acknowledged.append(try #require(client.token))
            }
            daemon.send(SIGKILL)
            _ = await daemon.end()
            // The daemon was killed and left its write-ahead log; SQLite itself transfers it, as it
            // does amid the daemon's work once a thousand pages have come together.
            let killed = Process()
            killed.executableURL = URL(filePath: Strace.path)
            killed.arguments =
                Strace.words(call, count)
                + ["/usr/bin/sqlite3", folder.data.appending(path: "attestd.sqlite").path]
                + ["PRAGMA wal_checkpoint(TRUNCATE)"]
            killed.standardOutput = FileHandle.nullDevice
            try killed.run()
            killed.waitUntilExit()
            #expect(killed.terminationReason == .uncaughtSignal || killed.terminationStatus != 0, "\(call) \(count)")
            try await check(folder, acknowledged, "\(call) \(count)")
        }
        try await checkSessions(folder, acknowledged)
    }

    @Test("each step of an evidence file: its sync, its rename, its folder's sync")
    func evidence() async throws {
        let folder = try DataFolder()
        let institution = try await Institution.found(1, in: folder)
        let photograph = try ProjectFiles.photograph("obama")
        for (call, count) in [("fsync", 1), ("rename", 1), ("fsync", 2), ("fsync", 3)] {
            try await killedDaemon(in: folder, at: call, count, ready: true) { daemon in
                let candidate = try await daemon.logIn(institution.candidates[0], Institution.password)
                let reply = try? await candidate.put("/v1/me/portrait", type: "image/jpeg", photograph)
                #expect(reply == nil, "it was answered before the evidence was durable")
            }
            let checked = try await folder.command(["fsck"])
            #expect(checked.status == 0, "\(call) \(count): \(checked.standardError)")
            #expect(checked.standardOutput.contains(" 0 evidence files"), "\(checked.standardOutput)")
        }
        try await Daemon.run(in: folder, ready: true) { daemon in
            let candidate = try await daemon.logIn(institution.candidates[0], Institution.password)
            let reply = try await candidate.put("/v1/me/portrait", type: "image/jpeg", photograph)
            #expect((200...201).contains(reply.status), "\(reply.text)")
        }
        let checked = try await folder.command(["fsck"])
        #expect(checked.standardOutput.contains(" 1 evidence files"))
    }
}
