import Cryptography
import Foundation
import Testing
import TransparencyLog

@Suite("Records and bodies")
struct RecordTests {
    private static let moment = Date(timeIntervalSince1970: 1_756_715_400.123)

    @Test("a sealed record's body is canonical, and reads back")
    func roundTrip() throws {
        let record = SealedRecord(
            kind: "identification",
            timestamp: Self.moment,
            subject: "s-1",
            payloadDigest: .hash(utf8: "box"),
            facts: ["outcome": "match", "attempt": 2]
        )
        let body = try record.body()
        #expect(
            String(decoding: body.bytes, as: UTF8.self)
                == #"{"at":"2025-09-01T08:30:00.123Z","facts":{"attempt":2,"outcome":"match"},"kind":"identification","#
                + #""payload_sha256":"\#(SHA256Digest.hash(utf8: "box").hex)","subject":"s-1","v":1}"#
        )
        #expect(body.kind == "identification")
        #expect(body.timestamp == record.timestamp)
        #expect(try SealedRecord(body: body.bytes) == record)
        #expect(try LogBody(bytes: body.bytes) == body)
    }

    @Test("a record about nobody leaves person and payload out")
    func impersonal() throws {
        let record = SealedRecord(kind: "start", timestamp: Self.moment)
        let text = String(decoding: try record.body().bytes, as: UTF8.self)
        #expect(text == #"{"at":"2025-09-01T08:30:00.123Z","facts":{},"kind":"start","v":1}"#)
        #expect(try SealedRecord(body: Array(text.utf8)) == record)
    }

    @Test("the leaf and its proof stay right when the person's key is gone")
    func erasure() throws {
        let plaintext = Array("Ivanova, 4509 123456".utf8)
        let box: SealedBox
        do {
            let personalKey = SealingKey.random()
            box = personalKey.seal(plaintext)
        }
        let store = try Samples.store(20)
        let record = SealedRecord(
            kind: "identification",
            timestamp: Self.moment,
            subject: "s-1",
            payloadDigest: box.digest
        )
        try Log.append([record.body()], to: store)
        let proof = try Log.inclusionProof(index: 20, size: 21, in: store)
        let root = try Log.root(size: 21, in: store)
        let entry = store.entries[20]
        #expect(MerkleTree.verifyInclusion(of: entry.leafHash, index: 20, size: 21, proof: proof, root: root))
        #expect(try SealedRecord(body: entry.body).payloadDigest == box.digest)
        #expect(try Log.fsck(store).isSound)
        for bytes in store.entries.map(\.body) + [box.bytes] {
            #expect(Data(bytes).range(of: Data(plaintext)) == nil)
        }
    }

    @Test(
        "what is no record of version 1 is refused",
        arguments: [
            #"{"at":"2025-09-01T08:30:00.123Z","facts":{},"kind":"start"}"#,
            #"{"at":"2025-09-01T08:30:00.123Z","facts":{},"kind":"start","v":2}"#,
            #"{"at":"2025-09-01T08:30:00.123Z","kind":"start","v":1}"#,
            #"{"at":"2025-09-01T08:30:00.123Z","facts":{},"kind":"start","name":"x","v":1}"#,
            #"{"at":"2025-09-01T08:30:00.123Z","facts":{},"kind":"start","subject":1,"v":1}"#,
            #"{"at":"2025-09-01T08:30:00.123Z","facts":{},"kind":"start","payload_sha256":"AA","v":1}"#,
            #"{"at":"2025-09-01T08:30:00.123Z","facts":{},"kind":"Start","v":1}"#,
            #"{"at":"2025-09-01T08:30:00Z","facts":{},"kind":"start","v":1}"#,
            #"{"facts":{},"kind":"start","v":1}"#, "[]", "1",
        ]
    )
    func malformed(text: String) {
        #expect(throws: TransparencyLogError(.malformedRecord, "")) { try SealedRecord(body: Array(text.utf8)) }
    }

    @Test("a body that is not canonical is refused")
    func notCanonical() throws {
        let text = #"{"kind":"start","at":"2025-09-01T08:30:00.123Z"}"#
        #expect(throws: TransparencyLogError(.malformedJSON, "")) { try LogBody(bytes: Array(text.utf8)) }
        #expect(throws: Never.self) { try LogBody(CanonicalJSON.decode(Array(text.utf8))) }
    }

    @Test(
        "moments are written with three decimals in UTC, and read back",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] as [(Int64, String)]
    )
    func moments(milliseconds: Int64, text: String) throws {
        let date = LogTimestamp.date(milliseconds: milliseconds)
        #expect(LogTimestamp.text(date) == text)
        #expect(LogTimestamp.milliseconds(try #require(LogTimestamp.date(text))) == milliseconds)
    }

    @Test(
        "moments that do not exist or are written otherwise are refused",
        arguments: [
            "2025-02-29T00:00:00.000Z", "2100-02-29T00:00:00.000Z", "2025-13-01T00:00:00.000Z",
            "2025-00-01T00:00:00.000Z", "2025-01-00T00:00:00.000Z", "2025-01-32T00:00:00.000Z",
            "2025-01-01T24:00:00.000Z", "2025-01-01T00:60:00.000Z", "2025-01-01T00:00:60.000Z",
            "2025-01-01T00:00:00.00Z", "2025-01-01 00:00:00.000Z", "2025-01-01T00:00:00.000+",
            "+025-01-01T00:00:00.000Z",
            "",
        ]
    )
    func impossibleMoments(text: String) {
        #expect(LogTimestamp.date(text) == nil)
    }

    @Test("every day of four centuries is written as the calendar has it")
    func calendar() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        for day in stride(from: -60_000, to: 90_000, by: 17) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            let fields = calendar.dateComponents([.year, .month, .day], from: date)
            let text = LogTimestamp.text(date)
            #expect(text.prefix(4) == String(fields.year ?? 0))
            #expect(Int(text.dropFirst(5).prefix(2)) == fields.month)
            #expect(Int(text.dropFirst(8).prefix(2)) == fields.day)
            #expect(LogTimestamp.date(text) == date)
        }
    }
}
