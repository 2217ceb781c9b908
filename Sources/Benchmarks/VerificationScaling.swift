import Foundation

/// How many times the throughput of one worker two have: in one process, and in two that share nothing.
struct VerificationScaling {
    /// One worker alone, on the one core and on the other.
    private(set) var alone: [VerificationLoad] = []
    private var workers: [Double] = []
    private var processes: [Double] = []

    var isEmpty: Bool { workers.isEmpty }

    /// Adds a round.
    ///
    /// - Parameters:
    ///   - alone: one worker with the machine to itself, on each of the two cores.
    ///   - workers: two workers in one process.
    ///   - processes: two processes at the same time.
    mutating func add(alone: [VerificationLoad], workers: VerificationLoad, processes: [VerificationLoad]) {
        let one = alone.map(\.verificationsPerSecond).reduce(0, +) / Double(alone.count)
        self.alone += alone
        self.workers.append(workers.verificationsPerSecond / one)
        self.processes.append(processes.map(\.verificationsPerSecond).reduce(0, +) / one)
    }

    var text: String {
        func quartiles(_ values: [Double]) -> String {
            let figures = [0.5, 0.25, 0.75].map { String(format: "%.2f", Measurement.percentile(values, $0)) }
            return "\(figures[0])   (quartiles \(figures[1]) – \(figures[2]))"
        }
        let share = zip(workers, processes).map { 100 * $0 / $1 }
        return """
            Times the throughput of one worker with the machine to itself, median of \(workers.count) rounds:
              two workers in one process            \(quartiles(workers))
              two processes, the machine's limit    \(quartiles(processes))
              of that limit the workers reach       \(String(format: "%.0f %%", Measurement.percentile(share, 0.5)))
            """
    }
}
