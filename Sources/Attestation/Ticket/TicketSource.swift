public import Cryptography

/// A blueprint and a bank made ready for drawing many tickets.
///
/// The bank is sorted and filtered once; a ticket then costs time by its own length, not by the bank's.
public struct TicketSource: Sendable {
    /// The digest of the bank.
    public let bankDigest: SHA256Digest
    /// The blueprint.
    public let blueprint: Blueprint

    private let pool: SectionPool

    /// Checks the blueprint against the bank and prepares both.
    ///
    /// - Throws: ``TicketError`` with code `blueprintNotMet` and the findings when no ticket can be drawn.
    public init(blueprint: Blueprint, bank: [QuestionSummary]) throws(TicketError) {
        let errors = blueprint.check(against: bank).filter { $0.severity == .error }
        guard errors.isEmpty else {
            throw TicketError(.blueprintNotMet, errors.map(\.message.en).joined(separator: " "), findings: errors)
        }
        self.blueprint = blueprint
        pool = SectionPool(sections: blueprint.sections, bank: bank)
        var message = Array("attestd question bank v1".utf8) + [0]
        message.reserveCapacity(message.count + 20 * pool.questions.count)
        for question in pool.questions {
            message += question.id.bytes
            message += UInt32(truncatingIfNeeded: question.version).bigEndianBytes
        }
        bankDigest = SHA256Digest.hash(message)
    }

    /// Draws the ticket of `seed` by the algorithm described at ``Ticket``.
    public func draw(seed: TicketSeed, version: Int = Ticket.currentAlgorithmVersion) -> Ticket {
        var random = DeterministicRandom(seed: seed)
        let drawn = drawItems(&random)
        let order = blueprint.shuffleQuestions ? random.permutation(drawn.count) : Array(drawn.indices)
        var items: [TicketItem] = []
        items.reserveCapacity(order.count)
        for (place, index) in order.enumerated() {
            let (question, section) = drawn[index]
            let orders = ItemOrders(of: question, shuffling: blueprint.shuffleOptions, version: version, &random)
            items.append(
                TicketItem(
                    number: place + 1,
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
        return Ticket(algorithmVersion: version, seed: seed, bankDigest: bankDigest, items: items)
    }

    /// The questions in the order drawn, each with its section.
    private func drawItems(_ random: inout DeterministicRandom) -> [(question: QuestionSummary, section: Int)] {
        var allocation = pool.allocation
        var taken: Set<Int32> = []
        var drawn: [(question: QuestionSummary, section: Int)] = []
        for (section, rule) in blueprint.sections.enumerated() {
            let list = pool.candidates[section]
            // The exchanges of the draw, kept apart so that the list itself is not copied.
            var moved: [Int: Int32] = [:]
            var length = list.count
            var open = rule.count
            while open > 0, length > 0 {
                let place = random.number(below: length)
                let index = moved[place] ?? list[place]
                length -= 1
                moved[place] = moved[length] ?? list[length]
                if taken.contains(index) || !allocation.take(class: Int(pool.classOf[Int(index)]), for: section) {
                    continue
                }
                taken.insert(index)
                drawn.append((pool.questions[Int(index)], section))
                open -= 1
            }
            precondition(open == 0, "A checked blueprint can always be met")
        }
        return drawn
    }
}
