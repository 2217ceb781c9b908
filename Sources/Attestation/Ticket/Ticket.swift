public import Cryptography
public import Foundation

/// What one candidate was given: which questions in which versions, in which order, with which order of options.
///
/// It can be drawn again from the blueprint, the bank and the seed. Whoever has those three can check a ticket by
/// following **algorithm 2**:
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
/// 5. *Order within items.* For each item in the order of step 4, by its type. A choice or matching question with n
///    options or left-hand sides has as its option order permutation(n) with `shuffleOptions` and unless the question
///    keeps its order, otherwise 0 … n−1; then a matching question has as its match order permutation(r) of its r
///    different right-hand sides, always. An ordering question has, always, permutation(n) of its n things; where it
///    shows only k < n of them, the first k of that permutation, or, if they follow each other, s = number(below:
///    n−k+1) and then permutation(k) with s added to each. A cloze question has for each gap in turn with n options
///    permutation(n) where the gap is mixed and with `shuffleOptions`, otherwise 0 … n−1; nothing where one types.
///
/// **Algorithm 1**, by which tickets were drawn at first, is the same but for step 5: no question kept the order of its
/// options, and there were neither ordering nor cloze questions.
public struct Ticket: Hashable, Sendable, Codable {
    /// The version of the algorithm described above.
    public static let currentAlgorithmVersion = 2

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

    init(algorithmVersion: Int, seed: TicketSeed, bankDigest: SHA256Digest, items: [TicketItem]) {
        self.algorithmVersion = algorithmVersion
        self.seed = seed
        self.bankDigest = bankDigest
        self.items = items
    }

    /// Draws a ticket. Whoever draws many from the same bank prepares a ``TicketSource`` once.
    ///
    /// - Parameter version: the algorithm's; an older one only to draw an older ticket again.
    /// - Throws: ``TicketError`` with code `blueprintNotMet` and the findings when the bank does not suffice.
    public static func draw(
        blueprint: Blueprint,
        bank: [QuestionSummary],
        seed: TicketSeed,
        version: Int = currentAlgorithmVersion
    ) throws(TicketError) -> Ticket {
        try TicketSource(blueprint: blueprint, bank: bank).draw(seed: seed, version: version)
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
