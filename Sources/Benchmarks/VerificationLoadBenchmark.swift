import Foundation

/// Latency and throughput on one core and on two, and where the time goes: rounds of all in turn, so that a busy moment
/// hits all.
struct VerificationLoadBenchmark {
    let root: URL

    private static let rounds = 3
    private static let verificationsPerRound = 60

    /// Workers and cores.
    private struct Setting {
        let workers: Int
        let cores: Int

        var name: String {
            "\(workers) \(workers == 1 ? "worker" : "workers") on \(cores) \(cores == 1 ? "core" : "cores")"
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
        let settings = [(1, 1), (1, 2), (2, 2)].map { Setting(workers: $0.0, cores: $0.1) }
            .filter { $0.cores <= cores.count }

        var measured = settings.map { _ in [VerificationLoad]() }
        for round in 1...Self.rounds {
            print("round \(round) of \(Self.rounds): \(settings.map(\.name).joined(separator: ", "))")
            for (index, setting) in settings.enumerated() {
                let list = cores.prefix(setting.cores).map(String.init).joined(separator: ",")
                let output = try VerificationBenchmark.output(
                    of: "/usr/bin/taskset",
                    [
                        "--cpu-list", list, CommandLine.arguments[0], "verification-load",
                        root.appending(path: "Models").path, String(setting.workers),
                        String(Self.verificationsPerRound),
                    ] + images
                )
                measured[index].append(try Measurement.decoder().decode(VerificationLoad.self, from: output))
            }
        }
        report(settings, measured)
        let all = Dictionary(uniqueKeysWithValues: zip(settings.map(\.name), measured))
        let file = work.appending(path: "verification-load.json")
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
        if let one = measured.first, let two = measured.last, settings.count == 3 {
            let ratios = zip(one, two).map { $1.verificationsPerSecond / $0.verificationsPerSecond }.sorted()
            let text = ratios.map { String(format: "%.2f", $0) }.joined(separator: ", ")
            print("\nTwo workers on two cores have this many times the throughput of one on one, by round: \(text)")
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
