import Biometrics
import Foundation

/// Searches among a million templates, in turn: reading the memory once, our two ways, and FAISS on the same rows.
struct GalleryBenchmark {
    let root: URL
    var count = 1_000_000
    var rounds = 15

    private static let limit = 10
    private static let together = 32

    /// `--root DIRECTORY [--count N] [--rounds N]`
    init(_ words: [String]) throws {
        var options: [String: String] = [:]
        for start in stride(from: 0, to: words.count, by: 2) {
            guard start + 1 < words.count else { throw BenchmarkError("gallery: \(words[start]) wants a value") }
            options[words[start]] = words[start + 1]
        }
        guard let path = options.removeValue(forKey: "--root") else {
            throw BenchmarkError("gallery --root DIRECTORY [--count N] [--rounds N]")
        }
        root = URL(filePath: path)
        if let text = options.removeValue(forKey: "--count") { count = Int(text) ?? 0 }
        if let text = options.removeValue(forKey: "--rounds") { rounds = Int(text) ?? 0 }
        guard options.isEmpty, count >= Self.together, rounds >= 1 else {
            throw BenchmarkError("gallery: unknown or useless options")
        }
    }

    func run() throws {
        let work = root.appending(path: ".build/bench")
        let peers = root.appending(path: "Sources/Benchmarks/Peers")
        try prepare(peers.appending(path: "prepare_faiss").path, work.path)
        print("making \(count) templates of \(GalleryBenchmarkData.dimension) values")
        let (gallery, probes) = try makeGallery()
        let (rowsFile, probesFile) = (work.appending(path: "gallery.f32"), work.appending(path: "gallery-probes.f32"))
        try write(gallery, to: rowsFile)
        try Data(probes.flatMap { $0.values.map(\.bitPattern) }.flatMap { withUnsafeBytes(of: $0, Array.init) })
            .write(to: probesFile)
        defer {
            try? FileManager.default.removeItem(at: rowsFile)
            try? FileManager.default.removeItem(at: probesFile)
        }
        let faiss = try GalleryBenchmarkPeer(
            python: work.appending(path: "faiss-environment/bin/python").path,
            script: peers.appending(path: "faiss_peer.py").path,
            rows: rowsFile,
            probes: probesFile,
            dimension: GalleryBenchmarkData.dimension
        )
        guard faiss.introduction.rows == count else { throw BenchmarkError("FAISS has other rows") }
        print("FAISS \(faiss.introduction.version), \(faiss.introduction.options)")

        var results = GalleryBenchmarkResults(count: count, rounds: rounds)
        for round in 0..<rounds {
            print("round \(round + 1) of \(rounds)")
            for threads in [1, 2] {
                try measure(gallery.shared(threads: threads), probes, faiss, round, threads, &results)
            }
        }
        try faiss.end()
        print(results.table())
        let file = work.appending(path: "gallery.json")
        try Measurement.encoder().encode(results).write(to: file, options: .atomic)
        print("\nAll figures: \(file.path)")
    }

    /// One round on so many threads; what comes first changes from round to round.
    private func measure(
        _ gallery: TemplateGallery,
        _ probes: [FaceTemplate],
        _ faiss: GalleryBenchmarkPeer,
        _ round: Int,
        _ threads: Int,
        _ results: inout GalleryBenchmarkResults
    ) throws {
        let first = round * Self.together % (probes.count - Self.together + 1)
        let several = Array(probes[first..<(first + Self.together)])
        var single: [TemplateGallery.SearchMethod: [CandidateList]] = [:]
        var batch: [TemplateGallery.SearchMethod: [CandidateList]] = [:]
        var theirs: [GalleryBenchmarkPeer.Answer] = []
        var sum: UInt32 = 0
        var times: [(GalleryBenchmarkResults.Task, Double)] = []
        var turns: [() throws -> Void] = [
            {
                times.append((.reading, time { sum &+= readOnce(gallery, threads: threads) }))
            },
            {
                let answer = try faiss.search(threads: threads, first: first, count: 1, limit: Self.limit)
                times.append((.faiss, answer.milliseconds))
                theirs.append(answer)
            },
            {
                let answer = try faiss.search(
                    threads: threads,
                    first: first,
                    count: Self.together,
                    limit: Self.limit
                )
                times.append((.faissBatch, answer.milliseconds))
                theirs.append(answer)
            },
        ]
        for method in TemplateGallery.SearchMethod.allCases {
            turns.append {
                let elapsed = try time {
                    single[method] = [try gallery.search(several[0], limit: Self.limit, method: method)]
                }
                times.append((method == .float32 ? .float32 : .compact, elapsed))
            }
            turns.append {
                let elapsed = try time {
                    batch[method] = try gallery.search(several, limit: Self.limit, method: method)
                }
                times.append((method == .float32 ? .float32Batch : .compactBatch, elapsed))
            }
        }
        for turn in turns.indices {
            // The peer's threads wait actively for a moment after each search.
            Thread.sleep(forTimeInterval: 0.02)
            try turns[(turn + round) % turns.count]()
        }
        for (task, milliseconds) in times { results.note(task, threads, milliseconds) }
        results.noteSum(sum)
        for answer in theirs {
            for method in TemplateGallery.SearchMethod.allCases {
                let ours = answer.rows.count == 1 ? single[method] : batch[method]
                guard let ours, ours.count == answer.rows.count else { throw BenchmarkError("answers are missing") }
                for (index, list) in ours.enumerated() {
                    try compare(list, answer.rows[index], answer.products[index])
                    results.noteCompared(method, list.comparedCount)
                }
            }
        }
    }

    /// The same ten; in another order only where FAISS's products of two are equal up to rounding.
    private func compare(_ ours: CandidateList, _ rows: [Int], _ products: [Double]) throws {
        guard ours.candidates.count == rows.count else { throw BenchmarkError("we found another number than FAISS") }
        for (candidate, (row, product)) in zip(ours.candidates, zip(rows, products)) {
            let squared = Double(candidate.score.distance) * Double(candidate.score.distance)
            guard abs(squared - (2 - 2 * product)) <= 2e-6 else {
                throw BenchmarkError("FAISS says \(product) where we say a distance of \(candidate.score.distance)")
            }
            if candidate.identifier != ReferenceIdentifier(UInt64(row)) {
                guard let place = ours.candidates.firstIndex(where: { $0.identifier.number == UInt64(row) }),
                    abs(products[place] - product) <= 2e-6
                else { throw BenchmarkError("FAISS found row \(row), and we did not") }
            }
        }
    }

    private func makeGallery() throws -> (TemplateGallery, [FaceTemplate]) {
        var data = GalleryBenchmarkData()
        let gallery = try TemplateGallery(
            modelID: GalleryBenchmarkData.modelID,
            dimension: GalleryBenchmarkData.dimension,
            capacity: count
        )
        var known: [FaceTemplate] = []
        for start in stride(from: 0, to: count, by: 10_000) {
            let rows = try (start..<min(start + 10_000, count)).map { number in
                (identifier: ReferenceIdentifier(UInt64(number)), template: try data.row(number))
            }
            known.append(rows[start / 10_000 % rows.count].template)
            try gallery.append(contentsOf: rows)
        }
        return (gallery, try data.probes(8 * Self.together + rounds, near: known))
    }

    private func readOnce(_ gallery: TemplateGallery, threads: Int) -> UInt32 {
        gallery.withRows { GalleryBenchmarkReading($0).read(threads: threads) }
    }

    private func time(_ body: () throws -> Void) rethrows -> Double {
        try ContinuousClock().measure(body) / .milliseconds(1)
    }

    private func write(_ gallery: TemplateGallery, to file: URL) throws {
        try gallery.withRows { rows in
            guard let start = rows.baseAddress else { return }
            let data = Data(
                bytesNoCopy: UnsafeMutableRawPointer(mutating: start),
                count: rows.count,
                deallocator: .none
            )
            try data.write(to: file)
        }
    }

    private func prepare(_ script: String, _ directory: String) throws {
        let process = try Process.run(URL(filePath: "/bin/bash"), arguments: [script, directory])
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError("the peer could not be prepared") }
    }
}
