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
            case "--root" where words.count == 2:
                try VerificationBenchmark(root: URL(filePath: words[1])).run()
            default:
                print("Usage: Benchmarks --root DIRECTORY   (the project's folder, after Config/setup)")
                return words == ["--help"] ? 0 : 2
            }
            return 0
        } catch {
            FileHandle.standardError.write(Data("Benchmarks: \(error)\n".utf8))
            return 1
        }
    }
}
