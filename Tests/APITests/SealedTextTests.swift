import Accounts
import Foundation
import Identification
import Storage
import TestSupport
import Testing
import Workflows

@Suite("F3 What staff write about a candidate is sealed for the candidate")
struct SealedTextTests {
    private static let reason = "Камера разбита, личность знает кафедра"
    private static let message = "Покажите стол слева от вас"

    /// A started attempt with an override and a demand.
    private func written(
        _ service: TestService
    ) async throws -> (attempt: String, candidate: Client, examiner: Client) {
        let examiner = try await service.staff(.examiner)
        let candidate = try await service.candidate(0)
        let attempt = try await service.startedAttempt(try await service.exam(by: examiner), by: candidate)
        let path = "/v1/attempts/\(attempt)"
        let allowed = try await examiner.post("\(path)/identification-override", ["reason": .string(Self.reason)])
        try #require(allowed.status == 200, "\(allowed.text)")
        let form: JSON = ["subject": "workplace", "message": .string(Self.message)]
        let demanded = try await examiner.post("\(path)/demands", form)
        try #require(demanded.json["message"].string == Self.message, "\(demanded.text)")
        return (attempt, candidate, examiner)
    }

    private func messages(_ attempt: String, as client: Client) async throws -> [JSON] {
        let reply = try await client.get("/v1/attempts/\(attempt)/demands")
        try #require(reply.status == 200, "\(reply.text)")
        return reply.json["demands"].array.map { $0["message"] }
    }

    /// Whether some words stand in any of the database's files.
    private func isInFiles(_ text: String, _ service: TestService) throws -> Bool {
        let names = try FileManager.default.contentsOfDirectory(atPath: service.folder.url.path)
        let files = names.filter { $0.hasPrefix("attestd.sqlite") }
        try #require(!files.isEmpty)
        return try files.contains { name in
            try Data(contentsOf: service.folder.url.appending(path: name)).range(of: Data(text.utf8)) != nil
        }
    }

    @Test("F3: reasons of overrides and messages of demands are read by whom they concern, and stand in no file")
    func sealed() async throws {
        try await TestService.run { service in
            let (attempt, candidate, examiner) = try await written(service)
            #expect(try await messages(attempt, as: candidate) == [.string(Self.message)])
            #expect(try await messages(attempt, as: examiner) == [.string(Self.message)])
            let standing = try await candidate.get("/v1/attempts/\(attempt)/identification").json
            #expect(standing["demands"][0]["message"].string == Self.message)
            for text in [Self.reason, Self.message] { #expect(try !isInFiles(text, service)) }
            // Names are there: the words would have been found.
            #expect(try isInFiles("candidate0@example.org", service))
            let raw = try service.rawDatabase()
            #expect(try raw.column("SELECT length(sealed_reason) > 60 FROM identification_overrides") == ["1"])

            // Whoever is erased takes the words along; the rows stay.
            try raw.execute("DELETE FROM person_keys")
            #expect(try await messages(attempt, as: examiner) == [.null])
            #expect(try raw.count("identification_overrides") == 1)
        }
    }

    @Test("F3: one demand's words cannot be passed off as another's, nor as a reason, nor as said of somebody else")
    func bound() async throws {
        try await TestService.run { service in
            let one = try #require(UUID(uuidString: try await service.id(of: service.candidate(0))))
            let other = try #require(UUID(uuidString: try await service.id(of: service.candidate(1))))
            let texts = PersonalTexts(vault: service.services.vault)
            let (id, second) = (UUID(), UUID())
            try await service.services.database.write { stores throws in
                let sealed = try texts.seal(Self.message, .demand, id, of: one, in: stores)
                #expect(try texts.open(sealed, .demand, id, of: one, in: stores) == Self.message)
                #expect(try texts.open(nil, .demand, id, of: one, in: stores) == nil)
                #expect(throws: (any Error).self) { try texts.open(sealed, .demand, second, of: one, in: stores) }
                #expect(throws: (any Error).self) { try texts.open(sealed, .override, id, of: one, in: stores) }
                #expect(throws: (any Error).self) { try texts.open(sealed, .demand, id, of: other, in: stores) }
            }
        }
    }

    @Test(
        "F3: what an older version wrote down readably is sealed at the start, and nothing of it is left in the files"
    )
    func old() async throws {
        try await TestService.run { service in
            let (attempt, candidate, _) = try await written(service)
            let raw = try service.rawDatabase()
            try raw.execute("UPDATE identification_overrides SET reason = '\(Self.reason)', sealed_reason = NULL")
            try raw.execute("UPDATE identification_demands SET message = '\(Self.message)', sealed_message = NULL")
            #expect(try isInFiles(Self.message, service) && isInFiles(Self.reason, service))

            try await service.housekeeping.sealOldTexts()
            for text in [Self.reason, Self.message] { #expect(try !isInFiles(text, service)) }
            #expect(try await messages(attempt, as: candidate) == [.string(Self.message)])
            #expect(try raw.column("SELECT reason FROM identification_overrides") == [""])
            #expect(try raw.count("identification_overrides WHERE sealed_reason IS NOT NULL") == 1)
            let before = try raw.column("SELECT hex(sealed_message) FROM identification_demands")
            try await service.housekeeping.sealOldTexts()
            #expect(try raw.column("SELECT hex(sealed_message) FROM identification_demands") == before, "once")

            // For an erased person it can be sealed for nobody.
            try raw.execute("UPDATE identification_demands SET message = '\(Self.message)', sealed_message = NULL")
            try raw.execute("DELETE FROM person_keys")
            try await service.housekeeping.sealOldTexts()
            #expect(try await messages(attempt, as: candidate) == [.null])
            #expect(try raw.count("person_keys") == 0 && !isInFiles(Self.message, service))
        }
    }
}
