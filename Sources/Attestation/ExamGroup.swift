public import Foundation

/// A group that sits an exam, and which set of tickets it gets (S2 5.2).
public struct ExamGroup: Hashable, Sendable, Codable {
    /// What the group is called.
    public var name: String
    /// The set of tickets, from 1; groups with the same number get the same set.
    public var set: Int
    /// The accounts of its candidates, where it stands in no register.
    public var members: [UUID]
    /// The group of the institution's register, whose members are its candidates; whoever joins it later is one too.
    public var registeredID: UUID?
    /// How many people the register had in it when the exam was published.
    public var registeredSeats: Int?

    enum CodingKeys: String, CodingKey {
        case name, set, members
        case registeredID = "registered_id"
        case registeredSeats = "registered_seats"
    }

    /// Makes a group.
    public init(name: String, set: Int, members: [UUID], registeredID: UUID? = nil, registeredSeats: Int? = nil) {
        self.name = name
        self.set = set
        self.members = members
        self.registeredID = registeredID
        self.registeredSeats = registeredSeats
    }

    /// For how many people tickets are planned.
    public var seats: Int { registeredID == nil ? members.count : registeredSeats ?? 0 }

    /// Whether a candidate is in it.
    ///
    /// - Parameter registered: the groups of the register that the candidate is in.
    public func includes(_ candidate: UUID, registered: Set<UUID>) -> Bool {
        registeredID.map { registered.contains($0) } ?? members.contains(candidate)
    }
}

extension Exam {
    /// The set of tickets for a candidate, from 0; nil where the exam has groups and the candidate is in none.
    ///
    /// - Parameter registered: the groups of the register that the candidate is in.
    public func ticketSet(of candidate: UUID, registered: Set<UUID>) -> Int? {
        guard let groups, !groups.isEmpty else { return 0 }
        return groups.first { $0.includes(candidate, registered: registered) }.map { $0.set - 1 }
    }

    /// The sets of tickets of some groups, in the order of their numbers.
    public static func ticketSets(of groups: [ExamGroup]) -> [TicketSet] {
        let numbers = Set(groups.map(\.set)).sorted()
        guard !numbers.isEmpty else { return [TicketSet()] }
        return numbers.map { number in
            let own = groups.filter { $0.set == number }
            return TicketSet(groups: own.map(\.name), seats: own.reduce(0) { $0 + $1.seats })
        }
    }
}
