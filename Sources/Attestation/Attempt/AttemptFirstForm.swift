public import Foundation

/// An attempt as it was kept before records: the state as it stood with a list of transitions. Databases still hold
/// some; each is rewritten when it next changes.
struct AttemptFirstForm: Decodable {
    let id: UUID
    let examID: UUID
    let candidateID: UUID
    let seed: TicketSeed
    let ticket: Ticket?
    let ledger: Ledger
    let result: GradingResult?
    let history: [Transition]

    enum CodingKeys: String, CodingKey {
        case id, seed, ticket, ledger, result, history
        case examID = "exam_id"
        case candidateID = "candidate_id"
    }

    struct Ledger: Decodable {
        let entries: [Entry]
    }

    struct Entry: Decodable {
        let kind: String
        let seconds: Int
        let author: String
        let reason: String
        let at: Date
    }

    struct Transition: Decodable {
        let from: AttemptState
        let to: AttemptState
        let actor: AttemptActor
        let author: UUID?
        let reason: String?
        let at: Date
    }

    /// The attempt with the same history as records.
    ///
    /// - Throws: ``AttemptError`` with code `brokenHistory` or `invalidTime`.
    func attempt() throws(AttemptError) -> Attempt {
        guard let base = ledger.entries.first, base.kind == "base" else {
            throw AttemptError(.brokenHistory, "A ledger begins with the base time.")
        }
        var attempt = try Attempt(
            id: id,
            examID: examID,
            candidateID: candidateID,
            seed: seed,
            baseSeconds: base.seconds,
            at: base.at
        )
        var grants = ledger.entries.dropFirst()
        for step in history {
            while let grant = grants.first, grant.at < step.at {
                attempt = try Self.giving(grant, to: attempt)
                grants = grants.dropFirst()
            }
            if step.to == .started, attempt.ticket == nil, let ticket {
                attempt = try attempt.adding(.ticket(ticket), .system, at: step.at)
            }
            let action =
                AttemptRule.rule(from: step.from, to: step.to, by: step.actor)?.action
                ?? AttemptRule.table.first { $0.from == step.from && $0.to == step.to }?.action ?? .update
            attempt = try attempt.adding(
                .transition(action, from: step.from, to: step.to),
                Self.cause(step.actor, step.author, step.reason),
                at: step.at
            )
        }
        for grant in grants { attempt = try Self.giving(grant, to: attempt) }
        if let ticket, attempt.ticket == nil { attempt = try attempt.adding(.ticket(ticket), .system, at: base.at) }
        if let result { attempt = try attempt.adding(.result(result), .system, at: attempt.lastAt) }
        return attempt
    }

    private static func giving(_ entry: Entry, to attempt: Attempt) throws(AttemptError) -> Attempt {
        let kind: TimeLedger.Kind =
            switch entry.kind {
            case "accommodation": .extraTime
            case "outage": .outage
            // Pauses too: they were given as amounts.
            default: .extension
            }
        let author = UUID(uuidString: entry.author)
        return try attempt.adding(
            .time(kind, milliseconds: Int64(entry.seconds) * 1_000),
            cause(author == nil ? .system : .examiner, author, entry.reason),
            at: entry.at
        )
    }

    private static func cause(_ actor: AttemptActor, _ author: UUID?, _ text: String?) -> AttemptCause {
        guard let text, !text.isEmpty else { return AttemptCause(actor: actor, author: author) }
        if text == "the identification no longer suffices" {
            return AttemptCause(actor: actor, author: author, reason: .identificationLapsed)
        }
        guard let reason = AttemptReason(rawValue: text) else {
            return AttemptCause(actor: actor, author: author, reason: .other, comment: text)
        }
        return AttemptCause(actor: actor, author: author, reason: reason)
    }
}

extension Attempt {
    /// Reads an attempt from what stores keep: its opening and its records; or the form of old, which has no records.
    ///
    /// - Throws: `DecodingError`, ``AttemptError`` with code `brokenHistory`.
    public init(storedOpening: Data, records: [AttemptRecord]) throws {
        if records.isEmpty, let first = try? CanonicalJSON.decode(AttemptFirstForm.self, from: storedOpening) {
            self = try first.attempt()
        } else {
            self = try Attempt(
                opening: CanonicalJSON.decode(Opening.self, from: storedOpening),
                records: records
            )
        }
    }
}
