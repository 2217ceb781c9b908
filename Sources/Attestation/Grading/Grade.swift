/// The outcome of an attestation as it stands in a grade sheet.
public enum Grade: String, Hashable, Sendable, Codable, CaseIterable {
    /// «отлично», 5.
    case excellent
    /// «хорошо», 4.
    case good
    /// «удовлетворительно», 3.
    case satisfactory
    /// «неудовлетворительно», 2.
    case unsatisfactory
    /// «зачтено».
    case passed
    /// «не зачтено».
    case failed

    /// What the grade sheet says.
    public var label: String {
        switch self {
        case .excellent: "отлично"
        case .good: "хорошо"
        case .satisfactory: "удовлетворительно"
        case .unsatisfactory: "неудовлетворительно"
        case .passed: "зачтено"
        case .failed: "не зачтено"
        }
    }

    /// The number of the five-point scale; nil for pass or fail.
    public var number: Int? {
        switch self {
        case .excellent: 5
        case .good: 4
        case .satisfactory: 3
        case .unsatisfactory: 2
        case .passed, .failed: nil
        }
    }

    /// Whether the discipline is passed with it.
    public var isPositive: Bool { self != .unsatisfactory && self != .failed }
}
