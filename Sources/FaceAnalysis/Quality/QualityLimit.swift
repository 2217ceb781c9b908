/// The limit on one measure's raw number.
public struct QualityLimit: Equatable, Hashable, Sendable {
    /// The smallest number that passes.
    public var atLeast: Double?
    /// The largest number that passes; of an angle its size.
    public var atMost: Double?
    /// Whether a picture that misses it is used all the same, with a piece of advice.
    public var isAdvisory: Bool

    /// Makes a limit.
    public init(atLeast: Double? = nil, atMost: Double? = nil, isAdvisory: Bool = false) {
        self.atLeast = atLeast
        self.atMost = atMost
        self.isAdvisory = isAdvisory
    }

    /// The end that a number missed, if any. What is not a number misses every limit: no measurement is never a pass.
    func missed(by raw: Double) -> QualityBound? {
        if let atLeast, !(raw >= atLeast) { return .atLeast }
        if let atMost, !(raw <= atMost) { return .atMost }
        return nil
    }

    func number(at bound: QualityBound) -> Double? {
        switch bound {
        case .atLeast: atLeast
        case .atMost: atMost
        }
    }
}
