import Attestation
import Foundation
import Proctoring
import Testing

@Suite("E3: decisions about flags")
struct FlagTests {
    private static let people = [UUID(), UUID(), UUID()]

    private static func flag(_ severity: EventSeverity) -> Flag {
        Flag(
            id: UUID(),
            attemptID: UUID(),
            examID: UUID(),
            rule: "absent_often",
            severity: severity,
            reason: .suspicion,
            events: [1],
            firstAt: Date(timeIntervalSince1970: 0),
            lastAt: Date(timeIntervalSince1970: 0)
        )
    }

    static let ways: [(EventSeverity, [(FlagDecision.Action, Int)], Flag.State)] = [
        (.warning, [], .open),
        (.warning, [(.confirm, 0)], .confirmed),
        (.warning, [(.dismiss, 0)], .dismissed),
        (.warning, [(.escalate, 0)], .escalated),
        (.warning, [(.escalate, 0), (.confirm, 1)], .confirmed),
        (.serious, [(.confirm, 0)], .secondNeeded),
        (.serious, [(.confirm, 0), (.confirm, 1)], .confirmed),
        (.serious, [(.confirm, 0), (.dismiss, 1)], .dismissed),
        (.critical, [(.escalate, 0), (.confirm, 1)], .secondNeeded),
        (.critical, [(.escalate, 0), (.confirm, 1), (.confirm, 2)], .confirmed),
    ]

    @Test("Where a flag stands is what its decisions come to", arguments: ways)
    func states(_ severity: EventSeverity, _ actions: [(FlagDecision.Action, Int)], _ state: Flag.State) throws {
        var flag = Self.flag(severity)
        for (action, person) in actions {
            flag = try flag.deciding(FlagDecision(action: action, by: Self.people[person], at: .distantPast))
        }
        #expect(flag.state == state)
    }

    static let refused: [([(FlagDecision.Action, Int)], FlagRefusal)] = [
        ([(.dismiss, 0), (.confirm, 1)], .decided),
        ([(.confirm, 0), (.confirm, 1), (.dismiss, 2)], .decided),
        ([(.confirm, 0), (.confirm, 0)], .otherPersonNeeded),
        ([(.escalate, 0), (.dismiss, 0)], .otherPersonNeeded),
        ([(.escalate, 0), (.escalate, 1)], .escalatedAlready),
    ]

    @Test("Nobody decides twice, and what is decided stands", arguments: refused)
    func refusals(_ actions: [(FlagDecision.Action, Int)], _ refusal: FlagRefusal) throws {
        var flag = Self.flag(.critical)
        for (action, person) in actions.dropLast() {
            flag = try flag.deciding(FlagDecision(action: action, by: Self.people[person], at: .distantPast))
        }
        let last = try #require(actions.last)
        #expect(throws: refusal) {
            try flag.deciding(FlagDecision(action: last.0, by: Self.people[last.1], at: .distantPast))
        }
    }

    @Test("The score shows its parts, and they add up to what is missing from 100")
    func score() throws {
        var dismissed = Self.flag(.critical)
        dismissed = try dismissed.deciding(FlagDecision(action: .dismiss, by: Self.people[0], at: .distantPast))
        let score = CredibilityScore([Self.flag(.notice), Self.flag(.serious), dismissed, Self.flag(.warning)])
        #expect(score.value == 60)
        #expect(score.parts.map(\.points).sorted() == [0, 5, 10, 25])
        #expect(score.parts.first { $0.points == 0 }?.state == .dismissed)
        #expect(CredibilityScore([]).value == 100)
        let many = CredibilityScore(Array(repeating: Self.flag(.critical), count: 3))
        #expect(many.value == 0 && many.parts.map(\.points) == [50, 50, 0])
    }
}
