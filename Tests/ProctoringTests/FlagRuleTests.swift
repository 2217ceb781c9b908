import Attestation
import Foundation
import Proctoring
import Testing

@Suite("E2: rules find patterns of events")
struct FlagRuleTests {
    private static let attempt = UUID()
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// Events at seconds after the start.
    private static func history(_ events: [(SessionEventType, Int)], facts: [String: String] = [:]) -> [SessionEvent] {
        events.enumerated().map { number, event in
            SessionEvent(
                index: Int64(number + 1),
                id: UUID(),
                attemptID: attempt,
                examID: attempt,
                type: event.0,
                source: .server,
                at: start.addingTimeInterval(TimeInterval(event.1)),
                facts: facts
            )
        }
    }

    private static func rule(_ id: String) throws -> FlagRule { try #require(FlagRules.standard.rule(id)) }

    static let cases: [(String, [(SessionEventType, Int)], [Int64]?)] = [
        ("absent_often", [(.presenceAbsent, 0), (.presenceAbsent, 300)], nil),
        ("absent_often", [(.presenceAbsent, 0), (.presenceAbsent, 300), (.presenceAbsent, 600)], [1, 2, 3]),
        ("absent_often", [(.presenceAbsent, 0), (.presenceAbsent, 300), (.presenceAbsent, 601)], nil),
        ("absent_often", [(.presenceAbsent, 0), (.presenceAbsent, 1), (.presenceAbsent, 2), (.tabHidden, 3)], nil),
        ("other_person", [(.presenceOtherPerson, 0)], [1]),
        ("other_person", [(.presenceOtherPerson, 0), (.presenceOtherPersonEnded, 1)], nil),
        ("pasted_after_leaving", [(.pasted, 5)], nil),
        ("pasted_after_leaving", [(.tabHidden, 0), (.pasted, 120)], [2]),
        ("pasted_after_leaving", [(.tabHidden, 0), (.pasted, 121)], nil),
        ("pasted_after_leaving", [(.pasted, 0), (.tabHidden, 1)], nil),
        (
            "leaving_the_page",
            [
                (.tabHidden, 0), (.windowBlurred, 1), (.fullScreenLeft, 2), (.tabShown, 3), (.tabHidden, 4),
                (.tabHidden, 5),
            ],
            [1, 2, 3, 5, 6]
        ),
    ]

    @Test("A rule holds when an event completes its pattern, and not before", arguments: cases)
    func pattern(_ id: String, _ events: [(SessionEventType, Int)], _ expected: [Int64]?) throws {
        #expect(try Self.rule(id).pattern(in: Self.history(events))?.map(\.index) == expected)
    }

    @Test("Only events with the facts that a rule names count")
    func facts() throws {
        let rule = try Self.rule("not_matching")
        let events = [(SessionEventType.identificationMade, 0), (.identificationMade, 60)]
        #expect(rule.pattern(in: Self.history(events, facts: ["outcome": "non_match"]))?.count == 2)
        #expect(rule.pattern(in: Self.history(events, facts: ["outcome": "match"])) == nil)
        #expect(rule.pattern(in: Self.history(events)) == nil)
    }

    @Test("No history, no pattern")
    func nothing() {
        for rule in FlagRules.standard.all { #expect(rule.pattern(in: []) == nil) }
    }

    @Test("The standard rules are rules, and come back from JSON as they are")
    func standard() throws {
        let rules = try FlagRules(FlagRules.standard.all)
        let coded = try JSONEncoder().encode(rules.all)
        #expect(try FlagRules(JSONDecoder().decode([FlagRule].self, from: coded)) == rules)
        for rule in rules.all { #expect(!rule.label.ru.isEmpty && !rule.label.en.isEmpty) }
    }

    static let faults: [(FlagRuleError.Fault, @Sendable (inout FlagRule) -> Void)] = [
        (.name, { $0.id = "" }), (.name, { $0.id = "Absent often" }), (.reserved, { $0.id = Flag.byExaminer }),
        (.noEvents, { $0.events = [] }), (.ownEvents, { $0.events = [.flagRaised] }),
        (.numbers, { $0.atLeast = 0 }), (.numbers, { $0.withinSeconds = -1 }),
        (.numbers, { $0.withinSeconds = 86_401 }),
        (.numbers, { $0.severity = .ordinary }),
    ]

    @Test("A rule that makes no sense is refused", arguments: faults)
    func refused(_ fault: FlagRuleError.Fault, _ change: @Sendable (inout FlagRule) -> Void) throws {
        var rule = try Self.rule("absent_often")
        change(&rule)
        #expect(throws: FlagRuleError(rule: rule.id, fault: fault)) { try FlagRules([rule]) }
    }

    @Test("A name stands once")
    func repeated() throws {
        let rule = try Self.rule("absent_often")
        #expect(throws: FlagRuleError(rule: rule.id, fault: .repeated)) { try FlagRules([rule, rule]) }
    }
}

@Suite("E1: the catalogue of events")
struct EventCatalogueTests {
    @Test("Every type has words in both languages of its own", arguments: SessionEventType.allCases)
    func words(_ type: SessionEventType) {
        let entry = type.catalogueEntry
        #expect(entry.label.ru.contains { ("а"..."я").contains($0) } && !entry.label.en.isEmpty)
        #expect(entry.label.ru != type.rawValue)
    }

    @Test("No two types have the same words")
    func different() {
        #expect(Set(SessionEventType.allCases.map(\.catalogueEntry.label.ru)).count == SessionEventType.allCases.count)
        #expect(Set(SessionEventType.allCases.map(\.catalogueEntry.label.en)).count == SessionEventType.allCases.count)
    }

    @Test("Severities are those of the LTI Assessment Control Service, from 0 to 1")
    func severities() {
        #expect(EventSeverity.allCases.map(\.incidentSeverity) == [0, 0.25, 0.5, 0.75, 1])
        #expect(EventSeverity.allCases.sorted() == EventSeverity.allCases)
    }
}
