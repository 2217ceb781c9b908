import Foundation
import TransparencyLog

extension SQLiteStores: CosignatureStore {
    func witnessStanding(_ witness: String) throws -> WitnessStanding? {
        try connection.first("SELECT document FROM log_witnesses WHERE witness = ?", [.text(witness)]) {
            try $0.json(0, as: WitnessStanding.self)
        }
    }

    func setWitnessStanding(_ standing: WitnessStanding) throws {
        try connection.run(
            """
            INSERT INTO log_witnesses (witness, document) VALUES (?, ?)
            ON CONFLICT (witness) DO UPDATE SET document = excluded.document
            """,
            [.text(standing.witness), try .json(standing)]
        )
    }

    func cosignatures(of size: UInt64) throws -> [String] {
        try connection.query(
            "SELECT line FROM log_cosignatures WHERE size = ? ORDER BY witness",
            [.integer(Int64(clamping: size))]
        ) { $0.text(0) }
    }

    func setCosignature(_ line: String, of size: UInt64, by witness: String) throws {
        try connection.run(
            """
            INSERT INTO log_cosignatures (size, witness, line) VALUES (?, ?, ?)
            ON CONFLICT (size, witness) DO UPDATE SET line = excluded.line
            """,
            [.integer(Int64(clamping: size)), .text(witness), .text(line)]
        )
    }

    func latestCosignedSize() throws -> UInt64? {
        try connection.first("SELECT size FROM log_cosignatures ORDER BY size DESC LIMIT 1") {
            UInt64(clamping: $0.integer(0))
        }
    }
}
