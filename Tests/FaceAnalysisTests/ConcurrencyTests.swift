import Biometrics
import Dispatch
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
        let pool = WorkerPool(workers: [try Self.worker()], mostWaiting: 3)
        let begun = try await Begun(in: pool)

        let tasks = (1...3).map { number in
            Task { [begun] in
                while pool.load.waiting < number - 1 { await Task.yield() }
                return try await pool.run { _ in begun.note(number) }
            }
        }
        while pool.load.waiting < 3 { await Task.yield() }
        await #expect(throws: FaceAnalysisError(.busy, "")) { try await pool.run { _ in begun.note(4) } }

        tasks[1].cancel()
        await #expect(throws: FaceAnalysisError(.cancelled, "")) { try await tasks[1].value }
        #expect(pool.load.waiting == 2)
        #expect(begun.notes == [])
        begun.end()
        _ = try await (tasks[0].value, tasks[2].value)
        #expect(begun.notes == [1, 3])
        #expect(pool.load.waiting == 0)
        try await pool.run { _ in begun.note(5) }
        #expect(begun.notes == [1, 3, 5])
    }

    @Test("who was cancelled before he had to wait does not wait")
    func cancelledBefore() async throws {
        let pool = WorkerPool(workers: [try Self.worker()], mostWaiting: 1)
        let begun = try await Begun(in: pool)
        let late = Task { [begun] in
            while !Task.isCancelled { await Task.yield() }
            return try await pool.run { _ in begun.note(1) }
        }
        late.cancel()
        await #expect(throws: FaceAnalysisError(.cancelled, "")) { try await late.value }
        #expect(pool.load.waiting == 0)
        begun.end()
        try await pool.run { _ in begun.note(2) }
        #expect(begun.notes == [2])
    }

    @Test("whoever finds the queue full is counted as refused, for a minute; the queue never grows beyond its length")
    func refused() async throws {
        let clock = TestInstant()
        let pool = WorkerPool(workers: [try Self.worker()], mostWaiting: 1, clock: { clock.now })
        let begun = try await Begun(in: pool)
        let waiting = Task { try await pool.run { _ in begun.note(1) } }
        while pool.load.waiting < 1 { await Task.yield() }
        for _ in 0..<3 {
            await #expect(throws: FaceAnalysisError(.busy, "")) { try await pool.run { _ in begun.note(9) } }
        }
        #expect(pool.load == AnalysisLoad(workers: 1, waiting: 1, mostWaiting: 1, refusedLastMinute: 3))
        clock.advance(by: .seconds(59))
        await #expect(throws: FaceAnalysisError(.busy, "")) { try await pool.run { _ in begun.note(9) } }
        #expect(pool.load.refusedLastMinute == 4)
        clock.advance(by: .seconds(1))
        #expect(pool.load.refusedLastMinute == 1, "the first three are a minute old")
        clock.advance(by: .seconds(59))
        begun.end()
        try await waiting.value
        #expect(pool.load == AnalysisLoad(workers: 1, waiting: 0, mostWaiting: 1, refusedLastMinute: 0))
        #expect(begun.notes == [1])
    }

    /// A clock that only a test moves.
    private final class TestInstant: @unchecked Sendable {
        private let lock = NSLock()
        private var instant = ContinuousClock.now

        var now: ContinuousClock.Instant { lock.withLock { instant } }
        func advance(by duration: Duration) { lock.withLock { instant += duration } }
    }

    @Test("a worker is free again before its caller knows, so one after the other never finds it busy")
    func freeInTime() async throws {
        let pool = WorkerPool(workers: [try Self.worker()], mostWaiting: 0)
        for number in 0..<2_000 { #expect(try await pool.run { _ in number } == number) }
    }

    /// Occupies a pool's only worker until it may end, and notes what is done then.
    private final class Begun: @unchecked Sendable {
        private let gate = DispatchSemaphore(value: 0)
        private let lock = NSLock()
        private var noted: [Int] = []

        init(in pool: WorkerPool) async throws {
            let (started, report) = AsyncStream.makeStream(of: Void.self)
            let gate = gate
            Task {
                try await pool.run { _ in
                    report.finish()
                    gate.wait()
                }
            }
            for await _ in started {}
        }

        var notes: [Int] { lock.withLock { noted } }
        func note(_ number: Int) { lock.withLock { noted.append(number) } }
        func end() { gate.signal() }
    }

    private static func worker() throws -> FaceWorker {
        let models = try LoadedModels(
            manifest: ModelManifest.load(directory: Support.modelsDirectory),
            directory: Support.modelsDirectory,
            digest: Support.digest
        )
        return try FaceWorker(number: 1, models: models, limits: PictureLimits())
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
        // One picture forgotten at every turn would be some 400 MB each time; other tests run beside this one and may
        // grow meanwhile, but hardly at all three times.
        var growth: [Int] = []
        while growth.count < 3, growth.last.map({ $0 >= 100_000 }) ?? true {
            let before = try Self.residentKilobytes()
            for index in 0..<80 { _ = try await analyzer.analyze(files[index % files.count]) }
            growth.append(try Self.residentKilobytes() - before)
        }
        #expect((growth.last ?? .max) < 100_000, "\(growth) kB")
    }

    private static func residentKilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
    }
}
