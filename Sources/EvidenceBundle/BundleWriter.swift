import Archives
import Cryptography
public import Foundation
public import TransparencyLog

/// Writes a bundle, a few records with their files at a time; memory stays the same whatever their number.
public final class BundleWriter {
    /// The next records for the bundle with the files that they open; none at the end.
    public typealias Source = (_ limit: Int) throws -> [Item]

    /// A record, and the content of the files that it opens.
    public struct Item: Sendable {
        /// The record.
        public var record: BundleRecord
        /// The files' content by their names in the bundle.
        public var files: [String: Data]

        /// Makes one.
        public init(record: BundleRecord, files: [String: Data] = [:]) {
            self.record = record
            self.files = files
        }
    }

    /// Records with their pictures that are in memory at a time.
    static let recordsAtOnce = 50

    private let checkpoint: Checkpoint
    private let signer: NoteSigner
    private let madeAt: Date
    /// The version that the bundle says of itself.
    var title = BundleFormat.title

    /// Begins a bundle whose proofs lead to `checkpoint`.
    public init(checkpoint: Checkpoint, signer: NoteSigner, madeAt: Date) {
        self.checkpoint = checkpoint
        self.signer = signer
        self.madeAt = madeAt
    }

    /// Writes the bundle to `file`, with `timeStamp` (RFC 3161, DER) where there is one.
    ///
    /// - Returns: how many records it has.
    /// - Throws: `ArchiveRefusal` when it cannot be written; what `source` throws.
    @discardableResult
    public func write(to file: URL, timeStamp: Data? = nil, from source: Source) throws -> Int {
        // Beside the bundle: what is personal stays in the folder that was chosen for it.
        let zip = try ZipWriter(file: file, waitingIn: file.deletingLastPathComponent())
        var sums: [(String, SHA256Digest)] = []
        func add(_ name: String, _ data: Data) throws {
            sums.append((name, SHA256Digest.hash(data)))
            try zip.add(name, data)
        }
        for (language, text) in BundleReadme.texts { try add("README.\(language).txt", Data(text.utf8)) }
        try add(BundleFormat.key, Data((signer.verifier.text + "\n").utf8))
        try add(BundleFormat.checkpoint, Data(checkpoint.encoded.utf8))
        if let timeStamp { try add(BundleFormat.timeStamp, timeStamp) }
        var count = 0
        var lines: [UInt8] = []
        func endFile() throws {
            try add(BundleFormat.records((count - 1) / BundleFormat.recordsPerFile + 1), Data(lines))
            lines.removeAll(keepingCapacity: true)
        }
        while true {
            let items = try source(Self.recordsAtOnce)
            if items.isEmpty { break }
            for item in items {
                lines += try item.record.line() + [0x0a]
                for (name, data) in item.files.sorted(by: { $0.key < $1.key }) { try add(name, data) }
                count += 1
                if count.isMultiple(of: BundleFormat.recordsPerFile) { try endFile() }
            }
        }
        if !lines.isEmpty { try endFile() }
        let list = Data(sums.map { "\($1.hex)  \($0)\n" }.joined().utf8)
        try zip.add(BundleFormat.sums, list)
        let text = """
            \(signer.name)
            \(title)
            \(LogTimestamp.text(madeAt))
            \(SHA256Digest.hash(list).hex)

            """
        try zip.add(BundleFormat.note, Data(SignedNote(text: text, signers: [signer]).encoded.utf8))
        try zip.finish()
        return count
    }
}
