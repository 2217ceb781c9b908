import Biometrics
import FaceAnalysis
import Foundation

/// How a face moved through an answer, measured against how it looked at rest.
struct Trajectory: Sendable {
    /// The face of one frame.
    struct Sample: Sendable {
        /// Which frame it is of.
        var frame: Int
        /// Seconds from the first frame.
        var time: Double
        var shape: FaceShape
        var placement: FaceShape.Placement
        /// The middle of the face's box along the line of the eyes, from the middle of eyes and mouth, and its
        /// breadth, both in distances of the eyes as seen.
        var outline: Outline
        var template: FaceTemplate?
        /// How far the nose moved before the plane of eyes and mouth, in distances of the eyes: right and down.
        var parallax = Vector(0, 0)
        /// How far the face moved down in the picture, in distances of the eyes.
        var sinking = 0.0
        /// Natural logarithm of the size over the size at rest.
        var scale = 0.0
        /// Natural logarithm of breadth over height, over the same at rest: negative when a turn narrows the face.
        var aspect = 0.0
    }

    /// Where the outline of the head lies about eyes and mouth.
    struct Outline: Equatable, Sendable {
        var offset: Double
        var breadth: Double

        init(_ box: PictureRectangle, _ placement: FaceShape.Placement) {
            let middle = Vector(Double(box.left + box.right) / 2, Double(box.top + box.bottom) / 2)
            let way = middle - placement.centre
            offset = (way.x * cos(placement.roll) + way.y * sin(placement.roll)) / placement.eyes
            breadth = Double(box.width) / placement.eyes
        }
    }

    /// The frames with a usable face, in their order.
    var samples: [Sample]
    /// The face at rest.
    var neutral: FaceShape
    /// The distance of the eyes at rest, pixels.
    var eyesAtRest: Double
    /// The coarse pose at rest, degrees.
    var poseAtRest: (yaw: Double, pitch: Double)

    /// Follows the largest face; `nil` where fewer than three frames have one, or it cannot be measured.
    init?(_ frames: [LivenessFrame], settings: LivenessSettings) {
        guard let start = frames.first?.capturedAt else { return nil }
        var samples: [Sample] = []
        for (index, frame) in frames.enumerated() {
            guard let face = frame.faces.first, let found = FaceShape.normalized(face.landmarks) else { continue }
            samples.append(
                Sample(
                    frame: index,
                    time: frame.capturedAt - start,
                    shape: found.shape,
                    placement: found.placement,
                    outline: Outline(face.box, found.placement),
                    template: face.template
                )
            )
        }
        let early = samples.indices.filter { samples[$0].time <= settings.restAtStart }
        let first = early.count >= 3 ? early : Array(samples.indices.prefix(3))
        guard first.count >= 3 else { return nil }
        self.samples = samples
        neutral = samples[0].shape
        eyesAtRest = samples[0].placement.eyes
        poseAtRest = (0, 0)
        guard measure(against: first) else { return nil }
        // The face at rest is measured again on all frames that look like the first ones: the more of them, the less
        // the noise of a few carries over to every other frame.
        for _ in 0..<2 {
            let resting = self.samples.indices.filter { self.samples[$0].isResting(settings) }
            guard resting.count >= first.count else { break }
            guard measure(against: resting) else { return nil }
        }
        let poses = first.compactMap { frames[samples[$0].frame].faces.first?.pose }
        poseAtRest = (
            Statistics.median(poses.map { Double($0.yaw) }) ?? .nan,
            Statistics.median(poses.map { Double($0.pitch) }) ?? .nan
        )
    }

    /// Measures all samples against the median of some; false where a measure is impossible.
    private mutating func measure(against resting: [Int]) -> Bool {
        guard let neutral = FaceShape.median(resting.map { samples[$0].shape }),
            let eyes = Statistics.median(resting.map { samples[$0].placement.eyes }),
            let height = Statistics.median(resting.map { samples[$0].placement.height }),
            let level = Statistics.median(resting.map { samples[$0].placement.centre.y }),
            eyes > 0, height > 0
        else { return false }
        self.neutral = neutral
        eyesAtRest = eyes
        for index in samples.indices {
            guard let parallax = samples[index].shape.parallax(from: neutral), parallax.isFinite else { return false }
            let breadth = log(samples[index].placement.eyes / eyes)
            let length = log(samples[index].placement.height / height)
            samples[index].parallax = parallax
            samples[index].sinking = (samples[index].placement.centre.y - level) / eyes
            // A turn shortens the breadth and a nod the height; the larger of both has kept the size.
            samples[index].scale = max(breadth, length)
            samples[index].aspect = breadth - length
        }
        return samples.allSatisfy { $0.parallax.isFinite && $0.scale.isFinite && $0.aspect.isFinite }
    }
}

extension Trajectory.Sample {
    /// Whether the face looks as it did at the start, but for noise.
    func isResting(_ settings: LivenessSettings) -> Bool {
        abs(parallax.x) < settings.turnParallax / 2 && abs(nod(settings)) < 0.6
            && abs(scale) < settings.scaleChange / 2 && abs(aspect) < 0.08
    }

    /// How far a nod goes, in its limit: half from the nose before the plane of eyes and mouth, half from the face's
    /// way in the picture, because either alone is lost in noise or in sitting down.
    func nod(_ settings: LivenessSettings) -> Double {
        let shift = max(-1, min(1, sinking / settings.nodShift))
        return (parallax.y / settings.nodParallax + shift) / 2
    }
}
