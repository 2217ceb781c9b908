import EvidenceBundle
import Foundation
import Testing
import TransparencyLog

/// The same bundles before a verifier that shares no code with ours: Python's standard library and PyNaCl.
///
/// The set-up of the tests makes the environment that has PyNaCl.
@Suite("F2: an independent verifier")
struct PeerTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    private static let python = tests.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: ".build/evidence-peer/bin/python")

    private static func verify(_ bundle: URL, _ key: String) throws -> (status: Int32, words: String) {
        let process = Process()
        process.executableURL = python
        process.arguments = [tests.appending(path: "Peer/verify_bundle.py").path, bundle.path, key]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let words = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: words, as: UTF8.self))
    }

    @Test("finds a bundle sound that we find sound, and counts the same")
    func sound() throws {
        let (sample, scratch) = (try SampleBundle(records: 1234), try Scratch())
        try sample.write(sample.items(every: 3), to: scratch.file())
        let (status, words) = try Self.verify(scratch.file(), sample.signer.verifier.text)
        #expect(status == 0, "\(words)")
        #expect(words.hasPrefix("sound: 412 records of a log of 1234, 1236 files opened, log attestd.example/log"))
    }

    @Test("refuses another key, a changed record, a changed picture and a cut archive")
    func forged() throws {
        let (sample, scratch) = (try SampleBundle(records: 9), try Scratch())
        let key = sample.signer.verifier.text
        try sample.write(sample.items(), to: scratch.file())
        let other = try SampleBundle(records: 1, seed: 4).signer.verifier.text
        #expect(try Self.verify(scratch.file(), other).words == "not sound: not signed by this key\n")
        #expect(try Self.verify(scratch.file(), "nonsense").status == 1)

        var items = try sample.items()
        let text = String(decoding: items[2].record.body, as: UTF8.self)
        items[2].record.body = Array(text.replacing(#""match""#, with: #""watch""#).utf8)
        try sample.write(items, to: scratch.file("record.zip"))
        #expect(try Self.verify(scratch.file("record.zip"), key).words == "not sound: record 2 is not in the log\n")

        items = try sample.items()
        items[2].files["opened/2.jpg"]?[10] ^= 1
        try sample.write(items, to: scratch.file("picture.zip"))
        let found = try Self.verify(scratch.file("picture.zip"), key)
        #expect(found.words == "not sound: opened/2.jpg is not what was logged\n")

        items = try sample.items()
        items[2].files["opened/2.ticket"]?[1] ^= 1
        try sample.write(items, to: scratch.file("ticket.zip"))
        let ticket = try Self.verify(scratch.file("ticket.zip"), key)
        #expect(ticket.words == "not sound: opened/2.ticket is not what was logged\n")

        try Data(contentsOf: scratch.file()).dropLast(30).write(to: scratch.file("cut.zip"))
        #expect(try Self.verify(scratch.file("cut.zip"), key).status == 1)
    }
}
