public import Cryptography
import TransparencyLog

/// A record of the log with its proof, and what of it is opened.
public struct BundleRecord: Hashable, Sendable {
    /// Something that the record commits to, in plain: by the digest of the box in which it was sealed, or by that of the
    /// file itself.
    public struct Opened: Hashable, Sendable {
        /// The file in the bundle.
        public var file: String
        /// The digest of the sealed box or of the file, as the body states it.
        public var digest: SHA256Digest
        /// The key of that box; empty where the record names the file's own digest.
        public var key: [UInt8]
        /// The nonce of that box.
        public var nonce: [UInt8]
        /// What the box was bound to: its associated data.
        public var boundTo: [UInt8]

        /// Makes one.
        public init(file: String, digest: SHA256Digest, key: [UInt8], nonce: [UInt8], boundTo: [UInt8]) {
            self.file = file
            self.digest = digest
            self.key = key
            self.nonce = nonce
            self.boundTo = boundTo
        }

        /// A file whose own digest the record names.
        public init(file: String, digest: SHA256Digest) {
            self.init(file: file, digest: digest, key: [], nonce: [], boundTo: [])
        }

        /// Whether the record names the file's own digest.
        var isPlain: Bool { key.isEmpty && nonce.isEmpty && boundTo.isEmpty }
    }

    /// The place in the log.
    public var index: UInt64
    /// The canonical JSON that is the leaf.
    public var body: [UInt8]
    /// The inclusion proof, from the leaf upwards.
    public var proof: [SHA256Digest]
    /// What is opened.
    public var opened: [Opened]

    /// Makes a record.
    public init(index: UInt64, body: [UInt8], proof: [SHA256Digest], opened: [Opened] = []) {
        self.index = index
        self.body = body
        self.proof = proof
        self.opened = opened
    }
}

extension BundleRecord {
    /// What its proof shows.
    enum Verdict {
        /// It is in the log, and this is what it says.
        case included(SealedRecord)
        /// The proof does not lead from it to the checkpoint.
        case notIncluded
        /// It is in the log, but no record of a known version.
        case unknownForm
    }

    /// Follows the proof to a checkpoint whose signature is checked already.
    func checked(against checkpoint: Checkpoint) -> Verdict {
        let isIncluded = MerkleTree.verifyInclusion(
            of: MerkleTree.leafHash(body),
            index: index,
            size: checkpoint.size,
            proof: proof,
            root: checkpoint.root
        )
        guard isIncluded else { return .notIncluded }
        return (try? SealedRecord(body: body)).map(Verdict.included) ?? .unknownForm
    }

    /// The line, without its newline: canonical JSON (RFC 8785).
    func line() throws -> [UInt8] {
        let opened = opened.map { opened -> JSONValue in
            if opened.isPlain { return ["file": .string(opened.file), "sha256": .string(opened.digest.hex)] }
            return [
                "file": .string(opened.file),
                "sha256": .string(opened.digest.hex),
                "key": .string(Base64.encode(opened.key)),
                "nonce": .string(Base64.encode(opened.nonce)),
                "bound_to": .string(Base64.encode(opened.boundTo)),
            ]
        }
        return try CanonicalJSON.encode([
            "index": .integer(Int64(clamping: index)),
            "body": .string(String(decoding: body, as: UTF8.self)),
            "proof": .array(proof.map { .string(Base64.encode($0.bytes)) }),
            "opened": .array(opened),
        ])
    }

    /// A record from its line; nil when it is none. Unknown members are refused: nobody would check them.
    init?(line: [UInt8]) {
        guard case .object(let members)? = try? CanonicalJSON.decode(line),
            Set(members.keys) == ["index", "body", "proof", "opened"],
            case .integer(let index)? = members["index"], let index = UInt64(exactly: index),
            case .string(let body)? = members["body"],
            case .array(let proof)? = members["proof"], proof.count <= 64,
            case .array(let opened)? = members["opened"], opened.count <= 1000
        else { return nil }
        let digests = proof.compactMap { value -> SHA256Digest? in
            Self.bytes(value).flatMap { try? SHA256Digest(bytes: $0) }
        }
        let values = opened.compactMap(Opened.init)
        guard digests.count == proof.count, values.count == opened.count else { return nil }
        self.init(index: index, body: Array(body.utf8), proof: digests, opened: values)
    }

    fileprivate static func bytes(_ value: JSONValue?) -> [UInt8]? {
        guard case .string(let text)? = value else { return nil }
        return try? Array(Base64.decode(text))
    }
}

extension BundleRecord.Opened {
    fileprivate init?(_ value: JSONValue) {
        guard case .object(let members) = value,
            case .string(let file)? = members["file"], file.hasPrefix("opened/"),
            case .string(let hex)? = members["sha256"], let digest = try? SHA256Digest(hex: hex)
        else { return nil }
        if Set(members.keys) == ["file", "sha256"] {
            self.init(file: file, digest: digest)
            return
        }
        guard Set(members.keys) == ["file", "sha256", "key", "nonce", "bound_to"],
            let key = BundleRecord.bytes(members["key"]), !key.isEmpty,
            let nonce = BundleRecord.bytes(members["nonce"]), let boundTo = BundleRecord.bytes(members["bound_to"])
        else { return nil }
        self.init(file: file, digest: digest, key: key, nonce: nonce, boundTo: boundTo)
    }
}
