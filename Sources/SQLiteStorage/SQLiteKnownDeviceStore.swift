import Accounts
import Foundation

extension SQLiteStores: KnownDeviceStore {
    func knownDevice(tokenHash: String) throws -> KnownDevice? {
        try connection.first(
            "SELECT account_id, session_id, expires_at FROM known_devices WHERE token_hash = ?",
            [.text(tokenHash)]
        ) { row in
            KnownDevice(
                tokenHash: tokenHash,
                accountID: try row.id(0),
                sessionID: try row.optionalID(1),
                expiresAt: row.time(2)
            )
        }
    }

    func insertKnownDevice(_ device: KnownDevice) throws {
        try connection.run(
            """
            DELETE FROM known_devices WHERE token_hash IN (
                SELECT token_hash FROM known_devices WHERE account_id = ?
                ORDER BY expires_at DESC, token_hash LIMIT -1 OFFSET ?)
            """,
            [.id(device.accountID), .integer(Int64(KnownDevice.mostOfAccount - 1))]
        )
        try connection.run(
            "INSERT INTO known_devices (token_hash, account_id, session_id, expires_at) VALUES (?, ?, ?, ?)",
            [.text(device.tokenHash), .id(device.accountID), .id(device.sessionID), .time(device.expiresAt)]
        )
    }

    func deleteKnownDevice(tokenHash: String) throws {
        try connection.run("DELETE FROM known_devices WHERE token_hash = ?", [.text(tokenHash)])
    }

    func deleteKnownDevice(ofLoginSession sessionID: UUID) throws {
        try connection.run("DELETE FROM known_devices WHERE session_id = ?", [.id(sessionID)])
    }

    func deleteKnownDevices(of accountID: UUID) throws {
        try connection.run("DELETE FROM known_devices WHERE account_id = ?", [.id(accountID)])
    }

    func purgeKnownDevices(at now: Date) throws -> Int {
        try connection.run("DELETE FROM known_devices WHERE expires_at <= ?", [.time(now)])
    }
}
