import Foundation

/// Latency and throughput on one core and on two, and where the time goes.
///
/// All settings are measured in turn in slices of a second or two, by processes that stay, so that a busy moment of the
/// machine hits all. Beside two workers in one process run two processes of one worker each, which share nothing but
/// the machine: what they make of two cores is the most that can be asked of the workers.
struct VerificationLoadBenchmark {
    let root: URL

    private static let rounds = 16
    private static let verificationsPerSlice = 60

    /// Workers and cores.
    private struct Setting {
        let workers: Int
        let cores: [Int]

        var name: String {
            "\(workers) \(workers == 1 ? "worker" : "workers") on \(cores.count) \(cores.count == 1 ? "core" : "cores")"
        }
    }

    /// Measures with pictures of 640 x 480 pixels and prints; `python` has Pillow.
    func run(python: String, peers: URL, work: URL) throws {
        let originals = root.appending(path: "SampleImages/photographs")
        let folder = work.appending(path: "frames")
        try VerificationBenchmark.call(
            python,
            ["-B", peers.appending(path: "frames.py").path, originals.path, folder.path]
        )
        let images = VerificationBenchmark.pairs.flatMap { [$0.0, $0.1] }.map { folder.appending(path: $0).path }
        let cores = try Self.allowedCores()
        let settings = [(1, 1), (1, 2), (2, 2)].filter { $0.1 <= cores.count }
            .map { Setting(workers: $0.0, cores: Array(cores.prefix($0.1))) }
        func start(_ workers: Int, _ cores: [Int]) throws -> VerificationLoadProcess {
            let models = root.appending(path: "Models")
            return try VerificationLoadProcess(models: models, images: images, workers: workers, cores: cores)
        }
        let processes = try settings.map { try start($0.workers, $0.cores) }
        let apart = cores.count > 1 ? try cores.prefix(2).map { try start(1, [$0]) } : []

        var measured = settings.map { _ in [VerificationLoad]() }
        var scaling = VerificationScaling()
        print("\(Self.rounds) rounds: \(settings.map(\.name).joined(separator: ", ")), then two processes")
        for _ in 1...Self.rounds {
            for (index, process) in processes.enumerated() {
                measured[index].append(try process.measure(.alone, verifications: Self.verificationsPerSlice / 3))
                measured[index].append(try process.measure(.together, verifications: Self.verificationsPerSlice))
            }
            guard apart.count == 2, let two = measured.last?.last else { continue }
            let alone = try apart.map { try $0.measure(.together, verifications: Self.verificationsPerSlice) }
            for process in apart { try process.order(.together, verifications: Self.verificationsPerSlice) }
            scaling.add(alone: alone, workers: two, processes: try apart.map { try $0.answer() })
        }
        for process in processes + apart { try process.end() }
        report(settings, measured)
        if !scaling.isEmpty { print("\n" + scaling.text) }
        let file = work.appending(path: "verification-load.json")
        var all = Dictionary(uniqueKeysWithValues: zip(settings.map(\.name), measured))
        all["alone on each core"] = scaling.alone
        try Measurement.encoder().encode(all).write(to: file, options: .atomic)
        print("\nAll figures: \(file.path)")
    }

    private func report(_ settings: [Setting], _ measured: [[VerificationLoad]]) {
        func number(_ value: Double) -> String {
            let text = String(format: "%.1f", value)
            return String(repeating: " ", count: max(0, 14 - text.count)) + text
        }
        let loads = measured.map(VerificationLoad.joined)
        print(
            """

            One verification from two JPEGs of 640 x 480 pixels, \(loads.first?.milliseconds.count ?? 0) of each kind
                                     median, ms  95th pc., ms  verif. a sec. pictures/sec. peak mem., MiB
            """
        )
        for (setting, load) in zip(settings, loads) {
            let times = [0.5, 0.95].map { number(Measurement.percentile(load.milliseconds, $0)) }
            let rates = [load.verificationsPerSecond, 2 * load.verificationsPerSecond].map(number)
            let memory = number(Double(load.peakRssBytes) / 1_048_576)
            let name = setting.name.padding(toLength: 20, withPad: " ", startingAt: 0)
            print("  " + name + times.joined() + rates.joined() + memory)
        }
        if let alone = loads.first { reportSteps(alone) }
    }

    /// Where the time of a verification on one core goes.
    private func reportSteps(_ load: VerificationLoad) {
        let whole = load.milliseconds.reduce(0, +) / Double(max(1, load.milliseconds.count))
        let steps = load.steps
        let inNetworks = steps.detectForward + steps.embedForward
        let known = inNetworks + steps.decode + steps.detectRest + steps.align
        print("\nWhere the time goes, on one core, mean of a verification (both pictures):")
        for (name, time) in [
            ("reading both JPEGs", steps.decode),
            ("scaling before the detector, and its boxes", steps.detectRest),
            ("the detector's network", steps.detectForward),
            ("aligning, measuring, mirroring the face", steps.align),
            ("the embedder's network", steps.embedForward),
            ("queues, comparison", whole - known),
        ] {
            let label = name.padding(toLength: 44, withPad: " ", startingAt: 0)
            print("  \(label)\(String(format: "%7.2f ms %6.1f %%", time, 100 * time / whole))")
        }
        print(String(format: "Inside the two networks: %.1f %% of %.2f ms", 100 * inNetworks / whole, whole))
    }

    /// The numbers of the cores that this process may use, as the kernel lists them: `0-1,4`.
    private static func allowedCores() throws -> [Int] {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed_list:") }),
            let list = line.split(whereSeparator: \.isWhitespace).last
        else { throw BenchmarkError("the kernel does not tell the cores") }
        let cores = list.split(separator: ",").flatMap { range -> [Int] in
            let ends = range.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last else { return [] }
            return Array(first...last)
        }
        guard !cores.isEmpty else { throw BenchmarkError("the kernel does not tell the cores") }
        return cores
    }
}
