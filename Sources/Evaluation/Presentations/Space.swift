import Foundation

/// A place or a direction in millimetres: x to the right of the picture, y down, z away from the camera.
struct Point3: Equatable, Sendable {
    var x: Double
    var y: Double
    var z: Double

    static let zero = Point3(x: 0, y: 0, z: 0)

    static func + (one: Point3, other: Point3) -> Point3 {
        Point3(x: one.x + other.x, y: one.y + other.y, z: one.z + other.z)
    }

    static func - (one: Point3, other: Point3) -> Point3 {
        Point3(x: one.x - other.x, y: one.y - other.y, z: one.z - other.z)
    }

    static func * (one: Point3, factor: Double) -> Point3 {
        Point3(x: one.x * factor, y: one.y * factor, z: one.z * factor)
    }

    func dot(_ other: Point3) -> Double { x * other.x + y * other.y + z * other.z }
}

/// How something is turned and shifted, as the camera sees it.
struct Placement: Equatable, Sendable {
    /// Radians about the vertical: what is nearest to the camera goes to the right of the picture.
    var turn = 0.0
    /// Radians about the horizontal: what is nearest to the camera goes down.
    var nod = 0.0
    /// Radians in the plane of the picture, clockwise.
    var tilt = 0.0
    /// Millimetres.
    var shift = Point3.zero

    static func + (one: Placement, other: Placement) -> Placement {
        Placement(
            turn: one.turn + other.turn,
            nod: one.nod + other.nod,
            tilt: one.tilt + other.tilt,
            shift: one.shift + other.shift
        )
    }

    static func * (one: Placement, factor: Double) -> Placement {
        Placement(
            turn: one.turn * factor,
            nod: one.nod * factor,
            tilt: one.tilt * factor,
            shift: one.shift * factor
        )
    }

    var rotation: Rotation { Rotation(self) }
}

/// The rotation of a placement as a matrix: nod first, then turn, then tilt.
struct Rotation: Sendable {
    private let rows: (Point3, Point3, Point3)

    init(_ placement: Placement) {
        let (sinTurn, cosTurn) = (sin(placement.turn), cos(placement.turn))
        let (sinNod, cosNod) = (sin(placement.nod), cos(placement.nod))
        let (sinTilt, cosTilt) = (sin(placement.tilt), cos(placement.tilt))
        let across = Point3(x: cosTurn, y: -sinTurn * sinNod, z: -sinTurn * cosNod)
        let down = Point3(x: 0, y: cosNod, z: -sinNod)
        let away = Point3(x: sinTurn, y: cosTurn * sinNod, z: cosTurn * cosNod)
        rows = (across * cosTilt - down * sinTilt, across * sinTilt + down * cosTilt, away)
    }

    func callAsFunction(_ point: Point3) -> Point3 {
        Point3(x: rows.0.dot(point), y: rows.1.dot(point), z: rows.2.dot(point))
    }
}

/// Rises from 0 to 1 between two places without a corner.
func smoothStep(_ value: Double, from low: Double, to high: Double) -> Double {
    let share = min(1, max(0, (value - low) / (high - low)))
    return share * share * (3 - 2 * share)
}
