import Biometrics
import Foundation

/// The times of the gallery benchmark, in milliseconds.
struct GalleryBenchmarkResults: Encodable {
    /// What is timed.
    enum Task: String, CaseIterable {
        case reading = "reading the memory once"
        case float32 = "attestd, float32"
        case compact = "attestd, compact"
        case faiss = "FAISS IndexFlatIP"
        case float32Batch = "attestd, float32, 32 probes"
        case compactBatch = "attestd, compact, 32 probes"
        case faissBatch = "FAISS IndexFlatIP, 32 probes"
    }

    let count: Int
    let rounds: Int
    /// By task and threads.
    private var milliseconds: [String: [Double]] = [:]
    /// How many rows each search compared exactly.
    private var compared: [String: [Int]] = [:]

    private var memorySum: UInt32 = 0

    init(count: Int, rounds: Int) {
        self.count = count
        self.rounds = rounds
    }

    mutating func note(_ task: Task, _ threads: Int, _ value: Double) {
        milliseconds[Self.key(task, threads), default: []].append(value)
    }

    /// Takes what reading came to, so that the reading is not left out by the compiler; it is the same every time.
    mutating func noteSum(_ sum: UInt32) {
        memorySum = sum
    }

    mutating func noteCompared(_ method: TemplateGallery.SearchMethod, _ rows: Int) {
        compared[method.rawValue, default: []].append(rows)
    }

    func table() -> String {
        let dimension = GalleryBenchmarkData.dimension
        let bytes = Double(count * dimension * 4)
        let compactBytes = Double(count * (dimension + 8))
        var lines = [
            "",
            "Exact ten nearest among \(count) x \(dimension) float32, medians of \(rounds) rounds (least, greatest), ms:",
        ]
        for threads in [1, 2] {
            lines.append("\n  \(threads) thread\(threads == 1 ? "" : "s")")
            for task in Task.allCases {
                guard let values = milliseconds[Self.key(task, threads)] else { continue }
                let name = task.rawValue.padding(toLength: 30, withPad: " ", startingAt: 0)
                lines.append("    \(name) \(Self.summary(values))")
            }
            let read = median(.reading, threads)
            lines += [
                String(
                    format: "    memory %.1f GB/s; compact reads %.0f MB instead of %.0f",
                    bytes / read / 1e6,
                    compactBytes / 1e6,
                    bytes / 1e6
                ),
                "    float32 / reading: \(ratio(.float32, .reading, threads)) (wanted: at most 1.30)",
                "    float32 / FAISS: \(ratio(.float32, .faiss, threads)) (wanted: at most 1.00)",
                "    compact / FAISS: \(ratio(.compact, .faiss, threads))",
                "    32 probes, float32 / FAISS: \(ratio(.float32Batch, .faissBatch, threads)); "
                    + "compact / FAISS: \(ratio(.compactBatch, .faissBatch, threads))",
            ]
        }
        lines.append("")
        for (method, rows) in compared.sorted(by: { $0.key < $1.key }) {
            let ordered = rows.sorted()
            lines.append(
                "  \(method): rows compared exactly, of \(count): median \(ordered[ordered.count / 2]), "
                    + "most \(ordered[ordered.count - 1])"
            )
        }
        lines.append("  Both sides returned the same rows in every search.")
        return lines.joined(separator: "\n")
    }

    private func median(_ task: Task, _ threads: Int) -> Double {
        Measurement.percentile(milliseconds[Self.key(task, threads)] ?? [], 0.5)
    }

    /// The ratio of the medians, and of the least times, which other programs disturb less.
    private func ratio(_ one: Task, _ other: Task, _ threads: Int) -> String {
        let least = [one, other].map { milliseconds[Self.key($0, threads)]?.min() ?? .nan }
        return String(
            format: "%.2f (of the least times: %.2f)",
            median(one, threads) / median(other, threads),
            least[0] / least[1]
        )
    }

    private static func summary(_ values: [Double]) -> String {
        String(
            format: "%8.2f (%.2f, %.2f)",
            Measurement.percentile(values, 0.5),
            values.min() ?? .nan,
            values.max() ?? .nan
        )
    }

    private static func key(_ task: Task, _ threads: Int) -> String {
        "\(task.rawValue); \(threads)"
    }
}
