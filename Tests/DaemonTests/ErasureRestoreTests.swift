import Foundation
import TestSupport
import Testing

@Suite("F3: who is erased stays erased after a backup of before is restored", .timeLimit(.minutes(2)))
struct ErasureRestoreTests {
    private static let officer = "officer@example.org"
    private static let person = (email: "kukushkina@example.org", surname: "Кукушкина", contract: "К-7741")
    private static let other = (email: "sorokina@example.org", surname: "Сорокина", contract: "С-1")

    /// Two candidates with portraits.
    private func found(_ folder: DataFolder) async throws {
        let words = ["accounts", "add", "--role", "compliance_officer", "--email", Self.officer]
        let added = try await folder.command(
            words + ["--surname", "Учётова", "--given-name", "Анна"],
            input: "\(Institution.password)\n"
        )
        try #require(added.status == 0, "\(added.standardError)")
        let people = [Self.person, Self.other]
        let rows = people.map { "\($0.contract);\($0.surname);Вера;Павловна" }
        let csv = (["номер;фамилия;имя;отчество"] + rows).joined(separator: "\n") + "\n"
        let imported = try await folder.command(["contracts", "import", try folder.write(csv, to: "contracts.csv")])
        try #require(imported.status == 0, "\(imported.standardError)")
        try await Daemon.run(in: folder, ready: true) { daemon in
            for (person, picture) in zip(people, ["obama", "biden"]) {
                let registered = try await daemon.client.post(
                    "/v1/accounts",
                    [
                        "email": .string(person.email), "password": .string(Institution.password),
                        "surname": .string(person.surname), "given_name": "Вера", "patronymic": "Павловна",
                        "contract_number": .string(person.contract),
                    ]
                )
                try #require(registered.status == 201, "\(registered.text)")
                let candidate = try await daemon.logIn(person.email, Institution.password)
                try await Institution.giveConsents(candidate)
                let photograph = try ProjectFiles.photograph(picture)
                let reply = try await candidate.put("/v1/me/portrait", type: "image/jpeg", photograph)
                try #require((200...201).contains(reply.status), "\(reply.text)")
            }
        }
    }

    /// The person asks, an officer decides, the daemon does.
    private func erase(_ folder: DataFolder) async throws {
        try await Daemon.run(in: folder) { daemon in
            let own = try await daemon.logIn(Self.person.email, Institution.password)
            let asked = try await own.post("/v1/me/erasure-requests")
            try #require(asked.status == 201, "\(asked.text)")
            let officer = try await daemon.logIn(Self.officer, Institution.password)
            let path = "/v1/erasure-requests/\(asked.json["id"].string ?? "")"
            let decided = try await officer.post("\(path)/decision", ["decision": "approved"])
            try #require(decided.status == 200, "\(decided.text)")
            try await wait(officer, path)
        }
    }

    private func wait(_ officer: Client, _ path: String) async throws {
        for _ in 0..<3_000 {
            if try await officer.get(path).json["state"] == "completed" { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw TestFailure("the erasure is not completed")
    }

    /// All bytes of the data folder but the keys.
    private func disk(_ folder: DataFolder) throws -> Data {
        let files = FileManager.default.enumerator(at: folder.data, includingPropertiesForKeys: nil)
        var all = Data()
        for case let file as URL in files ?? .init() where !file.path.contains("/keys/") {
            all += FileManager.default.contents(atPath: file.path) ?? Data()
        }
        return all
    }

    private func evidence(_ folder: DataFolder) throws -> Set<String> {
        let names = FileManager.default.enumerator(atPath: folder.data.appending(path: "evidence").path)
        return Set((names?.allObjects as? [String] ?? []).filter { $0.count > 60 })
    }

    @Test(
        "backup, erasure, restore with the list of erasures: nothing of the person in the raw bytes, others are there"
    )
    func replayed() async throws {
        let folder = try DataFolder()
        try await found(folder)
        let backup = folder.temporary.url.appending(path: "backup")
        #expect(try await folder.command(["backup", "--to", backup.path]).status == 0)
        let before = try (disk(folder), evidence(folder))
        let needles = [Self.person.email, Self.person.surname].map { Data($0.utf8) }
        for needle in needles { #expect(before.0.range(of: needle) != nil, "it was never there") }
        #expect(before.1.count == 2)

        try await erase(folder)
        let left = try evidence(folder)
        #expect(left.count == 1)
        let gone = try #require(before.1.subtracting(left).first)
        let sealed = try Data(contentsOf: backup.appending(path: "evidence/\(gone)"))
        let list = try await folder.command(["erasures"]).standardOutput
        let erasures = try folder.write(list, to: "erasures.json")
        #expect(list.contains("\"person\""), "\(list)")
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(at: folder.data.appending(path: "attestd.sqlite\(suffix)"))
        }
        let restored = try await folder.command(["restore", "--from", backup.path, "--erasures", erasures])
        #expect(restored.status == 0, "\(restored.standardError)")
        #expect(restored.standardOutput.contains("1 person erased again"), "\(restored.standardOutput)")

        func expectNothing(_ when: String) throws {
            let after = try disk(folder)
            #expect(try evidence(folder) == left, "\(when): files")
            for needle in needles + [sealed.prefix(64)] {
                #expect(after.range(of: needle) == nil, "\(when): \(String(decoding: needle, as: UTF8.self))")
            }
            #expect(after.range(of: Data(Self.other.email.utf8)) != nil, "\(when): others stay")
            #expect(after.range(of: Data(Self.other.surname.utf8)) != nil, "\(when): others stay")
        }
        try expectNothing("restored")
        try await Daemon.run(in: folder) { daemon in
            let login: JSON = ["email": .string(Self.person.email), "password": .string(Institution.password)]
            #expect(try await daemon.client.post("/v1/login", login).status == 401)
            let officer = try await daemon.logIn(Self.officer, Institution.password)
            let demands = try await officer.get("/v1/erasure-requests").json["erasures"].array
            #expect(demands.count == 1)
            try await wait(officer, "/v1/erasure-requests/\(demands.first?["id"].string ?? "")")
            let other = try await daemon.logIn(Self.other.email, Institution.password)
            #expect(try await other.get("/v1/me/portrait").status == 200)
        }
        try expectNothing("served")
        #expect(try await folder.command(["fsck"]).status == 0)
        let again = try await folder.command(["erasures"]).standardOutput
        #expect(again.contains("\"person\""), "the erasure is in the restored log, too")
    }
}
