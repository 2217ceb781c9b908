import Cryptography
import Foundation
import TestSupport
import Testing
import TransparencyLog

@Suite("F1: one institution's service witnesses another's log", .timeLimit(.minutes(2)))
struct WitnessTests {
    /// The newest checkpoint, its key, and all leaf hashes as the tiles have them.
    private struct Head {
        var checkpoint: Checkpoint
        var key: String
        var leaves: [SHA256Digest]

        func request(from old: Int) throws -> Data {
            let isGrown = old > 0 && old < leaves.count
            let proof = isGrown ? try MerkleTree.consistencyProof(from: UInt64(old), leaves: leaves) : []
            return Data(WitnessRequest(oldSize: UInt64(old), proof: proof, checkpoint: checkpoint).bytes)
        }
    }

    /// Logs in, which is an entry, and ends the service, which then publishes a checkpoint.
    private func grow(_ folder: DataFolder) async throws {
        let daemon = try await Daemon.start(in: folder)
        _ = try await daemon.logIn(Institution.examiner, Institution.password)
        daemon.send(SIGTERM)
        let end = await daemon.end()
        #expect(end.status == 0)
    }

    private func head(of folder: DataFolder) async throws -> Head {
        var head: Head?
        try await Daemon.run(in: folder) { daemon in
            let note = try await daemon.client.get("/checkpoint")
            #expect(note.status == 200)
            let described = try await daemon.client.get("/v1/log/checkpoint")
            let checkpoint = try Checkpoint(encoded: note.text)
            let tile = try await daemon.client.get("/tile/0/000.p/\(checkpoint.size)")
            #expect(tile.status == 200)
            let bytes = [UInt8](tile.body)
            let leaves = try stride(from: 0, to: bytes.count, by: 32).map {
                try SHA256Digest(bytes: bytes[$0..<$0 + 32])
            }
            #expect(MerkleTree.root(of: leaves) == checkpoint.root, "the tiles give the checkpoint's root")
            let beyond = try await daemon.client.get("/tile/0/000.p/\(checkpoint.size + 1)")
            #expect(beyond.status == 404)
            let refused = try await daemon.client.post("/add-checkpoint", type: "text/plain", Data("old 0".utf8))
            #expect(refused.status == 404, "a service without the block is no witness")
            head = Head(checkpoint: checkpoint, key: described.json["verifier_key"].string ?? "", leaves: leaves)
        }
        return try #require(head)
    }

    @Test("it cosigns a log that grows, also after a restart, and refuses a rollback and a fork")
    func witness() async throws {
        let logFolder = try DataFolder()
        try await Institution.addExaminer(in: logFolder)
        try await grow(logFolder)
        let first = try await head(of: logFolder)
        // The same keys and the same beginning: from here on the two go different ways.
        let forkFolder = try DataFolder()
        try FileManager.default.copyItem(at: logFolder.data, to: forkFolder.data)
        try await grow(logFolder)
        let second = try await head(of: logFolder)
        try await grow(forkFolder)
        try await grow(forkFolder)
        let fork = try await head(of: forkFolder)
        let (old, new) = (first.leaves.count, second.leaves.count)
        #expect(old < new && fork.leaves.count > new)

        let log: JSON = ["origin": .string(first.checkpoint.origin), "keys": [.string(first.key)]]
        let witnessFolder = try DataFolder(settings: ["witness": ["name": "witness.example/w1", "logs": [log]]])
        let printed = try await witnessFolder.command(["witness", "key"])
        let key = try CosignatureVerifier(
            text: printed.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
        )

        func ask(_ daemon: Daemon, _ head: Head, from old: Int) async throws -> Reply {
            try await daemon.client.post("/add-checkpoint", type: nil, try head.request(from: old))
        }
        try await Daemon.run(in: witnessFolder) { daemon in
            let unproved = try await ask(daemon, second, from: old)
            #expect(unproved.status == 409 && unproved.text == "0\n")
            #expect(unproved.header("Content-Type") == "text/x.tlog.size")
            let cosigned = try await ask(daemon, first, from: 0)
            #expect(cosigned.status == 200)
            let note = try first.checkpoint.note.adding(lines: cosigned.text)
            #expect(key.timestamp(of: note) != nil)
        }
        try await Daemon.run(in: witnessFolder) { daemon in
            let grown = try await ask(daemon, second, from: old)
            #expect(grown.status == 200, "\(grown.text)")
            let rolledBack = try await ask(daemon, first, from: 0)
            #expect(rolledBack.status == 409 && rolledBack.text == "\(new)\n")
            let forked = try await ask(daemon, fork, from: new)
            #expect(forked.status == 422 && forked.code == "log_inconsistent")
            let nonsense = try await daemon.client.post("/add-checkpoint", type: "text/plain", Data("old".utf8))
            #expect(nonsense.status == 400 && nonsense.code == "witness_request_malformed")
            let again = try await ask(daemon, second, from: new)
            #expect(again.status == 200, "nothing of this was remembered")
        }
    }
}
