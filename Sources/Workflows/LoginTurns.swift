import Foundation

/// Whose turn it is at a login whose throttle lets one try through now and then, while many want it: the place that has
/// failed least, and of those that have failed as often the one that came first.
///
/// So whoever guesses without pause from some places does not keep out the owner who comes from another one: each place
/// has had its turn before one has its second. A turn is kept for as long again as its place was told to wait, within
/// ``patience``. In memory only: a restart forgets who has failed, and the throttle goes on all the same.
final class LoginTurns: @unchecked Sendable {
    private struct Waiting {
        /// The order of coming.
        var number: Int
        /// For how many seconds its turn is kept, and until when.
        var kept: TimeInterval
        var end: Date
    }

    private struct Line {
        var failures: [String: Int] = [:]
        var waiting: [String: Waiting] = [:]
        var changedAt: Date
    }

    /// For how many seconds a turn is kept, at least and at most.
    static let patience: ClosedRange<TimeInterval> = 10...120
    /// How many logins have a line, and how many places may wait in one.
    static let mostLines = 10_000
    static let mostPlaces = 1_000

    private let lock = NSLock()
    // Guarded by `lock`; by the throttle's key.
    private var lines: [String: Line] = [:]
    private var nextNumber = 0

    /// How many seconds a place has to wait, or `nil` where it may try now.
    ///
    /// - Parameter opening: when the throttle lets the next try through, where it lets none through now.
    func wait(_ key: String, for place: String, opening: Date?, at now: Date) -> TimeInterval? {
        lock.withLock {
            guard opening != nil || lines[key] != nil else { return nil }
            var line = lines[key] ?? Line(changedAt: now)
            line.changedAt = now
            line.waiting = line.waiting.filter { now < $0.value.end }
            guard let due = opening ?? endOfTurn(of: place, in: line) else {
                lines[key] = line
                return nil
            }
            join(&line, place, due: due, at: now)
            makeRoom(for: key)
            lines[key] = line
            return due.timeIntervalSince(now)
        }
    }

    /// Notes that the place's try was let through; it counts as a failure until it turns out well.
    func noteTry(_ key: String, from place: String) {
        lock.withLock {
            lines[key]?.failures[place, default: 0] += 1
            lines[key]?.waiting[place] = nil
        }
    }

    /// Takes a try back: nothing was found out by it.
    func takeBack(_ key: String, from place: String) {
        lock.withLock {
            guard let failures = lines[key]?.failures[place] else { return }
            lines[key]?.failures[place] = failures > 1 ? failures - 1 : nil
        }
    }

    /// Forgets a line, where somebody has logged in.
    func forget(_ key: String) { lock.withLock { lines[key] = nil } }

    /// Until when somebody else's turn is kept; `nil` where the place has the turn.
    private func endOfTurn(of place: String, in line: Line) -> Date? {
        let first = line.waiting.min { rank($0.key, in: line) < rank($1.key, in: line) }
        guard let first, first.key != place, rank(first.key, in: line) < rank(place, in: line) else { return nil }
        return first.value.end
    }

    private func rank(_ place: String, in line: Line) -> (failures: Int, number: Int) {
        (line.failures[place] ?? 0, line.waiting[place]?.number ?? .max)
    }

    private func join(_ line: inout Line, _ place: String, due: Date, at now: Date) {
        let isNew = line.waiting[place] == nil
        // Where no more can wait, the one goes that would be last.
        if isNew, line.waiting.count >= Self.mostPlaces {
            let last = line.waiting.max { rank($0.key, in: line) < rank($1.key, in: line) }
            guard let last, rank(place, in: line).failures < rank(last.key, in: line).failures else { return }
            line.waiting[last.key] = nil
        }
        // Who asks again before it is time does not lose by it.
        let told = max(due.timeIntervalSince(now), line.waiting[place]?.kept ?? Self.patience.lowerBound)
        let kept = min(told, Self.patience.upperBound)
        line.waiting[place] = Waiting(
            number: line.waiting[place]?.number ?? nextNumber,
            kept: kept,
            end: due.addingTimeInterval(kept)
        )
        if isNew { nextNumber += 1 }
    }

    /// Drops the tenth of the lines where nobody came for the longest time, where there are too many.
    private func makeRoom(for key: String) {
        guard lines[key] == nil, lines.count >= Self.mostLines else { return }
        let eldest = lines.sorted { $0.value.changedAt < $1.value.changedAt }.prefix(Self.mostLines / 10)
        for (key, _) in eldest { lines[key] = nil }
    }
}
