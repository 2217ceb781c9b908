import Accounts
import Foundation
import TestSupport
import Testing

@Suite("A1 Register of contracts")
struct ContractRegisterTests {
    private static let csv = """
        номер;фамилия;имя;отчество;дата рождения
        1/26;Соловьёва;Анна;Ильинична;31.01.2009
        2/26;Орлов;Пётр;;
        ;Безномерный;Пётр;;
        3/26;Синицын;Глеб;;30.02.2009
        4/26;Лишний
        """

    private func importCSV(_ text: String, as client: Client) async throws -> Reply {
        try await client.post("/v1/contracts/imports", type: "text/csv", Data(text.utf8))
    }

    @Test("A1: a file is imported, and what was not read is told by line in the reader's language")
    func imports() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let reply = try await importCSV(Self.csv, as: officer)
            #expect(reply.status == 200)
            #expect(reply.json["added"].int == 2)
            #expect(reply.json["not_read_count"].int == 3)
            #expect(reply.json["not_read"].array.compactMap { $0["line"].int } == [4, 5, 6])
            #expect(reply.json["not_read"][0]["reason"].string?.contains("номер") == true)
            let again = try await importCSV(Self.csv, as: officer.with("Accept-Language", "en"))
            #expect(again.json["unchanged"].int == 2 && again.json["added"].int == 0)
            #expect(again.json["not_read"][0]["reason"].string?.contains("number") == true)
            let found = try await service.contract("соловьева", as: officer)
            #expect(found["number"] == "1/26" && found["birth_date"] == "2009-01-31")
            #expect(found["account_id"] == .null && found["closed_at"] == .null)
        }
    }

    @Test("A1: a contract with an account under another name is refused by number, the rest is imported")
    func refusedRows() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let administrator = try await service.staff(.administrator)
            let number = TestService.Person(0).contract
            let csv = "number,surname,given_name\n\(number),Чужая,Анна\n9/26,Новая,Анна\n"
            let reply = try await importCSV(csv, as: administrator)
            #expect(reply.json["refused"] == [.string(number)] && reply.json["refused_count"].int == 1)
            #expect(reply.json["added"].int == 1)
            #expect(try await service.contract(number, as: administrator)["surname"] == "Соловьёва")
        }
    }

    @Test("A1: what is no CSV in UTF-8 is refused, and nothing is imported")
    func unreadable() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let encoded = try #require(Self.csv.data(using: .windowsCP1251))
            let foreign = try await officer.post("/v1/contracts/imports", type: "text/csv", encoded)
            #expect(foreign.status == 422 && foreign.code == "not_utf8")
            #expect(try await officer.post("/v1/contracts/imports", type: "text/plain", encoded).status == 415)
            let empty = try await importCSV("", as: officer)
            #expect(empty.json["added"].int == 0 && empty.json["not_read_count"].int == 1)
            #expect(try service.rawDatabase().count("contracts") == 0)
        }
    }

    @Test("A1: the register is paged in the order of names and filtered by state")
    func paging() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(1)
            let officer = try await service.staff(.complianceOfficer)
            let rows = (0..<25).map { "\($0)/26;Фамилия\(String(format: "%02d", $0));Имя" }
            _ = try await importCSV("номер;фамилия;имя\n" + rows.joined(separator: "\n"), as: officer)
            var names: [String] = []
            var after = ""
            while true {
                let page = try await officer.get("/v1/contracts?limit=10\(after)").json["contracts"].array
                names += page.compactMap { $0["surname"].string }
                guard let last = page.last?["id"].string else { break }
                after = "&after=\(last)"
            }
            #expect(names.count == 26)
            #expect(names == names.sorted { $0.lowercased() < $1.lowercased() })
            #expect(try await officer.get("/v1/contracts?state=bound").json["contracts"].array.count == 1)
            #expect(try await officer.get("/v1/contracts?state=unbound").json["contracts"].array.count == 25)
            #expect(try await officer.get("/v1/contracts?state=closed").json["contracts"].array.isEmpty)
            #expect(try await officer.get("/v1/contracts?state=lost").status == 400)
        }
    }

    @Test("A1: a correction needs a reason, is kept with what stood before, and the bound account's name follows")
    func correction() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            let person = TestService.Person(0)
            try await service.importContract("2-0/2026", of: person)
            _ = try await candidate.post("/v1/me/contracts", ["contract_number": "2-0/2026"])
            let officer = try await service.staff(.complianceOfficer)
            let path = "/v1/contracts/\(try await service.contract(person.contract, as: officer)["id"].string ?? "")"
            let form: JSON = [
                "surname": "Лебедева", "given_name": "Алёна", "patronymic": "Игоревич", "birth_date": "2008-02-29",
            ]
            #expect(try await officer.put(path, form).status == 422, "no reason")
            let day = try await officer.put(path, form.with(["reason": "брак", "birth_date": "2009-02-29"]))
            #expect(day.status == 422, "there is no such day")
            let reply = try await officer.put(path, form.with(["reason": "свидетельство о браке"]))
            #expect(reply.status == 200, "\(reply.text)")
            #expect(reply.json["contract"]["surname"] == "Лебедева" && reply.json["is_named_otherwise"] == false)
            let change = reply.json["changes"][0]
            #expect(change["kind"] == "corrected" && change["reason"] == "свидетельство о браке")
            #expect(change["name_before"] == "Соловьёва Алёна Игоревич")
            #expect(change["by"].string == (try await service.id(of: officer)))
            #expect(try await candidate.get("/v1/me").json["surname"] == "Лебедева")
            let other = try await service.contract("2-0/2026", as: officer)["id"].string ?? ""
            #expect(try await officer.get("/v1/contracts/\(other)").json["is_named_otherwise"] == true)
            let log = try await officer.get("/v1/log/entries?limit=500").text
            #expect(log.contains("contract_changed"))
            #expect(!log.contains("Лебедева") && !log.contains("браке") && !log.contains(person.contract))
        }
    }

    @Test("A1: a closed contract opens no account, with the same answer as an unknown one, until it is opened again")
    func closing() async throws {
        try await TestService.run { service in
            let person = TestService.Person(0)
            try await service.importContract(of: person)
            let officer = try await service.staff(.complianceOfficer)
            let path = "/v1/contracts/\(try await service.contract(person.contract, as: officer)["id"].string ?? "")"
            let closed = try await officer.post("\(path)/closing", ["reason": "отчислен"])
            #expect(closed.status == 200 && closed.json["contract"]["closed_at"] != .null)
            #expect(try await officer.post("\(path)/closing", ["reason": "ещё раз"]).code == "contract_closed")
            let refused = try await service.anybody.post("/v1/accounts", person.form)
            let unknown = try await service.anybody.post(
                "/v1/accounts",
                person.form.with(["contract_number": "404/26"])
            )
            #expect(refused.code == "contract_not_accepted")
            #expect(refused.json.without("instance") == unknown.json.without("instance"))
            #expect(try await officer.post("\(path)/reopening", ["reason": "по ошибке"]).status == 200)
            #expect(try await officer.post("\(path)/reopening", ["reason": "снова"]).code == "contract_open")
            #expect(try await service.anybody.post("/v1/accounts", person.form).status == 201)
            let entry = try await officer.get(path)
            #expect(entry.json["changes"].array.compactMap { $0["kind"].string } == ["closed", "reopened"])
        }
    }

    @Test("A1: who keeps no register sees none of it", arguments: ["/v1/contracts", "/v1/contracts?search=a"])
    func closedToOthers(_ target: String) async throws {
        try await TestService.run { service in
            for client in [try await service.candidate(0), try await service.staff(.examiner)] {
                #expect(try await client.get(target).status == 403)
            }
        }
    }
}

@Suite("A1 Several contracts of one person")
struct OwnContractTests {
    @Test("A1: a further contract in one's own name is bound to the account, and stands in the list")
    func binding() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            try await service.importContract("2-0/2026", of: TestService.Person(0))
            let reply = try await candidate.post("/v1/me/contracts", ["contract_number": "№ 2-0 / 2026"])
            #expect(reply.status == 201, "\(reply.text)")
            #expect(reply.json["account_id"].string == (try await service.id(of: candidate)))
            let listed = try await candidate.get("/v1/me/contracts").json["contracts"].array
            #expect(Set(listed.compactMap { $0["number"].string }) == ["17-0/2026", "2-0/2026"])
        }
    }

    @Test(
        "A1: unknown, another's, bound and closed contracts get one and the same refusal, and guessing is slowed down"
    )
    func refusals() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            _ = try await service.candidate(1)
            try await service.importContract(of: TestService.Person(2))
            try await service.importContract("closed", of: TestService.Person(0))
            let officer = try await service.staff(.complianceOfficer)
            let id = try await service.contract("CLOSED", as: officer)["id"].string ?? ""
            _ = try await officer.post("/v1/contracts/\(id)/closing", ["reason": "окончен"])
            var answers: Set<JSON> = []
            for number in ["404", "17-1/2026", "17-2/2026", "17-0/2026", "closed", "№"] {
                let reply = try await candidate.post("/v1/me/contracts", ["contract_number": .string(number)])
                #expect(reply.status == 422, "\(number) \(reply.text)")
                answers.insert(reply.json.without("instance"))
            }
            #expect(answers.count == 1)
            for _ in 0..<46 { _ = try await candidate.post("/v1/me/contracts", ["contract_number": "404"]) }
            let slowed = try await candidate.post("/v1/me/contracts", ["contract_number": "404"])
            #expect(slowed.status == 429)
            #expect(try await service.anybody.post("/v1/accounts", TestService.Person(2).form).status == 429)
        }
    }
}
