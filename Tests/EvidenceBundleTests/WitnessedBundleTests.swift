import Cryptography
import EvidenceBundle
import Foundation
import Testing
import TransparencyLog

@Suite("F2: a bundle whose checkpoint witnesses have cosigned")
struct WitnessedBundleTests {
    private final class Memory: WitnessStore {
        var states: [String: WitnessedState] = [:]
        func witnessedState(of origin: String) -> WitnessedState? { states[origin] }
        func setWitnessedState(_ state: WitnessedState, of origin: String) { states[origin] = state }
    }

    @Test("so many of the trusted witnesses as asked for, for both verifiers; strangers count for nothing")
    func witnessed() throws {
        let (sample, scratch) = (try SampleBundle(records: 12), try Scratch())
        let key = sample.signer.verifier
        let witnesses = try ["one.example", "two.example", "three.example"].map { name in
            Witness(signer: try CosignatureSigner(name: name, key: .generate()), logs: [key.name: [key]])
        }
        let plain = try #require(sample.store.latestCheckpoint())
        let request = WitnessRequest(oldSize: 0, proof: [], checkpoint: plain)
        let lines = try witnesses.prefix(2).map { witness -> String in
            guard case .cosigned(let line) = try witness.answer(request.bytes, at: 1_757_000_000, in: Memory()) else {
                return ""
            }
            return line
        }
        try sample.write(sample.items(), to: scratch.file(), checkpoint: plain.adding(lines: lines))
        let (one, two, three) = (witnesses[0].verifier, witnesses[1].verifier, witnesses[2].verifier)
        let impostor = try CosignatureVerifier(name: "one.example", key: three.key)
        let cases: [(keys: [CosignatureVerifier], threshold: Int?, isSound: Bool)] = [
            ([one], nil, true), ([one, two], nil, true), ([one, two, three], nil, false), ([one, two, three], 2, true),
            ([three], nil, false), ([impostor], nil, false), ([impostor, two], 1, true), ([one, three], 2, false),
        ]
        for (keys, threshold, isSound) in cases {
            let trusted = try #require(TrustedWitnesses(keys, threshold: threshold))
            let report = BundleVerifier.verify(scratch.file(), key: key, witnesses: trusted)
            #expect(report.isSound == isSound, "\(keys.map(\.name)) \(threshold ?? -1): \(report.problems)")
            #expect(isSound || report.problems.map(\.code) == [.witness])
            var words = keys.flatMap { ["--witness", $0.text] }
            if let threshold { words += ["--witness-threshold", "\(threshold)"] }
            let peer = try PeerTests.verify(scratch.file(), key.text, words)
            #expect((peer.status == 0) == isSound, "\(peer.words)")
        }
        let report = BundleVerifier.verify(scratch.file(), key: key)
        #expect(report.isSound && report.cosignedAt.isEmpty, "who asks for no witness is told of none")
        #expect(TrustedWitnesses([one, one]) == nil)
        #expect(TrustedWitnesses([one, impostor]) == nil)
        #expect(TrustedWitnesses([one], threshold: 2) == nil)
        #expect(TrustedWitnesses([one], threshold: 0) == nil)
        #expect(TrustedWitnesses([]) == nil)
    }
}
