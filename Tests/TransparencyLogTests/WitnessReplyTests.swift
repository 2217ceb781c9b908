import Cryptography
import Foundation
import Testing
import TransparencyLog

@Suite("F1: what a witness of this log answers")
struct WitnessReplyTests {
    private let log: NoteSigner
    private let witness: Witness
    private let other: Witness
    private let store = InMemoryLogStore()

    private final class Memory: WitnessStore {
        var states: [String: WitnessedState] = [:]
        func witnessedState(of origin: String) -> WitnessedState? { states[origin] }
        func setWitnessedState(_ state: WitnessedState, of origin: String) { states[origin] = state }
    }

    init() throws {
        let log = try NoteSigner(name: "log.example", key: .generate())
        self.log = log
        func witness(_ name: String) throws -> Witness {
            Witness(signer: try CosignatureSigner(name: name, key: .generate()), logs: ["log.example": [log.verifier]])
        }
        self.witness = try witness("w1.example")
        other = try witness("w2.example")
    }

    private func request(from old: UInt64 = 0) throws -> WitnessRequest {
        let record = SealedRecord(kind: "test", timestamp: Date(timeIntervalSince1970: 1_757_000_000))
        try Log.append([record.body()], to: store)
        let checkpoint = try Log.publishCheckpoint(signer: log, in: store)
        return WitnessRequest(oldSize: old, proof: [], checkpoint: checkpoint)
    }

    private func cosigned(_ request: WitnessRequest, by witness: Witness) throws -> String {
        guard case .cosigned(let line) = try witness.answer(request.bytes, at: 1_757_000_001, in: Memory()) else {
            throw TransparencyLogError(.malformedNote, "not cosigned")
        }
        return line
    }

    @Test("its own cosignature counts, another's, a changed one and none do not")
    func cosignatures() throws {
        let request = try request()
        let own = try cosigned(request, by: witness)
        let foreign = try cosigned(request, by: other)
        func read(_ text: String) -> WitnessReply {
            WitnessReply(status: 200, body: Array(text.utf8), to: request, from: witness.verifier)
        }
        #expect(read(own) == .cosigned([own]))
        #expect(read(foreign + own) == .cosigned([own]), "others' lines are left out")
        let end = own.index(own.endIndex, offsetBy: -10)
        let changed = own.replacingCharacters(in: end...end, with: own[end] == "A" ? "B" : "A")
        for wrong in [foreign, "", "\n", "— ", changed, own + own.dropLast() + "x\n", "<html>"] {
            #expect(read(wrong) == .trouble(.badCosignature), "\(wrong)")
        }
        let later = try cosigned(try self.request(), by: witness)
        #expect(read(later) == .trouble(.badCosignature), "the cosignature of another checkpoint")
        let checkpoint = try request.checkpoint.adding(lines: [own])
        #expect(witness.verifier.timestamp(of: checkpoint.note) == 1_757_000_001)
        #expect(checkpoint.verify(with: [log.verifier]).isVerified && checkpoint.root == request.checkpoint.root)
    }

    @Test(
        "other answers",
        arguments: [
            (409, "7\n", WitnessReply.knows(7)), (409, "3\n", .trouble(.forked)), (409, "0\n", .knows(0)),
            (409, "7", .trouble(.unavailable)), (409, "many\n", .trouble(.unavailable)),
            (409, "-1\n", .trouble(.unavailable)), (422, "", .trouble(.forked)), (403, "", .trouble(.unknownHere)),
            (404, "", .trouble(.unknownHere)), (400, "", .trouble(.unavailable)), (500, "", .trouble(.unavailable)),
            (302, "", .trouble(.unavailable)), (204, "", .trouble(.unavailable)),
        ]
    )
    func others(status: Int, body: String, expected: WitnessReply) throws {
        var request = try request()
        request.oldSize = 3
        #expect(WitnessReply(status: status, body: Array(body.utf8), to: request, from: witness.verifier) == expected)
    }

    @Test("a witness that fails is asked later and later, five minutes at most")
    func backingOff() {
        var standing = WitnessStanding(witness: "w")
        let now = Date(timeIntervalSince1970: 1_757_000_000)
        var pauses: [Double] = []
        for _ in 0..<12 {
            standing.fail(.unavailable, at: now)
            pauses.append(standing.nextTryAt.timeIntervalSince(now))
        }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
        #expect(WitnessStanding.Trouble.allCases.filter(\.isRefusal) == [.ahead, .forked])
    }
}
