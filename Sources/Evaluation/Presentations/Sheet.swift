import FaceAnalysis
import Foundation

/// A print of a face in life size or near it: flat, bent, pressed into a relief, or cut out as a mask.
struct Sheet: Sendable {
    /// What the sheet is cut like, millimetres from between the eyes.
    enum Outline: Sendable {
        /// Head and shoulders.
        case page
        /// The face alone, with holes for the eyes.
        case maskWithHoles
    }

    /// The axis about which a sheet is bent.
    enum BendAxis: Sendable {
        case vertical
        case horizontal
    }

    /// The shape at a moment.
    struct Shape: Sendable {
        /// One over the radius in millimetres; zero is flat, positive bulges towards the camera.
        var curvature = 0.0
        var axis = BendAxis.vertical
        /// Share of a head's depth that the sheet has been given.
        var relief = 0.0
    }

    private struct Vertex: Sendable {
        var x: Double
        var y: Double
        var depth: Double
        var texture: PicturePoint
    }

    private let vertices: [Vertex]
    private let triangles: [UInt32]
    /// Factor on life size.
    private let size: Double

    init(_ frame: FaceFrame, outline: Outline, size: Double) {
        self.size = size
        let step = outline == .page ? 6.0 : 2.5
        let (halfWidth, top, bottom) = outline == .page ? (102.0, -138.0, 150.0) : (72.5, -62.5, 110.0)
        let columns = Array(stride(from: -halfWidth, through: halfWidth, by: step))
        let rows = Array(stride(from: top, through: bottom, by: step))
        let surface = HeadSurface(noseBelow: frame.noseBelow, mouthBelow: frame.mouthBelow)
        // The print shows the picture as it is: depth and turn do not move the texture.
        vertices = rows.flatMap { y in
            columns.map { x in
                Vertex(
                    x: x,
                    y: y,
                    depth: min(surface.depth(x: x, y: y), 70),
                    texture: FaceCanvas.pixel(x: x, y: y)
                )
            }
        }
        triangles = Grid.triangles(columns: columns.count, rows: rows.count) { column, row in
            guard outline == .maskWithHoles else { return true }
            let (x, y) = (columns[column] + step / 2, rows[row] + step / 2)
            let (across, along) = (x / 70, (y - 24) / 84)
            let (eyeX, eyeY) = ((abs(x) - HeadSurface.eyeSpan / 2) / 17, y / 10)
            return across * across + along * along < 1 && eyeX * eyeX + eyeY * eyeY > 1
        }
    }

    /// The sheet as a camera sees it, each of its points brought to its place by `placed`.
    func mesh(_ shape: Shape, _ camera: CameraView, light: Float = 1, placed: (Point3) -> Point3) -> TexturedMesh {
        let corners = vertices.map { vertex in
            var point = Point3(x: vertex.x, y: vertex.y, z: vertex.depth * shape.relief)
            if shape.curvature > 1e-6 {
                // Bending keeps lengths along the sheet.
                let radius = 1 / shape.curvature
                switch shape.axis {
                case .vertical:
                    let angle = max(-2.4, min(2.4, point.x / radius))
                    point = Point3(x: radius * sin(angle), y: point.y, z: point.z + radius * (1 - cos(angle)))
                case .horizontal:
                    let angle = max(-2.4, min(2.4, (point.y - 30) / radius))
                    point = Point3(x: point.x, y: 30 + radius * sin(angle), z: point.z + radius * (1 - cos(angle)))
                }
            }
            return camera.corner(placed(point * size), texture: vertex.texture, light: light)
        }
        return TexturedMesh(corners: corners, triangles: triangles)
    }
}
