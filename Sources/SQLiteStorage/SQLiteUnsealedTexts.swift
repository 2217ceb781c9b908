import Foundation
import Identification

extension SQLiteStores {
    func unsealedTexts(limit: Int) throws -> [UnsealedText] {
        let overrides = try connection.query(
            "SELECT id, attempt_id, reason FROM identification_overrides WHERE reason <> '' LIMIT ?",
            [.integer(Int64(limit))]
        ) { UnsealedText(place: .override, id: try $0.id(0), attemptID: try $0.id(1), text: $0.text(2)) }
        let demands = try connection.query(
            "SELECT id, attempt_id, message FROM identification_demands WHERE message IS NOT NULL LIMIT ?",
            [.integer(Int64(limit))]
        ) { UnsealedText(place: .demand, id: try $0.id(0), attemptID: try $0.id(1), text: $0.text(2)) }
        return Array((overrides + demands).prefix(limit))
    }

    func seal(_ text: UnsealedText, as sealed: Data?) throws {
        let sql =
            switch text.place {
            case .override: "UPDATE identification_overrides SET reason = '', sealed_reason = ? WHERE id = ?"
            case .demand: "UPDATE identification_demands SET message = NULL, sealed_message = ? WHERE id = ?"
            }
        try connection.run(sql, [sealed.map { .blob($0) } ?? .null, .id(text.id)])
    }
}
