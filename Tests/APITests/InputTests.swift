import Accounts
import Foundation
import TestSupport
import Testing

@Suite("Input that is not what the description demands")
struct InputTests {
    /// A change of a form that was right, and the place that is complained about.
    struct Wrong: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var changes: [String: JSON] = [:]
        var without: String?
        var pointer: String
    }

    static let registrations = [
        Wrong(testDescription: "e-mail is a number", changes: ["email": 7], pointer: "/email"),
        Wrong(testDescription: "password is null", changes: ["password": nil], pointer: "/password"),
        Wrong(testDescription: "surname is an array", changes: ["surname": ["Иванова"]], pointer: "/surname"),
        Wrong(testDescription: "surname is empty", changes: ["surname": ""], pointer: "/surname"),
        Wrong(testDescription: "given name is an object", changes: ["given_name": [:]], pointer: "/given_name"),
        Wrong(testDescription: "patronymic is true", changes: ["patronymic": true], pointer: "/patronymic"),
        Wrong(testDescription: "no contract", without: "contract_number", pointer: "/contract_number"),
        Wrong(testDescription: "no e-mail", without: "email", pointer: "/email"),
        Wrong(
            testDescription: "surname of 101 letters",
            changes: ["surname": .string(String(repeating: "Щ", count: 101))],
            pointer: "/surname"
        ),
        Wrong(testDescription: "a null character", changes: ["surname": "Ива\u{0}нова"], pointer: "/surname"),
    ]

    @Test("A wrong value is answered with its place", arguments: registrations)
    func registration(_ wrong: Wrong) async throws {
        try await TestService.run { service in
            let person = TestService.Person(0)
            try await service.importContract(of: person)
            var form = person.form.with(wrong.changes)
            if let name = wrong.without { form = form.without(name) }
            let reply = try await service.anybody.post("/v1/accounts", form)
            #expect(reply.status == 422)
            #expect(reply.code == "body_invalid")
            #expect(reply.faultPointers == [wrong.pointer])
            #expect(try service.rawDatabase().count("accounts") == 0)
        }
    }

    static let exams = [
        Wrong(testDescription: "no sections", changes: ["sections": []], pointer: "/sections"),
        Wrong(testDescription: "sections is a number", changes: ["sections": 3], pointer: "/sections"),
        Wrong(testDescription: "half an item", changes: ["sections": [["count": 1.5]]], pointer: "/sections/0/count"),
        Wrong(
            testDescription: "a negative count",
            changes: ["sections": [["count": -1]]],
            pointer: "/sections/0/count"
        ),
        Wrong(
            testDescription: "an unknown type",
            changes: ["sections": [["count": 1], ["count": 1, "types": ["riddle"]]]],
            pointer: "/sections/1/types/0"
        ),
        Wrong(testDescription: "opens at no time", changes: ["opens_at": "tomorrow"], pointer: "/opens_at"),
        Wrong(
            testDescription: "a day that is not",
            changes: ["opens_at": "2026-02-30T09:00:00Z"],
            pointer: "/opens_at"
        ),
        Wrong(
            testDescription: "an hour that is not",
            changes: ["opens_at": "2026-01-01T24:00:00Z"],
            pointer: "/opens_at"
        ),
        Wrong(testDescription: "no offset", changes: ["opens_at": "2026-01-01T09:00:00"], pointer: "/opens_at"),
        Wrong(
            testDescription: "an offset that is not",
            changes: ["opens_at": "2026-01-01T09:00:00+24:00"],
            pointer: "/opens_at"
        ),
        Wrong(testDescription: "other digits", changes: ["opens_at": "٢٠٢٦-01-01T09:00:00Z"], pointer: "/opens_at"),
        Wrong(testDescription: "a second short", changes: ["duration_seconds": 59], pointer: "/duration_seconds"),
        Wrong(testDescription: "a huge duration", changes: ["duration_seconds": 1e300], pointer: "/duration_seconds"),
        Wrong(testDescription: "an unknown scale", changes: ["grading_scale": "A-F"], pointer: "/grading_scale"),
        Wrong(testDescription: "nothing identifies", changes: ["identification": []], pointer: "/identification"),
    ]

    @Test("A wrong exam is answered with the place", arguments: exams)
    func exam(_ wrong: Wrong) async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            _ = try await service.exam(by: examiner)
            let reply = try await examiner.post("/v1/exams", service.examForm().with(wrong.changes))
            #expect(reply.status == 422)
            #expect(reply.code == "body_invalid")
            #expect(reply.faultPointers == [wrong.pointer])
            #expect(try service.rawDatabase().count("exams") == 1)
        }
    }

    static let malformed = [
        "", " ", "{", "{}}", "nul", "{\"email\":}", "[1,]", "{'email':1}", "\"\\ud800\"", "{\"a\":1 \"b\":2}", "01",
        "1e999",
        "{\"email\":\"a\",\"email\":\"b\"}", "\u{FEFF}{}", "NaN", "{\"a\":\"\u{1}\"}",
        String(repeating: "[", count: 30_000), String(repeating: "{\"a\":", count: 9_000),
        String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
    ]

    @Test("What is not JSON is answered with 400, however deep it nests", arguments: malformed)
    func malformedJSON(_ text: String) async throws {
        try await TestService.run { service in
            let reply = try await service.anybody.post("/v1/login", type: "application/json", Data(text.utf8))
            #expect(reply.status == 400)
            #expect(reply.code == "json_malformed")
            #expect(try service.rawDatabase().count("identifications") == 0)
        }
    }

    @Test("Bytes that are no UTF-8 are not JSON")
    func notUTF8() async throws {
        try await TestService.run { service in
            let body = Data(#"{"email":""#.utf8) + [0xFF, 0xC0, 0x80] + Data(#"","password":"x"}"#.utf8)
            let reply = try await service.anybody.post("/v1/login", type: "application/json", body)
            #expect(reply.status == 400)
        }
    }

    @Test(
        "JSON comes as application/json",
        arguments: [nil, "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "multipart/form-data"]
    )
    func contentType(_ type: String?) async throws {
        try await TestService.run { service in
            let form: JSON = ["email": "a@example.org", "password": "whatever it is"]
            let reply = try await service.anybody.post("/v1/login", type: type, form.data)
            #expect(reply.status == 415)
            #expect(reply.code == "content_type_unsupported")
            let parameters = try await service.anybody
                .post("/v1/login", type: "Application/JSON; charset=utf-8", form.data)
            #expect(parameters.status == 401)
        }
    }

    @Test("A body of 20 MiB is refused, with its length said or in chunks", arguments: [true, false])
    func hugeBody(isChunked: Bool) async throws {
        try await TestService.run { service in
            let body = Data(repeating: 0x20, count: 20 * 1024 * 1024)
            var request = service.anybody.request("POST", "/v1/login", type: "application/json", body)
            if isChunked {
                request.headers.append(("Transfer-Encoding", "chunked"))
                request.body = Data("\(String(body.count, radix: 16))\r\n".utf8) + body + Data("\r\n0\r\n\r\n".utf8)
            }
            let reply = try await service.anybody.send(request)
            #expect(reply.status == 413)
            #expect(try await service.anybody.get("/healthz").status == 200)
        }
    }

    @Test("Each endpoint has its own limit")
    func limits() async throws {
        try await TestService.run { service in
            let padding = JSON.string(String(repeating: "x", count: 64 * 1024))
            let form: JSON = ["email": "a@example.org", "password": "x", "padding": padding]
            #expect(try await service.anybody.post("/v1/login", form).status == 413)
            let candidate = try await service.candidate(0)
            #expect(try await candidate.post("/v1/logout", ["everywhere": true]).status == 413)
            #expect(try await candidate.get("/v1/me").status == 200)
        }
    }

    static let queries: [(target: String, pointer: String)] = [
        ("/v1/exams?limit=0", "limit"), ("/v1/exams?limit=501", "limit"), ("/v1/exams?limit=ten", "limit"),
        ("/v1/exams?limit=", "limit"), ("/v1/exams?before=yesterday", "before"), ("/v1/exams?order=asc", "order"),
        ("/v1/exams?limit=99999999999999999999", "limit"), ("/v1/me?verbose", "verbose"),
        ("/v1/exams?limit=1&limit=0", "limit"),
    ]

    @Test("A wrong or unknown parameter is answered with its name", arguments: queries)
    func parameters(target: String, pointer: String) async throws {
        try await TestService.run { service in
            let reply = try await service.candidate(0).get(target)
            #expect(reply.status == 400)
            #expect(reply.code == "parameters_invalid")
            #expect(reply.faultPointers == [pointer])
        }
    }

    @Test(
        "A wrong Idempotency-Key is refused",
        arguments: ["", "with space", "ключ", String(repeating: "k", count: 129)]
    )
    func idempotencyKey(_ key: String) async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            _ = try await service.exam(by: examiner)
            let reply = try await examiner.post("/v1/exams", service.examForm(), key: key)
            #expect(reply.status == 400)
            #expect(try service.rawDatabase().count("exams") == 1)
        }
    }
}
