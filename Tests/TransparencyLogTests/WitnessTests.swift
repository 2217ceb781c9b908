import Cryptography
import Foundation
import Testing

@testable import TransparencyLog

@Suite("Witnesses: C2SP tlog-witness and tlog-cosignature")
struct WitnessTests {
    private final class Memory: WitnessStore {
        var states: [String: WitnessedState] = [:]

        func witnessedState(of origin: String) -> WitnessedState? { states[origin] }
        func setWitnessedState(_ state: WitnessedState, of origin: String) { states[origin] = state }
    }

    private static let time: UInt64 = 1_679_315_147
    private let memory = Memory()
    private let log: NoteSigner
    private let witness: Witness

    init() throws {
        log = try Samples.signer()
        let key = try SigningKey(seed: SecretBytes(copying: [UInt8](repeating: 5, count: 32)))
        witness = Witness(
            signer: try CosignatureSigner(name: "witness.example/w1", key: key),
            logs: [log.name: [log.verifier]]
        )
    }

    private func request(_ size: Int, from old: Int, store: InMemoryLogStore? = nil) throws -> WitnessRequest {
        let store = try store ?? Samples.store(40)
        return WitnessRequest(
            oldSize: UInt64(old),
            proof: old == 0 || old == size
                ? [] : try Log.consistencyProof(from: UInt64(old), to: UInt64(size), in: store),
            checkpoint: try Checkpoint(
                origin: log.name,
                size: UInt64(size),
                root: try Log.root(size: UInt64(size), in: store),
                signer: log
            )
        )
    }

    private func answer(_ request: WitnessRequest) throws -> Witness.Answer {
        try witness.answer(request.bytes, at: Self.time, in: memory)
    }

    @Test("a log that grows is cosigned again and again, and the cosignatures verify")
    func growing() throws {
        var old = 0
        for size in [0, 1, 7, 7, 8, 40] {
            let request = try request(size, from: old)
            guard case .cosigned(let line) = try answer(request) else {
                Issue.record("size \(size) was not cosigned")
                return
            }
            #expect(memory.states[log.name] == WitnessedState(size: UInt64(size), root: request.checkpoint.root))
            let note = try request.checkpoint.note.adding(lines: line)
            #expect(note.verify(with: [log.verifier]).isVerified)
            #expect(witness.verifier.timestamp(of: note) == Self.time)
            #expect(try note.adding(lines: line) == note, "a line is there once")
            old = size
        }
    }

    @Test("a rollback and a fork are refused, and nothing is forgotten")
    func misbehaviour() throws {
        _ = try answer(request(20, from: 0))
        let before = memory.states
        #expect(try answer(request(10, from: 0)) == .conflict(size: 20))
        #expect(try answer(request(10, from: 10)) == .conflict(size: 20))
        #expect(try answer(request(30, from: 10)) == .conflict(size: 20))
        let forked = try Samples.store(19)
        try Log.append(Samples.bodies(100..<140), to: forked)
        #expect(try answer(request(20, from: 20, store: forked)) == .conflict(size: 20))
        #expect(try answer(request(30, from: 20, store: forked)) == .inconsistent)
        var unproved = try request(30, from: 20)
        unproved.proof.removeLast()
        #expect(try answer(unproved) == .inconsistent)
        var needless = try request(20, from: 20)
        needless.proof = [MerkleTree.emptyRoot]
        #expect(try answer(needless) == .inconsistent)
        #expect(memory.states == before)
    }

    @Test("an unknown log, an untrusted key and sizes the wrong way round are told apart")
    func refused() throws {
        let other = try Checkpoint(
            origin: "other.example/log",
            size: 1,
            root: .hash(utf8: "x"),
            signer: Samples.signer("other.example/log")
        )
        #expect(try answer(WitnessRequest(oldSize: 0, proof: [], checkpoint: other)) == .unknownLog)
        let stranger = try Checkpoint(
            origin: log.name,
            size: 1,
            root: .hash(utf8: "x"),
            signer: Samples.signer(seed: 8)
        )
        #expect(try answer(WitnessRequest(oldSize: 0, proof: [], checkpoint: stranger)) == .untrusted)
        var reversed = try request(5, from: 0)
        reversed.oldSize = 6
        #expect(try answer(reversed) == .malformed)
        #expect(memory.states.isEmpty)
    }

    @Test("the request of the specification is read, and written byte by byte")
    func published() throws {
        let text = """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo\
            +zyWE+xeMcTOAYQ8=

            """
        let request = try #require(WitnessRequest(Array(text.utf8)))
        #expect(request.oldSize == 20_852_014)
        #expect(request.proof.count == 4)
        #expect(request.checkpoint.size == 20_852_163)
        #expect(request.bytes == Array(text.utf8))
    }

    @Test("what is no request is refused")
    func malformed() throws {
        let sound = String(decoding: try request(7, from: 3).bytes, as: UTF8.self)
        let body = sound.split(separator: "\n\n", maxSplits: 1).map(String.init)
        let hash = Base64.encode(MerkleTree.emptyRoot.bytes)
        for text in [
            "", "old 3", "old 3\n\n", body[1], "\n\n\(body[1])", "old 03\n\n\(body[1])", "old +3\n\n\(body[1])",
            "old -1\n\n\(body[1])", "OLD 3\n\n\(body[1])", "old 3 \n\n\(body[1])", "old 3\nAAAA\n\n\(body[1])",
            "old 3\n\(hash) \n\n\(body[1])", "old 3\n" + String(repeating: "\(hash)\n", count: 64) + "\n\(body[1])",
            "old 18446744073709551616\n\n\(body[1])", sound + "more", "old 3\n\nno note\n",
        ] {
            #expect(try witness.answer(Array(text.utf8), at: 1, in: memory) == .malformed, "\(text.prefix(40))")
        }
        #expect(try witness.answer([0xff, 0xfe], at: 1, in: memory) == .malformed)
        #expect(memory.states.isEmpty)
    }

    @Test("any changed byte of a cosignature is not believed, nor one over another checkpoint")
    func tampering() throws {
        let request = try request(7, from: 0)
        guard case .cosigned(let line) = try answer(request) else { return }
        let lineBytes = Array(line.utf8)
        for place in lineBytes.indices.dropLast() {
            var changed = lineBytes
            changed[place] ^= 1
            let note = try? request.checkpoint.note.adding(lines: String(decoding: changed, as: UTF8.self))
            if let note, witness.verifier.timestamp(of: note) != nil { Issue.record("byte \(place)") }
        }
        let other = try self.request(8, from: 7).checkpoint.note.adding(lines: line)
        #expect(witness.verifier.timestamp(of: other) == nil)
        #expect(witness.verifier.timestamp(of: request.checkpoint.note) == nil)
    }

    @Test("a witness's key is read from its text and is no log's key")
    func keys() throws {
        let verifier = witness.verifier
        #expect(try CosignatureVerifier(text: verifier.text) == verifier)
        #expect(throws: TransparencyLogError.self) { try NoteVerifier(text: verifier.text) }
        #expect(throws: TransparencyLogError.self) { try CosignatureVerifier(text: log.verifier.text) }
        #expect(throws: TransparencyLogError.self) { try CosignatureVerifier(text: verifier.text + "A") }
        #expect(verifier.keyID != (try NoteVerifier(name: verifier.name, key: verifier.key)).keyID)
    }
}

@Suite("Hash tiles: C2SP tlog-tiles")
struct HashTileTests {
    @Test(
        "paths are read as the specification writes them",
        arguments: [
            ("0/000", 0, 0, 256), ("0/067", 0, 67, 256), ("0/x001/x234/067", 0, 1_234_067, 256),
            ("1/003.p/7", 1, 3, 7), ("0/x001/000.p/255", 0, 1000, 255), ("7/000", 7, 0, 256),
        ]
    )
    func paths(path: String, level: Int, index: UInt64, width: Int) throws {
        let tile = try #require(HashTile(path: path))
        #expect(tile.level == level && tile.index == index && tile.width == width)
    }

    @Test(
        "other texts are no paths",
        arguments: [
            "", "0", "/", "0/", "0/0", "0/0000", "0/x000/001", "0/x01/001", "0/001/002", "00/001", "-1/000", "8/000",
            "0/000.p", "0/000.p/0", "0/000.p/256", "0/000.p/01", "0/000/7", "0/x001", "0/00a", "entries/000",
            "0/x999/x999/x999/x999/x999/x999/999",
        ]
    )
    func nonsense(path: String) {
        #expect(HashTile(path: path) == nil)
    }

    @Test("tiles hold the hashes of their level, and only what the log has")
    func content() throws {
        let store = try Samples.store(1000)
        func bytes(_ path: String, size: UInt64 = 1000) throws -> [UInt8]? {
            try #require(HashTile(path: path)).bytes(size: size, in: store)
        }
        #expect(try bytes("0/002") == store.nodes[0][512..<768].flatMap(\.bytes))
        #expect(try bytes("0/003.p/232") == store.nodes[0][768..<1000].flatMap(\.bytes))
        #expect(try bytes("0/003") == nil)
        #expect(try bytes("0/003.p/233") == nil)
        #expect(try bytes("0/003.p/5", size: 773) == store.nodes[0][768..<773].flatMap(\.bytes))
        #expect(try bytes("0/003.p/6", size: 773) == nil, "beyond what a checkpoint covers")
        #expect(try bytes("1/000.p/3") == store.nodes[8].flatMap(\.bytes))
        #expect(try bytes("1/000.p/4") == nil)
        #expect(try bytes("2/000.p/1") == nil)
    }
}
