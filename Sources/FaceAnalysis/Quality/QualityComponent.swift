/// One measure of one picture beside the limit in force.
public struct QualityComponent: Equatable, Hashable, Sendable {
    /// What was measured.
    public let measure: QualityMeasure
    /// The number, in the unit of the measure; not a number where it could not be measured.
    public let raw: Double
    /// The limit that the number was held against; `nil` where none is in force.
    public let limit: QualityLimit?
    /// What came of it.
    public let verdict: Verdict

    /// Quality component value, 0 to 100, higher is better (ISO/IEC 29794-5:2025).
    public var value: Int { measure.value(of: raw) }

    /// What came of a limit.
    public enum Verdict: String, Codable, CaseIterable, Sendable {
        /// The number is within the limit, or there is none.
        case passed
        /// An advisory limit was missed: the picture is used, with a piece of advice.
        case advised
        /// A hard limit was missed: the picture is refused.
        case refused
    }
}
