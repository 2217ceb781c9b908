import Foundation
import Proctoring
import Testing

@Suite("B6: settings of the presence checks")
struct PresenceSettingsTests {
    private func decoded(_ text: String) throws -> PresenceSettings {
        try JSONDecoder().decode(PresenceSettings.self, from: Data(text.utf8))
    }

    @Test("What is absent keeps its default, and everything else is kept")
    func defaults() throws {
        #expect(try decoded("{}") == .standard)
        var changed = PresenceSettings()
        changed.turnedAway = PresenceRule(frames: 4, seconds: 8, misses: 1)
        changed.longestGapSeconds = 90
        changed.mostCoveredContrast = 2
        #expect(try JSONDecoder().decode(PresenceSettings.self, from: JSONEncoder().encode(changed)) == changed)
        let partial = try decoded(#"{"turnedAway": {"frames": 4, "seconds": 8}}"#)
        #expect(partial.turnedAway == PresenceRule(frames: 4, seconds: 8, misses: 0))
        #expect(partial.absent == PresenceSettings.standard.absent)
        #expect(throws: DecodingError.self) { try decoded(#"{"absent": {"frames": 2}}"#) }
        #expect(throws: DecodingError.self) { try decoded(#"{"absent": {"frames": "two", "seconds": 1}}"#) }
    }

    @Test("Numbers that make no sense are moved to the nearest that do")
    func clamping() throws {
        let rule = PresenceRule(frames: 0, seconds: -.infinity, misses: -1)
        #expect(rule == PresenceRule(frames: 1, seconds: 0, misses: 0))
        #expect(PresenceRule(frames: 1, seconds: .nan) == rule)
        #expect(PresenceRule(frames: .max, seconds: .infinity).frames <= PresenceMonitor.memory)
        #expect(try decoded(#"{"longestGapSeconds": -5}"#).longestGapSeconds == 1)
    }

    @Test(
        "A picture shows nothing where it is dark, or even",
        arguments: [
            (0.4, 0.6, true), (4.9, 40, true), (180, 3.1, true), (5.1, 4.1, false), (97, 60, false), (20, 12, false),
        ]
    )
    func covered(brightness: Double, contrast: Double, showsNothing: Bool) {
        #expect(PresenceSettings.standard.showsNothing(brightness: brightness, contrast: contrast) == showsNothing)
    }
}
