import Foundation

/// How one thing is measured of a face image, and what to tell a person whose picture fails in it.
protocol QualityMeasurement {
    /// The unit of the raw number.
    static var unit: String { get }
    /// Which limits make sense, and between which numbers.
    static var bounds: QualityBounds { get }
    /// The raw number; not a number where it could not be measured.
    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double
    /// The quality component value of a raw number, 0 to 100, not yet rounded or clamped.
    static func value(of raw: Double) -> Double
    /// What a limit is compared with; the size of an angle that has a sign.
    static func limited(_ raw: Double) -> Double
    /// What is wrong with a face that missed a limit.
    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault
}

extension QualityMeasurement {
    static func limited(_ raw: Double) -> Double { raw }
}

/// A stable word, and the side of the picture where the fault is.
struct QualityFault: Equatable {
    var code: QualityDefect.Code
    var direction: QualityDefect.Direction?

    init(_ code: QualityDefect.Code, _ direction: QualityDefect.Direction? = nil) {
        self.code = code
        self.direction = direction
    }
}

/// One end of a limit.
enum QualityBound: Equatable {
    case atLeast
    case atMost
}

/// Which ends a measure's limit may have, and the numbers it may take.
struct QualityBounds {
    var takesAtLeast: Bool
    var takesAtMost: Bool
    var range: ClosedRange<Double>

    static func atLeast(_ range: ClosedRange<Double>) -> QualityBounds {
        QualityBounds(takesAtLeast: true, takesAtMost: false, range: range)
    }

    static func atMost(_ range: ClosedRange<Double>) -> QualityBounds {
        QualityBounds(takesAtLeast: false, takesAtMost: true, range: range)
    }

    static func both(_ range: ClosedRange<Double>) -> QualityBounds {
        QualityBounds(takesAtLeast: true, takesAtMost: true, range: range)
    }
}

/// The S-shaped curve with which ISO/IEC 29794-5 maps many raw numbers: 0.5 at the centre, 0.73 one width above it.
func qualitySigmoid(_ raw: Double, centre: Double, width: Double) -> Double {
    1 / (1 + exp((centre - raw) / width))
}
