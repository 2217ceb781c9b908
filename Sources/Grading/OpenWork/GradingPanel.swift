public import Attestation
import Cryptography
public import Foundation

/// How an exam's open work is graded.
public struct GradingPanel: Hashable, Sendable, Codable {
    /// The exam.
    public let examID: UUID
    /// Who grades; empty for everybody with the right.
    public var graders: [UUID]
    /// Of a hundred works so many are graded by two people, whoever they are drawn by.
    public var secondShare: Int
    /// By how many percent of an item's points two graders may differ before a third one decides.
    public var disagreement: Int

    /// A panel of everybody, without second graders; a fifth of the points is a heavy disagreement.
    public init(examID: UUID, graders: [UUID] = [], secondShare: Int = 0, disagreement: Int = 20) {
        self.examID = examID
        self.graders = graders
        self.secondShare = secondShare
        self.disagreement = disagreement
    }

    /// Whether somebody with the right grades for this exam.
    public func includes(_ grader: UUID) -> Bool { graders.isEmpty || graders.contains(grader) }

    /// Whether a work is one of those that two people grade: drawn from its identifier, which nobody chooses.
    public func drawsSecond(_ workID: UUID) -> Bool {
        let digest = SHA256Digest.hash(utf8: "second grader:\(workID.uuidString.lowercased())").bytes
        let number = digest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        return number % 100 < secondShare
    }

    /// What gradings come to.
    public enum Verdict: Hashable, Sendable {
        /// These points, for good.
        case points(Points)
        /// Somebody else grades too; the number of the round, from 1.
        case round(Int)
    }

    /// The rule for the outcome.
    ///
    /// One grading counts by itself unless a second was drawn. Of two that differ by no more than the panel allows the
    /// mean counts, halves of a hundredth upwards. Otherwise a third person grades without seeing the others, and
    /// that grading alone counts, as in the state examination.
    public func verdict(on points: [Points], maximum: Points, needsSecond: Bool) -> Verdict {
        switch points.count {
        case 0: return .round(1)
        case 1: return needsSecond ? .round(2) : .points(points[0])
        case 2:
            let difference = (points[0].hundredths - points[1].hundredths).magnitude
            guard difference * 100 <= UInt(disagreement * maximum.hundredths) else { return .round(3) }
            return .points(Points(hundredths: (points[0].hundredths + points[1].hundredths + 1) / 2))
        default: return .points(points[2])
        }
    }
}
