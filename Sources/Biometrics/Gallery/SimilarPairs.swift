/// References that are suspiciously alike, as an enrolment under two names leaves them.
public struct SimilarPairs: Equatable, Sendable {
    /// Two references and the score of their comparison.
    public struct Pair: Equatable, Sendable {
        /// The smaller identifier.
        public let first: ReferenceIdentifier
        /// The greater identifier.
        public let second: ReferenceIdentifier
        /// The score of their comparison.
        public let score: ComparisonScore

        /// Two references with the score of their comparison; the smaller identifier comes first.
        public init(first: ReferenceIdentifier, second: ReferenceIdentifier, score: ComparisonScore) {
            self.first = first
            self.second = second
            self.score = score
        }
    }

    /// The pairs, by rising distance; equal distances by rising identifiers.
    public internal(set) var pairs: [Pair] = []
    /// Whether there are more within the distance than were asked for.
    public internal(set) var isTruncated = false
}

extension TemplateGallery {
    /// Compares all references with all others.
    ///
    /// It computes for about `count` / 32 times as long as reading the gallery takes, on the caller's thread too.
    /// References that are appended meanwhile may be left out.
    ///
    /// - Parameters:
    ///   - distance: the largest distance of a pair.
    ///   - limit: the most pairs that are returned.
    /// - Throws: `search_invalid` when `limit` is below one or `distance` is negative or not a number.
    public func similarPairs(within distance: Float, limit: Int = 1000) throws(BiometricsError) -> SimilarPairs {
        try Self.check(limit: limit, within: distance)
        var found = SimilarPairs()
        let references = store.references
        for start in stride(from: 0, to: references.count, by: Self.probesTogether) {
            let together = references[start..<min(start + Self.probesTogether, references.count)]
                .compactMap { identifier in store.template(of: identifier).map { (identifier, $0) } }
            // Each finds itself too.
            let wanted = limit == .max ? limit : limit + 1
            let lists = try search(together.map(\.1), limit: wanted, within: distance)
            for ((identifier, _), list) in zip(together, lists) {
                found.isTruncated = found.isTruncated || list.isTruncated
                // Each pair is found from both sides.
                for candidate in list.candidates where identifier < candidate.identifier {
                    found.pairs.append(
                        SimilarPairs.Pair(first: identifier, second: candidate.identifier, score: candidate.score)
                    )
                }
            }
            found.cut(to: limit)
        }
        return found
    }
}

extension SimilarPairs {
    fileprivate mutating func cut(to limit: Int) {
        pairs.sort { one, other in
            (one.score.distance, one.first, one.second) < (other.score.distance, other.first, other.second)
        }
        if pairs.count > limit {
            pairs.removeLast(pairs.count - limit)
            isTruncated = true
        }
    }
}
