/// How a share of the points becomes a grade.
public struct GradingScale: Hashable, Sendable {
    /// A grade and the least percent it takes.
    public struct Threshold: Hashable, Sendable, Codable {
        /// The least percent, 1–100.
        public let percent: Int
        /// The grade.
        public let grade: Grade

        /// Makes a threshold.
        public init(percent: Int, grade: Grade) {
            self.percent = percent
            self.grade = grade
        }
    }

    /// The thresholds from the highest to the lowest.
    public let thresholds: [Threshold]
    /// The grade below all thresholds.
    public let lowest: Grade

    /// «отлично» from 85 %, «хорошо» from 70 %, «удовлетворительно» from 50 %, otherwise «неудовлетворительно».
    public static let fivePoint = GradingScale(
        unchecked: [
            Threshold(percent: 85, grade: .excellent),
            Threshold(percent: 70, grade: .good),
            Threshold(percent: 50, grade: .satisfactory),
        ],
        lowest: .unsatisfactory
    )

    /// «зачтено» from 50 %, otherwise «не зачтено».
    public static let passFail = GradingScale(
        unchecked: [Threshold(percent: 50, grade: .passed)],
        lowest: .failed
    )

    private init(unchecked thresholds: [Threshold], lowest: Grade) {
        self.thresholds = thresholds
        self.lowest = lowest
    }

    /// Makes a scale; nil unless the thresholds fall from at most 100 to at least 1, every grade stands once, and
    /// nothing below a grade is positive when it is not.
    public init?(thresholds: [Threshold], lowest: Grade) {
        let percents = thresholds.map(\.percent)
        let grades = thresholds.map(\.grade) + [lowest]
        guard !thresholds.isEmpty, percents.allSatisfy((1...100).contains),
            zip(percents, percents.dropFirst()).allSatisfy(>),
            Set(grades).count == grades.count,
            zip(grades, grades.dropFirst()).allSatisfy({ $0.isPositive || !$1.isPositive })
        else { return nil }
        self.init(unchecked: thresholds, lowest: lowest)
    }

    /// The grade for a number of points; exact, without rounding the percent first.
    ///
    /// A maximum of zero points gives the lowest grade.
    public func grade(awarded: Points, maximum: Points) -> Grade {
        guard maximum > .zero else { return lowest }
        let reached = thresholds.first { awarded.hundredths * 100 >= $0.percent * maximum.hundredths }
        return reached?.grade ?? lowest
    }
}

extension GradingScale: Codable {
    enum CodingKeys: String, CodingKey {
        case thresholds, lowest
    }

    /// Reads a scale.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when the thresholds do not make one.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let thresholds = try container.decode([Threshold].self, forKey: .thresholds)
        guard
            let scale = GradingScale(thresholds: thresholds, lowest: try container.decode(Grade.self, forKey: .lowest))
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .thresholds,
                in: container,
                debugDescription: "Thresholds fall from at most 100 to at least 1, each with its own grade"
            )
        }
        self = scale
    }

    /// Writes the scale.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(thresholds, forKey: .thresholds)
        try container.encode(lowest, forKey: .lowest)
    }
}
