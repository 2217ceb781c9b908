import Attestation
import Foundation
import Grading
import Testing

@Suite("D4 Grading by people")
struct OpenWorkTests {
    static let panel = GradingPanel(examID: UUID(), secondShare: 30, disagreement: 20)
    static let ten = Points(hundredths: 1_000)

    static func points(_ texts: String...) throws -> [Points] { try texts.map { try #require(Points($0)) } }

    static let outcomes: [(given: [Int], needsSecond: Bool, verdict: GradingPanel.Verdict)] = [
        ([], false, .round(1)),
        ([700], false, .points(Points(hundredths: 700))),
        ([700], true, .round(2)),
        ([700, 800], true, .points(Points(hundredths: 750))),
        // A half of a hundredth goes up, for the candidate.
        ([701, 800], true, .points(Points(hundredths: 751))),
        ([700, 900], true, .points(Points(hundredths: 800))),
        ([700, 901], true, .round(3)),
        ([901, 700], true, .round(3)),
        ([700, 901, 750], true, .points(Points(hundredths: 750))),
        ([0, 1_000, 0], true, .points(.zero)),
    ]

    @Test("D4: one grading, the mean of two, or the third one's", arguments: outcomes)
    func verdict(given: [Int], needsSecond: Bool, verdict: GradingPanel.Verdict) {
        let points = given.map { Points(hundredths: $0) }
        #expect(Self.panel.verdict(on: points, maximum: Self.ten, needsSecond: needsSecond) == verdict)
    }

    @Test("second graders are drawn for about the share, and never for none or short of all")
    func share() {
        let works = (0..<4_000).map { _ in UUID() }
        func drawn(_ share: Int) -> Int {
            let panel = GradingPanel(examID: UUID(), secondShare: share)
            return works.count(where: panel.drawsSecond)
        }
        #expect(drawn(0) == 0)
        #expect(drawn(100) == works.count)
        #expect((1_000...1_400).contains(drawn(30)))
    }

    @Test("a rubric's levels earn their share of the item's points, exactly")
    func rubric() throws {
        func level(_ points: Int) -> Rubric.Level { .init(points: Points(hundredths: points), descriptor: "x") }
        let rubric = try #require(
            Rubric(
                questionID: UUID(),
                number: 1,
                criteria: [
                    .init(key: "content", title: "Содержание", levels: [level(0), level(100), level(200)]),
                    .init(key: "form", title: "Изложение", levels: [level(0), level(100)]),
                ]
            )
        )
        let two = Points(hundredths: 200)
        let one = Points(hundredths: 100)
        #expect(rubric.points(["content": two, "form": one], of: Self.ten) == Self.ten)
        #expect(rubric.points(["content": one, "form": .zero], of: Self.ten) == Points(hundredths: 333))
        #expect(rubric.points(["content": two, "form": .zero], of: Self.ten) == Points(hundredths: 667))
        #expect(rubric.points(["content": two], of: Self.ten) == nil, "each criterion has a level")
        #expect(rubric.points(["content": Points(hundredths: 50), "form": one], of: Self.ten) == nil)
        #expect(rubric.points(["content": two, "form": one, "more": one], of: Self.ten) == nil)
        let empty = Rubric(questionID: UUID(), number: 1, criteria: [.init(key: "a", title: "a", levels: [level(0)])])
        #expect(empty == nil)
    }
}
