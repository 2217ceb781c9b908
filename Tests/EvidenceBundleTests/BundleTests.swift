import Archives
import Cryptography
import Foundation
import Testing
import TransparencyLog

@testable import EvidenceBundle

@Suite("F2: the evidence bundle")
struct BundleTests {
    private static func codes(_ report: BundleReport) -> Set<BundleReport.Problem.Code> {
        Set(report.problems.map(\.code))
    }

    @Test("a bundle of some records is sound with nothing but the key", arguments: [(1, 1), (7, 2), (2500, 9)])
    func sound(records: Int, step: Int) throws {
        let (sample, scratch) = (try SampleBundle(records: records), try Scratch())
        let items = try sample.items(every: step)
        try sample.write(items, to: scratch.file())
        let report = BundleVerifier.verify(scratch.file(), key: sample.signer.verifier)
        #expect(report.isSound, "\(report.problems)")
        #expect(report.records == items.count)
        #expect(report.opened == 3 * items.count)
        #expect(report.logSize == UInt64(records))
        #expect(report.origin == "attestd.example/log")
        #expect(report.madeAt == Date(timeIntervalSince1970: 1_757_100_000))
        #expect(try BundleVerifier.enclosedKey(of: scratch.file()) == sample.signer.verifier)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["bundle.zip"])
    }

    @Test(
        "bundles of the first version are read, those of no known version are not",
        arguments: [("attestd evidence bundle 1", true), ("attestd evidence bundle 3", false)]
    )
    func versions(title: String, isRead: Bool) throws {
        let (sample, scratch) = (try SampleBundle(records: 3), try Scratch())
        let items = try sample.items().map { item in
            var item = item
            item.files = item.files.filter { !$0.key.hasSuffix(".ticket") }
            item.record.opened.removeAll(where: \.isPlain)
            return item
        }
        try sample.write(items, to: scratch.file(), title: title)
        let report = BundleVerifier.verify(scratch.file(), key: sample.signer.verifier)
        #expect(report.isSound == isRead && report.opened == 6, "\(report.problems)")
        #expect(isRead || Self.codes(report) == [.signature])
    }

    @Test("the same content makes the same bytes")
    func same() throws {
        let (sample, scratch) = (try SampleBundle(records: 20), try Scratch())
        let items = try sample.items()
        try sample.write(items, to: scratch.file("a.zip"))
        try sample.write(items, to: scratch.file("b.zip"))
        #expect(try Data(contentsOf: scratch.file("a.zip")) == Data(contentsOf: scratch.file("b.zip")))
    }

    @Test("another key, even one of the same name, is told at once")
    func otherKey() throws {
        let (sample, scratch) = (try SampleBundle(records: 3), try Scratch())
        try sample.write(sample.items(), to: scratch.file())
        let other = try SampleBundle(records: 1, seed: 4).signer.verifier
        let report = BundleVerifier.verify(scratch.file(), key: other)
        #expect(Self.codes(report) == [.signature])
        #expect(report.records == 0, "nothing is read on")
    }

    /// What somebody who can sign bundles could do to the records in them, and what finds it.
    private struct Forgery {
        let name: String
        let code: BundleReport.Problem.Code
        let forge: @Sendable (inout [BundleWriter.Item]) -> Void

        init(
            _ name: String,
            _ code: BundleReport.Problem.Code,
            _ forge: @escaping @Sendable (inout [BundleWriter.Item]) -> Void
        ) {
            self.name = name
            self.code = code
            self.forge = forge
        }
    }

    private static let forgeries: [Forgery] = [
        Forgery("one letter of a record's body", .proof) {
            let text = String(decoding: $0[2].record.body, as: UTF8.self)
            $0[2].record.body = Array(text.replacing("match", with: "watch").utf8)
        },
        Forgery("a record under another number", .proof) { $0[2].record.index += 1 },
        Forgery("two records exchanged", .record) { $0.swapAt(1, 2) },
        Forgery("a record twice", .record) { $0.insert($0[2], at: 2) },
        Forgery("a proof without its last step", .proof) { $0[2].record.proof.removeLast() },
        Forgery("a proof with a step too many", .proof) { $0[2].record.proof.append(.hash(utf8: "x")) },
        Forgery("one byte of an opened picture", .opened) { $0[2].files["opened/2.jpg"]?[10] ^= 1 },
        Forgery("the picture of another record", .opened) {
            $0[2].files["opened/2.jpg"] = $0[3].files["opened/3.jpg"]
        },
        Forgery("a box that the record does not name", .opened) {
            $0[2].record.opened[1] = $0[3].record.opened[1]
            $0[2].record.opened[1].file = "opened/2.jpg"
            $0[2].files["opened/2.jpg"] = $0[3].files["opened/3.jpg"]
        },
        Forgery("a key for the box that is another's", .opened) { $0[2].record.opened[1].key[0] ^= 1 },
        Forgery("one byte of a ticket", .opened) { $0[2].files["opened/2.ticket"]?[1] ^= 1 },
        Forgery("a ticket that is another's", .opened) {
            $0[2].record.opened[2] = $0[3].record.opened[2]
            $0[2].record.opened[2].file = "opened/2.ticket"
            $0[2].files["opened/2.ticket"] = $0[3].files["opened/3.ticket"]
        },
        Forgery("a picture shown without its box", .opened) {
            let picture = $0[2].files["opened/2.jpg"] ?? Data()
            $0[2].record.opened[1] = .init(file: "opened/2.jpg", digest: SHA256Digest.hash(picture))
        },
        Forgery("a picture shown as a file of the box's digest", .opened) {
            $0[2].record.opened[1] = .init(file: "opened/2.jpg", digest: $0[2].record.opened[1].digest)
        },
        Forgery("a file that no record opens", .files) { $0[2].files["opened/more.jpg"] = Data([1]) },
        Forgery("an opened file left out", .files) { $0[2].files["opened/2.jpg"] = nil },
    ]

    @Test("a forged record in an otherwise rightly signed bundle is found", arguments: forgeries.indices)
    func forged(index: Int) throws {
        let forgery = Self.forgeries[index]
        let (sample, scratch) = (try SampleBundle(records: 9), try Scratch())
        var items = try sample.items()
        forgery.forge(&items)
        try sample.write(items, to: scratch.file())
        let report = BundleVerifier.verify(scratch.file(), key: sample.signer.verifier)
        #expect(!report.isSound, "\(forgery.name)")
        #expect(Self.codes(report).contains(forgery.code), "\(forgery.name): \(report.problems)")
    }

    @Test("any changed byte of any file's content is found")
    func everyByte() throws {
        let (sample, scratch) = (try SampleBundle(records: 1), try Scratch())
        try sample.write(sample.items(), to: scratch.file())
        let archive = try ZipArchive(file: scratch.file())
        let files = try archive.names.map { ($0, Data(try archive.read($0) ?? [])) }
        for (place, (name, content)) in files.enumerated() where !name.hasPrefix("README") {
            for offset in content.indices {
                var changed = content
                changed[offset] ^= 1 << UInt8(offset % 8)
                let target = scratch.file("changed.zip")
                let zip = try ZipWriter(file: target, waitingIn: scratch.folder)
                for (other, (name, content)) in files.enumerated() {
                    try zip.add(name, other == place ? changed : content)
                }
                try zip.finish()
                let report = BundleVerifier.verify(target, key: sample.signer.verifier)
                #expect(!report.isSound, "\(name), byte \(offset)")
            }
        }
    }

    @Test("what is no bundle is told in words: nothing, text, a cut archive, an empty one")
    func noBundle() throws {
        let (sample, scratch) = (try SampleBundle(records: 3), try Scratch())
        try sample.write(sample.items(), to: scratch.file())
        let whole = try Data(contentsOf: scratch.file())
        let empty = try ZipWriter(file: scratch.file("empty.zip"))
        try empty.add("a", Data())
        try empty.finish()
        for data in [Data(), Data("hello".utf8), whole.prefix(whole.count / 2), whole.dropLast(3)] {
            try data.write(to: scratch.file("broken.zip"))
            let report = BundleVerifier.verify(scratch.file("broken.zip"), key: sample.signer.verifier)
            #expect(Self.codes(report) == [.archive])
        }
        let report = BundleVerifier.verify(scratch.file("empty.zip"), key: sample.signer.verifier)
        #expect(Self.codes(report) == [.files, .checkpoint])
        #expect(BundleVerifier.verify(scratch.file("none.zip"), key: sample.signer.verifier).problems.count == 1)
    }

    @Test("an error where records come from leaves no bundle and no folder")
    func brokenSource() throws {
        struct Gone: Error {}
        let (sample, scratch) = (try SampleBundle(records: 3), try Scratch())
        let checkpoint = try #require(sample.store.latestCheckpoint())
        let writer = BundleWriter(checkpoint: checkpoint, signer: sample.signer, madeAt: Date())
        #expect(throws: Gone.self) { try writer.write(to: scratch.file()) { _ in throw Gone() } }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).isEmpty)
    }
}
