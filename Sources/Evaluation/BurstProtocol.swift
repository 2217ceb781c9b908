public import Biometrics

/// Comparison of a portrait made from several frames with a probe that is a burst of several.
///
/// Each person's pictures, in the order of their names, are split without overlap: the first are the frames of the
/// portrait, the rest is cut into bursts. The split is repeated with the next picture first, so that each serves as a
/// portrait, at most `mostSplits` times; a person gives at most `mostBursts` bursts a split, so that a few people with
/// hundreds of pictures do not make up the result. Each portrait is compared with the bursts of its own split (mated)
/// and with those of every other person's split of the same number (non-mated). All conditions use the same pictures.
public struct BurstProtocol: Hashable, Sendable {
    /// Frames in a portrait.
    public let portraitFrames: Int
    /// Pictures in a burst.
    public let burst: Int

    static let mostSplits = 10
    static let mostBursts = 3

    /// Makes a protocol.
    ///
    /// - Throws: `EvaluationError` unless there are 1 to 16 frames in a portrait and 2 to 16 pictures in a burst.
    public init(portraitFrames: Int = 1, burst: Int = 3) throws {
        guard (1...16).contains(portraitFrames), (2...16).contains(burst) else {
            throw EvaluationError("a portrait has 1 to 16 frames, a burst 2 to 16 pictures")
        }
        self.portraitFrames = portraitFrames
        self.burst = burst
    }

    /// The comparisons of one condition.
    public struct Condition: Sendable {
        /// What is compared with what.
        public var name: String
        /// The outcomes.
        public var trials: ComparisonTrials
    }

    /// One way of dividing a person's pictures.
    private struct Split<Sample: Sendable>: Sendable {
        var subject: Int32
        var firstFrame: Sample
        var portrait: Sample
        var bursts: [(pictures: [Sample], fused: Sample)]
    }

    /// Makes the comparisons; empty where nobody has enough pictures.
    ///
    /// - Parameter samples: one for each picture of the list; `nil` for a failure to enrol, which is no frame.
    /// - Throws: what the comparison throws.
    public func conditions<Sample: Sendable>(
        _ list: PairList,
        _ samples: [Sample?],
        by comparison: SampleComparison<Sample>
    ) throws -> [Condition] {
        let people = try splits(list, samples, comparison)
        let probed = people.filter { !$0[0].bursts.isEmpty }
        var singleFrame: [ComparisonTrials.Trial] = []
        var single: [ComparisonTrials.Trial] = []
        var nearest: [ComparisonTrials.Trial] = []
        var mean: [ComparisonTrials.Trial] = []
        var fused: [ComparisonTrials.Trial] = []
        for person in people {
            for (number, split) in person.enumerated() {
                for other in probed {
                    let probes = other[number % other.count]
                    for burst in probes.bursts {
                        func trial(_ distance: Float) -> ComparisonTrials.Trial {
                            .init(distance: distance, first: split.subject, second: probes.subject)
                        }
                        let distances = try burst.pictures.map { try comparison.distance(split.portrait, $0) }
                        single += distances.map(trial)
                        nearest.append(trial(distances.min() ?? .infinity))
                        mean.append(trial(distances.reduce(0, +) / Float(distances.count)))
                        fused.append(trial(try comparison.distance(split.portrait, burst.fused)))
                        if portraitFrames > 1 {
                            singleFrame += try burst.pictures.map {
                                trial(try comparison.distance(split.firstFrame, $0))
                            }
                        }
                    }
                }
            }
        }
        var conditions = [
            Condition(name: "one picture", trials: try ComparisonTrials(single)),
            Condition(name: "nearest of \(burst)", trials: try ComparisonTrials(nearest)),
            Condition(name: "mean of \(burst)", trials: try ComparisonTrials(mean)),
            Condition(name: "\(burst) pictures fused", trials: try ComparisonTrials(fused)),
        ]
        if portraitFrames > 1 {
            conditions.insert(
                Condition(name: "one picture, portrait of one frame", trials: try ComparisonTrials(singleFrame)),
                at: 0
            )
        }
        return conditions.filter { !$0.trials.mated.isEmpty && !$0.trials.nonMated.isEmpty }
    }

    private func splits<Sample>(
        _ list: PairList,
        _ samples: [Sample?],
        _ comparison: SampleComparison<Sample>
    ) throws -> [[Split<Sample>]] {
        var pictures: [Int32: [(name: String, sample: Sample)]] = [:]
        for index in samples.indices {
            guard let sample = samples[index] else { continue }
            pictures[list.subjects[index], default: []].append((list.pictures[index], sample))
        }
        return try pictures.sorted { $0.key < $1.key }.compactMap { subject, found in
            guard found.count >= portraitFrames else { return nil }
            let ordered = found.sorted { $0.name < $1.name }.map(\.sample)
            return try (0..<min(ordered.count, Self.mostSplits)).map { start in
                let turned = Array(ordered[start...] + ordered[..<start])
                let frames = Array(turned.prefix(portraitFrames))
                let rest = Array(turned.dropFirst(portraitFrames))
                let bursts = try (0..<min(rest.count / burst, Self.mostBursts)).map { number in
                    let pictures = Array(rest[(number * burst)..<((number + 1) * burst)])
                    return (pictures: pictures, fused: try comparison.fuse(pictures))
                }
                return Split(
                    subject: subject,
                    firstFrame: frames[0],
                    portrait: frames.count > 1 ? try comparison.fuse(frames) : frames[0],
                    bursts: bursts
                )
            }
        }
    }

    /// The protocol in one sentence, for reports.
    public var summary: String {
        let portrait = portraitFrames == 1 ? "one picture" : "\(portraitFrames) pictures fused"
        return "portrait: \(portrait); probe: burst of \(burst) other pictures of the person; "
            + "each picture first in turn, at most \(Self.mostSplits) splits of a person with \(Self.mostBursts) bursts"
    }
}
