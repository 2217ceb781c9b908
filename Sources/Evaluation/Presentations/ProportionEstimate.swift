import Foundation

/// A share of trials with its 95 % interval by Clopper and Pearson (1934), which is never too narrow.
///
/// Trials must be independent: one of each subject (ISO/IEC 30107-3, clause 13, asks for that).
public struct ProportionEstimate: Hashable, Sendable, Codable {
    /// How many trials had the outcome.
    public let count: Int
    /// How many trials there were.
    public let trials: Int
    /// The share; 0 without trials.
    public let value: Double
    /// The interval's lower end.
    public let low: Double
    /// The interval's upper end; 1 without trials.
    public let high: Double

    /// Estimates a share.
    ///
    /// - Precondition: `count` is between 0 and `trials`.
    public init(count: Int, of trials: Int) {
        precondition((0...max(0, trials)).contains(count))
        self.count = count
        self.trials = trials
        value = trials > 0 ? Double(count) / Double(trials) : 0
        // The ends are the shares at which so many or more, so many or fewer, have a chance of 2.5 %.
        low = count == 0 ? 0 : Self.root { Self.chance(ofAtMost: count - 1, of: trials, share: $0) > 0.975 }
        high = count == trials ? 1 : Self.root { Self.chance(ofAtMost: count, of: trials, share: $0) > 0.025 }
    }

    /// The share at which a chance that falls with the share crosses its level.
    private static func root(_ isBelow: (Double) -> Bool) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if isBelow(middle) { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The binomial distribution's sum, by logarithms so that large numbers of trials do not vanish.
    private static func chance(ofAtMost count: Int, of trials: Int, share: Double) -> Double {
        guard share > 0 else { return 1 }
        guard share < 1 else { return count >= trials ? 1 : 0 }
        var logarithm = Double(trials) * log1p(-share)
        var sum = exp(logarithm)
        for number in 0..<count {
            logarithm += log(Double(trials - number) / Double(number + 1)) + log(share) - log1p(-share)
            sum += exp(logarithm)
        }
        return min(1, sum)
    }
}
