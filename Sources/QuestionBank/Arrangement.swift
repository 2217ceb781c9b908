/// Left-hand sides, each with the right-hand side that belongs to it.
public struct Matching: Hashable, Sendable, Codable {
    /// What belongs together.
    public struct Pair: Hashable, Sendable, Codable {
        /// The left-hand side.
        public var prompt: RichText
        /// The right-hand side; the same may belong to several left-hand sides.
        public var match: RichText

        /// Makes a pair.
        public init(prompt: RichText, match: RichText) {
            self.prompt = prompt
            self.match = match
        }
    }

    /// The pairs in their order.
    public var pairs: [Pair]
    /// Right-hand sides that belong to nothing.
    public var distractors: [RichText]
    /// Whether both sides are mixed for each candidate.
    public var isShuffled: Bool
    /// Whether only all pairs together earn anything.
    public var isAllOrNothing: Bool

    enum CodingKeys: String, CodingKey {
        case pairs, distractors
        case isShuffled = "is_shuffled"
        case isAllOrNothing = "is_all_or_nothing"
    }

    /// Makes a matching key.
    public init(pairs: [Pair], distractors: [RichText] = [], isShuffled: Bool = true, isAllOrNothing: Bool = false) {
        self.isAllOrNothing = isAllOrNothing
        self.pairs = pairs
        self.distractors = distractors
        self.isShuffled = isShuffled
    }
}

/// Things to be put in order.
public struct Ordering: Hashable, Sendable, Codable {
    /// How the things are laid out.
    public enum Layout: String, Hashable, Sendable, Codable {
        case vertical, horizontal
    }

    /// Which of the things a candidate gets.
    public enum Selection: String, Hashable, Sendable, Codable, CaseIterable {
        /// All of them.
        case all
        /// Some, drawn from anywhere.
        case random
        /// Some that follow each other.
        case contiguous
    }

    /// How an order is graded; the names say what is compared, as in Moodle's "Ordering" type.
    public enum Grading: String, Hashable, Sendable, Codable, CaseIterable {
        /// Only the whole order counts.
        case allOrNothing = "all_or_nothing"
        /// Things in their right place.
        case absolutePosition = "absolute_position"
        /// Things followed by the right one, but for the last.
        case relativeNextExcludingLast = "relative_next_exclude_last"
        /// Things followed by the right one, and the last in its place.
        case relativeNextIncludingLast = "relative_next_include_last"
        /// Things with the right neighbours.
        case relativeOnePreviousAndNext = "relative_one_previous_and_next"
        /// Things before and behind which the right ones stand.
        case relativeAllPreviousAndNext = "relative_all_previous_and_next"
        /// The most things in the right order, wherever they stand.
        case longestOrderedSubset = "longest_ordered_subset"
        /// The most things in the right order that follow each other.
        case longestContiguousSubset = "longest_contiguous_subset"
        /// How far each thing is from its place.
        case relativeToCorrect = "relative_to_correct"
    }

    /// The things in their right order.
    public var items: [RichText]
    /// How they are laid out.
    public var layout: Layout
    /// Which of them a candidate gets.
    public var selection: Selection
    /// How many of them, 0 for all.
    public var selectionCount: Int
    /// How an order is graded.
    public var grading: Grading
    /// Whether the grading is told to the candidate.
    public var showsGrading: Bool
    /// How the things are numbered.
    public var numbering: Choice.Numbering

    enum CodingKeys: String, CodingKey {
        case items, layout, selection, grading, numbering
        case selectionCount = "selection_count"
        case showsGrading = "shows_grading"
    }

    /// Makes an order.
    public init(
        items: [RichText],
        layout: Layout = .vertical,
        selection: Selection = .all,
        selectionCount: Int = 0,
        grading: Grading = .allOrNothing,
        showsGrading: Bool = true,
        numbering: Choice.Numbering = .none
    ) {
        self.items = items
        self.layout = layout
        self.selection = selection
        self.selectionCount = selectionCount
        self.grading = grading
        self.showsGrading = showsGrading
        self.numbering = numbering
    }
}
