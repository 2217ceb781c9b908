import Cryptography
import Foundation
import TestSupport
import Testing
import TransparencyLog

@Suite("F1: rotation of the log's key by command", .timeLimit(.minutes(1)))
struct LogKeyTests {
    private func grow(_ folder: DataFolder) async throws -> Checkpoint {
        let daemon = try await Daemon.start(in: folder)
        _ = try await daemon.logIn(Institution.examiner, Institution.password)
        daemon.send(SIGTERM)
        let end = await daemon.end()
        #expect(end.status == 0)
        var checkpoint: Checkpoint?
        try await Daemon.run(in: folder) {
            checkpoint = try Checkpoint(encoded: await $0.client.get("/checkpoint").text)
        }
        return try #require(checkpoint)
    }

    @Test("old checkpoints verify with the old key, new ones with the new, and a cut-off rotation is finished")
    func rotation() async throws {
        let folder = try DataFolder()
        try await Institution.addExaminer(in: folder)
        let before = try await grow(folder)
        let file = folder.data.appending(path: "keys/log.key")
        let oldKey = try Data(contentsOf: file)
        let rotated = try await folder.command(["log", "rotate-key"])
        #expect(rotated.status == 0, "\(rotated.standardError)")
        let newKey = try Data(contentsOf: file)
        #expect(newKey != oldKey)
        let after = try await grow(folder)

        let listed = try await folder.command(["log", "keys"])
        let lines = listed.standardOutput.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        try #require(lines.count == 2)
        #expect(lines[0][0] == "0" && lines[0][1] == "\(before.size + 1)")
        #expect(lines[1][0] == "\(before.size + 1)" && lines[1][1] == "now")
        let keys = try lines.map { try NoteVerifier(text: $0[2]) }
        #expect(before.verify(with: keys) == .verified(by: [keys[0]]))
        #expect(after.verify(with: keys) == .verified(by: [keys[1]]))
        let checked = try await folder.command(["fsck"])
        #expect(checked.status == 0, "\(checked.standardError)")

        // Everybody can have the keys, and what leads from one to the other.
        try await Daemon.run(in: folder) { daemon in
            let published = try await daemon.client.get("/v1/log/keys").json
            #expect(published["keys"].array.map { $0["key"].string } == keys.map(\.text))
            #expect(published["keys"][0]["last_size"].string == "\(before.size + 1)")
            #expect(published["keys"][1]["last_size"] == .null)
            let note = try SignedNote(encoded: published["notes"][0].string ?? "")
            #expect(note.verify(with: keys) == .verified(by: keys))
        }

        // As if it had been cut off after the transaction: the log names the next key, the file is still the old one.
        let next = URL(filePath: file.path + ".next")
        try FileManager.default.moveItem(at: file, to: next)
        try oldKey.write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        let later = try await grow(folder)
        #expect(later.verify(with: keys) == .verified(by: [keys[1]]))
        #expect(try Data(contentsOf: file) == newKey)
        #expect(!FileManager.default.fileExists(atPath: next.path))

        // A key that the log was not handed over to signs nothing.
        try FileManager.default.removeItem(at: file)
        try oldKey.write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        let refused = try await folder.command(["serve", "--port", "0"])
        #expect(refused.status == 1 && refused.standardError.contains("handed over"))
    }
}
