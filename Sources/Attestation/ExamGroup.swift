public import Foundation

/// A group that sits an exam, and which set of tickets it gets (S2 5.2).
public struct ExamGroup: Hashable, Sendable, Codable {
    /// What the group is called.
    public var name: String
    /// The set of tickets, from 1; groups with the same number get the same set.
    public var set: Int
    /// The accounts of its candidates.
    public var members: [UUID]

    /// Makes a group.
    public init(name: String, set: Int, members: [UUID]) {
        self.name = name
        self.set = set
        self.members = members
    }
}

extension Exam {
    /// The group of a candidate; nil where there is none, or the exam has no groups.
    public func group(of candidate: UUID) -> ExamGroup? {
        groups?.first { $0.members.contains(candidate) }
    }

    /// The set of tickets for a candidate, from 0; nil where the exam has groups and the candidate is in none.
    public func ticketSet(of candidate: UUID) -> Int? {
        guard let groups, !groups.isEmpty else { return 0 }
        return groups.first { $0.members.contains(candidate) }.map { $0.set - 1 }
    }

    /// The sets of tickets of some groups, in the order of their numbers.
    public static func ticketSets(of groups: [ExamGroup]) -> [TicketSet] {
        let numbers = Set(groups.map(\.set)).sorted()
        guard !numbers.isEmpty else { return [TicketSet()] }
        return numbers.map { number in
            let own = groups.filter { $0.set == number }
            return TicketSet(groups: own.map(\.name), seats: own.reduce(0) { $0 + $1.members.count })
        }
    }
}
