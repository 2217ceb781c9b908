import Foundation

/// One verification beside Python's dlib pipeline: rounds of both in turn, so that a busy moment hits both.
struct VerificationBenchmark {
    let root: URL

    private static let rounds = 3
    private static let verificationsPerRound = 16
    /// Names of photographs.
    static let pairs = [
        ("obama.jpg", "obama2.jpg"), ("obama2.jpg", "obama3.jpg"), ("obama.jpg", "biden.jpg"),
        ("obama3.jpg", "biden.jpg"),
    ]

    func run() throws {
        let peers = root.appending(path: "Sources/Benchmarks/Peers")
        let work = root.appending(path: ".build/bench")
        print("preparing the peer (dlib from PyPI, in a throw-away environment)")
        try Self.call("/bin/bash", [peers.appending(path: "prepare").path, work.path])
        let python = work.appending(path: "environment/bin/python").path
        let names = ["obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg"]
        let originals = names.map { root.appending(path: "SampleImages/photographs/\($0)").path }
        let scaled = work.appending(path: "pictures")
        try Self.call(python, ["-B", peers.appending(path: "scale.py").path, scaled.path] + originals)
        let images = Self.pairs.flatMap { [$0.0, $0.1] }.map { scaled.appending(path: $0).path }

        var ours: [Measurement] = []
        var theirs: [Measurement] = []
        for round in 1...Self.rounds {
            print(
                "round \(round) of \(Self.rounds): attestd, then dlib; \(Self.verificationsPerRound) verifications each"
            )
            let count = String(Self.verificationsPerRound)
            let models = root.appending(path: "Models").path
            ours.append(
                try measure(CommandLine.arguments[0], ["verification-worker", models, count] + images)
            )
            theirs.append(
                try measure(
                    python,
                    [
                        "-B", peers.appending(path: "dlib_peer.py").path,
                        "--landmarks", work.appending(path: "shape_predictor_5_face_landmarks.dat").path,
                        "--descriptor", work.appending(path: "dlib_face_recognition_resnet_model_v1.dat").path,
                        "--pairs", count,
                    ] + images
                )
            )
        }
        try report(Measurement.joined(ours), Measurement.joined(theirs), to: work.appending(path: "verification.json"))
        print("")
        try VerificationLoadBenchmark(root: root).run(python: python, peers: peers, work: work)
    }

    private func report(_ ours: Measurement, _ theirs: Measurement, to file: URL) throws {
        func number(_ value: Double) -> String { String(format: "%8.1f", value) }
        func megabytes(_ bytes: Int) -> String { number(Double(bytes) / 1_048_576) }
        print(
            """

            One verification from two JPEGs of 640 px, one thread, \(ours.milliseconds.count) verifications each:
                                     attestd     dlib
              median, ms            \(number(ours.median)) \(number(theirs.median))
              95th percentile, ms   \(number(ours.p95)) \(number(theirs.p95))
              peak memory, MiB      \(megabytes(ours.peakRssBytes)) \(megabytes(theirs.peakRssBytes))

            dlib's median divided by ours: \(String(format: "%.2f", theirs.median / ours.median))
            Share of our time inside the two networks, which is the limit: \
            \(String(format: "%.1f %%", 100 * (ours.networkShare ?? .nan)))
            """
        )
        print("\nDistances (each with its own scale: ours of unit-length mirrored descriptors, dlib's plain)")
        for (our, their) in zip(ours.pairs, theirs.pairs) {
            let names = our.images.joined(separator: " – ").padding(toLength: 26, withPad: " ", startingAt: 0)
            let verdicts = "\(our.match ? "match" : "no match") / \(their.match ? "match" : "no match")"
            print("  \(names) \(String(format: "%.3f / %.3f", our.distance, their.distance))  \(verdicts)")
        }
        let data = try Measurement.encoder().encode(["attestd": ours, "dlib": theirs])
        try data.write(to: file, options: .atomic)
        print("\nAll figures: \(file.path)")
    }

    private func measure(_ program: String, _ arguments: [String]) throws -> Measurement {
        try Measurement.decoder().decode(Measurement.self, from: Self.output(of: program, arguments))
    }

    static func call(_ program: String, _ arguments: [String]) throws {
        _ = try output(of: program, arguments)
    }

    static func output(of program: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError("\(program) ended with \(process.terminationStatus)")
        }
        return data
    }
}
