import Cryptography
import Storage
import Testing
import TransparencyLog

@Suite("What a witness remembers")
struct WitnessContractTests {
    @Test("the last state of each log, and nothing that a failed transaction wrote", arguments: Backend.allCases)
    func states(backend: Backend) async throws {
        try await backend.withDatabase { database in
            let (one, two) = ("log.example/one", "log.example/two")
            #expect(try await database.read { try $0.witnessedState(of: one) } == nil)
            let first = WitnessedState(size: 3, root: .hash(utf8: "3"))
            let second = WitnessedState(size: 1 << 40, root: .hash(utf8: "4"))
            try await database.write { try $0.setWitnessedState(first, of: one) }
            try await database.write { try $0.setWitnessedState(second, of: one) }
            try await database.write { try $0.setWitnessedState(first, of: two) }
            await #expect(throws: Deliberate.self) {
                try await database.write { stores in
                    try stores.setWitnessedState(second, of: two)
                    throw Deliberate()
                }
            }
            #expect(try await database.read { try $0.witnessedState(of: one) } == second)
            #expect(try await database.read { try $0.witnessedState(of: two) } == first)
        }
    }
}
