public import Foundation

/// Shares the questions of a bank out to sets of tickets, before an exam is published.
///
/// It can be repeated by whoever has the bank, the blueprint, the sets and the exam's secret:
///
/// 1. *Fixed sections* have their questions in every set; these take part in nothing else. Nor do questions that are
///    not offered, or that candidates of the discipline have met before; where the others do not suffice and the exam
///    allows it, these are gone through after the others, until a section has three for each place on a ticket.
/// 2. *Sections.* The other questions, sorted as in ``TicketPlan/questions``, are gone through in the order of
///    permutation(n) by ``DeterministicRandom`` with the seed of `attestd ticket plan v2`, the secret and the exam. Each
///    goes to that of the sections it fits whose share is the smallest for what a ticket needs of it, the earlier of
///    equals, passing over those for which the needs of all sections for all sets could not be met any more.
/// 3. *Sets.* A section's questions, in the order in which it got them, are cut into pieces, one a set: as many as the
///    set has of all seats, and no fewer than a ticket needs. Where there are not enough for all sets, set i of n with k
///    for a ticket and m questions takes those at the places (i·k + t) mod m for t from 0 to k − 1.
public struct TicketPlanner: Sendable {
    /// What a ticket is made of.
    public let blueprint: Blueprint
    /// The bank.
    public let bank: [QuestionSummary]
    /// The sets of tickets, one at least.
    public let sets: [TicketSet]
    /// Questions that candidates have met before, or that another exam will show.
    public let used: Set<UUID>
    /// Whether those questions may come again where the others do not suffice.
    public let mayRepeat: Bool
    /// Whether sets may have questions in common where the bank does not suffice.
    public let allowsSharing: Bool
    /// The most questions for each place on the ticket that a set takes; nil shares the whole bank out.
    public let variety: Int?

    /// Up to how many questions for each place on the ticket those are taken that were met before: tickets of one exam
    /// shall differ all the same.
    static let repeatedVariety = 3

    /// Makes a planner.
    public init(
        blueprint: Blueprint,
        bank: [QuestionSummary],
        sets: [TicketSet] = [TicketSet()],
        used: Set<UUID> = [],
        mayRepeat: Bool = false,
        allowsSharing: Bool = false,
        variety: Int? = nil
    ) {
        self.blueprint = blueprint
        self.bank = bank
        self.sets = sets.isEmpty ? [TicketSet()] : sets
        self.used = used
        self.mayRepeat = mayRepeat
        self.allowsSharing = allowsSharing
        self.variety = variety
    }

    /// The plan of an exam.
    ///
    /// - Throws: ``TicketError`` with code `blueprintNotMet` and the findings where the bank does not suffice, or
    ///   `secretTooShort`.
    public func plan(examID: UUID, secret: some DataProtocol) throws(TicketError) -> TicketPlan {
        let errors = findings().filter { $0.severity == .error }
        guard errors.isEmpty else {
            throw TicketError(.blueprintNotMet, errors.map(\.message.en).joined(separator: " "), findings: errors)
        }
        let seed = try TicketSeed.derive("attestd ticket plan v2", secret: secret, [examID.bytes])
        let pool = SectionPool(sections: blueprint.sections, bank: suffices ? fresh : known)
        let lists = assign(pool, seed)
        // Everything that stands on a ticket, in the one order of the plan.
        let fixed = Set(blueprint.sections.flatMap { $0.fixed ?? [] })
        let assigned = Set(lists.joined().map { pool.questions[Int($0)].id })
        let planned = SectionPool.sorted(bank).filter { fixed.contains($0.id) || assigned.contains($0.id) }
        let places = Dictionary(uniqueKeysWithValues: planned.enumerated().map { ($1.id, $0) })
        let pieces = zip(blueprint.sections, lists).map { section, list in cut(list, section.count) }
        let cells = sets.indices.map { number in
            blueprint.sections.indices.map { index in
                let ids =
                    blueprint.sections[index].fixed ?? pieces[index][number].map { pool.questions[Int($0)].id }
                return ids.compactMap { places[$0] }.sorted()
            }
        }
        return TicketPlan(
            examID: examID,
            blueprint: blueprint,
            questions: planned.map { PlannedQuestion($0) },
            cells: cells
        )
    }

    /// The questions that sections choose from, met before or not.
    var known: [QuestionSummary] {
        let fixed = Set(blueprint.sections.flatMap { $0.fixed ?? [] })
        return SectionPool.sorted(bank).filter { $0.isOffered && !$0.isPractice && !fixed.contains($0.id) }
    }

    /// Those of them that nobody has met.
    var fresh: [QuestionSummary] { known.filter { !used.contains($0.id) } }

    /// What all sets together need of each section; where sharing is allowed, as much of it as there is.
    private func needs(_ pool: SectionPool) -> [Int] {
        var needs = blueprint.sections.map { $0.fixed == nil ? $0.count * sets.count : 0 }
        func shortage() -> SectionAllocation.Shortage? {
            SectionAllocation(needs: needs, sizes: pool.sizes, masks: pool.masks).shortage()
        }
        while let short = shortage() {
            for section in short.sections {
                let share = needs[section] * short.available / short.needed
                needs[section] = max(min(share, needs[section] - 1), blueprint.sections[section].count)
            }
        }
        return needs
    }

    /// The questions of each section, in the order in which it got them.
    private func assign(_ pool: SectionPool, _ seed: TicketSeed) -> [[Int32]] {
        var random = DeterministicRandom(seed: seed)
        var allocation = SectionAllocation(needs: needs(pool), sizes: pool.sizes, masks: pool.masks)
        let counts = blueprint.sections.map(\.count)
        let limits = counts.map { count in variety.map { $0 * count * sets.count } ?? .max }
        let repeatLimits = counts.map { $0 * sets.count * Self.repeatedVariety }
        var lists = [[Int32]](repeating: [], count: counts.count)
        let order = random.permutation(pool.questions.count)
        let isUsed = pool.questions.map { used.contains($0.id) }
        for index in order.filter({ !isUsed[$0] }) + order.filter({ isUsed[$0] }) {
            let number = Int(pool.classOf[index])
            let fitting = counts.indices.filter { pool.masks[number] & 1 << UInt64($0) != 0 }
            let byShare = fitting.sorted { left, right in
                (lists[left].count * counts[right], left) < (lists[right].count * counts[left], right)
            }
            for section in byShare where lists[section].count < limits[section] {
                if isUsed[index], lists[section].count >= repeatLimits[section] { continue }
                let isTaken =
                    allocation.needs[section] > 0
                    ? allocation.take(class: number, for: section) : allocation.spend(class: number)
                if isTaken {
                    lists[section].append(Int32(index))
                    break
                }
            }
        }
        return lists
    }

    /// One piece for each set.
    private func cut(_ list: [Int32], _ count: Int) -> [[Int32]] {
        guard list.count >= count * sets.count else {
            guard !list.isEmpty else { return sets.map { _ in [] } }
            return sets.indices.map { set in (0..<count).map { list[(set * count + $0) % list.count] } }
        }
        var start = 0
        return shares(of: list.count, least: count).map { size in
            defer { start += size }
            return Array(list[start..<start + size])
        }
    }

    /// How many of `total` questions each set gets: by its seats, `least` at the least, the largest remainders first.
    private func shares(of total: Int, least: Int) -> [Int] {
        var sizes = [Int](repeating: least, count: sets.count)
        var open = Array(sets.indices)
        while true {
            let seats = open.reduce(0) { $0 + sets[$1].seats }
            let left = total - least * (sets.count - open.count)
            let small = open.filter { left * sets[$0].seats < least * seats }
            if small.isEmpty {
                for set in open { sizes[set] = left * sets[set].seats / seats }
                let spare = total - sizes.reduce(0, +)
                let byRemainder = open.sorted { first, second in
                    let (one, two) = (left * sets[first].seats % seats, left * sets[second].seats % seats)
                    return one == two ? first < second : one > two
                }
                for set in byRemainder.prefix(spare) { sizes[set] += 1 }
                return sizes
            }
            open.removeAll { small.contains($0) }
        }
    }
}
