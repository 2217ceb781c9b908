public import Attestation
public import Foundation

/// What follows from a question that was found faulty, for everybody in an exam who had it. A ruling is made once and
/// stays; it counts for attempts that are handed in later, too.
public struct QuestionRuling: Hashable, Sendable, Codable, Identifiable {
    /// The kinds.
    public enum Effect: Hashable, Sendable, Codable {
        /// The item counts no more: neither what it earned nor what it was worth.
        case dropped
        /// Everybody gets all its points, whatever was answered.
        case fullMarks
        /// Answers are graded by the key of another version of the question.
        case otherKey(version: Int)

        /// The name, for programs.
        public var name: String {
            switch self {
            case .dropped: "dropped"
            case .fullMarks: "full_marks"
            case .otherKey: "other_key"
            }
        }
    }

    /// The identifier.
    public let id: UUID
    /// The exam.
    public let examID: UUID
    /// The question.
    public let questionID: UUID
    /// The version that is faulty.
    public let questionVersion: Int
    /// What follows.
    public let effect: Effect
    /// Whether nobody's result gets worse by it: where it would, it leaves the result as it is.
    public let keepsBetter: Bool
    /// Why.
    public let reason: String
    /// Who decided.
    public let by: UUID
    /// When.
    public let at: Date

    /// Makes a ruling.
    public init(
        id: UUID,
        examID: UUID,
        questionID: UUID,
        questionVersion: Int,
        effect: Effect,
        keepsBetter: Bool,
        reason: String,
        by: UUID,
        at: Date
    ) {
        self.id = id
        self.examID = examID
        self.questionID = questionID
        self.questionVersion = questionVersion
        self.effect = effect
        self.keepsBetter = keepsBetter
        self.reason = reason
        self.by = by
        self.at = at
    }

    /// Whether it is about an item.
    public func concerns(_ item: TicketItem) -> Bool {
        item.questionID == questionID && item.questionVersion == questionVersion
    }

    /// The result after the ruling, where it does not take another key: that one is graded anew.
    ///
    /// - Parameter numbers: the numbers of the items that it is about.
    public func applied(to result: GradingResult, numbers: Set<Int>, scale: GradingScale) -> GradingResult {
        let ruled = result.replacing(
            { grade in
                guard numbers.contains(grade.number) else { return grade }
                let isDropped = effect == .dropped
                return ItemGrade(
                    number: grade.number,
                    awarded: isDropped ? .zero : grade.maximum,
                    maximum: isDropped ? .zero : grade.maximum,
                    needsPerson: grade.needsPerson,
                    isAnswered: grade.isAnswered
                )
            },
            scale: scale
        )
        return better(ruled, than: result)
    }

    /// The result that counts of those with and without the ruling.
    public func better(_ ruled: GradingResult, than result: GradingResult) -> GradingResult {
        // A result that waits for a person cannot be compared; the ruling then simply holds.
        guard keepsBetter, !ruled.isPending, !result.isPending else { return ruled }
        // Shares are compared exactly: rounding must not decide.
        let with = ruled.awarded.hundredths * result.maximum.hundredths
        let without = result.awarded.hundredths * ruled.maximum.hundredths
        return with < without ? result : ruled
    }
}

/// Where rulings are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol RulingStore: AnyObject {
    /// Adds a ruling.
    func insertRuling(_ ruling: QuestionRuling) throws
    /// An exam's rulings, oldest first.
    func rulings(of examID: UUID) throws -> [QuestionRuling]
    /// The attempts at an exam whose answers are handed in and count, by identifier.
    func gradedAttempts(of examID: UUID) throws -> [UUID]
}
