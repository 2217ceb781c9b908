import Accounts
import Foundation
import TestSupport
import Testing

@Suite("B1 Portrait")
struct PortraitTests {
    /// A picture that cannot serve, and what is said about it.
    struct Refused: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var type: String? = "image/jpeg"
        var status: Int
        var code: String
        var faults: [String] = []
        var body: @Sendable () throws -> Data

        init(
            _ name: String,
            _ status: Int,
            _ code: String,
            type: String? = "image/jpeg",
            faults: [String] = [],
            body: @escaping @Sendable () throws -> Data
        ) {
            testDescription = name
            self.type = type
            self.status = status
            self.code = code
            self.faults = faults
            self.body = body
        }
    }

    static let refused = [
        Refused("face cut by the edge", 422, "portrait_refused", faults: ["face_cut_by_edge"]) {
            try ProjectFiles.photograph("obama_partial_face")
        },
        Refused("face cut by another edge", 422, "portrait_refused", faults: ["face_cut_by_edge"]) {
            try ProjectFiles.photograph("obama_partial_face2")
        },
        Refused("nobody in the picture", 422, "portrait_refused", type: "image/png", faults: ["no_face"]) {
            DrawnPNG.ramp()
        },
        Refused("half of a JPEG file", 422, "picture_corrupt") {
            let picture = try ProjectFiles.photograph("obama")
            return picture.prefix(picture.count / 2)
        },
        Refused("text in a file named .jpg", 415, "picture_unsupported_format") { Data("this is no picture".utf8) },
        Refused("nothing", 415, "picture_unsupported_format") { Data() },
        Refused("a GIF file", 415, "picture_unsupported_format") { Data("GIF89a\u{1}\0\u{1}\0".utf8) },
        Refused("another type is said", 415, "content_type_unsupported", type: "application/pdf") {
            try ProjectFiles.photograph("obama")
        },
        Refused("no type is said", 415, "content_type_unsupported", type: nil) { try ProjectFiles.photograph("obama") },
        Refused("header of a picture with a billion pixels", 413, "picture_too_many_pixels", type: "image/png") {
            DrawnPNG.promising(width: 32_000, height: 32_000)
        },
        Refused("a byte more than the limit", 413, "content_too_large") { Data(count: 8 * 1024 * 1024 + 1) },
    ]

    @Test("B1: a picture that cannot serve is refused with the reason, and nothing of it is kept", arguments: refused)
    func refusal(_ picture: Refused) async throws {
        try await TestService.run(comparesFaces: true) { service in
            let candidate = try await service.candidate(0)
            let reply = try await candidate.put("/v1/me/portrait", type: picture.type, picture.body())
            #expect(reply.status == picture.status)
            #expect(reply.code == picture.code)
            for fault in picture.faults { #expect(reply.faultCodes.contains(fault)) }
            for fault in reply.json["faults"].array { #expect(fault["detail"].string?.isEmpty == false) }

            #expect(try await candidate.get("/v1/me/portrait").status == 404)
            #expect(try service.rawDatabase().count("portraits") == 0)
            #expect(try service.rawDatabase().count("sealed_payloads") == 3, "only the login's and the consents'")
            #expect(
                try service.rawDatabase().column("SELECT kind FROM log_entries") == [
                    "identification", "consent", "consent",
                ]
            )
            #expect(service.folder.files(below: "evidence").isEmpty)
        }
    }

    @Test("B1: a good picture becomes the portrait, sealed, with an entry in the log")
    func accepted() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let candidate = try await service.candidate(0)
            #expect(try await candidate.get("/v1/me/portrait").code == "portrait_missing")
            let picture = try ProjectFiles.photograph("obama")
            let reply = try await candidate.put("/v1/me/portrait", type: "image/jpeg", picture)
            #expect(reply.status == 201)
            #expect(Set(reply.json.object.keys) == ["id", "created_at", "width", "height", "advice"])
            #expect(reply.json["advice"].array.count == 1, "the wall behind him is busy: advised, not refused")
            let facts = reply.json.object.filter { $0.key != "advice" }
            #expect(try await candidate.get("/v1/me/portrait").json.object == facts, "advice is given once")

            let evidence = service.folder.files(below: "evidence")
            #expect(evidence.count == 1)
            let sealed = try Data(contentsOf: try #require(evidence.first))
            #expect(sealed.count > picture.count)
            #expect(sealed.range(of: picture.dropFirst(200).prefix(32)) == nil, "the picture lies open on the disk")
            let entries = try service.rawDatabase().column("SELECT CAST(body AS TEXT) FROM log_entries")
            #expect(entries.last?.contains(#""kind":"portrait""#) == true)
            #expect(entries.last?.contains(evidence.first?.lastPathComponent ?? "-") == true)
            #expect(entries.joined().contains("Соловьёва") == false)
        }
    }

    @Test("B1: a second portrait takes the first one's place; an unfit one does not")
    func replaced() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let candidate = try await service.candidate(0)
            try await service.portrait("obama", of: candidate)
            let first = try await candidate.get("/v1/me/portrait").json["id"]
            service.clock.advance(seconds: 1)
            let unfit = try await candidate.put(
                "/v1/me/portrait",
                type: "image/jpeg",
                ProjectFiles.photograph("obama_partial_face")
            )
            #expect(unfit.status == 422)
            #expect(try await candidate.get("/v1/me/portrait").json["id"] == first)
            try await service.portrait("biden", of: candidate)
            #expect(try await candidate.get("/v1/me/portrait").json["id"] != first)
            #expect(try service.rawDatabase().count("portraits") == 2, "what was uploaded is kept (B3)")
        }
    }

    @Test("B1: the refusal is Russian unless English is asked for")
    func languages() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let candidate = try await service.candidate(0)
            let russian = try await candidate.put("/v1/me/portrait", type: "image/png", DrawnPNG.ramp())
            let english = try await candidate.with("Accept-Language", "en-GB,en;q=0.8,ru;q=0.5")
                .put("/v1/me/portrait", type: "image/png", DrawnPNG.ramp())
            for (reply, isRussian) in [(russian, true), (english, false)] {
                let texts = [reply.json["detail"].string, reply.json["faults"][0]["detail"].string].compactMap(\.self)
                #expect(texts.count == 2)
                for text in texts { #expect(text.contains(/[а-яё]/) == isRussian, "\(text)") }
            }
            #expect(russian.faultCodes == english.faultCodes)
        }
    }
}
