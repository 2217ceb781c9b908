public import Cryptography

/// A blueprint and a bank made ready for drawing tickets by **algorithm 1**, as exams had them that were published before
/// there were plans. Only such tickets are still drawn so, to be compared with their record:
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

    /// Draws the ticket of `seed`.
    public func draw(seed: TicketSeed) -> Ticket {
        var random = DeterministicRandom(seed: seed)
        let drawn = drawItems(&random)
        let order = blueprint.shuffleQuestions ? random.permutation(drawn.count) : Array(drawn.indices)
        var items: [TicketItem] = []
        items.reserveCapacity(order.count)
        for (place, index) in order.enumerated() {
            let (question, section) = drawn[index]
            let options =
                blueprint.shuffleOptions ? random.permutation(question.optionCount) : Array(0..<question.optionCount)
            let matches = random.permutation(question.matchCount)
            items.append(
                TicketItem(
                    number: place + 1,
                    section: section + 1,
                    questionID: question.id,
                    questionVersion: question.version,
                    type: question.type,
                    points: blueprint.sections[section].pointsEach ?? question.points,
                    optionOrder: options,
                    matchOrder: matches
                )
            )
        }
        return Ticket(algorithmVersion: 1, seed: seed, source: .bank(bankDigest), items: items)
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
