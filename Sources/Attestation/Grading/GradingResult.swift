/// What an attempt earned.
public struct GradingResult: Hashable, Sendable, Codable {
    /// What each item earned, in the ticket's order.
    public let items: [ItemGrade]
    /// What has been awarded so far.
    public let awarded: Points
    /// What could be earned.
    public let maximum: Points
    /// Hundredths of a percent of the maximum awarded so far, rounded down; 8550 is 85.5 %.
    public let percentHundredths: Int
    /// The grade; nil as long as an item waits for a person.
    public let grade: Grade?

    enum CodingKeys: String, CodingKey {
        case items, awarded, maximum, grade
        case percentHundredths = "percent_hundredths"
    }

    init(items: [ItemGrade], scale: GradingScale) {
        self.items = items
        awarded = items.reduce(.zero) { $0 + ($1.awarded ?? .zero) }
        maximum = items.reduce(.zero) { $0 + $1.maximum }
        percentHundredths = maximum > .zero ? awarded.hundredths * 10_000 / maximum.hundredths : 0
        let isPending = items.contains { $0.awarded == nil }
        grade = isPending ? nil : scale.grade(awarded: awarded, maximum: maximum)
    }

    /// The result of an attempt that does not count: nothing awarded, and the scale's lowest grade.
    init(failingOn scale: GradingScale) {
        items = []
        awarded = .zero
        maximum = .zero
        percentHundredths = 0
        grade = scale.lowest
    }

    /// Whole percent of the maximum awarded so far, rounded down.
    public var percent: Int { percentHundredths / 100 }

    /// Whether an item waits for a person.
    public var isPending: Bool { grade == nil }
}

/// What one item earned.
public struct ItemGrade: Hashable, Sendable, Codable {
    /// The item's number on the ticket.
    public let number: Int
    /// What was awarded; nil as long as it waits for a person.
    public let awarded: Points?
    /// What could be earned.
    public let maximum: Points
    /// Whether the item is one that a person grades.
    public let needsPerson: Bool
    /// Whether the candidate answered.
    public let isAnswered: Bool

    enum CodingKeys: String, CodingKey {
        case number, awarded, maximum
        case needsPerson = "needs_person"
        case isAnswered = "is_answered"
    }

    /// Makes an item's grade.
    public init(number: Int, awarded: Points?, maximum: Points, needsPerson: Bool, isAnswered: Bool) {
        self.number = number
        self.awarded = awarded
        self.maximum = maximum
        self.needsPerson = needsPerson
        self.isAnswered = isAnswered
    }
}

/// A grading that reached no result.
///
/// Equality goes by code alone.
public struct GradingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong; open, so that new codes break nobody's `switch`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code's stable name.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// A question that the ticket names was not given, or another version.
        public static let questionMismatch = Code("question_mismatch")
        /// Points from a person for an item that is graded automatically, or that the ticket does not have.
        public static let notForPerson = Code("not_for_person")
        /// Points below zero or above what the item is worth.
        public static let pointsOutOfRange = Code("points_out_of_range")
    }

    /// What went wrong.
    public let code: Code
    /// What went wrong, for people.
    public let reason: String

    /// Makes an error.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Compares the codes only.
    public static func == (left: GradingError, right: GradingError) -> Bool {
        left.code == right.code
    }

    /// The code and the reason in one line.
    public var description: String { "\(code): \(reason)" }
}
