public import Cryptography
public import Foundation

/// What one candidate was given: which questions in which versions, in which order, with which order of options.
///
/// It can be dealt again from the record alone: the exam's plan and secret, the attempt's seed, and the set and place
/// that the ticket itself names. Whoever has those can check a ticket by following **algorithm 2**:
///
/// 1. *Deal.* For each section of the plan's blueprint in turn, let C be the section's cell of the ticket's set, m its
///    size, and k how many items the section gives. If m = k, all of C in its order. Otherwise C is dealt in rounds, k
///    cards to each ticket of the set from place 0 on, one round after the other. Each round is C in the order of the
///    next permutation(m) by ``DeterministicRandom`` with the deck's seed. If a ticket takes the last t cards of a round
///    and k − t of the next, these are the first k − t cards of the next that are not among the t; what was passed over
///    follows behind them in its order. The deck's seed is that of `attestd ticket deck v2`, the secret, the exam, and
///    set and section from 0 as 32-bit big-endian numbers (see ``TicketSeed``).
/// 2. *Order of items.* Random numbers now come from ``DeterministicRandom`` with the attempt's seed, in the order in
///    which they are asked for. With `shuffleQuestions` the items are put in the order of permutation(n): the item at
///    place k is the dealt item with the k-th number of the permutation.
/// 3. *Order within items.* For each item in the order of step 2, by its type. A choice or matching question with n
///    options or left-hand sides has as its option order permutation(n) with `shuffleOptions` and unless the question
///    keeps its order, otherwise 0 … n−1; then a matching question has as its match order permutation(r) of its r
///    different right-hand sides, always. An ordering question has, always, permutation(n) of its n things; where it
///    shows only k < n of them, the first k of that permutation, or, if they follow each other, s = number(below:
///    n−k+1) and then permutation(k) with s added to each. A cloze question has for each gap in turn with n options
///    permutation(n) where the gap is mixed and with `shuffleOptions`, otherwise 0 … n−1; nothing where one types.
///
/// So within a set each question of a section is seen as often as any other, give or take one. Older tickets were drawn
/// by algorithm 1, see ``TicketSource``.
public struct Ticket: Hashable, Sendable {
    /// The version of the algorithm described above.
    public static let currentAlgorithmVersion = 2

    /// What a ticket was drawn or dealt from.
    public enum Source: Hashable, Sendable {
        /// A bank with this digest (algorithm 1).
        case bank(SHA256Digest)
        /// A plan with this digest: which set from 0, and how many tickets of the set were dealt before.
        case plan(SHA256Digest, set: Int, place: Int)
    }

    /// The version of the algorithm that made it.
    public let algorithmVersion: Int
    /// The attempt's seed.
    public let seed: TicketSeed
    /// What it was made from.
    public let source: Source
    /// The items in the order in which the candidate gets them.
    public let items: [TicketItem]

    init(algorithmVersion: Int, seed: TicketSeed, source: Source, items: [TicketItem]) {
        self.algorithmVersion = algorithmVersion
        self.seed = seed
        self.source = source
        self.items = items
    }

    /// Draws a ticket by algorithm 1.
    ///
    /// - Throws: ``TicketError`` with code `blueprintNotMet` and the findings when the bank does not suffice.
    public static func draw(
        blueprint: Blueprint,
        bank: [QuestionSummary],
        seed: TicketSeed
    ) throws(TicketError) -> Ticket {
        try TicketSource(blueprint: blueprint, bank: bank).draw(seed: seed)
    }

    /// The ticket as bytes: the same record gives the same bytes everywhere, those of ``CanonicalJSON``.
    public func canonicalBytes() -> Data { Data(TicketBytes(self).bytes) }

    /// The item with a number; nil when there is none.
    public func item(_ number: Int) -> TicketItem? {
        number >= 1 && number <= items.count ? items[number - 1] : nil
    }

    /// What all items are worth together.
    public var points: Points { items.reduce(.zero) { $0 + $1.points } }
}

extension Ticket: Codable {
    enum CodingKeys: String, CodingKey {
        case seed, items, set, place
        case algorithmVersion = "algorithm_version"
        case bankDigest = "bank_digest"
        case planDigest = "plan_digest"
    }

    /// Reads a ticket of either algorithm.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        algorithmVersion = try container.decode(Int.self, forKey: .algorithmVersion)
        seed = try container.decode(TicketSeed.self, forKey: .seed)
        items = try container.decode([TicketItem].self, forKey: .items)
        if let bank = try container.decodeIfPresent(SHA256Digest.self, forKey: .bankDigest) {
            source = .bank(bank)
        } else {
            source = .plan(
                try container.decode(SHA256Digest.self, forKey: .planDigest),
                set: try container.decode(Int.self, forKey: .set),
                place: try container.decode(Int.self, forKey: .place)
            )
        }
    }

    /// Writes a ticket with what it was made from.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(algorithmVersion, forKey: .algorithmVersion)
        try container.encode(seed, forKey: .seed)
        try container.encode(items, forKey: .items)
        switch source {
        case .bank(let digest): try container.encode(digest, forKey: .bankDigest)
        case .plan(let digest, let set, let place):
            try container.encode(digest, forKey: .planDigest)
            try container.encode(set, forKey: .set)
            try container.encode(place, forKey: .place)
        }
    }
}
