import Foundation
import Glibc

/// `make bench`: measures beside a peer, in the same run, on the same pictures.
@main
enum Main {
    static func main() async {
        exit(await Benchmark.run(Array(CommandLine.arguments.dropFirst())))
    }
}

/// Chooses between the whole benchmark and the part that is measured in a process of its own.
enum Benchmark {
    static func run(_ words: [String]) async -> Int32 {
        do {
            switch words.first {
            case "verification-worker":
                try await VerificationWorker.run(Array(words.dropFirst()))
            case "verification-load":
                try await VerificationLoadWorker(Array(words.dropFirst())).run()
            case "gallery":
                try GalleryBenchmark(Array(words.dropFirst())).run()
            case "accuracy":
                try await AccuracyBenchmark(Array(words.dropFirst())).run()
            case "events":
                try FanOutBenchmark(Array(words.dropFirst())).run()
            case "exam":
                try ExamBenchmark(Array(words.dropFirst())).run()
            case "export":
                try ExportBenchmark(Array(words.dropFirst())).run()
            case "export-fill" where words.count == 3:
                try await ExportWorker(URL(filePath: words[1])).fill(Int(words[2]) ?? 0)
            case "export-limit" where words.count == 2:
                try ExportWorker(URL(filePath: words[1])).limit()
            case "export-worker" where words.count == 3:
                try await ExportWorker(URL(filePath: words[1])).export(words[2])
            case "logins":
                try LoginFloodBenchmark(Array(words.dropFirst())).run()
            case "documents":
                try await DocumentBenchmark(Array(words.dropFirst())).run()
            case "log":
                try await LogBenchmark(Array(words.dropFirst())).run()
            case "wall":
                try WallBenchmark(Array(words.dropFirst())).run()
            case "tickets":
                try TicketBenchmark(Array(words.dropFirst())).run()
            case "--root" where words.count == 2:
                try VerificationBenchmark(root: URL(filePath: words[1])).run()
                try LoginFloodBenchmark(root: URL(filePath: words[1])).run()
            default:
                print(
                    "Usage: Benchmarks [accuracy | documents | events | exam | export | gallery | log | logins | tickets | wall] "
                        + "--root DIRECTORY   "
                        + "(the project's, after Config/setup)"
                )
                return words == ["--help"] ? 0 : 2
            }
            return 0
        } catch {
            FileHandle.standardError.write(Data("Benchmarks: \(error)\n".utf8))
            return 1
        }
    }
}
