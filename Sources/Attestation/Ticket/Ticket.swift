public import Cryptography
public import Foundation

/// What one candidate was given: which questions in which versions, in which order, with which order of options.
///
/// It can be drawn again from the blueprint, the bank and the seed. Whoever has those three can check a ticket by
/// following **algorithm 1**:
///
/// 1. *Bank.* Of each question identifier only the highest version takes part. Sort by the 16 bytes of the
///    identifier as an unsigned big-endian number. The bank digest is SHA-256 over the ASCII text
///    `attestd question bank v1`, a zero byte, and for each question in this order the 16 bytes of the identifier and
///    the version as a 32-bit big-endian number.
/// 2. *Random numbers* come from ``DeterministicRandom`` with the seed, in the order in which they are asked for.
/// 3. *Draw.* For each section in the blueprint's order: let L be the list of the questions that fit the section's
///    filters, in the order of step 1, those already drawn included, and m its length. Until the section has its
///    count: j = number(below: m); take q = L[j]; L[j] = L[m−1]; m = m − 1. If q has been drawn before, or if without
///    q the needs of this section and of those after it could not all be met by different questions not yet drawn
///    (q counted for this section), pass it over; otherwise it is the next item.
/// 4. *Order of items.* With `shuffleQuestions` the items are put in the order of permutation(n): the item at place k
///    is the drawn item with the k-th number of the permutation.
/// 5. *Order within items.* For each item in the order of step 4: a choice or matching question with n options or
///    left-hand sides has as its option order permutation(n) with `shuffleOptions`, otherwise 0 … n−1; then a matching
///    question has as its match order permutation(r) of its r different right-hand sides, always.
public struct Ticket: Hashable, Sendable, Codable {
    /// The version of the algorithm described above.
    public static let currentAlgorithmVersion = 1

    /// The version of the algorithm that drew it.
    public let algorithmVersion: Int
    /// The seed it was drawn from.
    public let seed: TicketSeed
    /// The digest of the bank it was drawn from.
    public let bankDigest: SHA256Digest
    /// The items in the order in which the candidate gets them.
    public let items: [TicketItem]

    enum CodingKeys: String, CodingKey {
        case algorithmVersion = "algorithm_version"
        case seed
        case bankDigest = "bank_digest"
        case items
    }

    init(seed: TicketSeed, bankDigest: SHA256Digest, items: [TicketItem]) {
        algorithmVersion = Self.currentAlgorithmVersion
        self.seed = seed
        self.bankDigest = bankDigest
        self.items = items
    }

    /// Draws a ticket. Whoever draws many from the same bank prepares a ``TicketSource`` once.
    ///
    /// - Throws: ``TicketError`` with code `blueprintNotMet` and the findings when the bank does not suffice.
    public static func draw(
        blueprint: Blueprint,
        bank: [QuestionSummary],
        seed: TicketSeed
    ) throws(TicketError) -> Ticket {
        try TicketSource(blueprint: blueprint, bank: bank).draw(seed: seed)
    }

    /// The ticket as bytes: the same record gives the same bytes everywhere.
    ///
    /// - Throws: `EncodingError`, which does not happen with values that were drawn or decoded.
    public func canonicalBytes() throws -> Data {
        try CanonicalJSON.encode(self)
    }

    /// The item with a number; nil when there is none.
    public func item(_ number: Int) -> TicketItem? {
        number >= 1 && number <= items.count ? items[number - 1] : nil
    }

    /// What all items are worth together.
    public var points: Points { items.reduce(.zero) { $0 + $1.points } }
}

/// One item of a ticket.
public struct TicketItem: Hashable, Sendable, Codable {
    /// Its number on the ticket, from 1.
    public let number: Int
    /// The section of the blueprint it was drawn for, from 1.
    public let section: Int
    /// The question.
    public let questionID: UUID
    /// The question's version.
    public let questionVersion: Int
    /// The question's type.
    public let type: QuestionType
    /// What it is worth on this ticket.
    public let points: Points
    /// For each place shown the index of the question's option or left-hand side; empty where there are none.
    public let optionOrder: [Int]
    /// For each place shown the index of the question's right-hand side; empty where there are none.
    public let matchOrder: [Int]

    enum CodingKeys: String, CodingKey {
        case number, section, type, points
        case questionID = "question_id"
        case questionVersion = "question_version"
        case optionOrder = "option_order"
        case matchOrder = "match_order"
    }

    /// Makes an item.
    public init(
        number: Int,
        section: Int = 1,
        questionID: UUID,
        questionVersion: Int,
        type: QuestionType,
        points: Points,
        optionOrder: [Int] = [],
        matchOrder: [Int] = []
    ) {
        self.number = number
        self.section = section
        self.questionID = questionID
        self.questionVersion = questionVersion
        self.type = type
        self.points = points
        self.optionOrder = optionOrder
        self.matchOrder = matchOrder
    }

    /// Makes sure that `question` is the one this item names and that the orders fit it.
    ///
    /// - Throws: ``TicketError`` with code `questionMismatch`.
    func requireMatch(_ question: Question) throws(TicketError) {
        guard question.id == questionID, question.version == questionVersion, question.kind.type == type,
            optionOrder.sorted() == Array(0..<question.kind.optionCount),
            matchOrder.sorted() == Array(0..<question.kind.matchChoices.count)
        else {
            throw TicketError(.questionMismatch, "Item \(number) of the ticket is another question or version.")
        }
    }
}

extension TicketItem {
    /// Writes the item; the identifier in lower case (RFC 9562 §4), for the ticket's bytes are published by their digest.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
        try container.encode(section, forKey: .section)
        try container.encode(questionID.uuidString.lowercased(), forKey: .questionID)
        try container.encode(questionVersion, forKey: .questionVersion)
        try container.encode(type, forKey: .type)
        try container.encode(points, forKey: .points)
        try container.encode(optionOrder, forKey: .optionOrder)
        try container.encode(matchOrder, forKey: .matchOrder)
    }
}
