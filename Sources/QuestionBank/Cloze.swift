/// A text with gaps, each of which is a small question.
public struct Cloze: Hashable, Sendable, Codable {
    /// A gap.
    public struct Gap: Hashable, Sendable, Codable {
        /// What it is worth among the gaps of its text.
        public var weight: ExactDecimal
        /// What goes into it.
        public var entry: Entry

        /// Makes a gap.
        public init(weight: ExactDecimal = .one, entry: Entry) {
            self.weight = weight
            self.entry = entry
        }
    }

    /// What goes into a gap.
    public enum Entry: Hashable, Sendable, Codable {
        /// One or several of some options.
        case choice(GapChoice)
        /// A number.
        case numeric(NumericEntry)
        /// A short text.
        case text(TextEntry)
    }

    /// The options of a gap.
    public struct GapChoice: Hashable, Sendable, Codable {
        /// How the options are shown.
        public enum Display: String, Hashable, Sendable, Codable {
            case list, vertical, horizontal
        }

        /// The options.
        public var options: [Choice.Option]
        /// How they are shown.
        public var display: Display
        /// Whether exactly one is to be chosen.
        public var isSingle: Bool
        /// Whether their order is mixed for each candidate.
        public var isShuffled: Bool

        enum CodingKeys: String, CodingKey {
            case options, display
            case isSingle = "is_single"
            case isShuffled = "is_shuffled"
        }

        /// Makes the options of a gap.
        public init(
            options: [Choice.Option],
            display: Display = .list,
            isSingle: Bool = true,
            isShuffled: Bool = false
        ) {
            self.options = options
            self.display = display
            self.isSingle = isSingle
            self.isShuffled = isShuffled
        }
    }

    /// The gaps, in the order of their numbers.
    public var gaps: [Gap]

    /// Makes the gaps of a text.
    public init(gaps: [Gap]) {
        self.gaps = gaps
    }

    /// What stands in the text for the gap with a number from 1.
    public static func marker(_ number: Int) -> String { "{#\(number)}" }

    /// Whether `text` names each of the gaps exactly once.
    public func fits(_ text: String) -> Bool {
        gaps.indices.allSatisfy { text.ranges(of: Self.marker($0 + 1)).count == 1 }
    }
}
