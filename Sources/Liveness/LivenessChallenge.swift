/// The movements that a candidate is asked for, in order.
public struct LivenessChallenge: Sendable, Hashable, Codable {
    /// The movements; the head goes back to where it was after each.
    public var movements: [LivenessMovement]

    /// A challenge of given movements; ``isValid`` says whether it may be set.
    public init(movements: [LivenessMovement]) {
        self.movements = movements
    }

    /// Whether there are two or three movements, none twice in a row, and a turn at least, because depth shows in it.
    public var isValid: Bool {
        let pairs = zip(movements, movements.dropFirst())
        return (2...3).contains(movements.count)
            && pairs.allSatisfy { $0 != $1 }
            && movements.contains(where: \.isTurn)
    }

    /// All challenges: 18 of two movements and 114 of three.
    public static let all: [LivenessChallenge] = {
        let movements = LivenessMovement.allCases
        let pairs = movements.flatMap { first in movements.map { [first, $0] } }
        let triples = pairs.flatMap { pair in movements.map { pair + [$0] } }
        return (pairs + triples).map(LivenessChallenge.init(movements:)).filter(\.isValid)
    }()

    /// Draws one of all challenges, each with the same probability, so that none is easier to guess than another.
    public static func random(using generator: inout some RandomNumberGenerator) -> LivenessChallenge {
        all[Int.random(in: all.indices, using: &generator)]
    }
}
