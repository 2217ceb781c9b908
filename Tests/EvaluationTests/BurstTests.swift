import Biometrics
import Evaluation
import Foundation
import Testing

@Suite("Bursts against portraits")
struct BurstTests {
    /// Samples are plain numbers: distance is their difference, fused is their mean.
    private static let numbers = SampleComparison<Float>(
        distance: { abs($0 - $1) },
        fuse: { $0.reduce(0, +) / Float($0.count) }
    )

    private static func list(_ people: [Int]) throws -> PairList {
        let names = people.enumerated().flatMap { person, pictures in
            (0..<pictures).map { "p\(person)/\($0).jpg" }
        }
        var lines = ["a,b,same"]
        for name in names { lines.append("\(names[0]),\(name),\(name.hasPrefix("p0/") ? 1 : 0)") }
        return try PairList.file(lines.joined(separator: "\n"), source: "x")
    }

    @Test("Portrait and bursts of a person share no picture, and each picture is the portrait once")
    func disjoint() throws {
        // Each sample is a power of two, so the sum of what was compared tells which pictures took part.
        let list = try Self.list([4, 4])
        let samples: [Float?] = list.pictures.indices.map { Float(1 << $0) }
        let both = SampleComparison<Float>(distance: { $0 + $1 }, fuse: { $0.reduce(0, +) })
        let conditions = try BurstProtocol(portraitFrames: 1, burst: 3).conditions(list, samples, by: both)
        #expect(conditions.map(\.name) == ["one picture", "nearest of 3", "mean of 3", "3 pictures fused"])
        // Portrait and burst are all four pictures of the person, each once: 1 + 2 + 4 + 8 or 16 + 32 + 64 + 128.
        let fused = try #require(conditions.last).trials
        #expect(fused.mated.map(\.distance) == [15, 15, 15, 15, 240, 240, 240, 240])
        #expect(fused.nonMated.count == 8)
        #expect(conditions[0].trials.mated.count == 24)
        #expect(conditions[0].trials.nonMated.count == 24)
        // The nearest of a burst is the least sum.
        #expect(conditions[1].trials.mated.map(\.distance) == [3, 3, 5, 9, 48, 48, 80, 144])
        // The mean of a burst is the portrait and a third of the rest.
        let means = [1, 2, 4, 8].map { Float($0) + Float(15 - $0) / 3 }
        #expect(zip(conditions[2].trials.mated.map(\.distance), means).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test("People with too few pictures are portraits for others, and failures to enrol are no frames")
    func few() throws {
        let list = try Self.list([4, 1, 4])
        var samples: [Float?] = list.pictures.indices.map { Float($0) }
        // The third person has three pictures left: no burst of three beside a portrait.
        samples[list.pictures.count - 1] = nil
        let conditions = try BurstProtocol().conditions(list, samples, by: Self.numbers)
        let fused = try #require(conditions.last).trials
        #expect(Set(fused.mated.map(\.first)) == [0])
        #expect(fused.mated.count == 4)
        // One portrait of the second, three of the third, against a burst of the first.
        #expect(fused.nonMated.count == 4)
        #expect(try BurstProtocol().conditions(Self.list([2, 2]), [0, 1, 2, 3], by: Self.numbers).isEmpty)
    }

    @Test("A portrait of several frames is compared with one of a single frame too")
    func frames() throws {
        let list = try Self.list([5, 5])
        let samples: [Float?] = list.pictures.indices.map { Float($0) }
        let way = try BurstProtocol(portraitFrames: 2, burst: 3)
        let conditions = try way.conditions(list, samples, by: Self.numbers)
        #expect(conditions.map(\.name).contains("one picture, portrait of one frame"))
        #expect(conditions.map(\.trials.mated.count) == [30, 30, 10, 10, 10])
        #expect(way.summary.contains("2 pictures fused"))
    }

    @Test("A person with many pictures does not make up the result")
    func caps() throws {
        let list = try Self.list([60, 4])
        let samples: [Float?] = list.pictures.indices.map { Float($0) }
        let conditions = try BurstProtocol().conditions(list, samples, by: Self.numbers)
        // Ten splits with three bursts of the first, four with one of the second.
        #expect(conditions.last?.trials.mated.count == 34)
    }

    @Test("Impossible protocols are refused", arguments: [(0, 3), (17, 3), (1, 1), (1, 17)])
    func refused(_ frames: Int, _ burst: Int) {
        #expect(throws: EvaluationError.self) { try BurstProtocol(portraitFrames: frames, burst: burst) }
    }

    @Test("The report tells the protocol and what the burst gains")
    func report() throws {
        // Three people on a sphere, each picture with an error of its own that the mean takes away.
        let list = try Self.list([6, 6, 6])
        let templates = try list.pictures.indices.map { index -> FaceTemplate? in
            var values: [Float] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
            values[index / 6] = 1
            values[3 + index % 6] = 0.8
            let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return try FaceTemplate(modelID: "m", values: values.map { $0 / length })
        }
        let found = PictureTemplates(templates: templates, failures: [:], dataDigest: "d")
        let report = try Evaluation.report(
            list,
            found,
            modelID: "m",
            modelSha256: [:],
            analysisSeconds: 1,
            burst: BurstProtocol()
        )
        let burst = try #require(report.burst)
        #expect(burst.pictures == 3 && burst.portraitFrames == 1)
        #expect(burst.conditions.map(\.name) == ["one picture", "nearest of 3", "mean of 3", "3 pictures fused"])
        #expect(burst.conditions.allSatisfy { $0.atSingleThresholds.count <= report.operatingPoints.count })
        #expect(report.table.contains("Bursts: portrait: one picture"))
        #expect(report.page.contains("<h3>3 pictures fused</h3>"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        #expect(try decoder.decode(EvaluationReport.self, from: report.json()).burst?.conditions.count == 4)
    }
}
