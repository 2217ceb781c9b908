package import Accounts
package import Foundation
package import Identification
import Storage

/// How many records a search finds, and how many it would find with another choice of each kind.
package struct RegisterCounts: Sendable {
    /// One choice and how many records it leaves.
    package struct Choice<Value: Sendable>: Sendable {
        package var value: Value
        package var count: Int
    }

    /// A verifier among the choices.
    package struct Verifier: Hashable, Sendable {
        package var id: UUID
        package var name: PersonName?
    }

    /// How many records the search finds, ``limit`` at most.
    package var total: Int
    /// Whether everything was counted; otherwise the choices tell of the newest ``limit`` records.
    package var isComplete: Bool
    package var methods: [Choice<IdentificationMethod>]
    package var outcomes: [Choice<IdentificationOutcome>]
    package var procedures: [Choice<ProcedureKind>]
    package var disciplines: [Choice<String>]
    package var verifiers: [Choice<Verifier>]

    /// The most records that are counted: a look must not hold a reader for long.
    package static let limit = 100_000
    /// The most choices of a kind.
    package static let mostChoices = 200
}

extension IdentificationRegister {
    /// Counts what a search finds. Each kind of choice is counted under the conditions of all others, so that a person
    /// sees what another choice would give.
    package func counts(_ filter: IdentificationFilter) async throws -> RegisterCounts {
        let limit = RegisterCounts.limit
        return try await services.database.read { stores in
            var open = filter.conditions
            open.method = nil
            open.outcome = nil
            open.procedure = nil
            open.discipline = nil
            open.operatorID = nil
            let cells = try stores.identificationCells(open, among: limit + 1)
            let total = try stores.identificationCount(filter.conditions, atMost: limit + 1)
            let isWhole = cells.reduce(0) { $0 + $1.count } <= limit
            var names = NameBook()
            let verifiers = Choices(cells, filter, except: .verifier).counted(\.operatorID)
            return RegisterCounts(
                total: min(total, limit),
                isComplete: isWhole && total <= limit,
                methods: Choices(cells, filter, except: .method).counted(\.method),
                outcomes: Choices(cells, filter, except: .outcome).counted(\.outcome),
                procedures: Choices(cells, filter, except: .procedure).counted(\.procedure),
                disciplines: Choices(cells, filter, except: .discipline).counted(\.discipline),
                verifiers: try verifiers.map {
                    let verifier = RegisterCounts.Verifier(id: $0.value, name: try names.name(of: $0.value, in: stores))
                    return RegisterCounts.Choice(value: verifier, count: $0.count)
                }
            )
        }
    }
}

/// The cells that fit all conditions but those of one kind.
private struct Choices {
    enum Kind { case method, outcome, procedure, discipline, verifier }

    private let cells: [RegisterCell]

    init(_ cells: [RegisterCell], _ filter: IdentificationFilter, except kind: Kind) {
        func fits<Value: Equatable>(_ wanted: Value?, _ value: Value?, _ own: Kind) -> Bool {
            own == kind || wanted == nil || wanted == value
        }
        self.cells = cells.filter {
            fits(filter.method, $0.method, .method) && fits(filter.outcome, $0.outcome, .outcome)
                && fits(filter.procedure, $0.procedure, .procedure)
                && fits(filter.discipline, $0.discipline, .discipline)
                && fits(filter.operatorID, $0.operatorID, .verifier)
        }
    }

    /// Each value with its count, the most frequent first.
    func counted<Value: Hashable>(_ value: (RegisterCell) -> Value?) -> [RegisterCounts.Choice<Value>] {
        var counts: [Value: Int] = [:]
        for cell in cells {
            if let value = value(cell) { counts[value, default: 0] += cell.count }
        }
        let sorted = counts.sorted { ($1.value, "\($0.key)") < ($0.value, "\($1.key)") }
        return sorted.prefix(RegisterCounts.mostChoices).map { .init(value: $0.key, count: $0.value) }
    }
}
