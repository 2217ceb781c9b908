import Foundation

/// A long line of dark print in a picture, as a rectangle at any angle. Pixels.
struct TextLine: Hashable {
    /// The middle.
    var x: Double
    var y: Double
    /// Its direction in radians, clockwise from the right, between a quarter turn to either side.
    var angle: Double
    /// How long it is.
    var length: Double
    /// How high its print is.
    var thickness: Double

    /// The same in a picture that is so many times larger.
    func scaled(_ factor: Double) -> TextLine {
        TextLine(x: x * factor, y: y * factor, angle: angle, length: length * factor, thickness: thickness * factor)
    }

    /// How far below this line the other one lies, and how far to its right.
    func offset(of other: TextLine) -> (below: Double, along: Double) {
        let (dx, dy) = (other.x - x, other.y - y)
        return (dy * cos(angle) - dx * sin(angle), dx * cos(angle) + dy * sin(angle))
    }

    /// Whether the other one may be the next line of the same zone: equally long, parallel, close beneath.
    func isFollowed(by other: TextLine) -> Bool {
        let offset = offset(of: other)
        let height = (thickness + other.thickness) / 2
        return abs(angle - other.angle) < 0.09
            && min(length, other.length) > 0.85 * max(length, other.length)
            && offset.below > 0.9 * height && offset.below < 4.5 * height
            && abs(offset.along) < 0.12 * length
    }
}
