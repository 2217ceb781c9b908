import Foundation

/// Whether both sides of the face are lit alike (ISO/IEC 29794-5:2025, "illumination uniformity").
///
/// Raw number: the overlap of the luminance's histograms of both cheeks, 0 to 1. Value: 100 raw^0.3, as OFIQ. The
/// histograms have 16 bins, not 256: an aligned face of 150 pixels has too few pixels on a cheek for more.
enum IlluminationUniformity: QualityMeasurement {
    static let unit = "overlap"
    static let bounds = QualityBounds.atLeast(0...1)

    static func raw(of face: DetectedFace, in picture: PictureAnalysis) -> Double {
        face.appearance?.lightOverlap.map(Double.init) ?? .nan
    }

    static func value(of raw: Double) -> Double { 100 * pow(max(0, raw), 0.3) }

    static func defect(of face: DetectedFace, in picture: PictureAnalysis, missed bound: QualityBound) -> QualityFault {
        guard let balance = face.appearance?.lightBalance, balance != 0, !balance.isNaN else {
            return QualityFault(.lightUneven)
        }
        return QualityFault(.lightUneven, balance > 0 ? .right : .left)
    }
}
