import Attestation
import Cryptography
import Foundation
import QuestionBank
import Testing

@Suite("D2: tickets from plans")
struct TicketPlanTests {
    static let examID = Samples.id(0xE1)
    static let attempts = (0..<10_000).map { number in
        try! TicketSeed.derive(examSecret: Samples.secret, examID: examID, attemptID: Samples.id(0x10000 + number))
    }

    /// Ten topics, questions with four options.
    static func bank(_ count: Int) -> [QuestionSummary] {
        (1...count).map {
            QuestionSummary(id: Samples.id($0), topic: "Тема \($0 % 10)", type: .singleChoice, optionCount: 4)
        }
    }

    static func blueprint(_ each: Int = 3) -> Blueprint {
        Blueprint(sections: (0..<10).map { BlueprintSection(topic: "Тема \($0)", count: each) }, durationSeconds: 3600)
    }

    static func dealer(
        _ blueprint: Blueprint,
        _ bank: [QuestionSummary],
        sets: Int = 1,
        sharing: Bool = false
    ) throws -> TicketDealer {
        let planner = TicketPlanner(
            blueprint: blueprint,
            bank: bank,
            sets: (1...sets).map { TicketSet(groups: ["Группа \($0)"]) },
            allowsSharing: sharing
        )
        return try TicketDealer(plan: planner.plan(examID: examID, secret: Samples.secret), secret: Samples.secret)
    }

    @Test(
        "10 000 tickets for 100 groups: nothing in two groups, exposure within a tenth of even, options in even order"
    )
    func groups() throws {
        let dealer = try Self.dealer(Self.blueprint(), Self.bank(20_000), sets: 100)
        var groupOf: [UUID: Int] = [:]
        var exposure: [UUID: Int] = [:]
        var orders: [[Int]: Int] = [:]
        for set in 0..<100 {
            for place in 0..<100 {
                let ticket = try dealer.ticket(set: set, place: place, seed: Self.attempts[set * 100 + place])
                #expect(ticket.items.count == 30)
                #expect(Set(ticket.items.map(\.questionID)).count == 30)
                for item in ticket.items {
                    #expect(groupOf.updateValue(set, forKey: item.questionID) ?? set == set)
                    exposure[item.questionID, default: 0] += 1
                    orders[item.optionOrder, default: 0] += 1
                }
            }
        }
        #expect(exposure.count == 20_000)
        let even = 300_000.0 / 20_000
        #expect(exposure.values.allSatisfy { abs(Double($0) - even) <= even / 10 })
        // Chi-square with 23 degrees of freedom: 49.7 is exceeded once in a thousand.
        let expected = 300_000.0 / 24
        let chiSquare = orders.values.reduce(0) { $0 + pow(Double($1) - expected, 2) / expected }
        #expect(orders.count == 24 && chiSquare < 49.7, "chi-square \(chiSquare)")
    }

    @Test(
        "With sizes that divide by nothing every question of a section is still seen as often as any other, but for one"
    )
    func oddSizes() throws {
        let blueprint = Blueprint(
            sections: [
                BlueprintSection(topic: "Тема 1", count: 7), BlueprintSection(topic: "Тема 2", count: 1),
                BlueprintSection(count: 5),
            ],
            durationSeconds: 600
        )
        let dealer = try Self.dealer(blueprint, Self.bank(997), sets: 3)
        for set in 0..<3 {
            var exposure = [[UUID: Int]](repeating: [:], count: 3)
            for place in 0..<333 {
                let ticket = try dealer.ticket(set: set, place: place, seed: Samples.seed(place))
                #expect(Set(ticket.items.map(\.questionID)).count == 13)
                for item in ticket.items { exposure[item.section - 1][item.questionID, default: 0] += 1 }
            }
            for section in 0..<3 {
                let cell = dealer.plan.cells[set][section]
                let counts = cell.map { exposure[section][dealer.plan.questions[$0].id] ?? 0 }
                #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1, "\(counts)")
            }
        }
    }

    @Test("Neighbours in the queue have different tickets as long as the set suffices")
    func neighbours() throws {
        let dealer = try Self.dealer(Self.blueprint(), Self.bank(900))
        for place in stride(from: 0, to: 300, by: 3) {
            let tickets = try (place..<place + 2).map { try dealer.ticket(set: 0, place: $0, seed: Samples.seed($0)) }
            let shared = Set(tickets[0].items.map(\.questionID)).intersection(tickets[1].items.map(\.questionID))
            // Only where a round of the cards ends between the two may anything come again.
            #expect(place % 30 == 29 || shared.isEmpty)
        }
    }

    @Test("The same record gives the same bytes, in any order, on another machine's dealer, and out of the database")
    func rebuilt() throws {
        let dealer = try Self.dealer(Self.blueprint(), Self.bank(1_111), sets: 4)
        let bytes = try (0..<200).map {
            try dealer.ticket(set: $0 % 4, place: $0 / 4, seed: Self.attempts[$0]).canonicalBytes()
        }
        let stored = try CanonicalJSON.decode(TicketPlan.self, from: dealer.plan.canonicalBytes())
        #expect(stored == dealer.plan)
        #expect(try stored.digest() == dealer.planDigest)
        let other = try TicketDealer(plan: stored, secret: Samples.secret)
        var random = SplitMix(state: 3)
        for number in (0..<200).shuffled(using: &random) {
            let ticket = try other.ticket(set: number % 4, place: number / 4, seed: Self.attempts[number])
            #expect(ticket.canonicalBytes() == bytes[number])
            #expect(try CanonicalJSON.encode(ticket) == bytes[number])
            #expect(try CanonicalJSON.decode(Ticket.self, from: bytes[number]) == ticket)
        }
        let shuffled = try TicketPlanner(
            blueprint: Self.blueprint(),
            bank: Self.bank(1_111).shuffled(using: &random),
            sets: (1...4).map { TicketSet(groups: ["Группа \($0)"]) }
        ).plan(examID: Self.examID, secret: Samples.secret)
        #expect(shuffled == dealer.plan)
        let otherSecret = try TicketDealer(plan: stored, secret: Data(1...32))
        #expect(try otherSecret.ticket(set: 0, place: 0, seed: Self.attempts[0]).canonicalBytes() != bytes[0])
    }

    @Test("The writer of records writes what the JSON encoder writes, for every kind of question")
    func writer() throws {
        for seed in 0..<50 {
            let blueprint = Blueprint(
                sections: [
                    BlueprintSection(count: SecretQuestions.questions.count, pointsEach: Points(hundredths: 1_025))
                ],
                durationSeconds: 600
            )
            let ticket = try Samples.deal(blueprint, SecretQuestions.questions, seed: Samples.seed(seed))
            #expect(try CanonicalJSON.encode(ticket) == ticket.canonicalBytes())
        }
        let old = try Ticket.draw(blueprint: TicketTests.blueprint, bank: TicketTests.bank, seed: Samples.seed(1))
        #expect(try CanonicalJSON.encode(old) == old.canonicalBytes())
    }

    @Test("Random blueprints and groups: either the check finds an error or every set gives whole tickets of its own")
    func randomBlueprints() throws {
        var random = SplitMix(state: 12)
        var planned = 0
        for round in 0..<300 {
            let bank = (1...Int.random(in: 6...30, using: &random)).map {
                QuestionSummary(
                    id: Samples.id($0),
                    topic: ["А", "Б"].randomElement(using: &random)!,
                    type: .trueFalse,
                    difficulty: Int.random(in: 1...3, using: &random)
                )
            }
            let sections = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                BlueprintSection(
                    topic: [nil, "А", "Б"].randomElement(using: &random)!,
                    difficulty: [nil, 1, 2, 3].randomElement(using: &random)!,
                    count: Int.random(in: 1...3, using: &random)
                )
            }
            let blueprint = Blueprint(sections: sections, durationSeconds: 600)
            let sets = (1...Int.random(in: 1...3, using: &random)).map {
                TicketSet(groups: ["\($0)"], seats: Int.random(in: 1...40, using: &random))
            }
            let sharing = Bool.random(using: &random)
            let planner = TicketPlanner(blueprint: blueprint, bank: bank, sets: sets, allowsSharing: sharing)
            let findings = planner.findings()
            guard !findings.contains(where: { $0.severity == .error }) else { continue }
            planned += 1
            let plan = try planner.plan(examID: Self.examID, secret: Samples.secret)
            #expect((plan.sharedCount > 0) == findings.contains { $0.code == .groupsWouldShare })
            let dealer = try TicketDealer(plan: plan, secret: Samples.secret)
            for set in sets.indices {
                for place in 0..<12 {
                    let ticket = try dealer.ticket(set: set, place: place, seed: Samples.seed(round))
                    #expect(Set(ticket.items.map(\.questionID)).count == blueprint.itemCount)
                    for item in ticket.items {
                        let question = try #require(bank.first { $0.id == item.questionID })
                        #expect(sections[item.section - 1].accepts(question))
                    }
                }
            }
        }
        #expect(planned > 60)
    }

    @Test("More candidates get more questions, and what was used before or set aside is in no set")
    func seatsAndUses() throws {
        let bank = Self.bank(500)
        let used = Set(bank.prefix(100).map(\.id))
        let blueprint = Blueprint(sections: [BlueprintSection(count: 10)], durationSeconds: 600)
        let sets = [TicketSet(groups: ["А"], seats: 30), TicketSet(groups: ["Б"], seats: 10), TicketSet(groups: ["В"])]
        let plan = try TicketPlanner(blueprint: blueprint, bank: bank, sets: sets, used: used)
            .plan(examID: Self.examID, secret: Samples.secret)
        #expect(plan.cells.map { $0[0].count } == [293, 97, 10])
        #expect(used.isDisjoint(with: plan.questions.map(\.id)))
        let limited = try TicketPlanner(blueprint: blueprint, bank: bank, sets: sets, variety: 4)
            .plan(examID: Self.examID, secret: Samples.secret)
        #expect(limited.questions.count == 120)
    }

    @Test("Fixed questions stand on every ticket and nowhere else, a pool gives its own")
    func fixedAndPools() throws {
        var bank = Self.bank(60)
        for index in 20..<30 { bank[index].pools = ["сложные"] }
        let fixed = [bank[3].id, bank[25].id]
        let blueprint = Blueprint(
            sections: [
                BlueprintSection(fixed: fixed), BlueprintSection(pool: "сложные", count: 2), BlueprintSection(count: 5),
            ],
            durationSeconds: 600
        )
        let dealer = try Self.dealer(blueprint, bank, sets: 2)
        for set in 0..<2 {
            for place in 0..<20 {
                let items = try dealer.ticket(set: set, place: place, seed: Samples.seed(place)).items
                #expect(Set(items.filter { $0.section == 1 }.map(\.questionID)) == Set(fixed))
                #expect(items.filter { $0.section != 1 }.allSatisfy { !fixed.contains($0.questionID) })
                let pool = Set(bank[20..<30].map(\.id))
                #expect(items.filter { $0.section == 2 }.allSatisfy { pool.contains($0.questionID) })
            }
        }
        #expect(dealer.plan.sharedCount == 0)
    }

    @Test("A damaged plan or a short secret deals nothing")
    func damaged() throws {
        let plan = try Self.dealer(Self.blueprint(), Self.bank(300)).plan
        let json = String(decoding: try plan.canonicalBytes(), as: UTF8.self)
        for (from, to) in [("\"cells\":[[[", "\"cells\":[[[999999,"), ("\"cells\":[[[", "\"cells\":[[[0,0,")] {
            let broken = try CanonicalJSON.decode(TicketPlan.self, from: Data(json.replacing(from, with: to).utf8))
            #expect(throws: TicketError(.invalidPlan, "")) { try TicketDealer(plan: broken, secret: Samples.secret) }
        }
        #expect(throws: TicketError(.secretTooShort, "")) { try TicketDealer(plan: plan, secret: Data(count: 3)) }
        let dealer = try TicketDealer(plan: plan, secret: Samples.secret)
        #expect(throws: TicketError(.invalidPlan, "")) { try dealer.ticket(set: 1, place: 0, seed: Samples.seed(1)) }
    }
}

@Suite("D2: the check before an exam is published, in words")
struct TicketPlanCheckTests {
    static func messages(_ planner: TicketPlanner) -> [String] { planner.findings().map(\.message.ru) }

    @Test("Who would share what is said")
    func words() {
        let bank = (1...16).map {
            QuestionSummary(id: Samples.id($0), topic: "Сети", type: .trueFalse, difficulty: $0 <= 7 ? 5 : 1)
        }
        func planner(_ section: BlueprintSection, sets: [TicketSet], used: Int = 0, sharing: Bool = false)
            -> TicketPlanner
        {
            TicketPlanner(
                blueprint: Blueprint(sections: [section], durationSeconds: 600),
                bank: bank,
                sets: sets,
                used: Set(bank.suffix(used).map(\.id)),
                allowsSharing: sharing
            )
        }
        let two = [TicketSet(groups: ["А"]), TicketSet(groups: ["Б"])]
        let hard = BlueprintSection(topic: "Сети", difficulty: 5, count: 10)
        #expect(
            Self.messages(planner(hard, sets: two)) == [
                "Раздел 1 (тема «Сети», сложность 5): в банке 7 из 10 нужных вопросов."
            ]
        )
        let ten = BlueprintSection(topic: "Сети", count: 10)
        #expect(
            Self.messages(planner(ten, sets: two)) == [
                "Раздел 1 (тема «Сети»): в банке 16 из 20 вопросов, нужных на 2 комплекта билетов: "
                    + "группам «А» и «Б» пришлось бы делить 4."
            ]
        )
        let shared = planner(ten, sets: two, used: 3, sharing: true).findings()
        #expect(shared.map(\.severity) == [.warning])
        #expect(
            shared.map(\.message.ru) == [
                "Раздел 1 (тема «Сети»): в банке 13 из 20 вопросов, нужных на 2 комплекта билетов (ещё 3 уже "
                    + "выдавались по этой дисциплине или отведены другому экзамену): группам «А» и «Б» придётся делить 7."
            ]
        )
        #expect(Self.messages(planner(ten, sets: [TicketSet()])).isEmpty)
    }

    @Test("Fixed questions that are missing or stand twice are named")
    func fixed() {
        let bank = (1...5).map { QuestionSummary(id: Samples.id($0), topic: "", type: .trueFalse) }
        let blueprint = Blueprint(
            sections: [BlueprintSection(fixed: [Samples.id(1), Samples.id(1), Samples.id(9)])],
            durationSeconds: 600
        )
        let findings = TicketPlanner(blueprint: blueprint, bank: bank).findings()
        #expect(findings.map(\.code) == [.fixedQuestion, .fixedQuestion])
        #expect(findings.allSatisfy { $0.severity == .error })
    }
}
