import Cryptography
import Foundation
import TransparencyLog

/// Logs, leaves and keys that the tests share.
enum Samples {
    /// The eight leaves of the Certificate Transparency reference tests.
    static let referenceLeaves: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        [UInt8](0x60...0x6f),
    ]

    static func leaves(_ count: Int) -> [SHA256Digest] {
        (0..<count).map { MerkleTree.leafHash(Array("leaf \($0)".utf8)) }
    }

    static func bodies(_ range: Range<Int>) throws -> [LogBody] {
        try range.map { number in
            try SealedRecord(
                kind: number % 3 == 0 ? "grade" : "identification",
                timestamp: Date(timeIntervalSince1970: 1_757_000_000 + Double(number) / 8),
                subject: "subject-\(number % 7)",
                payloadDigest: .hash(utf8: "box \(number)"),
                facts: ["outcome": "match", "number": .integer(Int64(number))]
            ).body()
        }
    }

    static func store(_ count: Int) throws -> InMemoryLogStore {
        let store = InMemoryLogStore()
        try Log.append(bodies(0..<count), to: store)
        return store
    }

    static func signer(_ name: String = "log.example/exams", seed: UInt8 = 7) throws -> NoteSigner {
        let seed = SecretBytes(copying: [UInt8](repeating: seed, count: 32))
        return try NoteSigner(name: name, key: SigningKey(seed: seed))
    }
}

extension SHA256Digest {
    /// The digest with one bit changed.
    func flipping(_ bit: Int) throws -> SHA256Digest {
        var bytes = bytes
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        return try SHA256Digest(bytes: bytes)
    }
}
