public import Attestation
public import Foundation

/// How a discipline is graded: the kind of scale and its thresholds, as they were set on a day. The newest one counts for
/// exams published afterwards; what is published keeps its own.
public struct DisciplineScale: Hashable, Sendable {
    /// What the grade sheet shows.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// «отлично» to «неудовлетворительно» (S1 5.6).
        case fivePoint = "five_point"
        /// «зачтено», «не зачтено».
        case passFail = "pass_fail"
        /// A rating of 0 to 100, converted to one of the others by the thresholds; the sheet shows both.
        case rating
    }

    /// The discipline's code.
    public var discipline: String
    /// The kind.
    public var kind: Kind
    /// From how many percent, or points of the rating, which grade is given.
    public var scale: GradingScale
    /// Who has set it.
    public var decidedBy: UUID
    /// When.
    public var at: Date

    /// Makes a value; nil where the kind and the grades do not go together: a pass is no grade of the five-point scale.
    public init?(discipline: String, kind: Kind, scale: GradingScale, decidedBy: UUID, at: Date) {
        let isPassFail = scale.grades.allSatisfy { $0.number == nil }
        let isFivePoint = scale.grades.allSatisfy { $0.number != nil }
        switch kind {
        case .fivePoint where !isFivePoint, .passFail where !isPassFail: return nil
        case .rating where !isPassFail && !isFivePoint: return nil
        default: break
        }
        // Every scale tells passed from failed.
        guard scale.grades.contains(where: \.isPositive), !scale.lowest.isPositive else { return nil }
        self.discipline = discipline
        self.kind = kind
        self.scale = scale
        self.decidedBy = decidedBy
        self.at = at
    }

    /// The rating of 0 to 100: whole points, the rest dropped. Thresholds are whole too, so dropping it never changes a
    /// grade.
    public static func rating(awarded: Points, maximum: Points) -> Int {
        maximum > .zero ? max(0, min(100, awarded.hundredths * 100 / maximum.hundredths)) : 0
    }
}

extension GradingScale {
    /// All its grades from the highest to the lowest.
    public var grades: [Grade] { thresholds.map(\.grade) + [lowest] }
}
