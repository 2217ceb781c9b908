public import Foundation
public import QuestionBank

/// One item of a ticket.
public struct TicketItem: Hashable, Sendable {
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
    /// For each place shown the index of the question's option, left-hand side or thing to be ordered; empty where there
    /// are none.
    public let optionOrder: [Int]
    /// For each place shown the index of the question's right-hand side; empty where there are none.
    public let matchOrder: [Int]
    /// For each gap of a cloze question the indices of its options for each place shown, none where one types; empty
    /// for other kinds.
    public let gapOrders: [[Int]]

    enum CodingKeys: String, CodingKey {
        case number, section, type, points
        case questionID = "question_id"
        case questionVersion = "question_version"
        case optionOrder = "option_order"
        case matchOrder = "match_order"
        case gapOrders = "gap_orders"
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
        matchOrder: [Int] = [],
        gapOrders: [[Int]] = []
    ) {
        self.number = number
        self.section = section
        self.questionID = questionID
        self.questionVersion = questionVersion
        self.type = type
        self.points = points
        self.optionOrder = optionOrder
        self.matchOrder = matchOrder
        self.gapOrders = gapOrders
    }

    /// Makes sure that `question` is the one this item names and that the orders fit it.
    ///
    /// - Throws: ``TicketError`` with code `questionMismatch`.
    func requireMatch(_ question: Question) throws(TicketError) {
        let interaction = question.content.interaction
        let fits =
            question.id == questionID && question.version == questionVersion && interaction.type == type
            && fits(optionOrder, interaction)
            && matchOrder.sorted() == Array(0..<interaction.matchChoices.count)
            && gapOrders.map { $0.sorted() } == interaction.gaps.map { Array(0..<$0.entry.options.count) }
        guard fits else {
            throw TicketError(.questionMismatch, "Item \(number) of the ticket is another question or version.")
        }
    }

    private func fits(_ order: [Int], _ interaction: Interaction) -> Bool {
        guard case .ordering(let ordering) = interaction else {
            return order.sorted() == Array(0..<interaction.optionCount)
        }
        return order.count == ordering.shownCount && Set(order).count == order.count
            && order.allSatisfy(ordering.items.indices.contains)
    }
}

extension Cloze.Entry {
    /// The options, where there are any.
    var options: [Choice.Option] {
        guard case .choice(let choice) = self else { return [] }
        return choice.options
    }
}

extension TicketItem: Codable {
    /// Reads an item; older ones have no gaps.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number = try container.decode(Int.self, forKey: .number)
        section = try container.decode(Int.self, forKey: .section)
        questionID = try container.decode(UUID.self, forKey: .questionID)
        questionVersion = try container.decode(Int.self, forKey: .questionVersion)
        type = try container.decode(QuestionType.self, forKey: .type)
        points = try container.decode(Points.self, forKey: .points)
        optionOrder = try container.decode([Int].self, forKey: .optionOrder)
        matchOrder = try container.decode([Int].self, forKey: .matchOrder)
        gapOrders = try container.decodeIfPresent([[Int]].self, forKey: .gapOrders) ?? []
    }

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
        // Absent for other kinds, so that older records keep their bytes.
        if !gapOrders.isEmpty { try container.encode(gapOrders, forKey: .gapOrders) }
    }
}
