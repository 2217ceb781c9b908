import Accounts
import Attestation
import Foundation
import Grading
import Identification
import Storage

/// Which entries of the log belong into a bundle, beside the identifications that a search finds.
struct BundlePlaces: Sendable {
    /// What a closed grade sheet says of a person, which its closing's entry has the digest of.
    struct Statement: Sendable {
        var person: UUID
        var bytes: Data
    }

    /// The places, in no order.
    var indices: Set<UInt64> = []
    /// Statements by the places of their closings.
    var statements: [UInt64: Statement] = [:]

    /// Attempts read together.
    private static let attemptsAtOnce = 200

    /// What is not found by the search itself. With an attempt: its ticket, its grade, what was decided about it. With a
    /// person and no other condition: the consents, the same of all attempts, and the rows of closed grade sheets. Runs
    /// inside a transaction.
    init(beside filter: IdentificationFilter, in stores: any Stores) throws {
        if let attemptID = filter.attemptID { try add(attempt: attemptID, in: stores) }
        guard let person = filter.subject else { return }
        var only = IdentificationFilter()
        only.subject = person
        guard filter == only else { return }
        for consent in try stores.consents(of: person) { try add(record: consent.id, in: stores) }
        var before: UUID?
        while true {
            let page = try stores.attempts(candidateID: person, before: before, limit: Self.attemptsAtOnce)
            for attempt in page { try add(attempt: attempt.id, in: stores) }
            guard page.count == Self.attemptsAtOnce, let last = page.last else { break }
            before = last.id
        }
        for (sheet, row) in try stores.closedRows(of: person) {
            guard let index = sheet.logIndex else { continue }
            indices.insert(index)
            statements[index] = Statement(person: person, bytes: try row.statement(in: sheet))
        }
    }

    private mutating func add(attempt id: UUID, in stores: any Stores) throws {
        try add(record: id, in: stores)
        for work in try stores.works(attemptID: id) { try add(record: work.id, in: stores) }
    }

    private mutating func add(record id: UUID, in stores: any Stores) throws {
        indices.formUnion(try stores.logPlaces(of: id))
    }
}
