import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("B7 The same face under two accounts")
struct DuplicateTests {
    @Test("B7: a face that another account has is found, waits for a person, and is decided once")
    func duplicate() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let reviewer = try await service.staff(.reviewer)
            try await service.portrait("obama", of: service.candidate(0))
            try await service.portrait("biden", of: service.candidate(1))
            var round = try await service.duplicates.searchNew()
            #expect(round.searched == 2 && round.found == 0, "two faces under two accounts are nobody's business")
            try await service.portrait("obama3", of: service.candidate(2))
            round = try await service.duplicates.searchNew()
            #expect(round.searched == 1 && round.found == 1 && round.nearCopies == 0)
            #expect(
                try await service.duplicates.searchNew().searched == 0,
                "what was searched for is not searched again"
            )
            #expect(try await service.duplicates.searchAll { _ in }.found == 0, "the same two make one finding")

            let found = try await reviewer.get("/v1/face-duplicates").json["duplicates"].array
            let finding = try #require(found.first)
            #expect(found.count == 1)
            #expect(finding["gallery_size"].int == 3 && finding["is_near_copy"] == false)
            let path = "/v1/face-duplicates/\(finding["id"].string ?? "")/decision"
            let decision: JSON = ["verdict": "same_person", "comment": "Два договора одного слушателя"]
            let decided = try await reviewer.post(path, decision)
            #expect(decided.status == 200 && decided.json["verdict"] == "same_person")
            #expect(try await reviewer.post(path, decision).code == "duplicate_decided")
            #expect(try await reviewer.get("/v1/face-duplicates").json["duplicates"].array.isEmpty)
            #expect(try await reviewer.get("/v1/face-duplicates?state=all").json["duplicates"].array == [decided.json])
            let unknown = "/v1/face-duplicates/\(UUID().uuidString.lowercased())/decision"
            #expect(try await reviewer.post(unknown, decision).code == "duplicate_unknown")

            let raw = try service.rawDatabase()
            let kinds = try raw.column("SELECT kind FROM log_entries")
            #expect(kinds.suffix(2) == ["face_duplicate", "face_duplicate_decision"])
            let accesses = try raw.column("SELECT what FROM biometric_accesses WHERE purpose = 'duplicate_search'")
            #expect(accesses.count == 2, "both people's data were looked at, and it is on record")
        }
    }

    @Test("B7: the very same picture under two accounts raises the alarm")
    func nearCopy() async throws {
        try await TestService.run(comparesFaces: true) { service in
            try await service.portrait("obama", of: service.candidate(0))
            try await service.portrait("obama", of: service.candidate(1))
            let round = try await service.duplicates.searchNew()
            #expect(round.found == 1 && round.nearCopies == 1)
            #expect(try await service.readiness.check() == service.clock.now, "the models were tested at once")
        }
    }

    @Test("B7: a new portrait takes the old one's place, and a restart misses none")
    func replacement() async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        try await TestService.run(in: folder, clock: clock, comparesFaces: true) { service in
            let first = try await service.candidate(0)
            try await service.portrait("obama", of: first)
            #expect(try await service.duplicates.searchNew().searched == 1)
            clock.advance(seconds: 1)
            try await service.portrait("biden", of: first)
            #expect(try await service.duplicates.searchNew() == .init(searched: 1))
            try await service.portrait("obama3", of: service.candidate(1))
        }
        try await TestService.run(in: folder, clock: clock, seed: 2, comparesFaces: true) { service in
            let round = try await service.duplicates.searchNew()
            #expect(round == .init(searched: 1), "the replaced portrait is compared with no more")
            try await service.portrait("obama", of: service.candidate(2))
            #expect(try await service.duplicates.searchNew().found == 1)
        }
    }

    @Test(
        "B7: findings are for those who review, not for candidates or examiners",
        arguments: [Role.examiner, .verifier]
    )
    func access(_ role: Role) async throws {
        try await TestService.run { service throws in
            #expect(try await service.staff(role).get("/v1/face-duplicates").status == 403)
            #expect(try await service.candidate(0).get("/v1/face-duplicates").status == 403)
            #expect(try await service.anybody.get("/v1/face-duplicates").status == 401)
        }
    }
}
