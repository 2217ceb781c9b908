import Biometrics

/// Galleries and what they are compared with.
enum GallerySamples {
    static let model = "m"

    /// Sets of templates that make a search hard in their own ways.
    enum Kind: String, CaseIterable, Sendable {
        /// Directions without any order.
        case random
        /// A few directions, each with many neighbours.
        case clustered
        /// Neighbours that differ in the last bits only, and many that do not differ at all.
        case nearTies
        /// Lengths as far from one as a template's may be.
        case unevenLengths
        /// One value alone, or all values equal: the best and the worst case of rounding to 8 bits.
        case extreme
    }

    static func templates(_ kind: Kind, count: Int, dimension: Int, seed: UInt64 = 1) throws -> [FaceTemplate] {
        var random = Random(state: seed)
        let centres = (0..<5).map { _ in random.direction(dimension) }
        return try (0..<count).map { index in
            var values: [Float]
            switch kind {
            case .random:
                values = random.direction(dimension)
            case .clustered:
                let away = random.direction(dimension)
                values = unit(zip(centres[index % 5], away).map { $0 + 0.05 * $1 })
            case .nearTies:
                values = centres[0]
                for _ in 0..<(index % 4) {
                    let place = Int(random.next() % UInt64(dimension))
                    values[place] = index % 2 == 0 ? values[place].nextUp : values[place].nextDown
                }
            case .unevenLengths:
                let length = 1 + 0.0009 * Float(random.uniform() * 2 - 1)
                values = random.direction(dimension).map { $0 * length }
            case .extreme:
                values = [Float](repeating: 0, count: dimension)
                if index % 3 == 0 {
                    values = unit(values.indices.map { _ in random.next() % 2 == 0 ? 1 : -1 })
                } else {
                    values[index % dimension] = index % 2 == 0 ? 1 : -1
                }
            }
            return try FaceTemplate(modelID: model, values: values)
        }
    }

    static func gallery(
        of templates: [FaceTemplate],
        compact: Bool = true,
        threads: Int = 1
    ) throws -> TemplateGallery {
        let gallery = try TemplateGallery(
            modelID: model,
            dimension: templates[0].values.count,
            compact: compact,
            threads: threads
        )
        try gallery.append(contentsOf: templates.enumerated().map { (identifier($0.offset), $0.element) })
        return gallery
    }

    /// Identifiers whose order is not that of the rows.
    static func identifier(_ index: Int) -> ReferenceIdentifier {
        ReferenceIdentifier(UInt64(truncatingIfNeeded: index &* 7919 % 10_007))
    }

    /// What comparing with every template says.
    static func bruteForce(
        _ probe: FaceTemplate,
        _ templates: [FaceTemplate],
        limit: Int,
        within distance: Float = .infinity
    ) throws -> [CandidateKey] {
        try templates.enumerated()
            .map { CandidateKey(identifier: identifier($0.offset), score: try ComparisonScore(probe, $0.element)) }
            .filter { $0.score.distance <= distance }
            .sorted { ($0.score.distance, $0.identifier) < ($1.score.distance, $1.identifier) }
            .prefix(limit).map(\.self)
    }

    private static func unit(_ values: [Float]) -> [Float] {
        let length = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        return values.map { Float(Double($0) / length) }
    }

    struct Random {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 17 ^ state << 23
        }

        mutating func uniform() -> Double { Double(next() >> 11 & 0xF_FFFF_FFFF) / Double(0x10_0000_0000) }

        mutating func direction(_ dimension: Int) -> [Float] {
            // A sum of uniform numbers is near enough to a normal one.
            let values = (0..<dimension).map { _ in Float((0..<6).reduce(-3) { sum, _ in sum + uniform() }) }
            return values.allSatisfy { $0 == 0 } ? unit(values.map { _ in 1 }) : unit(values)
        }
    }
}

/// A candidate as a test writes it down: equal when the identifier and every bit of the distance are.
struct CandidateKey: Equatable {
    var identifier: ReferenceIdentifier
    var score: ComparisonScore
}

extension CandidateList {
    var keys: [CandidateKey] { candidates.map { CandidateKey(identifier: $0.identifier, score: $0.score) } }
}
