import Foundation
import Storage
import Testing
import TransparencyLog

@Suite("What witnesses said of the log")
struct CosignatureContractTests {
    @Test("standings and signature lines, each in the place of the one before", arguments: Backend.allCases)
    func cosignatures(backend: Backend) async throws {
        try await backend.withDatabase { database in
            #expect(try await database.read { try $0.witnessStanding("w1") } == nil)
            #expect(try await database.read { try $0.latestCosignedSize() } == nil)
            var standing = WitnessStanding(witness: "w1")
            standing.fail(.forked, at: Date(timeIntervalSince1970: 1_757_000_000))
            let failed = standing
            standing.trouble = nil
            standing.cosignedSize = 1 << 40
            standing.knownSize = 1 << 40
            let cosigned = standing
            try await database.write { try $0.setWitnessStanding(failed) }
            #expect(try await database.read { try $0.witnessStanding("w1") } == failed)
            try await database.write { try $0.setWitnessStanding(cosigned) }
            #expect(try await database.read { try $0.witnessStanding("w1") } == cosigned)
            try await database.write { stores in
                try stores.setCosignature("— w2 b\n", of: 7, by: "w2")
                try stores.setCosignature("— w1 a\n", of: 7, by: "w1")
                try stores.setCosignature("— w1 c\n", of: 9, by: "w1")
                try stores.setCosignature("— w1 d\n", of: 7, by: "w1")
            }
            #expect(try await database.read { try $0.cosignatures(of: 7) } == ["— w1 d\n", "— w2 b\n"])
            #expect(try await database.read { try $0.cosignatures(of: 8) } == [])
            #expect(try await database.read { try $0.latestCosignedSize() } == 9)
        }
    }
}
