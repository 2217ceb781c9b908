public import Archives

/// The evidence bundle, version 2: what a stranger needs to check records of the log without the service.
///
/// A zip archive with these files:
///
/// | File | Content |
/// | --- | --- |
/// | `README.ru.txt`, `README.en.txt` | for the reader |
/// | `checkpoint` | the log's state that all proofs lead to (C2SP tlog-checkpoint) |
/// | `key` | the public key as text; whose it is must be known from elsewhere |
/// | `records/000001.jsonl` … | a record a line: index, body, inclusion proof (RFC 9162 §2.1.3), what is opened |
/// | `opened/…` | what records commit to, in plain: measurements, tickets, grades as JSON, pictures |
/// | `checkpoint.tsr` | where asked for, a time stamp of `checkpoint` (RFC 3161) |
/// | `SHA256SUMS` | the digest of each of these files, as `sha256sum --check` reads it |
/// | `bundle` | signed note over the digest of `SHA256SUMS`, the origin and the time of making |
///
/// The **body** of a record is the text whose bytes are the leaf. What is **opened** was sealed when it was logged: the
/// body names the SHA-256 of the sealed box. The key of that one box and its nonce make the same box of the file again
/// (``Cryptography/BoxKey``), so the file is what was logged; the key opens nothing else. Where the body names the digest
/// of the file itself, as it does for tickets and for rows of grade sheets, there is no key. Version 1 had no such files.
public enum BundleFormat {
    /// The signed note's second line.
    static let title = "attestd evidence bundle 2"
    /// The titles that are read.
    static let titles: Set = ["attestd evidence bundle 1", title]
    static let checkpoint = "checkpoint"
    static let timeStamp = "checkpoint.tsr"
    static let key = "key"
    static let sums = "SHA256SUMS"
    static let note = "bundle"
    /// Records in one file: what is in memory at a time.
    static let recordsPerFile = 1000
    /// What a reader accepts: a million records with a picture each.
    public static let limits = ArchiveLimits(
        entries: 4_000_000,
        total: 1 << 40,
        size: 64 << 20,
        read: 1 << 40,
        ratio: 1000
    )

    static func records(_ number: Int) -> String {
        let digits = String(number)
        return "records/" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".jsonl"
    }
}
