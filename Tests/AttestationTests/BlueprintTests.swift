import Attestation
import Foundation
import QuestionBank
import Testing

@Suite struct BlueprintTests {
    let bank = (1...6).map {
        QuestionSummary(
            id: Samples.id($0),
            topic: $0 <= 2 ? "Сети" : "Криптография/Хеши",
            type: .numeric,
            difficulty: $0
        )
    }

    @Test("A topic with too few questions is named with both numbers")
    func tooFew() throws {
        let findings = blueprint([BlueprintSection(topic: "Сети", count: 5)]).check(against: bank)
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        #expect(finding.severity == .error)
        #expect(finding.message.ru == "Раздел 1 (тема «Сети»): в банке 2 из 5 нужных вопросов.")
        #expect(finding.message.en == "Section 1 (topic “Сети”): the bank has 2 of 5 questions.")
    }

    @Test("Sections that share questions are counted together")
    func shared() throws {
        let sections = [
            BlueprintSection(topic: "Сети", count: 2), BlueprintSection(topic: "Криптография", count: 1),
            BlueprintSection(difficulty: 1, count: 1),
        ]
        let findings = blueprint(sections).check(against: bank)
        let finding = try #require(findings.first { $0.severity == .error })
        #expect(finding.code == .tooFewShared)
        #expect(finding.sections == [1, 3])
        #expect(finding.needed == 3)
        #expect(finding.available == 2)
    }

    @Test("A topic takes in the topics below it, but not its namesakes")
    func topics() {
        let section = BlueprintSection(topic: "Криптография", count: 1)
        #expect(section.accepts(bank[5]))
        #expect(!section.accepts(QuestionSummary(id: Samples.id(9), topic: "Криптография 2", type: .essay)))
    }

    @Test("A section that takes everything is a warning, a sufficient bank is silence")
    func warnings() {
        let all = blueprint([BlueprintSection(topic: "Сети", count: 2)]).check(against: bank)
        #expect(all.map(\.code) == [.noChoice])
        #expect(all.map(\.severity) == [.warning])
        #expect(blueprint([BlueprintSection(topic: "Сети", count: 1)]).check(against: bank).isEmpty)
    }

    @Test("Impossible numbers are errors, not crashes")
    func shape() {
        #expect(codes(blueprint([])) == [.sectionCount])
        #expect(codes(blueprint(Array(repeating: BlueprintSection(count: 1), count: 99))) == [.sectionCount])
        #expect(codes(blueprint([BlueprintSection(count: -1)])) == [.itemCount])
        #expect(codes(blueprint([BlueprintSection(count: .max), BlueprintSection(count: .max)])).contains(.itemCount))
        #expect(codes(blueprint([BlueprintSection(count: 1, pointsEach: .zero)])) == [.points])
        #expect(codes(blueprint([BlueprintSection(count: 1)], seconds: 5)) == [.duration])
    }

    @Test("A blueprint is stored in snake case and comes back the same")
    func json() throws {
        let blueprint = blueprint([
            BlueprintSection(topic: "А", types: [.numeric], creditUnit: 1, count: 2, pointsEach: .one)
        ])
        let data = try CanonicalJSON.encode(blueprint)
        #expect(try CanonicalJSON.decode(Blueprint.self, from: data) == blueprint)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains(#""duration_seconds":3600"#))
        #expect(text.contains(#""points_each":"1.00""#))
    }

    private func blueprint(_ sections: [BlueprintSection], seconds: Int = 3600) -> Blueprint {
        Blueprint(sections: sections, durationSeconds: seconds)
    }

    private func codes(_ blueprint: Blueprint) -> [BlueprintFinding.Code] {
        blueprint.check(against: bank).filter { $0.severity == .error }.map(\.code)
    }
}
