import Accounts
import Cryptography
import Foundation
import Identification
import Storage
import TestSupport
import Testing
import TransparencyLog
import Workflows

@Suite("F2 Exports of registers")
struct ExportTests {
    /// An exam with two frames, logins and consents; the compliance officer.
    private func history(_ service: TestService) async throws -> (officer: Client, attempt: String) {
        let exam = try await service.exam(by: service.staff(.examiner), biometric: true)
        let candidate = try await service.candidate(0)
        try await service.portrait("obama", of: candidate)
        let attempt = try await service.attempt(exam, by: candidate)
        _ = try await service.frame("biden", attempt, by: candidate)
        service.clock.advance(seconds: 1)
        _ = try await service.frame("obama2", attempt, by: candidate)
        service.clock.advance(seconds: 1)
        return (try await service.staff(.complianceOfficer), attempt)
    }

    private func export(_ order: JSON, by officer: Client, _ service: TestService) async throws -> JSON {
        let ordered = try await officer.post("/v1/exports", order)
        try #require(ordered.status == 202, "\(ordered.text)")
        #expect(ordered.json["state"].string == "waiting")
        let path = "/v1/exports/\(ordered.json["id"].string ?? "")"
        #expect(try await officer.get("\(path)/file").code == "export_not_ready")
        #expect(try await service.exports.work())
        return try await officer.get(path).json
    }

    private func file(_ job: JSON, by officer: Client) async throws -> Data {
        let reply = try await officer.get("/v1/exports/\(job["id"].string ?? "")/file")
        try #require(reply.status == 200, "\(reply.text)")
        #expect(SHA256Digest.hash(reply.body).hex == job["sha256"].string)
        #expect(reply.body.count == job["bytes"].int)
        return reply.body
    }

    @Test(
        "F2: each format holds the records that were asked for; each export is an entry of the log",
        arguments: [
            "jsonl", "csv", "xlsx", "pdf",
        ]
    )
    func formats(_ format: String) async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (officer, attempt) = try await history(service)
            let order: JSON = ["format": .string(format), "filter": ["attempt": .string(attempt)]]
            let job = try await export(order, by: officer, service)
            #expect(job["state"].string == "finished" && job["done"].int == 2 && job["total"].int == 2, "\(job)")
            let file = try await file(job, by: officer)
            switch format {
            case "jsonl":
                let lines = try file.split(separator: 0x0a).map { try JSON(Data($0)) }
                #expect(lines.map { $0["outcome"].string } == ["non_match", "match"])
                #expect(lines.map { $0["number"].int } == [1, 2])
                let index = try #require(lines[1]["log_index"].int)
                let entry = try await officer.get("/v1/log/entries?from=\(index)&limit=1").json["entries"][0]
                #expect(entry["body"].string?.contains(lines[1]["id"].string ?? "-") == true)
            case "csv":
                let text = String(decoding: file, as: UTF8.self)
                #expect(file.starts(with: [0xEF, 0xBB, 0xBF]))
                let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
                #expect(lines.count == 4 && lines[3].isEmpty)
                #expect(lines[0].contains("№,Дата и время,Обучающийся"))
                #expect(lines[1].hasPrefix("1,02.03.2026 ") && lines[1].contains("личность не подтверждена"))
                #expect(lines[2].contains("Соловьёва") && lines[2].contains("биометрическая"))
            case "xlsx":
                #expect(file.starts(with: [0x50, 0x4B]))
            default:
                let text = try PDFText.read(file)
                #expect(text.contains("Журнал идентификации личности") && text.contains("Соловьёва"))
                #expect(text.contains("корень SHA-256") && text.contains("Всего записей: 2. Страниц: 1."))
            }
            let entries = try await officer.get("/v1/log/entries?limit=500").json["entries"].array
            let bodies = try entries.map { try JSON(Data(($0["body"].string ?? "").utf8)) }
            let entry = try #require(bodies.first { $0["kind"].string == "export" })
            #expect(entry["facts"]["file_sha256"] == job["sha256"] && entry["facts"]["records"].int == 2)
            #expect(entry["facts"]["filter"]["attempt"].string == attempt)
            #expect(bodies.count { $0["kind"].string == "export_fetched" } == 1)
            let staging = service.folder.url.appending(path: "exports/staging")
            #expect(try FileManager.default.contentsOfDirectory(atPath: staging.path).isEmpty)
            try expectNothingReadable(in: service, ["Соловьёва", "личность", "non_match\",\"reason"])
        }
    }

    /// No file of the exports' folder holds a text.
    private func expectNothingReadable(in service: TestService, _ texts: [String]) throws {
        let folder = service.folder.url.appending(path: "exports")
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            guard let data = FileManager.default.contents(atPath: folder.appending(path: name).path) else { continue }
            for text in texts { #expect(data.range(of: Data(text.utf8)) == nil, "\(text) in \(name)") }
        }
    }

    @Test("F2: a part of the file is answered as RFC 9110 says")
    func ranges() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let officer = try await service.staff(.complianceOfficer)
            let job = try await export(["format": "jsonl"], by: officer, service)
            let whole = try await file(job, by: officer)
            let path = "/v1/exports/\(job["id"].string ?? "")/file"
            func part(_ range: String) async throws -> (Int, Data, String?) {
                let reply = try await officer.with("Range", range).get(path)
                return (reply.status, reply.body, reply.header("Content-Range"))
            }
            let first = try await part("bytes=0-9")
            #expect(first == (206, Data(whole.prefix(10)), "bytes 0-9/\(whole.count)"))
            let last = try await part("bytes=-5")
            #expect(last.0 == 206 && last.1 == Data(whole.suffix(5)))
            let rest = try await part("bytes=3-")
            #expect(rest.0 == 206 && rest.1 == Data(whole.dropFirst(3)))
            for other in ["bytes=5-2", "bytes=999999999-", "lines=0-1", "bytes=0-1,3-4", "bytes=-0", "bytes=-"] {
                let reply = try await part(other)
                #expect(reply == (200, whole, nil), "\(other)")
            }
        }
    }

    @Test("F2: exports are their owner's: nobody else sees, fetches or cancels them")
    func owner() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let administrator = try await service.staff(.administrator)
            let job = try await export(["format": "csv"], by: officer, service)
            let path = "/v1/exports/\(job["id"].string ?? "")"
            for target in [path, "\(path)/file"] {
                #expect(try await administrator.get(target).code == "export_unknown")
            }
            #expect(try await administrator.send(administrator.request("DELETE", path)).code == "export_unknown")
            #expect(try await administrator.get("/v1/exports").json["exports"].array.isEmpty)
            #expect(try await officer.get("/v1/exports").json["exports"].array.count == 1)
        }
    }

    @Test("F2: a cancelled export and one whose time is over leave no file and no key")
    func ends() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let folder = service.folder.url.appending(path: "exports")
            func sealed() throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sealed") }
            }
            let waiting = try await officer.post("/v1/exports", ["format": "csv"]).json["id"].string ?? ""
            let cancelled = try await officer.send(officer.request("DELETE", "/v1/exports/\(waiting)"))
            #expect(cancelled.status == 204)
            #expect(try await service.exports.work() == false)
            #expect(try await officer.get("/v1/exports/\(waiting)").json["state"].string == "cancelled")

            let deleted = try await export(["format": "csv"], by: officer, service)["id"].string ?? ""
            #expect(try sealed().count == 1)
            #expect(try await officer.send(officer.request("DELETE", "/v1/exports/\(deleted)")).status == 204)
            #expect(try sealed().isEmpty)
            #expect(try await officer.get("/v1/exports/\(deleted)/file").code == "export_file_gone")

            let kept = try await export(["format": "csv"], by: officer, service)["id"].string ?? ""
            #expect(try sealed().count == 1)
            service.clock.advance(minutes: 72 * 60 + 1)
            #expect(try await service.exports.work() == false)
            #expect(try sealed().isEmpty)
            let job = try await service.services.database.read {
                try $0.export(UUID(uuidString: kept) ?? UUID())
            }
            #expect(job?.state == .expired && job?.wrappedKey == nil)
        }
    }

    @Test("F2: an export that a stop interrupts goes on, and its file is whole", arguments: ["jsonl", "csv", "pdf"])
    func resumption(_ format: String) async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        var id = ""
        var expected = Data()
        try await TestService.run(in: folder, clock: clock) { service in
            let person = try await service.candidate(0).get("/v1/me").json["id"].string ?? ""
            try await service.addRecords(3_000, of: try #require(UUID(uuidString: person)))
            let officer = try await service.staff(.complianceOfficer)
            let whole = try await export(["format": "jsonl"], by: officer, service)
            expected = try await file(whole, by: officer)
            let ordered = try await officer.post("/v1/exports", ["format": .string(format)]).json["id"].string
            let exportID = try #require(ordered.flatMap { UUID(uuidString: $0) })
            id = ordered ?? ""
            // Stopped when the first standing was written.
            let runner = ExportRunner(
                service.services,
                signer: service.signer,
                pageRows: 50,
                pagesBetweenStandings: 1
            )
            let work = Task { try await runner.work() }
            while true {
                let job = try await service.services.database.read { try $0.export(exportID) }
                if (job?.done ?? 0) > 0 { break }
                await Task.yield()
            }
            work.cancel()
            _ = try await work.value
            #expect(try await officer.get("/v1/exports/\(id)").json["state"].string == "running")
        }
        try await TestService.run(in: folder, clock: clock, seed: 2) { service in
            let email = "compliance_officer@example.org"
            let officer = try await service.logIn(email, TestService.staffPassword, role: "compliance_officer")
            #expect(try await service.exports.work())
            let job = try await officer.get("/v1/exports/\(id)").json
            #expect(job["state"].string == "finished", "\(job)")
            let file = try await file(job, by: officer)
            let count = expected.split(separator: 0x0a).count
            switch format {
            case "jsonl":
                // The second login came between the two exports.
                #expect(file.starts(with: expected) || file == expected)
                #expect(file.split(separator: 0x0a).count == job["done"].int)
            case "csv":
                let lines = String(decoding: file, as: UTF8.self).split(separator: "\r\n")
                #expect(lines.count - 1 == job["done"].int && lines.count > count)
                #expect(lines.dropFirst().enumerated().allSatisfy { $1.hasPrefix("\($0 + 1),") })
            default:
                let text = try PDFText.read(file)
                #expect(text.contains("Всего записей: \(job["done"].int ?? -1)."))
            }
        }
    }

    @Test("F2: what cannot be exported is refused with what to do")
    func refusals() async throws {
        try await TestService.run { service in
            let officer = try await service.staff(.complianceOfficer)
            let refusals: [(JSON, String)] = [
                (["format": "bundle", "register": "consents"], "bundle_of_log_only"),
                (["format": "csv", "pictures": true], "pictures_in_bundles_only"),
                (["format": "csv", "register": "orders", "filter": ["method": "visual"]], "condition_not_applicable"),
                (["format": "csv", "register": "consents", "filter": ["flagged": true]], "condition_not_applicable"),
                (["format": "csv", "view_id": .string(UUID().uuidString.lowercased())], "view_unknown"),
            ]
            for (order, code) in refusals { #expect(try await officer.post("/v1/exports", order).code == code) }
            #expect(try await officer.post("/v1/exports", ["format": "docx"]).status == 422)
            for _ in 0..<10 { #expect(try await officer.post("/v1/exports", ["format": "csv"]).status == 202) }
            #expect(try await officer.post("/v1/exports", ["format": "csv"]).code == "too_many_exports")
        }
    }

    @Test("F2: a repeated order is one export, and a saved view says what goes in")
    func orders() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let officer = try await service.staff(.complianceOfficer)
            let view = try await officer.post(
                "/v1/saved-views",
                ["name": "Визуальные", "filter": ["method": "visual"]]
            ).json["id"]
            let order: JSON = ["format": "jsonl", "view_id": view]
            let first = try await officer.post("/v1/exports", order, key: "k1")
            let second = try await officer.post("/v1/exports", order, key: "k1")
            #expect(first.json["id"] == second.json["id"])
            #expect(first.json["filter"] == ["method": "visual"])
            #expect(
                try await officer.post("/v1/exports", ["format": "csv"], key: "k1").code == "idempotency_key_reused"
            )
            #expect(try await service.exports.work())
            #expect(try await service.exports.work() == false)
        }
    }

    @Test("F4, C2: the registers of consents, orders and persons responsible are exported")
    func registers() async throws {
        try await TestService.run { service in
            _ = try await service.candidate(0)
            let officer = try await service.staff(.complianceOfficer)
            let verifier = try await service.staff(.verifier).get("/v1/me").json["id"]
            let paper = try await officer.post(
                "/v1/orders",
                [
                    "kind": "order", "number": "17-К", "date": "2026-01-10", "valid_from": "2026-01-10",
                    "scopes": ["identification"], "holders": [verifier], "issued_by": "Ректор",
                ]
            )
            try #require(paper.status == 201, "\(paper.text)")
            // An export holds what came before it began.
            service.clock.advance(seconds: 1)
            let consents = try await export(["format": "jsonl", "register": "consents"], by: officer, service)
            let lines = try await file(consents, by: officer).split(separator: 0x0a).map { try JSON(Data($0)) }
            #expect(lines.map { $0["kind"].string } == ["personal_data", "biometric"])
            #expect(lines.allSatisfy { $0["decision"].string == "given" && $0["log_index"].int != nil })
            for register in ["consents", "orders", "responsible_persons"] {
                let isConsents = register == "consents"
                for format in ["csv", "jsonl", "xlsx", "pdf"] {
                    let order: JSON = ["format": .string(format), "register": .string(register)]
                    let job = try await export(order, by: officer, service)
                    let data = try await file(job, by: officer)
                    #expect(job["done"].int == (isConsents ? 2 : 1), "\(register) \(format): \(job)")
                    let beginnings: [String: [UInt8]] = [
                        "csv": [0xEF, 0xBB, 0xBF], "jsonl": Array("{".utf8), "xlsx": Array("PK".utf8),
                        "pdf": Array("%PDF".utf8),
                    ]
                    #expect(data.starts(with: beginnings[format] ?? []), "\(register) \(format)")
                    guard format == "pdf" else { continue }
                    let text = try PDFText.read(data)
                    #expect(text.contains(isConsents ? "биометрических" : "17-К"), "\(register)")
                }
            }
            for register in ["orders", "responsible_persons"] {
                let job = try await export(["format": "csv", "register": .string(register)], by: officer, service)
                let text = String(decoding: try await file(job, by: officer), as: UTF8.self)
                #expect(text.contains("17-К") && text.contains("10.01.2026"))
                #expect(text.contains("идентификация личности") && text.contains("Служебный"))
            }
        }
    }
}

extension TestService {
    /// Logins of somebody a year ago, one a second, put into the log by the way that logins take.
    func addRecords(_ count: Int, of person: UUID) async throws {
        let start = clock.now - 365 * 86_400
        let random = SystemRandomSource()
        for first in stride(from: 0, to: count, by: 1_000) {
            try await services.database.write { [vault = services.vault] stores in
                for number in first..<min(count, first + 1_000) {
                    let at = start + Double(number)
                    let record = IdentificationRecord(
                        id: UUIDv7.make(at: at, random: random),
                        method: .electronic,
                        subject: person,
                        outcome: number % 10 == 9 ? .nonMatch : .match,
                        reason: number % 10 == 9 ? "password_wrong" : "password_valid",
                        at: at,
                        circumstances: IdentificationCircumstances(moment: .login)
                    )
                    let personal = PersonalCircumstances(address: "192.0.2.\(number % 250)")
                    try LogBook(vault: vault).store(record, personal: personal, in: stores)
                }
            }
        }
    }
}
