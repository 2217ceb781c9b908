import Cryptography
public import Foundation

/// What the log commits to and what rows lead to: whether it is there and unchanged.
public struct StoredDataReport: Hashable, Sendable {
    /// Something that is not as it should be, in one line; nothing personal.
    public internal(set) var problems: [String] = []
    /// How many sealed payloads were hashed.
    public internal(set) var payloads = 0
    /// How many evidence files were hashed.
    public internal(set) var evidence = 0

    /// The most problems that are told.
    static let limit = 100

    mutating func add(_ problem: String) {
        if problems.count < Self.limit { problems.append(problem) }
    }
}

extension SQLiteDatabase {
    /// Checks the file's structure, hashes each sealed payload and each evidence file that a row leads to.
    ///
    /// Payloads and files that were destroyed are not missed: no row leads to them any more.
    ///
    /// - Parameter evidence: the folder of the evidence files.
    /// - Throws: `SQLiteError`.
    public func checkStoredData(evidence: URL) async throws -> StoredDataReport {
        try await inspect { try $0.checkStoredData(evidence: evidence) }
    }
}

extension SQLiteConnection {
    fileprivate func checkStoredData(evidence: URL) throws -> StoredDataReport {
        var report = StoredDataReport()
        for line in try query("PRAGMA integrity_check(20)", [], { $0.text(0) }) where line != "ok" {
            report.add("the database file: \(line)")
        }
        let orphans = try query("PRAGMA foreign_key_check", [], { $0.text(0) })
        for table in Set(orphans).sorted() { report.add("the table \(table) has rows that lead nowhere") }

        let payloads = try query("SELECT digest, ciphertext FROM sealed_payloads") { row in
            (row.text(0), row.withBlob(1) { SHA256Digest.hash([UInt8]($0)).hex })
        }
        report.payloads = payloads.count
        for (digest, found) in payloads where digest != found { report.add("the sealed payload \(digest) was changed") }

        for reference in try evidenceReferences() {
            let file = evidence.appending(path: "\(reference.prefix(2))/\(reference)")
            report.evidence += 1
            switch try? SHA256Digest.hash(contentsOf: file).hex {
            case reference: break
            case nil: report.add("the evidence \(reference) cannot be read")
            default: report.add("the evidence \(reference) was changed")
            }
        }
        return report
    }

    /// The evidence that rows lead to and that was not erased.
    func evidenceReferences() throws -> [String] {
        let tables = try query(
            """
            SELECT m.name, EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'erased_at')
            FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
            WHERE m.type = 'table' AND c.name = 'evidence' AND m.name NOT IN ('erasure_files', 'destroyed_evidence')
            """
        ) { ($0.text(0), $0.integer(1) != 0) }
        var references: Set<String> = []
        for (table, canBeErased) in tables {
            let condition = canBeErased ? " AND erased_at IS NULL" : ""
            references.formUnion(
                try query("SELECT evidence FROM \"\(table)\" WHERE evidence IS NOT NULL\(condition)") { $0.text(0) }
            )
        }
        return references.sorted()
    }
}
