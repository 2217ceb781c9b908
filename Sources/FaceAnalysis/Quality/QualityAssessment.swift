/// What a picture is worth: every measure with its limit, and what is wrong.
public struct QualityAssessment: Equatable, Sendable {
    /// The measures in the order of ``QualityMeasure``.
    ///
    /// Where a picture has no face or several there is nothing to measure but that: it is the only component.
    public let components: [QualityComponent]
    /// Why the picture is refused, most fundamental first; empty when it may be used.
    public let defects: [QualityDefect]
    /// What would make a usable picture better.
    public let advice: [QualityDefect]

    /// Whether the picture may be used.
    public var isAccepted: Bool { defects.isEmpty }

    /// The component of a measure, if it was measured.
    public subscript(measure: QualityMeasure) -> QualityComponent? {
        components.first { $0.measure == measure }
    }
}
