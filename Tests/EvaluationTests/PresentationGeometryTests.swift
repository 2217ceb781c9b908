import FaceAnalysis
import Foundation
import Liveness
import Testing

@testable import Evaluation

@Suite("Geometry of presentations")
struct PresentationGeometryTests {
    /// A face from the front, upright, eyes 63 pixels apart: one pixel a millimetre.
    private static let landmarks = FaceLandmarks(
        leftEye: PicturePoint(x: 68.5, y: 100),
        rightEye: PicturePoint(x: 131.5, y: 100),
        nose: PicturePoint(x: 100, y: 136),
        leftMouth: PicturePoint(x: 73.5, y: 165),
        rightMouth: PicturePoint(x: 126.5, y: 165)
    )
    private static let camera = CameraView(focalLength: 600, distance: 400, x: 320, y: 220)
    /// Eyes, tip of the nose, corners of the mouth in millimetres of the face.
    private static let points: [(x: Double, y: Double)] = [(-31.5, 0), (31.5, 0), (0, 36), (-26.5, 65), (26.5, 65)]

    private static func sitter() throws -> Sitter {
        let frame = try #require(FaceFrame(landmarks))
        var draws = SeededDraws(1)
        let canvas = try FaceCanvas(PictureRaster(width: 20, height: 20, red: 120), frame: frame)
        return Sitter(canvas: canvas, frame: frame, draws: &draws)
    }

    private static func seen(_ sitter: Sitter, _ placement: Placement) -> FaceLandmarks {
        let pixels = points.map { point in
            let corner = camera.corner(
                sitter.place(x: point.x, y: point.y, placement),
                texture: PicturePoint(x: 0, y: 0)
            )
            return PicturePoint(x: corner.x, y: corner.y)
        }
        return FaceLandmarks(
            leftEye: pixels[0],
            rightEye: pixels[1],
            nose: pixels[2],
            leftMouth: pixels[3],
            rightMouth: pixels[4]
        )
    }

    @Test("The face's frame is that of its landmarks, and leads there and back")
    func frame() throws {
        let frame = try #require(FaceFrame(Self.landmarks))
        #expect(abs(frame.scale - 1) < 1e-6 && abs(frame.turn) < 1e-6)
        #expect(abs(frame.noseBelow - 36) < 1e-4 && abs(frame.mouthBelow - 65) < 1e-4)
        let eye = frame.pixel(x: -31.5, y: 0)
        #expect(eye.distance(to: Self.landmarks.leftEye) < 1e-3)
        let back = frame.millimetres(of: frame.pixel(x: 17, y: -40))
        #expect(abs(back.x - 17) < 1e-4 && abs(back.y + 40) < 1e-4)
        // A nose to the right of the middle is a head turned to the right of the picture.
        var turned = Self.landmarks
        turned.nose.x += 6
        #expect(try #require(FaceFrame(turned)).turn > 0.1)
        // Eyes on one spot, or a mouth above them, are no face.
        var none = Self.landmarks
        none.rightEye = none.leftEye
        #expect(FaceFrame(none) == nil)
        none = Self.landmarks
        none.leftMouth.y = 60
        none.rightMouth.y = 60
        #expect(FaceFrame(none) == nil)
    }

    @Test("A head is as deep as heads are")
    func surface() {
        let head = HeadSurface()
        #expect(abs(head.depth(x: 31.5, y: 0)) < 0.5)
        #expect((-34 ... -26).contains(head.depth(x: 0, y: 36)))
        #expect((-10...0).contains(head.depth(x: 26.5, y: 65)))
        #expect(head.depth(x: 75, y: 30) > 40)
        #expect(head.depth(x: 20, y: 10) == head.depth(x: -20, y: 10))
    }

    @Test(
        "The head goes where it is asked to",
        arguments: LivenessMovement.allCases
    )
    func movement(_ movement: LivenessMovement) throws {
        let sitter = try Self.sitter()
        var draws = SeededDraws(5)
        let rest = Self.seen(sitter, Placement())
        let moved = Self.seen(sitter, movement.byHead(distance: 400, &draws))
        let (before, after) = (HeadPose(rest), HeadPose(moved))
        let growth = moved.leftEye.distance(to: moved.leftMouth) / rest.leftEye.distance(to: rest.leftMouth)
        switch movement {
        // To the person's left is to the right of the picture.
        case .turnLeft: #expect(after.yaw < before.yaw - 12 && moved.nose.x > rest.nose.x + 10)
        case .turnRight: #expect(after.yaw > before.yaw + 12 && moved.nose.x < rest.nose.x - 10)
        case .lookUp: #expect(after.pitch < before.pitch - 8 && moved.nose.y < rest.nose.y - 10)
        case .lookDown: #expect(after.pitch > before.pitch + 8 && moved.nose.y > rest.nose.y + 10)
        case .comeCloser: #expect(growth > 1.2 && abs(after.yaw - before.yaw) < 8)
        case .moveAway: #expect(growth < 0.85 && abs(after.yaw - before.yaw) < 8)
        }
    }

    @Test("A performance does the movements in turn and is at rest between them")
    func performance() throws {
        var draws = SeededDraws(9)
        let challenge: [LivenessMovement] = [.turnLeft, .comeCloser, .lookUp]
        let performance = Performance(challenge, unrest: 0, draws: &draws) { movement, draws in
            movement.byHead(distance: 400, &draws)
        }
        #expect(performance.acts.map(\.movement) == challenge)
        for act in performance.acts {
            #expect(performance.placement(at: act.start) == Placement())
            #expect(performance.effort(at: act.start + act.out + act.hold / 2) == 1)
            #expect(performance.placement(at: act.start + act.out + act.hold / 2) == act.peak)
            #expect(performance.effort(at: act.end + 0.1) == 0)
        }
        #expect((4...9).contains(performance.duration))
    }

    /// The projective invariant of five points of a plane: no camera and no tilt changes it.
    private static func invariant(_ points: [PicturePoint]) -> Double {
        func area(_ a: Int, _ b: Int, _ c: Int) -> Double {
            let (p, q, r) = (points[a], points[b], points[c])
            return Double((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x))
        }
        return area(3, 2, 0) * area(4, 1, 0) / (area(3, 1, 0) * area(4, 2, 0))
    }

    private static let tilted = Placement(turn: 0.5, nod: -0.2, tilt: 0.1, shift: Point3(x: 20, y: -5, z: 30))

    private static func corners(_ shape: Sheet.Shape, _ placement: Placement) throws -> [PicturePoint] {
        let sheet = Sheet(try #require(FaceFrame(landmarks)), outline: .page, size: 1)
        let rotation = placement.rotation
        let mesh = sheet.mesh(shape, camera) { rotation($0) + placement.shift }
        // One in the middle, four towards the edges, of 35 columns.
        return [28 * 35 + 17, 8 * 35 + 5, 8 * 35 + 29, 42 * 35 + 6, 42 * 35 + 30].map {
            PicturePoint(x: mesh.corners[$0].x, y: mesh.corners[$0].y)
        }
    }

    @Test("A flat sheet stays a plane however it is held; a bent, an embossed one and a head do not")
    func planes() throws {
        let flat = Sheet.Shape()
        let rest = Self.invariant(try Self.corners(flat, Placement()))
        #expect(abs(Self.invariant(try Self.corners(flat, Self.tilted)) / rest - 1) < 1e-3)
        for shape in [
            Sheet.Shape(curvature: 1 / 90, axis: .vertical), Sheet.Shape(curvature: 1 / 90, axis: .horizontal),
            Sheet.Shape(relief: 0.4),
        ] {
            let shown = Self.invariant(try Self.corners(shape, Placement()))
            #expect(abs(Self.invariant(try Self.corners(shape, Self.tilted)) / shown - 1) > 1e-2)
        }
        let sitter = try Self.sitter()
        func points(_ placement: Placement) -> [PicturePoint] {
            let seen = Self.seen(sitter, placement)
            return [seen.nose, seen.leftEye, seen.rightEye, seen.leftMouth, seen.rightMouth]
        }
        let change = Self.invariant(points(Self.tilted)) / Self.invariant(points(Placement()))
        #expect(abs(change - 1) > 0.05)
    }

    @Test("Bending keeps lengths along the sheet")
    func bending() throws {
        let sheet = Sheet(try #require(FaceFrame(Self.landmarks)), outline: .page, size: 1)
        var flat: [Point3] = []
        var bent: [Point3] = []
        _ = sheet.mesh(Sheet.Shape(), Self.camera) { point in
            flat.append(point)
            return point
        }
        _ = sheet.mesh(Sheet.Shape(curvature: 1 / 80), Self.camera) { point in
            bent.append(point)
            return point
        }
        func length(_ points: [Point3]) -> Double {
            // The first row runs from side to side.
            zip(points.prefix(35), points.prefix(35).dropFirst()).reduce(0) { sum, pair in
                let step = pair.1 - pair.0
                return sum + step.dot(step).squareRoot()
            }
        }
        #expect(abs(length(bent) / length(flat) - 1) < 1e-3)
        #expect(try #require(bent.first).z > 20)
    }
}
