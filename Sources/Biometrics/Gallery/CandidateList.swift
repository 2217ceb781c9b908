/// The answer of a biometric identification search (ISO/IEC 2382-37): references by likeness, most alike first.
public struct CandidateList: Equatable, Sendable {
    /// One reference of the list.
    public struct Candidate: Equatable, Sendable {
        /// Whose reference it is.
        public let identifier: ReferenceIdentifier
        /// The score of the comparison with it, bit for bit what ``ComparisonScore`` says of the two templates.
        public let score: ComparisonScore
    }

    /// The candidates, by rising distance; equal distances by rising identifier.
    public let candidates: [Candidate]
    /// Whether more references lie within the distance asked for than the list could take.
    public let isTruncated: Bool
    /// How many references were searched.
    public let searchedCount: Int
    /// How many of them were compared exactly; the others were proved to be no candidates.
    public let comparedCount: Int
}

extension CandidateList {
    /// Compares exactly the rows that a scan left over.
    init(_ rows: NearestRows, of probe: FaceTemplate, in snapshot: GallerySnapshot, limit: Int, within distance: Float?)
    {
        var values = [Float](repeating: 0, count: snapshot.dimension)
        var found: [Candidate] = []
        found.reserveCapacity(rows.rows.count)
        for row in rows.rows {
            snapshot.copyValues(of: row.index, into: &values)
            let score = ComparisonScore(
                distance: ComparisonScore.squaredDistance(probe.values, values).squareRoot()
            )
            if let distance, !(score.distance <= distance) { continue }
            found.append(Candidate(identifier: snapshot.identifier(of: row.index), score: score))
        }
        found.sort { ($0.score.distance, $0.identifier) < ($1.score.distance, $1.identifier) }
        candidates = Array(found.prefix(limit))
        isTruncated = distance != nil && found.count > limit
        searchedCount = snapshot.count
        comparedCount = rows.rows.count
    }
}
