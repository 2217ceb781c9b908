public import Foundation

/// One thing that was done to an attempt. Records are only ever added; the attempt is what they come to.
public struct AttemptRecord: Hashable, Sendable {
    /// What was done.
    public enum Change: Hashable, Sendable {
        /// The state changed.
        case transition(AttemptAction, from: AttemptState, to: AttemptState)
        /// Time was given.
        case time(TimeLedger.Kind, milliseconds: Int64)
        /// The ticket was drawn.
        case ticket(Ticket)
        /// The answers were graded.
        case result(GradingResult)
    }

    /// Counts the attempt's records, from 1.
    public let number: Int
    /// From when it holds, by the server's clock; never before the record before.
    ///
    /// What follows from time alone (a break is used up, the time is over) holds from the moment when it did, not from
    /// that when the service came to note it.
    public let at: Date
    /// Who did it, and why.
    public let cause: AttemptCause
    /// What was done.
    public let change: Change

    init(number: Int, at: Date, cause: AttemptCause, change: Change) {
        self.number = number
        self.at = at
        self.cause = cause
        self.change = change
    }
}

extension AttemptRecord: Codable {
    enum CodingKeys: String, CodingKey {
        case number, at, actor, author, reason, comment, kind, action, from, to, time, milliseconds, ticket, result
    }

    private enum Tag: String, Codable {
        case transition, time, ticket, result
    }

    /// Reads a record.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number = try container.decode(Int.self, forKey: .number)
        at = try container.decode(Date.self, forKey: .at)
        cause = AttemptCause(
            actor: try container.decode(AttemptActor.self, forKey: .actor),
            author: try container.decodeIfPresent(UUID.self, forKey: .author),
            reason: try container.decodeIfPresent(AttemptReason.self, forKey: .reason),
            comment: try container.decodeIfPresent(String.self, forKey: .comment)
        )
        switch try container.decode(Tag.self, forKey: .kind) {
        case .transition:
            change = .transition(
                try container.decode(AttemptAction.self, forKey: .action),
                from: try container.decode(AttemptState.self, forKey: .from),
                to: try container.decode(AttemptState.self, forKey: .to)
            )
        case .time:
            change = .time(
                try container.decode(TimeLedger.Kind.self, forKey: .time),
                milliseconds: try container.decode(Int64.self, forKey: .milliseconds)
            )
        case .ticket: change = .ticket(try container.decode(Ticket.self, forKey: .ticket))
        case .result: change = .result(try container.decode(GradingResult.self, forKey: .result))
        }
    }

    /// Writes the record.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
        try container.encode(at, forKey: .at)
        try container.encode(cause.actor, forKey: .actor)
        try container.encodeIfPresent(cause.author, forKey: .author)
        try container.encodeIfPresent(cause.reason, forKey: .reason)
        try container.encodeIfPresent(cause.comment, forKey: .comment)
        switch change {
        case .transition(let action, let from, let to):
            try container.encode(Tag.transition, forKey: .kind)
            try container.encode(action, forKey: .action)
            try container.encode(from, forKey: .from)
            try container.encode(to, forKey: .to)
        case .time(let kind, let milliseconds):
            try container.encode(Tag.time, forKey: .kind)
            try container.encode(kind, forKey: .time)
            try container.encode(milliseconds, forKey: .milliseconds)
        case .ticket(let ticket):
            try container.encode(Tag.ticket, forKey: .kind)
            try container.encode(ticket, forKey: .ticket)
        case .result(let result):
            try container.encode(Tag.result, forKey: .kind)
            try container.encode(result, forKey: .result)
        }
    }
}
