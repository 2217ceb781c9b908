import Cases
import Testing

@Suite("D12 D13 F7 Kinds of cases as data")
struct DefinitionTests {
    @Test(
        "Every step begins and ends in states that there are, and every state can be reached",
        arguments: CaseKind.allCases
    )
    func states(_ kind: CaseKind) {
        let definition = kind.definition
        #expect(definition.kind == kind)
        let states = Set(definition.states.map(\.id))
        #expect(states.count == definition.states.count)
        #expect(Set(definition.steps.map(\.id)).count == definition.steps.count)
        var reached: Set<String> = []
        for step in definition.steps {
            #expect(step.from.isSubset(of: states), "\(step.id)")
            switch step.to {
            case .state(let state):
                if let state { reached.insert(state) }
            case .choice(let name, let targets):
                reached.formUnion(targets.values)
                guard case .choice(let choices)? = step.fields.first(where: { $0.name == name })?.kind else {
                    Issue.record("\(step.id) leads where a field says that is no choice")
                    continue
                }
                #expect(Set(choices.map(\.id)) == Set(targets.keys), "\(step.id)")
            }
        }
        #expect(reached == states)
        #expect(definition.steps.contains { $0.from.isEmpty })
        #expect(states.contains { definition.isFinal($0) })
    }

    @Test(
        "Every term that ends has begun somewhere, is named the same, and has someone who acts",
        arguments: CaseKind.allCases
    )
    func terms(_ kind: CaseKind) {
        let steps = kind.definition.steps
        let begun = Set(steps.flatMap { $0.begins.map(\.id) })
        for step in steps {
            #expect(step.ends.isSubset(of: begun), "\(step.id)")
            if let receipt = step.onReceipt {
                #expect(kind.definition.step(receipt)?.actor == .system)
                #expect(step.tells.contains(.candidate), "what is never told is never read")
            }
            for term in step.begins {
                #expect(term.days > 0)
                if let field = term.dayField { #expect(step.fields.contains { $0.name == field && $0.kind == .day }) }
            }
        }
    }

    @Test("Free words are sealed in every kind", arguments: CaseKind.allCases)
    func sealing(_ kind: CaseKind) {
        for field in kind.definition.steps.flatMap(\.fields) {
            switch field.kind {
            case .text, .rows: #expect(field.isPersonal, "\(field.name)")
            default: break
            }
        }
    }
}

@Suite("D13 Credit for earlier study: перезачёт or переаттестация")
struct CreditComparisonTests {
    typealias Form = CreditComparison.Form

    static let table:
        [(similar: Bool, earlier: Int, form: Form, programme: Int, asked: Form, way: CreditComparison.Way)] = [
            (true, 300, .exam, 300, .exam, .transfer),
            (true, 400, .exam, 300, .exam, .transfer),
            (true, 299, .exam, 300, .exam, .reattestation),
            (true, 300, .exam, 300, .pass, .transfer),
            (true, 300, .pass, 300, .exam, .reattestation),
            (true, 300, .gradedPass, 300, .pass, .reattestation),
            (true, 300, .exam, 300, .gradedPass, .reattestation),
            (true, 300, .pass, 300, .pass, .transfer),
            (false, 300, .exam, 300, .exam, .reattestation),
        ]

    @Test(
        "S1 6.15: content, volume and form decide; an exam stands for a pass, not the other way round",
        arguments: table
    )
    func way(
        similar: Bool,
        earlier: Int,
        form: Form,
        programme: Int,
        asked: Form,
        way: CreditComparison.Way
    ) {
        #expect(
            CreditComparison.way(isSimilar: similar, earlier: (earlier, form), programme: (programme, asked)) == way
        )
    }
}
