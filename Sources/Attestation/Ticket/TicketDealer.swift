public import Cryptography
public import Foundation

/// Deals tickets from a plan by the algorithm described at ``Ticket``: one after the other in each set.
///
/// Dealing the next ticket of a set takes time by the ticket's own length; an earlier one again takes as long as all
/// before it.
public final class TicketDealer: @unchecked Sendable {
    /// The plan.
    public let plan: TicketPlan
    /// The plan's digest.
    public let planDigest: SHA256Digest

    private let lock = NSLock()
    private var decks: [[Deck]]

    /// Prepares the decks.
    ///
    /// - Throws: ``TicketError`` with code `secretTooShort`, or `invalidPlan` where the plan cannot make a ticket.
    public init(plan: TicketPlan, secret: some DataProtocol) throws(TicketError) {
        self.plan = plan
        guard let digest = try? plan.digest() else { throw TicketError(.invalidPlan, "The plan cannot be written.") }
        planDigest = digest
        decks = []
        for (number, set) in plan.cells.enumerated() {
            guard set.count == plan.blueprint.sections.count else {
                throw TicketError(.invalidPlan, "Set \(number + 1) has not a cell for each section.")
            }
            var own: [Deck] = []
            for (section, cell) in set.enumerated() {
                let count = plan.blueprint.sections[section].count
                guard count >= 0, cell.count >= count, Set(cell).count == cell.count,
                    cell.allSatisfy(plan.questions.indices.contains)
                else {
                    throw TicketError(.invalidPlan, "Set \(number + 1) has not enough questions for a section.")
                }
                let place = UInt32(number).bigEndianBytes + UInt32(section).bigEndianBytes
                let seed = try TicketSeed.derive("attestd ticket deck v2", secret: secret, [plan.examID.bytes, place])
                own.append(Deck(cards: cell.map { Int32($0) }, count: count, seed: seed))
            }
            decks.append(own)
        }
    }

    /// The ticket at a place of a set.
    ///
    /// - Parameters:
    ///   - set: from 0.
    ///   - place: how many tickets of the set were dealt before.
    ///   - seed: the attempt's.
    /// - Throws: ``TicketError`` with code `invalidPlan` where there is no such set.
    public func ticket(set: Int, place: Int, seed: TicketSeed) throws(TicketError) -> Ticket {
        guard decks.indices.contains(set), place >= 0 else {
            throw TicketError(.invalidPlan, "The plan has no set \(set + 1).")
        }
        var dealt: [(question: Int, section: Int)] = []
        dealt.reserveCapacity(plan.blueprint.itemCount)
        lock.withLock {
            for section in decks[set].indices {
                for card in decks[set][section].deal(place) { dealt.append((Int(card), section)) }
            }
        }
        var random = DeterministicRandom(seed: seed)
        let blueprint = plan.blueprint
        let order = blueprint.shuffleQuestions ? random.permutation(dealt.count) : Array(dealt.indices)
        var items: [TicketItem] = []
        items.reserveCapacity(order.count)
        for (number, index) in order.enumerated() {
            let (place, section) = dealt[index]
            let question = plan.questions[place]
            let orders = ItemOrders(of: question, shuffling: blueprint.shuffleOptions, &random)
            items.append(
                TicketItem(
                    number: number + 1,
                    section: section + 1,
                    questionID: question.id,
                    questionVersion: question.version,
                    type: question.type,
                    points: blueprint.sections[section].pointsEach ?? question.points,
                    optionOrder: orders.options,
                    matchOrder: orders.matches,
                    gapOrders: orders.gaps
                )
            )
        }
        return Ticket(
            algorithmVersion: Ticket.currentAlgorithmVersion,
            seed: seed,
            source: .plan(planDigest, set: set, place: place),
            items: items
        )
    }
}

/// The questions of one set for one section, dealt round after round.
struct Deck {
    private let cards: [Int32]
    private let count: Int
    private let seed: TicketSeed
    private var random: DeterministicRandom
    /// The round that is being dealt, and how many of its cards are gone.
    private var round: [Int32] = []
    private var gone = 0
    private var nextPlace = 0

    init(cards: [Int32], count: Int, seed: TicketSeed) {
        self.cards = cards
        self.count = count
        self.seed = seed
        random = DeterministicRandom(seed: seed)
    }

    /// The cards of the ticket at `place`.
    mutating func deal(_ place: Int) -> ArraySlice<Int32> {
        // All of them, always: in their own order, so that no round has to be dealt.
        if cards.count == count { return cards[...] }
        if place < nextPlace { self = Deck(cards: cards, count: count, seed: seed) }
        while nextPlace < place { _ = next() }
        return next()
    }

    private mutating func next() -> ArraySlice<Int32> {
        nextPlace += 1
        if round.count - gone >= count {
            defer { gone += count }
            return round[gone..<gone + count]
        }
        let rest = round[gone...]
        let wanted = count - rest.count
        let mixed = random.permutation(cards.count).map { cards[$0] }
        // Nothing comes twice on a ticket: what it has already goes behind the cards that it still gets.
        var first: [Int32] = []
        var later: [Int32] = []
        for card in mixed {
            if first.count < wanted, !rest.contains(card) { first.append(card) } else { later.append(card) }
        }
        round = first + later
        gone = wanted
        return rest + first
    }
}
