import Archives
import Cryptography
import Foundation
import Testing
import TransparencyLog

@testable import EvidenceBundle

/// Bundles made of a stored log of 1 000 entries that somebody altered, under the checkpoint that was signed before.
///
/// What the verifier does with a record is run in memory for every single byte; whole archives are written and read for
/// samples and for what was done to whole entries.
@Suite("F2: a bundle of an altered log of 1 000 entries does not verify")
struct AlteredLogTests {
    private static let count = 1000
    private let sample: SampleBundle
    private let checkpoint: Checkpoint

    init() throws {
        sample = try SampleBundle(records: Self.count)
        checkpoint = try #require(sample.store.latestCheckpoint())
    }

    private func record(_ index: Int, body: [UInt8]? = nil) throws -> BundleRecord {
        BundleRecord(
            index: UInt64(index),
            body: body ?? sample.store.entries[index].body,
            proof: try Log.inclusionProof(index: UInt64(index), size: checkpoint.size, in: sample.store)
        )
    }

    private func isIncluded(_ record: BundleRecord) -> Bool {
        if case .included = record.checked(against: checkpoint) { true } else { false }
    }

    @Test("each byte of each entry's body")
    func bodies() throws {
        for index in 0..<Self.count {
            var record = try record(index)
            #expect(isIncluded(record))
            for place in record.body.indices {
                record.body[place] ^= 1 << UInt8(place % 8)
                if isIncluded(record) { Issue.record("entry \(index), byte \(place): not found") }
                record.body[place] ^= 1 << UInt8(place % 8)
            }
        }
    }

    @Test("each byte of each tree node, in the proof of a record that needs it")
    func nodes() throws {
        let store = sample.store
        for level in store.nodes.indices {
            for index in store.nodes[level].indices {
                // A record on the other side of the node's sibling: its proof holds the node, alone or joined with others.
                let end = (index + 1) << level
                let neighbour = index.isMultiple(of: 2) && end < Self.count ? end : index << level - 1
                guard neighbour >= 0 else { continue }
                let original = store.nodes[level][index]
                for place in 0..<32 {
                    var bytes = original.bytes
                    bytes[place] ^= 1 << UInt8(place % 8)
                    store.nodes[level][index] = try SHA256Digest(bytes: bytes)
                    if isIncluded(try record(neighbour)) { Issue.record("node \(level)/\(index), byte \(place)") }
                }
                store.nodes[level][index] = original
                #expect(isIncluded(try record(neighbour)))
            }
        }
    }

    @Test("each byte of the signed checkpoint")
    func checkpoints() throws {
        let note = Array(checkpoint.encoded.utf8)
        for place in note.indices {
            var changed = note
            changed[place] ^= 1 << UInt8(place % 8)
            let read = try? Checkpoint(encoded: String(decoding: changed, as: UTF8.self))
            let isBelieved = read.map { $0.verify(with: [sample.signer.verifier]).isVerified } ?? false
            if isBelieved { Issue.record("byte \(place): not found") }
        }
    }

    /// The log after somebody has worked on its entries, and built the tree over them anew.
    private func bundle(of entries: [LogEntry], in scratch: Scratch) throws -> BundleReport {
        let altered = InMemoryLogStore()
        try Log.append(entries.map { try LogBody(bytes: $0.body) }, to: altered)
        let items = try (0..<min(altered.logSize(), checkpoint.size)).map { index in
            let entry = altered.entries[Int(index)]
            let size = min(altered.logSize(), checkpoint.size)
            let proof = try Log.inclusionProof(index: index, size: size, in: altered)
            return BundleWriter.Item(record: BundleRecord(index: index, body: entry.body, proof: proof), files: [:])
        }
        try sample.write(items, to: scratch.file())
        return BundleVerifier.verify(scratch.file(), key: sample.signer.verifier)
    }

    @Test("entries dropped, swapped, repeated and cut off, wherever in the log", arguments: [0, 1, 499, 511, 512, 998])
    func rearranged(place: Int) throws {
        let (entries, scratch) = (sample.store.entries, try Scratch())
        #expect(try bundle(of: entries, in: scratch).isSound)
        var dropped = entries
        dropped.remove(at: place)
        var swapped = entries
        swapped.swapAt(place, place + 1)
        var repeated = entries
        repeated.insert(entries[place], at: place)
        for (name, altered) in [("dropped", dropped), ("swapped", swapped), ("repeated", repeated)] {
            let report = try bundle(of: altered, in: scratch)
            #expect(report.problems.first?.code == .proof, "\(name) at \(place)")
        }
        let cut = try bundle(of: Array(entries.prefix(place + 1)), in: scratch)
        #expect(!cut.isSound && Set(cut.problems.map(\.code)) == [.proof])
    }

    @Test("a line dropped, swapped, repeated or cut off in the archive itself", arguments: [0, 1, 499, 998])
    func lines(place: Int) throws {
        let scratch = try Scratch()
        try sample.write(try (0..<Self.count).map { .init(record: try record($0), files: [:]) }, to: scratch.file())
        let archive = try ZipArchive(file: scratch.file())
        let name = BundleFormat.records(1)
        let content = try #require(try archive.read(name))
        let lines = content.split(separator: 0x0a)
        try #require(lines.count == Self.count)
        var dropped = lines
        dropped.remove(at: place)
        var swapped = lines
        swapped.swapAt(place, place + 1)
        var repeated = lines
        repeated.insert(lines[place], at: place)
        let whole = [dropped, swapped, repeated, Array(lines.prefix(place))].map {
            Array($0.joined(separator: [0x0a])) + [0x0a]
        }
        for changed in whole + [Array(content.prefix(lines[0].count * place + 7))] {
            let zip = try ZipWriter(file: scratch.file("changed.zip"), waitingIn: scratch.folder)
            for other in archive.names { try zip.add(other, Data(other == name ? changed : archive.read(other) ?? [])) }
            try zip.finish()
            let report = BundleVerifier.verify(scratch.file("changed.zip"), key: sample.signer.verifier)
            #expect(report.problems.contains { $0.code == .digest && $0.file == name })
        }
    }
}
