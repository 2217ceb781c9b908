public import Attestation
public import Foundation

/// What an open question is graded by: criteria, each with levels. A changed rubric is a new one; gradings keep theirs.
public struct Rubric: Hashable, Sendable, Codable {
    /// One thing that is looked at.
    public struct Criterion: Hashable, Sendable, Codable {
        /// Its name within the rubric.
        public var key: String
        /// What is looked at.
        public var title: String
        /// What can be earned, from nothing to the most, each with what it takes.
        public var levels: [Level]

        /// Makes a criterion.
        public init(key: String, title: String, levels: [Level]) {
            self.key = key
            self.title = title
            self.levels = levels
        }

        /// The most that can be earned.
        public var maximum: Points { levels.map(\.points).max() ?? .zero }
    }

    /// So many points for work like this.
    public struct Level: Hashable, Sendable, Codable {
        /// The points.
        public var points: Points
        /// What the work is like (descriptor).
        public var descriptor: String

        /// Makes a level.
        public init(points: Points, descriptor: String) {
            self.points = points
            self.descriptor = descriptor
        }
    }

    /// The question, in all its versions.
    public let questionID: UUID
    /// The rubric's number, from 1.
    public let number: Int
    /// The criteria.
    public let criteria: [Criterion]

    /// Makes a rubric; nil unless every criterion has a key of its own and at least two different levels, none below
    /// zero, and there is something to earn.
    public init?(questionID: UUID, number: Int, criteria: [Criterion]) {
        let isSound = criteria.allSatisfy { criterion in
            let points = criterion.levels.map(\.points)
            return points.count >= 2 && Set(points).count == points.count && points.allSatisfy { $0 >= .zero }
        }
        guard isSound, Set(criteria.map(\.key)).count == criteria.count,
            criteria.contains(where: { $0.maximum > .zero })
        else { return nil }
        self.questionID = questionID
        self.number = number
        self.criteria = criteria
    }

    /// What the criteria come to together.
    public var maximum: Points { criteria.reduce(.zero) { $0 + $1.maximum } }

    /// What chosen levels earn of an item's points: their share of the rubric's maximum, to the nearest hundredth, halves
    /// upwards. Nil unless each criterion has one of its own levels.
    public func points(_ chosen: [String: Points], of maximum: Points) -> Points? {
        guard chosen.count == criteria.count else { return nil }
        var sum = Points.zero
        for criterion in criteria {
            guard let points = chosen[criterion.key], criterion.levels.contains(where: { $0.points == points }) else {
                return nil
            }
            sum += points
        }
        return maximum.share(sum.hundredths, of: self.maximum.hundredths)
    }
}
