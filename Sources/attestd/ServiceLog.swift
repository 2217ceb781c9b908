import API
import Foundation

/// The service's own log: JSON lines on standard error, whole lines from whichever thread.
final class ServiceLog: @unchecked Sendable {
    private let lock = NSLock()
    private let threshold: Int

    init(level: String) {
        threshold = Self.rank(LogLine.Level(rawValue: level) ?? .info)
    }

    func write(_ line: LogLine) {
        guard Self.rank(line.level) >= threshold else { return }
        let data = Data((line.json(at: Date()) + "\n").utf8)
        lock.lock()
        defer { lock.unlock() }
        // Nobody can be told that the log cannot be written.
        try? FileHandle.standardError.write(contentsOf: data)
    }

    private static func rank(_ level: LogLine.Level) -> Int { LogLine.Level.allCases.firstIndex(of: level) ?? 0 }
}
