import Accounts
import Foundation
import Identification
import Storage

/// Names of accounts, each looked up once.
struct NameBook: Sendable {
    private var known: [UUID: PersonName] = [:]
    /// More people are forgotten again, so that a long export does not collect them all.
    private static let most = 5_000

    /// The name of an account; `nil` where there is none.
    mutating func name(of id: UUID?, in stores: any Stores) throws -> PersonName? {
        guard let id else { return nil }
        if let name = known[id] { return name }
        guard let name = try stores.personName(of: id) else { return nil }
        if known.count >= Self.most { known.removeAll(keepingCapacity: true) }
        known[id] = name
        return name
    }
}
