import FaceAnalysis
import Foundation

/// A person before the camera, made of one picture: a sheet over head, shoulders and background whose middle is the
/// surface of a head and moves as one, and whose far parts stay where they are.
///
/// The picture is the texture: where the head turns, what was hidden is drawn out of its neighbourhood.
struct Sitter: Sendable {
    private struct Vertex: Sendable {
        /// At rest, millimetres from between the eyes.
        var place: Point3
        /// Towards the camera's side, unit length.
        var normal: Point3
        /// How much it follows the head's rotation, and the body's shift.
        var headShare: Double
        var bodyShare: Double
    }

    let canvas: FaceCanvas
    /// The head at rest is turned by this, radians to the right of the picture.
    private let rest: Placement
    private let surface: HeadSurface
    private let vertices: [Vertex]
    private let triangles: [UInt32]

    /// Between the joint of skull and neck and the ears: about what a head turns and nods.
    private static let pivot = Point3(x: 0, y: 45, z: 88)
    /// Where most light comes from.
    private static let light = Point3(x: 0.37, y: -0.56, z: -0.74)

    init(canvas: FaceCanvas, frame: FaceFrame, draws: inout SeededDraws) {
        self.canvas = canvas
        rest = Placement(turn: frame.turn)
        surface = HeadSurface(
            noseBelow: frame.noseBelow,
            mouthBelow: frame.mouthBelow,
            halfBreadth: 78 * draws.number(in: 0.95...1.05),
            roundness: draws.number(in: 0.87...1.13),
            noseHeight: draws.number(in: 0.85...1.15)
        )
        let columns = Grid.places(fine: 4, from: -108, to: 108, end: 620)
        let rows = Grid.places(fine: 4.5, from: -153, to: 153, end: 620)
        let rotation = rest.rotation
        var vertices: [Vertex] = []
        vertices.reserveCapacity(columns.count * rows.count)
        for y in rows {
            for x in columns {
                let slopeX = (surface.depth(x: x + 1, y: y) - surface.depth(x: x - 1, y: y)) / 2
                let slopeY = (surface.depth(x: x, y: y + 1) - surface.depth(x: x, y: y - 1)) / 2
                let length = (slopeX * slopeX + slopeY * slopeY + 1).squareRoot()
                let outside = Self.distanceFromHead(x: x, y: y)
                vertices.append(
                    Vertex(
                        place: rotation(Point3(x: x, y: y, z: surface.depth(x: x, y: y))),
                        normal: rotation(Point3(x: slopeX / length, y: slopeY / length, z: -1 / length)),
                        headShare: 1 - smoothStep(outside, from: 0, to: 1),
                        bodyShare: 1 - smoothStep(max(abs(x) - 150, -y - 190, y - 900), from: 0, to: 220)
                    )
                )
            }
        }
        self.vertices = vertices
        triangles = Grid.triangles(columns: columns.count, rows: rows.count)
    }

    /// Zero within head and hair, one where nothing of the head's movement arrives.
    private static func distanceFromHead(x: Double, y: Double) -> Double {
        let height = y < 0 ? (y + 10) / 150 : y / 118
        let distance = ((x / 104) * (x / 104) + height * height).squareRoot()
        // Below the chin the neck follows a little farther down.
        return (distance - 1) / (y > 0 ? 0.75 : 0.8)
    }

    /// Where a place of the face, millimetres from between the eyes, comes to lie when the head is placed so.
    func place(x: Double, y: Double, liftedBy lift: Double = 0, _ placement: Placement) -> Point3 {
        let point = rest.rotation(Point3(x: x, y: y, z: surface.depth(x: x, y: y) - lift))
        return placement.rotation(point - Self.pivot) + Self.pivot + placement.shift
    }

    /// The same for a point that is fixed to the head but not on its surface.
    static func attached(_ point: Point3, _ placement: Placement) -> Point3 {
        placement.rotation(point - pivot) + pivot + placement.shift
    }

    /// The sheet as a camera sees it.
    func mesh(_ placement: Placement, _ camera: CameraView) -> TexturedMesh {
        let whole = placement.rotation
        var corners: [TexturedMesh.Corner] = []
        corners.reserveCapacity(vertices.count)
        for vertex in vertices {
            var place = vertex.place
            var light: Float = 1
            if vertex.headShare > 0 {
                let rotation = vertex.headShare == 1 ? whole : (placement * vertex.headShare).rotation
                place = rotation(place - Self.pivot) + Self.pivot
                let change = rotation(vertex.normal).dot(Self.light) - vertex.normal.dot(Self.light)
                light = Float(1 + 0.3 * change)
            }
            let texture = FaceCanvas.pixel(x: vertex.place.x, y: vertex.place.y)
            corners.append(camera.corner(place + placement.shift * vertex.bodyShare, texture: texture, light: light))
        }
        return TexturedMesh(corners: corners, triangles: triangles)
    }
}
