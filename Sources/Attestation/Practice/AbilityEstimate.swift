import Foundation

/// How a question behaves in the two-parameter logistic model: the probability of a right answer at ability θ is
/// 1 / (1 + exp(−a (θ − b))). With a = 1 for all it is Rasch's model.
public struct ItemParameters: Hashable, Sendable, Codable {
    /// How sharply it tells abilities apart, a.
    public var discrimination: Double
    /// The ability at which half of the answers are right, b.
    public var difficulty: Double

    /// Makes a value.
    public init(discrimination: Double = 1, difficulty: Double) {
        self.discrimination = discrimination
        self.difficulty = difficulty
    }

    /// The usual parameters for a difficulty of the bank: 1 to 5 is −2 to 2, none is 0. Nothing is measured here; who has
    /// measured better ones can put them in.
    public init(level: Int?) {
        self.init(difficulty: Double((level ?? 3) - 3))
    }

    /// The probability of a right answer at an ability.
    public func probability(at ability: Double) -> Double {
        1 / (1 + exp(-discrimination * (ability - difficulty)))
    }

    /// Fisher's information at an ability: how much an answer tells there.
    public func information(at ability: Double) -> Double {
        let probability = probability(at: ability)
        return discrimination * discrimination * probability * (1 - probability)
    }
}

/// What answers tell about an ability: the mean and the standard deviation of its distribution given them, from a normal
/// one with mean 0 and deviation 1 (expected a posteriori; Bock & Mislevy 1982).
public struct AbilityEstimate: Hashable, Sendable, Codable {
    /// The estimate of θ.
    public let ability: Double
    /// Its standard error.
    public let standardError: Double

    enum CodingKeys: String, CodingKey {
        case ability
        case standardError = "standard_error"
    }

    /// The estimate from answers; a part of the points counts as a part of a right answer.
    ///
    /// - Parameter answers: each with what it earned, from 0 to 1.
    public init(_ answers: [(item: ItemParameters, earned: Double)]) {
        var mass = 0.0
        var first = 0.0
        var second = 0.0
        for step in -60...60 {
            let ability = Double(step) / 15
            var logarithm = -ability * ability / 2
            for (item, earned) in answers {
                let probability = item.probability(at: ability)
                let share = min(max(earned, 0), 1)
                logarithm += share * log(probability) + (1 - share) * log(1 - probability)
            }
            let weight = exp(logarithm)
            mass += weight
            first += weight * ability
            second += weight * ability * ability
        }
        ability = first / mass
        standardError = max(second / mass - ability * ability, 0).squareRoot()
    }

    /// In words of the bank's difficulties: the level from 1 to 5 whose questions are answered as often right as wrong.
    public var level: Int { min(max(Int((ability + 3).rounded()), 1), 5) }
}
