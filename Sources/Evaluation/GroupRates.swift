import Biometrics

extension EvaluationReport {
    /// The error rates of one group at the thresholds that hold for all (ISO/IEC 19795-10).
    ///
    /// A comparison belongs to a group when both of its pictures do, so strangers within a group are compared with
    /// each other.
    public struct Group: Sendable, Codable {
        /// The rates at one of the thresholds that hold for all.
        public struct Point: Hashable, Sendable, Codable {
            /// The false match rate over all groups at the threshold.
            public var overallFalseMatchRate: Double
            /// The threshold.
            public var threshold: Float
            /// The group's own false match rate; absent without non-mated comparisons.
            public var falseMatchRate: Rate?
            /// The group's own false non-match rate; absent without mated comparisons.
            public var falseNonMatchRate: Rate?
        }

        /// The group's name.
        public var name: String
        /// How many pictures.
        public var pictures: Int
        /// How many persons.
        public var subjects: Int
        /// Share of pictures without a template.
        public var failureToEnrolRate: Double
        /// How many mated comparisons were made.
        public var matedComparisons: Int
        /// How many non-mated comparisons were made.
        public var nonMatedComparisons: Int
        /// The rates.
        public var points: [Point]
        /// What the group is too small for; empty where it is large enough.
        public var notes: [String]
    }

    /// Estimates the rates of each group.
    ///
    /// - Parameter operatingPoints: the overall rates, whose thresholds are used.
    static func groups<Sample>(
        _ labels: GroupLabels,
        _ list: PairList,
        _ samples: [Sample?],
        by comparison: SampleComparison<Sample>,
        at operatingPoints: [OperatingPoint]
    ) throws -> [Group] {
        let labelled = try labels.groups(of: list)
        return try Set(labelled.compactMap(\.self)).sorted().map { name in
            let members = samples.indices.map { labelled[$0] == name ? samples[$0] : nil }
            let pictures = labelled.indices.filter { labelled[$0] == name }
            let trials = try ListComparisons(list, members, by: comparison).trials
            return Group(
                name: name,
                pictures: pictures.count,
                subjects: Set(pictures.map { list.subjects[$0] }).count,
                failureToEnrolRate: Double(pictures.count { samples[$0] == nil }) / Double(max(1, pictures.count)),
                matedComparisons: trials.mated.count,
                nonMatedComparisons: trials.nonMated.count,
                points: points(of: trials, at: operatingPoints),
                notes: notes(trials, operatingPoints)
            )
        }
    }

    /// The rates of some comparisons at the thresholds of operating points that were measured on others.
    static func points(of trials: ComparisonTrials, at operatingPoints: [OperatingPoint]) -> [Group.Point] {
        let points = operatingPoints.filter { $0.threshold != nil }
        let rates = ThresholdRates(
            of: trials,
            at: points.compactMap(\.threshold),
            bootstrap: ErrorRateSummary.bootstrap(for: trials)
        )
        return zip(points, rates.points).map { point, rate in
            Group.Point(
                overallFalseMatchRate: point.falseMatchRate,
                threshold: rate.threshold,
                falseMatchRate: rate.falseMatchRate.map(Rate.init),
                falseNonMatchRate: rate.falseNonMatchRate.map(Rate.init)
            )
        }
    }

    /// «Rule of three» (ISO/IEC 19795-1 annex B): a rate of r needs 3/r trials before no error at all would speak
    /// against it.
    private static func notes(_ trials: ComparisonTrials, _ points: [OperatingPoint]) -> [String] {
        var notes: [String] = []
        let unsupported = points.filter { Double(trials.nonMated.count) < 3 / $0.falseMatchRate }
        if let first = unsupported.map(\.falseMatchRate).max() {
            notes.append(
                "\(trials.nonMated.count) non-mated comparisons are too few to tell a false match rate of "
                    + "\(scientific(first)) or less"
            )
        }
        let people = Set(trials.mated.map(\.first)).count
        let rates = points.compactMap { $0.falseNonMatchRate?.high }.filter { $0 > 0 }
        if let highest = rates.max(), Double(people) < 3 / highest {
            notes.append(
                "\(people) people with several pictures are too few to tell a false non-match rate of "
                    + "\(percent(highest)) or less"
            )
        }
        return notes
    }
}

extension EvaluationReport.Rate {
    init(_ estimate: ThresholdRates.Estimate) {
        self.init(value: estimate.value, low: estimate.interval.low, high: estimate.interval.high)
    }
}
