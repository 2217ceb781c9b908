import Biometrics
import Foundation
import Testing

@testable import FaceAnalysis

@Suite("Workers")
struct ConcurrencyTests {
    @Test("eight tasks on two workers give the same bits as one after the other")
    func sameBits() async throws {
        let analyzer = try Support.analyzer()
        let files = try (PhotographTests.portraits + PhotographTests.portraits).map(Support.photograph)
        var sequential: [[DetectedFace]] = []
        for file in files { sequential.append(try await analyzer.analyze(file).faces) }

        let concurrent = try await withThrowingTaskGroup(of: (Int, [DetectedFace]).self) { group in
            for (index, file) in files.enumerated() {
                group.addTask { (index, try await analyzer.analyze(file).faces) }
            }
            return try await group.reduce(into: [Int: [DetectedFace]]()) { $0[$1.0] = $1.1 }
        }
        for (index, faces) in sequential.enumerated() {
            #expect(concurrent[index] == faces)
            #expect(concurrent[index]?.first?.template?.encoded() == faces.first?.template?.encoded())
        }
    }

    @Test("beyond the most that may wait the answer is busy, in order, and waiting can be cancelled")
    func backPressure() async throws {
        let manifest = try ModelManifest.load(directory: Support.modelsDirectory)
        let models = try LoadedModels(
            manifest: manifest,
            directory: Support.modelsDirectory,
            digest: Support.digest
        )
        let worker = try FaceWorker(number: 1, models: models, limits: PictureLimits())
        let pool = WorkerPool(workers: [worker], mostWaiting: 2)

        let taken = try await pool.take()
        let first = Task { try await pool.take() }
        while await pool.waiting < 1 { await Task.yield() }
        let second = Task { try await pool.take() }
        while await pool.waiting < 2 { await Task.yield() }
        await #expect(throws: FaceAnalysisError(.busy, "")) { try await pool.take() }

        first.cancel()
        await #expect(throws: FaceAnalysisError(.cancelled, "")) { try await first.value }
        #expect(await pool.waiting == 1)
        await pool.giveBack(taken)
        let lent = try await second.value
        #expect(await pool.waiting == 0)
        await pool.giveBack(lent)
        _ = try await pool.take()
    }

    @Test("a bad picture gives its worker back")
    func failureReturnsWorker() async throws {
        let analyzer = try Support.analyzer()
        for _ in 0..<(3 * analyzer.workerCount) {
            await #expect(throws: FaceAnalysisError(.pictureUnsupportedFormat, "")) {
                try await analyzer.analyze(Data("no picture".utf8))
            }
        }
        #expect(try await analyzer.analyze(Support.photograph("biden")).faces.count == 1)
    }

    @Test("memory does not grow with the number of pictures")
    func memory() async throws {
        let analyzer = try Support.analyzer()
        let files = try PhotographTests.portraits.map(Support.photograph)
        for file in files + files { _ = try await analyzer.analyze(file) }
        let before = try Self.residentKilobytes()
        for index in 0..<80 { _ = try await analyzer.analyze(files[index % files.count]) }
        // One picture forgotten at every turn would be some 400 MB; other tests run beside this one.
        #expect(try Self.residentKilobytes() - before < 100_000)
    }

    private static func residentKilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
    }
}
