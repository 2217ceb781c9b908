import Attestation
import Foundation

extension SQLiteStores: ServiceLifeStore {
    func lastSignOfLife() throws -> Date? {
        guard let noted = try connection.first("SELECT at FROM service_life", [], { $0.time(0) }) else { return nil }
        let event = try connection.first(
            "SELECT at FROM session_events ORDER BY event_index DESC LIMIT 1",
            []
        ) { $0.time(0) }
        return max(noted, event ?? noted)
    }

    func noteSignOfLife(at time: Date) throws {
        try connection.run("INSERT OR REPLACE INTO service_life (id, at) VALUES (1, ?)", [.time(time)])
    }

    func hasAttemptsUnderWay() throws -> Bool {
        try connection.first("SELECT 1 FROM attempts WHERE \(Self.underWay) LIMIT 1", []) { _ in true } ?? false
    }

    func attemptsUnderWay() throws -> [Attempt] {
        let ids = try connection.query("SELECT id FROM attempts WHERE \(Self.underWay)") { try $0.id(0) }
        return try ids.compactMap { try attempt($0) }
    }

    /// A pause has no next turn and no running clock.
    private static let underWay = "next_turn IS NOT NULL AND state IN ('started', 'ready_to_submit', 'paused')"
}
