import Foundation

/// `wall --root DIRECTORY [--candidates N] [--seconds N]`: hundreds of candidates send a frame every ten seconds while
/// examiners watch; then five times as often, which is more than the machine can compare.
struct WallBenchmark {
    private static let framesEvery = 10.0
    private static let rushFactor = 5.0
    private static let examiners = 3

    private let root: URL
    private let candidates: Int
    private let seconds: Double

    init(_ words: [String]) throws {
        var values: [String: String] = [:]
        for pair in stride(from: 0, to: words.count - 1, by: 2) { values[words[pair]] = words[pair + 1] }
        guard words.count % 2 == 0, Set(values.keys).isSubset(of: ["--root", "--candidates", "--seconds"]),
            let root = values["--root"], let candidates = Int(values["--candidates"] ?? "300"), candidates > 0,
            let seconds = Double(values["--seconds"] ?? "60"), seconds >= 10
        else { throw BenchmarkError("wall --root DIRECTORY [--candidates N] [--seconds N]") }
        self.root = URL(filePath: root)
        self.candidates = candidates
        self.seconds = seconds
    }

    /// What came of one pace.
    private struct Phase {
        var name: String
        var seconds: Double
        var frames: [ExamLoad.Reply]
        var looks: [ExamLoad.Reply]
        /// Those of the looks that asked for all tiles.
        var pages: [ExamLoad.Reply]
        /// Seconds from when a frame was due until an examiner's stream told of it.
        var told: [Double]
        var mostWaiting: Int
        var memory: Int
        /// What the service said of itself when the frames were over.
        var state: String
    }

    func run() throws {
        let pictures = try preparePictures()
        let engine = try engineRate(pictures)
        print("\npreparing the exam: \(candidates) candidates log in, consent, send a portrait and a first frame")
        let daemon = try BenchmarkDaemon(root: root, name: "wall")
        defer { daemon.end() }
        let hall = try WallHall(daemon, candidates: candidates, portrait: pictures.portrait, frame: pictures.frame)
        let calm = try phase("a frame every 10 s", every: Self.framesEvery, for: seconds, hall)
        let rush = try phase("a frame every 2 s", every: Self.framesEvery / Self.rushFactor, for: seconds / 2, hall)
        report([calm, rush], engine: engine)
        for phase in [calm, rush] {
            let strange = phase.frames.filter { ![201, 503].contains($0.status) }
            guard strange.isEmpty, phase.looks.allSatisfy({ $0.status == 200 }) else {
                throw BenchmarkError("an answer was \((strange + phase.looks.filter { $0.status != 200 })[0].status)")
            }
            let compared = phase.frames.filter { $0.status == 201 }.count
            guard phase.told.count == compared else {
                throw BenchmarkError("\(compared) frames were compared, an examiner heard of \(phase.told.count)")
            }
        }
    }

    private func phase(_ name: String, every: Double, for duration: Double, _ hall: WallHall) throws -> Phase {
        print("\(candidates) candidates send \(name), \(Self.examiners) examiners watch, \(Int(duration)) s")
        let load = try ExamLoad(port: hall.daemon.port, candidates: candidates + Self.examiners)
        let follower = try WallFollower(port: hall.daemon.port, exam: hall.exam, token: hall.examiner)
        let watch = WallWatch(hall)
        let frames = hall.frames(every: every, for: duration)
        let looks = hall.looks(of: Self.examiners, for: duration)
        let all = (frames + looks).sorted { $0.due < $1.due }
        let start = EventSubscribers.now
        let replies = try load.run(all)
        let (most, state) = watch.end()
        let isFrame = replies.map { all[$0.request].candidate < candidates }
        let frameReplies = zip(replies, isFrame).filter(\.1).map(\.0)
        var told: [Double] = []
        let arrivals = follower.end(expecting: frameReplies.filter { $0.status == 201 }.count)
        for reply in frameReplies where reply.status == 201 {
            let id = (try? JSONDecoder().decode(WallFollower.Verdict.self, from: reply.body))?.identification_id ?? ""
            if let at = arrivals[id] { told.append(at - start - all[reply.request].due) }
        }
        return Phase(
            name: name,
            seconds: duration,
            frames: frameReplies,
            looks: zip(replies, isFrame).filter { !$0.1 }.map(\.0),
            pages: replies.filter { all[$0.request].bytes.prefix(64).range(of: Data("/wall?".utf8)) != nil },
            told: told,
            mostWaiting: most,
            memory: hall.daemon.residentBytes,
            state: state
        )
    }

    // MARK: - Pictures and the limit

    private func preparePictures() throws -> (portrait: URL, frame: URL) {
        let peers = root.appending(path: "Sources/Benchmarks/Peers")
        let work = root.appending(path: ".build/bench")
        try VerificationBenchmark.call("/bin/bash", [peers.appending(path: "prepare").path, work.path])
        let python = work.appending(path: "environment/bin/python").path
        let originals = root.appending(path: "SampleImages/photographs")
        // As the exam's page sends them.
        let folder = work.appending(path: "frames-960")
        let script = peers.appending(path: "frames.py").path
        try VerificationBenchmark.call(python, ["-B", script, originals.path, folder.path, "960"])
        return (originals.appending(path: "obama.jpg"), folder.appending(path: "obama3.jpg"))
    }

    /// Pictures a second that the engine alone analyses on this machine: the most that a wall can be shown.
    private func engineRate(_ pictures: (portrait: URL, frame: URL)) throws -> Double {
        let cores = Array(0..<min(2, ProcessInfo.processInfo.activeProcessorCount))
        let process = try VerificationLoadProcess(
            models: root.appending(path: "Models"),
            images: [pictures.frame.path, pictures.frame.path],
            workers: cores.count,
            cores: cores
        )
        let rates = try (0..<5).map { _ in
            2 * (try process.measure(.together, verifications: 60)).verificationsPerSecond
        }
        try process.end()
        return Measurement.percentile(rates, 0.5)
    }

    private func report(_ phases: [Phase], engine: Double) {
        func cell(_ text: String) -> String { String(repeating: " ", count: max(1, 11 - text.count)) + text }
        func row(_ name: String, _ cells: [String]) {
            print("  \(name.padding(toLength: 34, withPad: " ", startingAt: 0))\(cells.map(cell).joined())")
        }
        func times(_ values: [Double]) -> [String] {
            [0.5, 0.95, 0.99, 1].map { String(format: "%.0f", Measurement.percentile(values, $0)) }
        }
        let engineText = String(format: "%.0f", engine)
        for phase in phases {
            let compared = phase.frames.filter { $0.status == 201 }
            let refused = phase.frames.filter { $0.status == 503 }
            let rate = String(format: "%.0f", Double(phase.frames.count) / phase.seconds)
            let done = String(format: "%.0f", Double(compared.count) / phase.seconds)
            print(
                """

                \(phase.name): \(rate) frames a second came, \(done) were compared (the engine alone: \(engineText)), \
                \(refused.count) of \(phase.frames.count) were put off.
                At most \(phase.mostWaiting) waited; memory afterwards \(phase.memory / 1_048_576) MiB; the wall said \
                "\(phase.state)".
                """
            )
            row("milliseconds", ["median", "95th pc.", "99th pc.", "longest"])
            row("frame due → compared", times(compared.map(\.milliseconds)))
            if !refused.isEmpty { row("frame due → put off", times(refused.map(\.milliseconds))) }
            row("frame due → examiner's stream", times(phase.told.map { $0 * 1_000 }))
            row("examiner's wall and pictures", times(phase.looks.map(\.milliseconds)))
            row("of these the page of all tiles", times(phase.pages.map(\.milliseconds)))
        }
    }
}
