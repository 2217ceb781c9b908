import Foundation

/// The front of a head as depth over the plane of the face, in millimetres; zero at the eyes, away from the camera
/// positive.
///
/// Origin between the eyes' centres, which are 63 mm apart; x to the right of the picture, y down. The average is an
/// adult's: the tip of the nose 30 mm before the eyes, the corners of the mouth a few, the ears some 90 mm behind.
struct HeadSurface: Equatable, Sendable {
    /// The distance of the eyes' centres: an adult's mean (ISO/TR 7250-2 has 61 to 64 for most populations).
    static let eyeSpan = 63.0
    /// How deep the head is behind its front, and with it the plane of what is behind the person.
    static let depth = 100.0

    /// How far below the eyes the tip of the nose lies.
    var noseBelow = 36.0
    /// How far below the eyes the corners of the mouth lie.
    var mouthBelow = 65.0
    /// Half of the face's breadth.
    var halfBreadth = 78.0
    /// Factor on the depth of the whole head, one person differing from another.
    var roundness = 1.0
    /// Factor on the height of the nose.
    var noseHeight = 1.0

    private static let averageNose = 36.0
    private static let averageMouth = 65.0

    /// The depth at a place of the face.
    func depth(x: Double, y: Double) -> Double {
        let height = averageHeight(y)
        let base = ellipsoid(x: x, y: height) - ellipsoid(x: Self.eyeSpan / 2, y: 0)
        let features = mouth(x: x, y: height) + chin(x: x, y: height) - sockets(x: x, y: height)
        return roundness * (base - features) - noseHeight * nose(x: x, y: height)
    }

    /// Where a height of this face lies in the average face: eyes, nose and mouth fall on each other's.
    private func averageHeight(_ y: Double) -> Double {
        switch y {
        case ..<0: y
        case ..<noseBelow: y / noseBelow * Self.averageNose
        case ..<mouthBelow:
            Self.averageNose + (y - noseBelow) / (mouthBelow - noseBelow) * (Self.averageMouth - Self.averageNose)
        default: Self.averageMouth + (y - mouthBelow)
        }
    }

    /// The skull: rounder from side to side than from top to bottom.
    private func ellipsoid(x: Double, y: Double) -> Double {
        let across = x / halfBreadth
        let along = (y + 8) / 120
        let square = across * across + along * along * along * along
        return Self.depth * (1 - max(0, 1 - square).squareRoot())
    }

    private func bump(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Double {
        exp(-(x * x / (width * width) + y * y / (height * height)) / 2)
    }

    private func nose(x: Double, y: Double) -> Double {
        let along = smoothStep(y, from: -12, to: 34) * (1 - smoothStep(y, from: 37, to: 50))
        let halfWidth = 6.5 + 5 * smoothStep(y, from: 5, to: 36)
        return 17 * along * exp(-x * x / (2 * halfWidth * halfWidth))
    }

    private func mouth(x: Double, y: Double) -> Double { 9 * bump(x, y - 68, 28, 20) }

    private func chin(x: Double, y: Double) -> Double { 24 * bump(x, y - 100, 26, 15) }

    private func sockets(x: Double, y: Double) -> Double {
        let half = Self.eyeSpan / 2
        return 4 * (bump(x - half, y, 12, 9) + bump(x + half, y, 12, 9) - 1)
    }
}
