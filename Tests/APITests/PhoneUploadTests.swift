import Accounts
import Attestation
import Foundation
import TestSupport
import Testing

@Suite("D1, D3 Photographs from a phone")
struct PhoneUploadTests {
    private static let gift = """
        ::Эссе::Опишите модель нарушителя. {}

        ::Второе эссе::Нарисуйте схему. {}

        ::Верно::Пароль хранят открыто. {F}
        """
    private static let page = "https://localhost/phone"

    private static func photograph(_ number: UInt8) -> Data { Data([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, number]) }

    private struct Place {
        var candidate: Client
        var attempt: String
        var essays: [Int]
        var closed: Int
    }

    private func place(_ service: TestService) async throws -> Place {
        let examiner = try await service.staff(.examiner)
        _ = try await examiner.post("/v1/question-banks/phones/imports", type: "text/plain", Data(Self.gift.utf8))
        let form = service.examForm(discipline: "phones").with(["sections": [["count": 3]]])
        let exam = try #require(try await examiner.post("/v1/exams", form).json["id"].string)
        let candidate = try await service.candidate(0)
        let attempt = try await service.attempt(exam, by: candidate)
        _ = try await candidate.post("/v1/attempts/\(attempt)/start")
        let items = try await candidate.get("/v1/attempts/\(attempt)/ticket").json["items"].array
        return Place(
            candidate: candidate,
            attempt: attempt,
            essays: items.filter { $0["type"] == "essay" }.compactMap { $0["number"].int },
            closed: try #require(items.first { $0["type"] == "true_false" }?["number"].int)
        )
    }

    private func link(_ place: Place, _ number: Int, page: String? = nil) async throws -> Reply {
        try await place.candidate.post(
            "/v1/attempts/\(place.attempt)/answers/\(number)/phone-links",
            ["page": .string(page ?? Self.page)]
        )
    }

    private func secret(_ reply: Reply) throws -> String {
        let address = try #require(reply.json["address"].string)
        return String(try #require(address.split(separator: "#").last))
    }

    private func opened(_ phone: Client, _ secret: String) async throws -> Reply {
        try await phone.post("/v1/phone-uploads/openings", ["secret": .string(secret)])
    }

    private func send(_ phone: Client, _ token: String, _ data: Data) async throws -> Reply {
        try await phone.with("Upload-Token", token).post("/v1/phone-uploads", type: "image/jpeg", data)
    }

    @Test("a phone without a login sends a photograph to one question, and the exam's page is told")
    func whole() async throws {
        try await TestService.run { service in
            let place = try await place(service)
            let phone = service.anybody
            let made = try await link(place, place.essays[0])
            #expect(made.status == 201, "\(made.text)")
            #expect(made.json["address"].string?.hasPrefix("\(Self.page)#") == true)
            #expect(made.json["qr_svg"].string?.hasPrefix("<svg ") == true)
            let right = try await opened(phone, secret(made))
            #expect(right.status == 201 && right.json["number"].int == place.essays[0])
            let token = try #require(right.json["token"].string)
            #expect(token != (try secret(made)))

            let receipt = try await send(phone, token, Self.photograph(1))
            #expect(receipt.status == 201 && receipt.json["files_left"].int == PhoneLink.fileLimit - 1)
            let files = try await place.candidate.get("/v1/attempts/\(place.attempt)/files").json["files"].array
            #expect(files.map { $0["number"].int } == [place.essays[0]])
            let events = try await place.candidate.get("/v1/attempts/\(place.attempt)/events").json["events"].array
            let told = try #require(events.last { $0["type"] == "attestd.sheet.received" })
            #expect(told["data"]["facts"]["file"] == files[0]["id"])
            // The receipt names nothing that a phone could fetch.
            #expect(receipt.json["id"].string == nil)
            #expect(
                try await phone.get("/v1/attempts/\(place.attempt)/files/\(files[0]["id"].string ?? "")").status == 401
            )
        }
    }

    @Test("a secret opens once, a token only what its link is for, and both are told apart from guesses by nothing")
    func replay() async throws {
        try await TestService.run { service in
            let place = try await place(service)
            let phone = service.anybody
            let secret = try secret(try await link(place, place.essays[0]))
            let token = try #require(try await opened(phone, secret).json["token"].string)
            for wrong in [secret, token, "x", String(repeating: "A", count: 43)] {
                let reply = try await opened(phone, wrong)
                #expect(reply.status == 403 && reply.code == "phone_link_over", "\(wrong.prefix(4))")
            }
            for wrong in [secret, "x", String(repeating: "A", count: 43)] {
                #expect(try await send(phone, wrong, Self.photograph(1)).code == "phone_link_over")
            }
            let without = try await phone.post("/v1/phone-uploads", type: "image/jpeg", Self.photograph(1))
            #expect(without.status == 403)
            #expect(try await place.candidate.get("/v1/attempts/\(place.attempt)/files").json["files"].array.isEmpty)
        }
    }

    @Test("a link holds ten minutes and ten photographs")
    func limits() async throws {
        let clock = TestClock()
        try await TestService.run(clock: clock) { service in
            let place = try await place(service)
            let phone = service.anybody
            let token = try #require(
                try await opened(phone, secret(try await link(place, place.essays[0]))).json["token"].string
            )
            for number in 0..<UInt8(PhoneLink.fileLimit) {
                #expect(try await send(phone, token, Self.photograph(number)).status == 201)
            }
            #expect(try await send(phone, token, Self.photograph(200)).status == 403)

            let late = try secret(try await link(place, place.essays[0]))
            let used = try secret(try await link(place, place.essays[0]))
            // The newer link took the older one's place.
            #expect(try await opened(phone, late).status == 403)
            let second = try #require(try await opened(phone, used).json["token"].string)
            clock.advance(seconds: PhoneLink.lifetime)
            #expect(try await send(phone, second, Self.photograph(201)).status == 403)
            let unopened = try secret(try await link(place, place.essays[1]))
            clock.advance(seconds: PhoneLink.lifetime)
            #expect(try await opened(phone, unopened).status == 403)
        }
    }

    @Test("files go to the link's question, and to none once the work is handed in")
    func bounds() async throws {
        try await TestService.run { service in
            let place = try await place(service)
            let phone = service.anybody
            let token = try #require(
                try await opened(phone, secret(try await link(place, place.essays[1]))).json["token"].string
            )
            #expect(try await send(phone, token, Self.photograph(1)).status == 201)
            let files = try await place.candidate.get("/v1/attempts/\(place.attempt)/files").json["files"].array
            #expect(files.map { $0["number"].int } == [place.essays[1]])
            let other: JSON = ["type": "files", "files": [files[0]["id"]]]
            let target = "/v1/attempts/\(place.attempt)/answers"
            #expect(try await place.candidate.put("\(target)/\(place.essays[0])", other).status == 422)
            #expect(try await place.candidate.put("\(target)/\(place.essays[1])", other).status == 200)

            #expect(try await link(place, place.closed).code == "item_takes_no_files")
            #expect(try await link(place, 99).status == 404)
            #expect(
                try await link(place, place.essays[0], page: "https://elsewhere.example/phone").code == "page_foreign"
            )
            let stranger = try await service.candidate(1)
            let foreign = try await stranger.post(
                "\(target)/\(place.essays[0])/phone-links",
                ["page": .string(Self.page)]
            )
            #expect(foreign.status == 403)

            let unopened = try secret(try await link(place, place.essays[0]))
            #expect(try await place.candidate.post("/v1/attempts/\(place.attempt)/submit").status == 200)
            #expect(try await send(phone, token, Self.photograph(2)).status != 201)
            #expect(try await opened(phone, unopened).status != 201)
            #expect(try await place.candidate.get("/v1/attempts/\(place.attempt)/files").json["files"].array.count == 1)
        }
    }
}
