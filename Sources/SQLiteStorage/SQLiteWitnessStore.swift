import Cryptography
import Foundation
import TransparencyLog

extension SQLiteStores: WitnessStore {
    func witnessedState(of origin: String) throws -> WitnessedState? {
        try connection.first("SELECT size, root FROM witnessed_logs WHERE origin = ?", [.text(origin)]) { row in
            WitnessedState(
                size: UInt64(clamping: row.integer(0)),
                root: try row.withBlob(1) { try SHA256Digest(raw: $0) }
            )
        }
    }

    func setWitnessedState(_ state: WitnessedState, of origin: String) throws {
        try connection.run(
            """
            INSERT INTO witnessed_logs (origin, size, root) VALUES (?, ?, ?)
            ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root
            """,
            [.text(origin), .integer(Int64(clamping: state.size)), .blob(Data(state.root.bytes))]
        )
    }
}
