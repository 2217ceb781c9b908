public import Foundation
public import QuestionBank

/// What drawing a ticket needs to know about a question: never its text or key.
public struct QuestionSummary: Hashable, Sendable, Codable, Identifiable {
    /// What has options in a cloze question's gap.
    public struct Gap: Hashable, Sendable, Codable {
        /// How many options it has, 0 where something is typed.
        public var options: Int
        /// Whether they are mixed for each candidate.
        public var isShuffled: Bool

        enum CodingKeys: String, CodingKey {
            case options
            case isShuffled = "is_shuffled"
        }

        /// Makes a value.
        public init(options: Int, isShuffled: Bool) {
            self.options = options
            self.isShuffled = isShuffled
        }
    }

    /// The question's identifier.
    public var id: UUID
    /// The question's version.
    public var version: Int
    /// Its topic, see ``TopicPath``.
    public var topic: String
    /// Its kind.
    public var type: QuestionType
    /// How hard it is, 1–5.
    public var difficulty: Int?
    /// Its credit unit.
    public var creditUnit: Int?
    /// What it is worth.
    public var points: Points
    /// How many options, left-hand sides or things to be ordered it has, 0 where there are none.
    public var optionCount: Int
    /// How many different right-hand sides it has, 0 where there are none.
    public var matchCount: Int
    /// Whether its options keep their order although the blueprint mixes options.
    public var keepsOptionOrder: Bool
    /// How many of the things to be ordered a ticket shows; 0 for all.
    public var shownCount: Int
    /// Whether those shown follow each other in the right order.
    public var showsNeighbours: Bool
    /// The gaps of a cloze question.
    public var gaps: [Gap]
    /// The named pools that it belongs to: its tags `pool=…`.
    public var pools: [String]
    /// Whether it is offered for new tickets.
    public var isOffered: Bool

    /// The pool of questions for sample tasks and practice, which no exam draws from.
    public static let practicePool = "practice"

    /// Whether it is for sample tasks and practice.
    public var isPractice: Bool { isOffered && pools.contains(Self.practicePool) }

    enum CodingKeys: String, CodingKey {
        case id, version, topic, type, difficulty, points, gaps, pools
        case creditUnit = "credit_unit"
        case optionCount = "option_count"
        case matchCount = "match_count"
        case keepsOptionOrder = "keeps_option_order"
        case shownCount = "shown_count"
        case showsNeighbours = "shows_neighbours"
        case isOffered = "is_offered"
    }

    /// Makes a summary.
    public init(
        id: UUID,
        version: Int = 1,
        topic: String,
        type: QuestionType,
        difficulty: Int? = nil,
        creditUnit: Int? = nil,
        points: Points = .one,
        optionCount: Int = 0,
        matchCount: Int = 0,
        keepsOptionOrder: Bool = false,
        shownCount: Int = 0,
        showsNeighbours: Bool = false,
        gaps: [Gap] = [],
        pools: [String] = [],
        isOffered: Bool = true
    ) {
        self.id = id
        self.version = version
        self.topic = topic
        self.type = type
        self.difficulty = difficulty
        self.creditUnit = creditUnit
        self.points = points
        self.optionCount = optionCount
        self.matchCount = matchCount
        self.keepsOptionOrder = keepsOptionOrder
        self.shownCount = shownCount
        self.showsNeighbours = showsNeighbours
        self.gaps = gaps
        self.pools = pools
        self.isOffered = isOffered
    }
}

extension Question {
    /// What a ticket needs to know about it.
    public var summary: QuestionSummary {
        var summary = QuestionSummary(
            id: id,
            version: version,
            topic: topic,
            type: content.type,
            difficulty: content.difficulty,
            creditUnit: content.creditUnit,
            points: Points(nearest: content.points),
            optionCount: content.interaction.optionCount,
            matchCount: content.interaction.matchChoices.count,
            pools: content.tags.compactMap { $0.hasPrefix("pool=") ? String($0.dropFirst(5)) : nil },
            isOffered: !content.isHidden && content.type != .description
        )
        switch content.interaction {
        case .choice(let choice): summary.keepsOptionOrder = !choice.isShuffled
        case .matching(let matching): summary.keepsOptionOrder = !matching.isShuffled
        case .ordering(let ordering):
            let shown = ordering.shownCount
            if shown < ordering.items.count {
                summary.shownCount = shown
                summary.showsNeighbours = ordering.selection == .contiguous
            }
        case .cloze(let cloze): summary.gaps = cloze.gaps.map(\.entry.summary)
        case .trueFalse, .numeric, .shortText, .open, .description: break
        }
        return summary
    }
}

extension Interaction {
    /// How many things are ordered on the ticket: options, left-hand sides or the things to be put in order.
    var optionCount: Int {
        switch self {
        case .choice(let choice): choice.options.count
        case .matching(let matching): matching.pairs.count
        case .ordering(let ordering): ordering.items.count
        case .trueFalse, .numeric, .shortText, .cloze, .open, .description: 0
        }
    }

    /// The different right-hand sides of a matching question in the order in which they first appear.
    var matchChoices: [RichText] {
        guard case .matching(let matching) = self else { return [] }
        var seen: Set<RichText> = []
        return (matching.pairs.map(\.match) + matching.distractors).filter { seen.insert($0).inserted }
    }

    /// The gaps of a cloze question.
    var gaps: [Cloze.Gap] {
        guard case .cloze(let cloze) = self else { return [] }
        return cloze.gaps
    }
}

extension Ordering {
    /// How many of the things a ticket shows: two at least, or there is nothing to order.
    var shownCount: Int {
        guard selection != .all, selectionCount > 0 else { return items.count }
        return min(max(selectionCount, 2), items.count)
    }
}

extension Cloze.Entry {
    fileprivate var summary: QuestionSummary.Gap {
        guard case .choice(let choice) = self else { return QuestionSummary.Gap(options: 0, isShuffled: false) }
        return QuestionSummary.Gap(options: choice.options.count, isShuffled: choice.isShuffled)
    }
}
