import Attestation
import Cryptography
import Foundation
import QuestionBank
import Testing

@Suite("Tickets of older exams, drawn by algorithm 1") struct TicketTests {
    /// Questions 1…6 of topic А and 7…12 of topic Б; odd ones have four options, even ones three pairs.
    static let bank = (1...12).map { number in
        QuestionSummary(
            id: Samples.id(number),
            version: 1 + number % 2,
            topic: number <= 6 ? "А" : "Б",
            type: number % 2 == 1 ? .singleChoice : .matching,
            optionCount: number % 2 == 1 ? 4 : 3,
            matchCount: number % 2 == 1 ? 0 : 4
        )
    }
    static let blueprint = Blueprint(
        sections: [
            BlueprintSection(topic: "А", count: 3),
            BlueprintSection(types: [.singleChoice], count: 4, pointsEach: Points(hundredths: 250)),
        ],
        durationSeconds: 3600
    )

    @Test("The published vector: secret to seed to ticket, computed independently from the description")
    func vector() throws {
        let secret = Data(0..<32)
        let seed = try TicketSeed.derive(examSecret: secret, examID: Samples.id(0xE1), attemptID: Samples.id(0xA1))
        #expect(seed.hex == "66796c465f5a9f944b9ae9b99b62f4a5a7034a92ca26958ef0af9d6b372fa830")
        let ticket = try Ticket.draw(blueprint: Self.blueprint, bank: Self.bank, seed: seed)
        #expect(ticket.algorithmVersion == 1)
        let bank = try SHA256Digest(hex: "2d177c5285c18a91aba80232f81f44467cc25ac384cbecacd206b945a7a882e3")
        #expect(ticket.source == .bank(bank))
        let single = QuestionType.singleChoice
        let half = Points(hundredths: 250)
        let expected: [(Int, Int, Int, QuestionType, Points, [Int], [Int])] = [
            (2, 11, 2, single, half, [1, 0, 2, 3], []),
            (1, 5, 2, single, .one, [1, 0, 3, 2], []),
            (2, 9, 2, single, half, [3, 1, 2, 0], []),
            (2, 7, 2, single, half, [3, 0, 1, 2], []),
            (1, 2, 1, .matching, .one, [1, 2, 0], [1, 0, 2, 3]),
            (2, 3, 2, single, half, [1, 0, 2, 3], []),
            (1, 4, 1, .matching, .one, [0, 2, 1], [2, 1, 0, 3]),
        ]
        #expect(
            ticket.items
                == expected.enumerated().map { place, row in
                    TicketItem(
                        number: place + 1,
                        section: row.0,
                        questionID: Samples.id(row.1),
                        questionVersion: row.2,
                        type: row.3,
                        points: row.4,
                        optionOrder: row.5,
                        matchOrder: row.6
                    )
                }
        )
    }

    @Test("The same record gives the same bytes, whatever the order of storage and with older versions about")
    func independentOfStorage() throws {
        var random = SplitMix(state: 5)
        let first = try Ticket.draw(blueprint: Self.blueprint, bank: Self.bank, seed: Samples.seed(1)).canonicalBytes()
        for _ in 0..<20 {
            var older = Self.bank
            for index in older.indices { older[index].version -= 1 }
            let bank = (Self.bank + older).shuffled(using: &random)
            let again = try Ticket.draw(blueprint: Self.blueprint, bank: bank, seed: Samples.seed(1))
            #expect(again.canonicalBytes() == first)
        }
        let decoded = try CanonicalJSON.decode(Ticket.self, from: first)
        #expect(decoded.canonicalBytes() == first)
    }

    @Test("Another attempt, exam or secret is another seed, and fields do not run into each other")
    func seeds() throws {
        let secret = Data(repeating: 1, count: 32)
        let seeds = [
            try TicketSeed.derive(examSecret: secret, examID: Samples.id(1), attemptID: Samples.id(2)),
            try TicketSeed.derive(examSecret: secret, examID: Samples.id(2), attemptID: Samples.id(1)),
            try TicketSeed.derive(examSecret: secret + [0], examID: Samples.id(1), attemptID: Samples.id(2)),
            try TicketSeed.derive(examSecret: secret + [1], examID: Samples.id(1), attemptID: Samples.id(2)),
        ]
        #expect(Set(seeds).count == 4)
        #expect(throws: TicketError(.secretTooShort, "")) {
            try TicketSeed.derive(examSecret: Data(count: 31), examID: Samples.id(1), attemptID: Samples.id(2))
        }
        #expect(throws: TicketError(.invalidSeed, "")) { try TicketSeed(hex: String(repeating: "g", count: 64)) }
        #expect(try TicketSeed(hex: seeds[0].hex) == seeds[0])
    }

    @Test("No question is drawn twice, every section gets what it asked for, and overlaps never fail a draw")
    func overlaps() throws {
        // Section 1 could take the only two hard questions that section 3 needs, and must not.
        let bank = (1...8).map {
            QuestionSummary(
                id: Samples.id($0),
                topic: $0 <= 5 ? "А" : "Б",
                type: .essay,
                difficulty: $0 == 1 || $0 == 6 ? 5 : 1
            )
        }
        let blueprint = Blueprint(
            sections: [
                BlueprintSection(topic: "А", count: 4),
                BlueprintSection(topic: "Б", count: 2),
                BlueprintSection(difficulty: 5, count: 2),
            ],
            durationSeconds: 600
        )
        #expect(blueprint.check(against: bank).allSatisfy { $0.severity == .warning })
        for number in 0..<300 {
            let ticket = try Ticket.draw(blueprint: blueprint, bank: bank, seed: Samples.seed(number))
            #expect(Set(ticket.items.map(\.questionID)).count == 8)
            let summaries = Dictionary(uniqueKeysWithValues: bank.map { ($0.id, $0) })
            for item in ticket.items {
                let summary = try #require(summaries[item.questionID])
                #expect(blueprint.sections[item.section - 1].accepts(summary))
            }
            #expect(ticket.items.filter { $0.section == 1 }.count == 4)
            #expect(ticket.items.map(\.number) == Array(1...8))
        }
    }

    @Test("Random blueprints: either the check finds an error or every draw succeeds")
    func randomBlueprints() throws {
        var random = SplitMix(state: 11)
        var drawn = 0
        for round in 0..<400 {
            let bank = (1...Int.random(in: 4...14, using: &random)).map {
                QuestionSummary(
                    id: Samples.id($0),
                    topic: ["А", "Б"].randomElement(using: &random)!,
                    type: .trueFalse,
                    difficulty: Int.random(in: 1...3, using: &random),
                    creditUnit: Int.random(in: 1...2, using: &random)
                )
            }
            let sections = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                BlueprintSection(
                    topic: [nil, "А", "Б"].randomElement(using: &random)!,
                    difficulty: [nil, 1, 2, 3].randomElement(using: &random)!,
                    creditUnit: [nil, 1, 2].randomElement(using: &random)!,
                    count: Int.random(in: 1...4, using: &random)
                )
            }
            let blueprint = Blueprint(sections: sections, durationSeconds: 600)
            let canDraw = !blueprint.check(against: bank).contains { $0.severity == .error }
            #expect(canDraw == Self.exhaustive(sections, bank))
            guard canDraw else { continue }
            let ticket = try Ticket.draw(blueprint: blueprint, bank: bank, seed: Samples.seed(round))
            #expect(Set(ticket.items.map(\.questionID)).count == blueprint.itemCount)
            drawn += 1
        }
        #expect(drawn > 50 && drawn < 350)
    }

    /// Whether every place on the ticket can have a question of its own: bipartite matching place by place.
    static func exhaustive(_ sections: [BlueprintSection], _ bank: [QuestionSummary]) -> Bool {
        let places = sections.flatMap { Array(repeating: $0, count: $0.count) }
        var holder: [Int: Int] = [:]
        func place(_ number: Int, _ seen: inout Set<Int>) -> Bool {
            for (index, question) in bank.enumerated() where places[number].accepts(question) {
                guard seen.insert(index).inserted else { continue }
                if let other = holder[index], !place(other, &seen) { continue }
                holder[index] = number
                return true
            }
            return false
        }
        return places.indices.allSatisfy {
            var seen: Set<Int> = []
            return place($0, &seen)
        }
    }

    @Test("Without shuffling, items keep the order of drawing and options their own; right-hand sides never do")
    func unshuffled() throws {
        var blueprint = Self.blueprint
        blueprint.shuffleQuestions = false
        blueprint.shuffleOptions = false
        var matchOrders: Set<[Int]> = []
        for number in 0..<50 {
            let ticket = try Ticket.draw(blueprint: blueprint, bank: Self.bank, seed: Samples.seed(number))
            #expect(ticket.items.map(\.section) == [1, 1, 1, 2, 2, 2, 2])
            #expect(ticket.items.allSatisfy { $0.optionOrder == Array(0..<$0.optionOrder.count) })
            matchOrders.formUnion(ticket.items.map(\.matchOrder))
        }
        #expect(matchOrders.count > 20)
    }

    @Test("A bank that does not suffice is an error with the findings")
    func notEnough() {
        let blueprint = Blueprint(sections: [BlueprintSection(topic: "В", count: 1)], durationSeconds: 600)
        do {
            _ = try Ticket.draw(blueprint: blueprint, bank: Self.bank, seed: Samples.seed(1))
            Issue.record("A ticket was drawn from nothing")
        } catch {
            #expect(error.code == .blueprintNotMet)
            #expect(error.findings.map(\.code) == [.tooFewQuestions])
        }
    }

    @Test("A hundred tickets of thirty from a bank of twenty thousand take their own time, not the bank's")
    func speed() throws {
        let bank = (1...20_000).map {
            QuestionSummary(id: Samples.id($0), topic: "Тема \($0 % 10)", type: .singleChoice, optionCount: 4)
        }
        let sections = (0..<10).map { BlueprintSection(topic: "Тема \($0)", count: 3) }
        let source = try TicketSource(blueprint: Blueprint(sections: sections, durationSeconds: 600), bank: bank)
        let clock = ContinuousClock()
        let time = clock.measure {
            for number in 0..<100 { #expect(source.draw(seed: Samples.seed(number)).items.count == 30) }
        }
        print("Tickets: 100 of 30 from 20000 in \(time)")
    }
}
