import Foundation
import Glibc

/// Counters and gauges in Prometheus's text format (version 0.0.4).
///
/// Labels are names from the program (routes, methods, outcomes), never anything personal.
package final class Metrics: @unchecked Sendable {
    private let lock = NSLock()
    private var counters: [Series: Double] = [:]
    private var gauges: [String: @Sendable () -> Double] = [:]

    private struct Series: Hashable, Comparable {
        var name: String
        var labels: String

        static func < (left: Series, right: Series) -> Bool {
            (left.name, left.labels) < (right.name, right.labels)
        }
    }

    /// Creates an empty set.
    package init() {}

    /// Adds to a counter. Names end in `_total`, seconds in `_seconds_total`.
    package func count(_ name: String, _ labels: KeyValuePairs<String, String> = [:], by amount: Double = 1) {
        let text = labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        lock.lock()
        defer { lock.unlock() }
        counters[Series(name: name, labels: text), default: 0] += amount
    }

    /// Registers a value that is read when asked for.
    package func gauge(_ name: String, _ value: @escaping @Sendable () -> Double) {
        lock.lock()
        defer { lock.unlock() }
        gauges[name] = value
    }

    /// All series as text.
    package func exposition() -> String {
        lock.lock()
        let counted = counters
        let read = gauges
        lock.unlock()
        var lines: [String] = []
        var described: Set<String> = []
        for (series, value) in counted.sorted(by: { $0.key < $1.key }) {
            if described.insert(series.name).inserted { lines.append("# TYPE \(series.name) counter") }
            let labels = series.labels.isEmpty ? "" : "{\(series.labels)}"
            lines.append("\(series.name)\(labels) \(Self.text(value))")
        }
        for (name, value) in read.sorted(by: { $0.key < $1.key }) {
            lines.append("# TYPE \(name) gauge")
            lines.append("\(name) \(Self.text(value()))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? String(value)
    }

    private static func escaped(_ label: String) -> String {
        label.replacingOccurrences(of: "\\", with: "\\\\")
            .replacingOccurrences(of: "\"", with: "\\\"")
            .replacingOccurrences(of: "\n", with: "\\n")
    }
}

/// What the process holds, as the kernel tells it.
package enum ProcessMemory {
    /// Resident memory in bytes; 0 where the kernel does not say.
    package static func residentBytes() -> Double {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? (Double(fields[1]) ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE))) : 0
    }
}
