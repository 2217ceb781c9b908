import Cases
import Foundation
import Testing

@Suite("Cases: steps, people and terms")
struct CaseTests {
    static let candidate = UUID()
    static let office = UUID()
    static let teacher = UUID()
    static let start = Date(timeIntervalSince1970: 1_772_442_000)
    static let days = DayCount.plain(in: TimeZone(secondsFromGMT: 3 * 3_600) ?? .gmt)

    private func open(_ kind: CaseKind, by account: UUID = teacher) throws -> Case {
        try Case(
            opening: Case.Opening(id: UUID(), kind: kind, subject: Self.candidate, openedBy: account, at: Self.start)
        )
    }

    private func take(
        _ item: Case,
        _ step: String,
        _ actor: CaseActor,
        _ account: UUID?,
        _ values: [String: CaseValue] = [:],
        after days: Double = 0
    ) throws -> Case {
        try item.taking(
            step,
            by: Case.Author(actor, account),
            values: values,
            excluded: [.examiner: [Self.teacher], .opener: [item.opening.openedBy]],
            days: Self.days,
            at: Self.start.addingTimeInterval(days * 86_400)
        ) { values, _ in try JSONEncoder().encode(values) }
    }

    private func code(_ body: () throws -> Case) -> String? {
        do { _ = try body() } catch let fault as CaseFault { return fault.code } catch { return "\(error)" }
        return nil
    }

    private func asked() throws -> Case {
        let item = try take(
            try open(.discipline),
            "report",
            .reporter,
            Self.teacher,
            ["day": .text("2026-03-01"), "text": .text("Подсказывал на экзамене.")]
        )
        return try take(item, "explanation-request", .office, Self.office)
    }

    @Test("F7: an act takes three study days without an explanation, not an hour less")
    func act() throws {
        let item = try asked()
        let act: [String: CaseValue] = ["text": .text("Объяснение не дано"), "act_number": .text("1")]
        // Asked on Monday 2 March: Tuesday, Wednesday and Thursday pass.
        #expect(code { try take(item, "act", .office, Self.office, act, after: 3) } == "case_term_runs")
        let drawn = try take(item, "act", .office, Self.office, act, after: 3.7)
        #expect(drawn.state == "act_drawn")
        let explained = try take(drawn, "explanation", .candidate, Self.candidate, ["text": .text("Болел")], after: 5)
        #expect(explained.state == "explained", "late is better than never")
    }

    @Test(
        "F7: who reported does not choose the measure, nobody is punished while ill, or when protected, and one measure is one"
    )
    func measure() throws {
        let item = try take(asked(), "explanation", .candidate, Self.candidate, ["text": .text("Так вышло")])
        let reprimand: [String: CaseValue] = [
            "measure": .text("reprimand"), "text": .text("Впервые, признал вину"), "protected": .flag(false),
        ]
        #expect(code { try take(item, "measure", .office, Self.teacher, reprimand) } == "conflict_of_interest")
        #expect(code { try take(item, "measure", .candidate, Self.candidate, reprimand) } == "case_step_of_others")
        #expect(code { try take(item, "measure", .office, Self.candidate, reprimand) } == "conflict_of_interest")
        let protected = reprimand.merging(["protected": .flag(true)]) { $1 }
        #expect(code { try take(item, "measure", .office, Self.office, protected) } == "person_protected")
        let expelled = reprimand.merging(["measure": .text("expulsion")]) { $1 }
        #expect(code { try take(item, "measure", .office, Self.office, expelled) } == "expulsion_not_in_contract")
        let ill = try take(item, "illness", .office, Self.office, ["since_day": .text("2026-03-02")])
        #expect(code { try take(ill, "measure", .office, Self.office, reprimand) } == "case_person_ill")
        let well = try take(ill, "recovery", .office, Self.office, ["until_day": .text("2026-03-09")])
        let chosen = try take(well, "measure", .office, Self.office, reprimand)
        #expect(chosen.state == "measure_chosen")
        #expect(code { try take(chosen, "measure", .office, Self.office, reprimand) } == "case_step_not_now")
        let record = try #require(chosen.last("measure"))
        #expect(record.values == ["measure": .text("reprimand")], "whether somebody is protected is sealed")
        #expect(record.sealed != nil)
    }

    @Test("F7: expulsion by the institution takes an explanation, or ten calendar days from the receipt of the notice")
    func expulsion() throws {
        let order: [String: CaseValue] = [
            "order_number": .text("1"), "order_day": .text("2026-03-20"), "text": .text("Отчислить"),
            "contract": .text("17-0/2026"),
        ]
        func notified(_ customer: String) throws -> Case {
            let item = try take(
                try open(.expulsion, by: Self.office),
                "open",
                .office,
                Self.office,
                ["ground": .text("contract_breach")]
            )
            return try take(
                item,
                "notice",
                .office,
                Self.office,
                ["text": .text("Не оплачено обучение."), "customer": .text(customer)]
            )
        }
        let unread = try notified("two_party")
        #expect(code { try take(unread, "order", .office, Self.office, order, after: 60) } == "case_term_runs")
        let read = try take(unread, "reading", .system, nil, after: 1)
        #expect(code { try take(read, "order", .office, Self.office, order, after: 10) } == "case_term_runs")
        #expect(try take(read, "order", .office, Self.office, order, after: 12).state == "ordered")
        let explained = try take(read, "explanation", .candidate, Self.candidate, ["text": .text("Оплачу")], after: 2)
        #expect(try take(explained, "order", .office, Self.office, order, after: 2).state == "ordered")

        let customer = try take(
            try take(notified("three_party"), "reading", .system, nil),
            "explanation",
            .candidate,
            Self.candidate,
            ["text": .text("Оплачивает заказчик")]
        )
        #expect(code { try take(customer, "order", .office, Self.office, order, after: 60) } == "case_term_runs")
        let heard = try take(customer, "customer-explanation", .office, Self.office, ["text": .text("Оплатим")])
        #expect(try take(heard, "order", .office, Self.office, order).state == "ordered")
    }

    @Test("D12: neither the examiner nor the candidate sits in the commission, and nobody sits twice")
    func commission() throws {
        let item = try take(
            try open(.appeal, by: Self.candidate),
            "submit",
            .candidate,
            Self.candidate,
            ["grounds": .text("result"), "text": .text("Ответ был верен.")]
        )
        func appoint(_ chair: UUID, _ members: [UUID]) -> String? {
            code {
                try take(
                    item,
                    "commission",
                    .office,
                    Self.office,
                    [
                        "chair": .texts([chair.uuidString]), "members": .texts(members.map(\.uuidString)),
                        "order_number": .text("5"), "order_day": .text("2026-03-02"),
                        "examiner": .texts([Self.teacher.uuidString]),
                    ]
                )
            }
        }
        let (first, second) = (UUID(), UUID())
        #expect(appoint(Self.teacher, [first, second]) == "conflict_of_interest")
        #expect(appoint(first, [second, Self.teacher]) == "conflict_of_interest")
        #expect(appoint(first, [second, Self.candidate]) == "conflict_of_interest")
        #expect(appoint(first, [first, second]) == "people_twice")
        #expect(appoint(first, [second]) == "case_field_wrong")
        #expect(appoint(first, [second, UUID()]) == nil)
    }

    @Test("A case is what its records come to: 2 000 random walks replay to the same, and a broken one is refused")
    func replay() throws {
        var random = Walk(seed: 7)
        for _ in 0..<2_000 {
            let kind = CaseKind.allCases[Int(random.next() % UInt64(CaseKind.allCases.count))]
            var item = try open(kind)
            for step in 0..<12 {
                let chosen = kind.definition.steps[Int(random.next() % UInt64(kind.definition.steps.count))]
                let values = Dictionary(uniqueKeysWithValues: chosen.fields.map { ($0.name, Samples.value($0.kind)) })
                let account =
                    chosen.actor == .candidate ? Self.candidate : chosen.actor == .chair ? item.chair : Self.office
                let before = item
                do {
                    item = try take(item, chosen.id, chosen.actor, account, values, after: Double(step) * 4)
                    #expect(before.records.isEmpty ? chosen.from.isEmpty : chosen.from.contains(before.state))
                } catch is CaseFault {
                    #expect(item == before)
                }
                item = try item.turned(at: Self.start.addingTimeInterval(Double(step) * 4 * 86_400))
            }
            let stored = try JSONEncoder().encode(item.records)
            let again = try Case(opening: item.opening, records: JSONDecoder().decode([CaseRecord].self, from: stored))
            #expect(again == item)
            #expect(item.isClosed ? item.nextTurn == nil : true)
            if item.records.count > 1 {
                #expect(throws: CaseFault.self) {
                    try Case(opening: item.opening, records: Array(item.records.dropFirst()))
                }
            }
        }
    }
}

/// SplitMix64.
struct Walk: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// A value of each kind.
enum Samples {
    static func value(_ kind: CaseField.Kind) -> CaseValue {
        switch kind {
        case .text(let length): .text(String(repeating: "я", count: length.lowerBound))
        case .choice(let choices): .text(choices[0].id)
        case .flag: .flag(true)
        case .number(let range): .number(range.lowerBound)
        case .day: .text("2026-03-05")
        case .time: .text("2026-03-05T10:00:00Z")
        case .people(let count, _): .texts((0..<count.lowerBound).map { _ in UUID().uuidString })
        case .exam: .text(UUID().uuidString)
        case .rows(let fields, _):
            .rows([Dictionary(uniqueKeysWithValues: fields.map { ($0.name, value($0.kind)) })])
        }
    }
}
