import FaceAnalysis
import Foundation
public import Liveness

/// Draws presentations: bona fide ones and attacks, as frames of a camera, the same for the same seed.
///
/// Everything is made of one picture a person. What a camera does to a picture (perspective, noise, drifting exposure,
/// trembling, JPEG) is drawn; what paper and screens do to it (gloss, moiré, edges of a hand) is not, and makes the
/// attacks harder to see than real ones.
public struct PresentationStudio: Sendable {
    let person: PresentationActor
    let other: PresentationActor
    private let seed: UInt64

    /// A studio for a person.
    ///
    /// - Parameters:
    ///   - person: Whose face is asked for.
    ///   - other: Somebody else, for attacks that need one.
    /// - Throws: `EvaluationError` or `FaceAnalysisError` where a picture cannot be used.
    public init(_ person: PresentationSubject, other: PresentationSubject, seed: UInt64) throws {
        self.person = try PresentationActor(person, seed: seed)
        self.other = try PresentationActor(other, seed: seed &+ 1)
        self.seed = seed
    }

    /// The frames of a presentation.
    ///
    /// - Parameter challenge: the movements that are asked for.
    /// - Throws: `FaceAnalysisError` where a frame cannot be drawn.
    public func frames(_ species: PresentationSpecies, challenge: [LivenessMovement]) throws -> [PresentationFrame] {
        let place = PresentationSpecies.allCases.firstIndex(of: species) ?? 0
        var draws = SeededDraws(seed, 2, UInt64(place))
        let camera = Camera(draws: &draws)
        switch species {
        case .bonaFide:
            return try recording(of: person, challenge, camera, &draws).frames
        case .stillPrint, .movedPrint, .tiltedPrint, .bentPrintVertical, .bentPrintHorizontal, .embossedPrint:
            return try sheetFrames(species, challenge, camera, &draws)
        case .cutOutMask:
            return try maskFrames(challenge, camera, &draws)
        case .replay:
            let asked = Self.anotherChallenge(than: challenge, &draws)
            return try recording(of: person, asked, camera, &draws).frames
        case .splicedPersons:
            return try splicedPersons(challenge, camera, &draws)
        case .splicedRecordings:
            return try splicedRecordings(challenge, camera, &draws)
        case .reorderedFrames:
            return try reorderedFrames(challenge, camera, &draws)
        }
    }

    // MARK: - Recordings of people

    struct Recording {
        var performance: Performance
        var frames: [PresentationFrame]
    }

    func recording(
        of actor: PresentationActor,
        _ challenge: [LivenessMovement],
        _ camera: Camera,
        _ draws: inout SeededDraws
    ) throws -> Recording {
        let performance = Performance(challenge, draws: &draws) { movement, draws in
            movement.byHead(distance: camera.distance, &draws)
        }
        let frames = try Self.film(camera, performance.duration, &draws) { time, view, picture, depths in
            let mesh = actor.sitter.mesh(performance.placement(at: time), view)
            try picture.draw(mesh, texture: actor.canvas.texture, depths: &depths)
        }
        return Recording(performance: performance, frames: frames)
    }

    /// Films a scene at about 8 to 9 frames a second.
    private static func film(
        _ camera: Camera,
        _ duration: Double,
        _ draws: inout SeededDraws,
        _ scene: (Double, CameraView, inout PictureRaster, inout [Float]) throws -> Void
    ) throws -> [PresentationFrame] {
        let blank = PictureRaster(width: Camera.width, height: Camera.height, red: 90, green: 90, blue: 90)
        let far = [Float](repeating: .infinity, count: Camera.width * Camera.height)
        let interval = draws.number(in: 0.105...0.128)
        var frames: [PresentationFrame] = []
        var time = 0.0
        while time <= duration {
            var picture = blank
            var depths = far
            try scene(time, camera.view(draws: &draws), &picture, &depths)
            picture.expose(
                gain: Float(camera.gain(at: time)),
                readNoise: Float(camera.readNoise),
                shotNoise: Float(camera.shotNoise),
                seed: draws.next()
            )
            frames.append(PresentationFrame(capturedAt: time, file: try picture.jpeg(quality: camera.quality)))
            time += interval * draws.number(in: 0.92...1.08)
        }
        return frames
    }

    // MARK: - Prints and masks

    private func sheetFrames(
        _ species: PresentationSpecies,
        _ challenge: [LivenessMovement],
        _ camera: Camera,
        _ draws: inout SeededDraws
    ) throws -> [PresentationFrame] {
        let habits = SheetHabits(species, draws: &draws)
        let performance = Performance(challenge, unrest: habits.unrest, draws: &draws) { movement, draws in
            habits.placement(movement, distance: camera.distance, &draws)
        }
        let sheet = Sheet(person.frame, outline: .page, size: draws.number(in: 0.85...1.15))
        let room = try Self.room(&draws)
        return try Self.film(camera, performance.duration, &draws) { time, view, picture, depths in
            try picture.draw(Self.backdrop, texture: room, depths: &depths)
            let placement = performance.placement(at: time)
            let rotation = placement.rotation
            // The hand turns the sheet about its middle, which lies some way below the eyes.
            let middle = Point3(x: 0, y: 25, z: 0)
            let mesh = sheet.mesh(habits.shape(effort: performance.effort(at: time)), view, light: 0.95) {
                rotation($0 - middle) + middle + placement.shift
            }
            try picture.draw(mesh, texture: person.canvas.texture, depths: &depths)
        }
    }

    private func maskFrames(
        _ challenge: [LivenessMovement],
        _ camera: Camera,
        _ draws: inout SeededDraws
    ) throws -> [PresentationFrame] {
        let performance = Performance(challenge, draws: &draws) { movement, draws in
            movement.byHead(distance: camera.distance, &draws)
        }
        let mask = Sheet(person.frame, outline: .maskWithHoles, size: 1)
        let shape = Sheet.Shape(curvature: 1 / draws.number(in: 140...400))
        // Just before the wearer's nose.
        let distance = draws.number(in: 30...36)
        return try Self.film(camera, performance.duration, &draws) { time, view, picture, depths in
            let placement = performance.placement(at: time)
            let head = other.sitter.mesh(placement, view)
            try picture.draw(head, texture: other.canvas.texture, depths: &depths)
            let mesh = mask.mesh(shape, view, light: 0.95) {
                Sitter.attached($0 + Point3(x: 0, y: 0, z: -distance), placement)
            }
            try picture.draw(mesh, texture: person.canvas.texture, depths: &depths)
        }
    }

    /// A blurred room behind a print.
    private static func room(_ draws: inout SeededDraws) throws -> PictureRaster {
        let wall = draws.number(in: 70...190)
        var tones: [SIMD3<Float>] = []
        for _ in 0..<48 {
            let tone = wall + draws.number(in: -45...45)
            tones.append(SIMD3(Float(tone + draws.number(in: -12...12)), Float(tone), Float(tone - 8)))
        }
        return try PictureRaster(width: 8, height: 6) { x, y in tones[y * 8 + x] }.resized(width: 80, height: 60)
    }

    /// The whole picture, far behind everything else.
    private static let backdrop = TexturedMesh(
        corners: [(0, 0), (1, 0), (0, 1), (1, 1)].map { (x: Float, y: Float) in
            TexturedMesh.Corner(
                x: x * Float(Camera.width),
                y: y * Float(Camera.height),
                depth: 10_000,
                u: x * 79,
                v: y * 59
            )
        },
        triangles: Grid.triangles(columns: 2, rows: 2)
    )

    /// Any challenge but that one.
    static func anotherChallenge(than asked: [LivenessMovement], _ draws: inout SeededDraws) -> [LivenessMovement] {
        while true {
            let drawn = LivenessChallenge.random(using: &draws).movements
            if drawn != asked { return drawn }
        }
    }
}

/// How somebody handles a print of a species.
struct SheetHabits: Sendable {
    private let species: PresentationSpecies
    private let curvature: Double
    private let bending: Double
    private let relief: Double

    init(_ species: PresentationSpecies, draws: inout SeededDraws) {
        self.species = species
        let radius = draws.number(in: 80...180)
        bending = draws.number(in: 0.2...0.6)
        let embossing = draws.number(in: 0.3...0.5)
        let isBent = species == .bentPrintVertical || species == .bentPrintHorizontal
        curvature = isBent ? 1 / radius : 0
        relief = species == .embossedPrint ? embossing : 0
    }

    /// A thing in the hand sways more than a head.
    var unrest: Double { 1.3 }

    /// The shape while a movement is carried out, `effort` 0 to 1.
    func shape(effort: Double) -> Sheet.Shape {
        Sheet.Shape(
            curvature: curvature * (1 + bending * effort),
            axis: species == .bentPrintHorizontal ? .horizontal : .vertical,
            relief: relief
        )
    }

    func placement(_ movement: LivenessMovement, distance: Double, _ draws: inout SeededDraws) -> Placement {
        switch species {
        case .stillPrint: return Placement()
        case .movedPrint:
            var placement = movement.byHand(distance: distance, tilts: 0...0, shifts: 15...50, &draws)
            placement.tilt = draws.eitherSign(of: 3...15) * .pi / 180
            return placement
        case .embossedPrint: return movement.byHand(distance: distance, tilts: 20...38, shifts: 0...30, &draws)
        default: return movement.byHand(distance: distance, tilts: 18...42, shifts: 0...40, &draws)
        }
    }
}
