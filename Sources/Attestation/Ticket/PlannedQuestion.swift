public import Foundation
public import QuestionBank

/// What a ticket plan says about a question: which version, what it is worth, and how many things an item orders.
public struct PlannedQuestion: Hashable, Sendable, Identifiable {
    /// The question's identifier.
    public let id: UUID
    /// The version that tickets of the exam have.
    public let version: Int
    /// Its kind.
    public let type: QuestionType
    /// What it is worth unless the blueprint says otherwise.
    public let points: Points
    /// How many options, left-hand sides or things to be ordered it has, 0 where there are none.
    public let optionCount: Int
    /// How many different right-hand sides it has, 0 where there are none.
    public let matchCount: Int
    /// Whether its options keep their order although the blueprint mixes options.
    public let keepsOptionOrder: Bool
    /// How many of the things to be ordered a ticket shows; 0 for all.
    public let shownCount: Int
    /// Whether those shown follow each other in the right order.
    public let showsNeighbours: Bool
    /// The gaps of a cloze question.
    public let gaps: [QuestionSummary.Gap]

    /// What a plan keeps of a question of the bank.
    public init(_ question: QuestionSummary) {
        id = question.id
        version = question.version
        type = question.type
        points = question.points
        optionCount = question.optionCount
        matchCount = question.matchCount
        keepsOptionOrder = question.keepsOptionOrder
        shownCount = question.shownCount
        showsNeighbours = question.showsNeighbours
        gaps = question.gaps
    }
}

extension PlannedQuestion: Codable {
    enum CodingKeys: String, CodingKey {
        case id, version, type, points, gaps
        case optionCount = "options"
        case matchCount = "matches"
        case keepsOptionOrder = "keeps_order"
        case shownCount = "shown"
        case showsNeighbours = "neighbours"
    }

    /// Reads a question; what is absent is nothing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(UUID.self, forKey: .id)
        version = try container.decode(Int.self, forKey: .version)
        type = try container.decode(QuestionType.self, forKey: .type)
        points = try container.decode(Points.self, forKey: .points)
        optionCount = try container.decodeIfPresent(Int.self, forKey: .optionCount) ?? 0
        matchCount = try container.decodeIfPresent(Int.self, forKey: .matchCount) ?? 0
        keepsOptionOrder = try container.decodeIfPresent(Bool.self, forKey: .keepsOptionOrder) ?? false
        shownCount = try container.decodeIfPresent(Int.self, forKey: .shownCount) ?? 0
        showsNeighbours = try container.decodeIfPresent(Bool.self, forKey: .showsNeighbours) ?? false
        gaps = try container.decodeIfPresent([QuestionSummary.Gap].self, forKey: .gaps) ?? []
    }

    /// Writes a question; what is nothing is left out, for a plan has thousands of them.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id.uuidString.lowercased(), forKey: .id)
        try container.encode(version, forKey: .version)
        try container.encode(type, forKey: .type)
        try container.encode(points, forKey: .points)
        if optionCount > 0 { try container.encode(optionCount, forKey: .optionCount) }
        if matchCount > 0 { try container.encode(matchCount, forKey: .matchCount) }
        if keepsOptionOrder { try container.encode(true, forKey: .keepsOptionOrder) }
        if shownCount > 0 { try container.encode(shownCount, forKey: .shownCount) }
        if showsNeighbours { try container.encode(true, forKey: .showsNeighbours) }
        if !gaps.isEmpty { try container.encode(gaps, forKey: .gaps) }
    }
}
