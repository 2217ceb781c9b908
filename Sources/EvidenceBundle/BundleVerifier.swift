import Archives
import Cryptography
public import Foundation
public import TimeStamps
public import TransparencyLog

/// Checks a bundle with nothing but the bundle and the key; a fault is a value of the report.
public struct BundleVerifier {
    private let verifier: NoteVerifier
    private let authorities: TrustedAuthorities?
    private var report = BundleReport()
    private var sums: [String: SHA256Digest] = [:]
    private var checkpoint: Checkpoint?
    private var openedFiles: Set<String> = []
    private var lastIndex: UInt64?

    private init(_ verifier: NoteVerifier, _ authorities: TrustedAuthorities?) {
        self.verifier = verifier
        self.authorities = authorities
    }

    /// Checks the bundle in `file` against the key that is known to be the institution's.
    ///
    /// - Parameters:
    ///   - authorities: by whom the checkpoint must be stamped (RFC 3161); `nil` where a stamp is not asked for.
    ///   - progress: told how many records were checked, now and then.
    public static func verify(
        _ file: URL,
        key: NoteVerifier,
        authorities: TrustedAuthorities? = nil,
        progress: (Int) -> Void = { _ in }
    ) -> BundleReport {
        var run = BundleVerifier(key, authorities)
        do {
            try run.check(ZipArchive(file: file, limits: BundleFormat.limits), progress)
        } catch let refusal as ArchiveRefusal {
            run.report.add(.archive, file: refusal.file, refusal.en)
        } catch {
            run.report.add(.archive, "It cannot be read: \(error)")
        }
        return run.report
    }

    /// The key that a bundle brings with it: it proves nothing by itself.
    ///
    /// - Throws: when there is none.
    public static func enclosedKey(of file: URL) throws -> NoteVerifier {
        let archive = try ZipArchive(file: file, limits: BundleFormat.limits)
        let text = try archive.read(BundleFormat.key).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard text.last == "\n" else { throw TransparencyLogError(.malformedNote, "The bundle has no key.") }
        return try NoteVerifier(text: String(text.dropLast()))
    }

    private mutating func check(_ archive: ZipArchive, _ progress: (Int) -> Void) throws {
        try readSums(archive)
        try readCheckpoint(archive)
        guard let checkpoint else { return }
        try checkStamp(archive)
        var number = 1
        while archive.contains(BundleFormat.records(number)) {
            try checkRecords(archive, BundleFormat.records(number), checkpoint)
            progress(report.records)
            number += 1
        }
        let known = Set(BundleReadme.texts.map { "README.\($0.language).txt" })
            .union([BundleFormat.key, BundleFormat.checkpoint, BundleFormat.timeStamp])
        for name in archive.names where name != BundleFormat.sums && name != BundleFormat.note {
            guard let digest = sums.removeValue(forKey: name) else {
                report.add(.files, file: name, "The file is not in the list.")
                continue
            }
            if openedFiles.contains(name) || name.hasPrefix("records/") && isRecords(name, below: number) { continue }
            guard known.contains(name) else {
                report.add(.files, file: name, "No record tells of the file.")
                continue
            }
            // Records and what they open were hashed when they were read.
            if try archive.read(name).map({ SHA256Digest.hash($0) }) != digest {
                report.add(.digest, file: name, "The content is not the one listed.")
            }
        }
        for name in sums.keys.sorted() { report.add(.files, file: name, "The listed file is missing.") }
    }

    private func isRecords(_ name: String, below number: Int) -> Bool {
        Int(name.dropFirst("records/".count).prefix { $0.isNumber }).map {
            $0 >= 1 && $0 < number && BundleFormat.records($0) == name
        } ?? false
    }

    private mutating func readSums(_ archive: ZipArchive) throws {
        guard let list = try archive.read(BundleFormat.sums) else {
            return report.add(.files, file: BundleFormat.sums, "The list of digests is missing.")
        }
        for line in list.split(separator: 0x0a) {
            let text = String(decoding: line, as: UTF8.self)
            let name = String(text.dropFirst(66))
            guard text.utf8.count > 66, text.dropFirst(64).hasPrefix("  "),
                let digest = try? SHA256Digest(hex: String(text.prefix(64))),
                sums.updateValue(digest, forKey: name) == nil
            else {
                report.add(.files, file: BundleFormat.sums, "A line of the list is damaged or repeated.")
                continue
            }
        }
        guard let text = try archive.read(BundleFormat.note).map({ String(decoding: $0, as: UTF8.self) }),
            let note = try? SignedNote(encoded: text)
        else { return report.add(.signature, file: BundleFormat.note, "The signed note over the list is missing.") }
        let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
        guard note.verify(with: [verifier]).isVerified else {
            return report.add(.signature, file: BundleFormat.note, "\(verifier.name) has not signed it.")
        }
        guard lines.count == 5, lines[0] == verifier.name, BundleFormat.titles.contains(String(lines[1])),
            lines[4].isEmpty,
            let madeAt = LogTimestamp.date(String(lines[2])), SHA256Digest.hash(list).hex == lines[3]
        else { return report.add(.signature, file: BundleFormat.note, "The signed note is over another list.") }
        report.madeAt = madeAt
    }

    private mutating func readCheckpoint(_ archive: ZipArchive) throws {
        guard let text = try archive.read(BundleFormat.checkpoint).map({ String(decoding: $0, as: UTF8.self) }),
            let found = try? Checkpoint(encoded: text)
        else { return report.add(.checkpoint, file: BundleFormat.checkpoint, "There is no checkpoint.") }
        report.origin = found.origin
        report.logSize = found.size
        guard found.origin == verifier.name, found.verify(with: [verifier]).isVerified else {
            return report.add(.signature, file: BundleFormat.checkpoint, "\(verifier.name) has not signed it.")
        }
        checkpoint = found
    }

    private mutating func checkStamp(_ archive: ZipArchive) throws {
        guard let authorities else { return }
        guard let stamp = try archive.read(BundleFormat.timeStamp),
            let stamped = try archive.read(BundleFormat.checkpoint)
        else {
            return report.add(.timeStamp, file: BundleFormat.timeStamp, "The checkpoint has no time stamp.")
        }
        do {
            let digest = SHA256Digest.hash(stamped).bytes
            report.stampedAt = try TimeStamp(kept: Data(stamp), sha256: digest, trusted: authorities).time
        } catch let error as TimeStampError {
            report.add(.timeStamp, file: BundleFormat.timeStamp, error.reason)
        }
    }

    private mutating func checkRecords(_ archive: ZipArchive, _ name: String, _ checkpoint: Checkpoint) throws {
        let content = try archive.read(name) ?? []
        if SHA256Digest.hash(content) != sums[name] {
            report.add(.digest, file: name, "The content is not the one listed.")
        }
        for line in content.split(separator: 0x0a, omittingEmptySubsequences: false).dropLast() {
            report.records += 1
            guard let record = BundleRecord(line: Array(line)) else {
                report.add(.record, file: name, "A line is no record.")
                continue
            }
            if let lastIndex, record.index <= lastIndex {
                report.add(.record, index: record.index, "It does not come after the one before it.")
            }
            lastIndex = record.index
            try check(record, archive, checkpoint)
        }
        if !content.isEmpty, content.last != 0x0a { report.add(.record, file: name, "The last line is cut off.") }
    }

    private mutating func check(_ record: BundleRecord, _ archive: ZipArchive, _ checkpoint: Checkpoint) throws {
        let body: SealedRecord
        switch record.checked(against: checkpoint) {
        case .included(let found): body = found
        case .notIncluded:
            return report.add(.proof, index: record.index, "The record is not in the log that the checkpoint signs.")
        case .unknownForm:
            return report.add(.record, index: record.index, "The body is no record of a known version.")
        }
        let commitments = body.commitments
        for opened in record.opened {
            guard commitments.contains(opened.digest) else {
                report.add(.opened, file: opened.file, index: record.index, "The record does not name this digest.")
                continue
            }
            guard openedFiles.insert(opened.file).inserted, let data = try archive.read(opened.file) else {
                report.add(.files, file: opened.file, index: record.index, "The file is missing or opened twice.")
                continue
            }
            if SHA256Digest.hash(data) != sums[opened.file] {
                report.add(.digest, file: opened.file, "The content is not the one listed.")
            }
            guard Self.digest(of: data, opened) == opened.digest else {
                report.add(.opened, file: opened.file, index: record.index, "The file is not what was logged.")
                continue
            }
            report.opened += 1
        }
    }

    /// The digest that the record must name: of the file, or of the sealed box that its key makes of it again.
    private static func digest(of data: [UInt8], _ opened: BundleRecord.Opened) -> SHA256Digest? {
        if opened.isPlain { return SHA256Digest.hash(data) }
        return try? BoxKey(bytes: opened.key)
            .remake(data, nonce: opened.nonce, associatedData: opened.boundTo).digest
    }
}

extension SealedRecord {
    /// The digests that the record commits to: of its sealed part, those that its facts name `…_sha256`, and of a closed
    /// grade sheet those of its rows.
    var commitments: Set<SHA256Digest> {
        var digests: Set<SHA256Digest> = []
        func add(_ value: JSONValue) {
            switch value {
            case .string(let hex):
                if let digest = try? SHA256Digest(hex: hex) { digests.insert(digest) }
            case .array(let values): values.forEach(add)
            default: break
            }
        }
        for (name, value) in facts where name.hasSuffix("_sha256") || (kind == "grade_sheet" && name == "rows") {
            add(value)
        }
        if let payloadDigest { digests.insert(payloadDigest) }
        return digests
    }
}
