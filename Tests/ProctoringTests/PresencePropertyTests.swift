import Foundation
import Proctoring
import Testing

@Suite("B6: what holds for every row of frames")
struct PresencePropertyTests {
    /// A row of frames drawn from a seed: runs of one kind, single frames, gaps, bursts, and a clock that jumps back.
    private static func row(_ seed: UInt64) -> [PresenceObservation] {
        var random = SplitMix(state: seed)
        var at = PresenceMonitorTests.start
        var kind = PresenceObservation.Kind.candidate
        return (0..<300).map { _ in
            if Int.random(in: 0..<3, using: &random) == 0 {
                kind = PresenceObservation.Kind.allCases.randomElement(using: &random) ?? kind
            }
            switch Int.random(in: 0..<20, using: &random) {
            case 0: at -= Double.random(in: 0...4_000, using: &random)
            case 1: at += Double.random(in: 0...400, using: &random)
            case 2...7: at += Double.random(in: 0...1, using: &random)
            default: at += Double.random(in: 1...10, using: &random)
            }
            return PresenceObservation(kind, at: at)
        }
    }

    private static func settings(_ seed: UInt64) -> PresenceSettings {
        guard seed % 3 != 0 else { return .standard }
        var random = SplitMix(state: ~seed)
        func rule() -> PresenceRule {
            PresenceRule(
                frames: Int.random(in: -1...5, using: &random),
                seconds: Double.random(in: -1...10, using: &random),
                misses: Int.random(in: -1...5, using: &random)
            )
        }
        var settings = PresenceSettings()
        settings.absent = rule()
        settings.severalPeople = rule()
        settings.otherPerson = rule()
        settings.suspectedCopy = rule()
        settings.turnedAway = rule()
        settings.cameraCovered = rule()
        settings.ending = rule()
        return settings
    }

    @Test(
        "Beginnings and endings alternate, in every condition, and tell of the same time",
        arguments: 0..<200 as Range<UInt64>
    )
    func alternation(seed: UInt64) {
        var monitor = PresenceMonitor(settings: Self.settings(seed))
        var open: [PresenceCondition: Date] = [:]
        for observation in Self.row(seed) {
            let changes = monitor.observe(observation)
            for change in changes {
                switch change {
                case .began(let condition, let since, let frames):
                    #expect(open[condition] == nil, "\(condition) began twice")
                    #expect(frames >= 1)
                    open[condition] = since
                case .ended(let condition, let since, _, let frames):
                    #expect(open[condition] == since, "\(condition) ended without its beginning")
                    #expect(frames >= 1)
                    open[condition] = nil
                case .framesMissing(let since, let until):
                    #expect(until.timeIntervalSince(since) > monitor.settings.longestGapSeconds)
                }
            }
            if observation.kind == .unclear {
                #expect(
                    !changes.contains { if case .framesMissing = $0 { false } else { true } },
                    "a poor frame changed \(changes)"
                )
            }
            #expect(monitor.open == open)
        }
    }

    @Test("Who goes on from the last frames and what is open says the same", arguments: 0..<60 as Range<UInt64>)
    func continuation(seed: UInt64) {
        var whole = PresenceMonitor(settings: Self.settings(seed), runningSince: PresenceMonitorTests.start)
        let row = Self.row(seed)
        for (number, observation) in row.enumerated() {
            var resumed = PresenceMonitor(
                settings: whole.settings,
                runningSince: PresenceMonitorTests.start,
                recent: row.prefix(number).suffix(PresenceMonitor.memory + Int(seed % 3)),
                open: whole.open
            )
            #expect(resumed.observe(observation) == whole.observe(observation))
            #expect(resumed == whole)
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same row everywhere.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }
}
