import Accounts
import Cryptography
import Foundation
import Grading
import Storage
import TestSupport
import Testing
import Webhooks
import Workflows

@Suite("E5, D7, D8 Messages to the dean's office")
struct WebhookDeliveryTests {
    /// The service's parts with a sender that reaches this machine.
    private static func dispatch(_ service: TestService) -> WebhookDispatch {
        var services = service.services
        services.webhooks = WebhookSender(allowsPrivateAddresses: true)
        return WebhookDispatch(services)
    }

    /// Registers a receiver on this machine and answers its identifier and key; over HTTP the service takes https only.
    private static func register(
        _ service: TestService,
        _ url: String,
        kinds: Set<OutboxMessage.Kind> = [.sheetClosed, .sheetReopened, .notTakenPlace]
    ) async throws -> (id: String, key: Data) {
        var services = service.services
        services.webhooks = WebhookSender(allowsPrivateAddresses: true)
        let administrator = try await service.staff(.administrator)
        let id = try #require(UUID(uuidString: try await service.id(of: administrator)))
        let account = try #require(try await service.services.database.read { try $0.account(id) })
        let now = service.clock.now
        let session = LoginSession(
            id: UUID(),
            tokenHash: "",
            accountID: id,
            createdAt: now,
            lastSeenAt: now,
            expiresAt: now + 600
        )
        let principal = Principal(account: account, credential: .session(session))
        let made = try await WebhookRegister(services).register(
            url: url,
            kinds: kinds,
            by: principal
        )
        let text = try #require(made.secret.split(separator: "_").last)
        service.noteAsSecret(made.secret)
        return (made.receiver.id.lowercased, try #require(Data(base64Encoded: String(text))))
    }

    @Test("D8: a closed sheet reaches the dean's system signed, again and again until it answers, under one identifier")
    func retried() async throws {
        try await TestService.run { service in
            let receiver = try WebhookReceiver()
            let hook = try await Self.register(service, "http://127.0.0.1:\(receiver.port)/status/503")
            let day = try await ExamDay.begin(service, candidates: 1)
            try await day.handIn(0, right: 6)
            let path = "/v1/grade-sheets/\(try await day.sheet())"
            _ = try await day.examiner().post("\(path)/filling")
            #expect(try await day.examiner().post("\(path)/closing").status == 200)
            let dispatch = Self.dispatch(service)
            #expect(try await dispatch.send() == (0, 1))
            #expect(try await dispatch.send() == (0, 0), "not before half a minute is over")
            service.clock.advance(seconds: 31)
            #expect(try await dispatch.send() == (0, 1))
            let requests = try receiver.requests()
            #expect(requests.count == 2)
            #expect(Set(requests.compactMap { $0.headers["webhook-id"] }).count == 1)
            let administrator = try await service.logIn(
                "administrator@example.org",
                TestService.staffPassword,
                role: "administrator"
            )
            let messages = try await administrator.get("/v1/webhooks/\(hook.id)/messages").json["messages"]
            #expect(messages[0]["tries"] == 2)
            #expect(messages[0]["last_failure"] == "status 503")
            #expect(messages[0]["delivered_at"] == .null)

            let first = try #require(requests.first)
            let signed =
                "\(first.headers["webhook-id"] ?? "").\(first.headers["webhook-timestamp"] ?? "").\(first.body)"
            let code = Data(MessageCode.code(of: Data(signed.utf8), key: hook.key)).base64EncodedString()
            #expect(first.headers["webhook-signature"] == "v1,\(code)")
            let body = try JSON(Data(first.body.utf8))
            #expect(body["type"] == "grade_sheet.closed")
            #expect(body["id"].string == first.headers["webhook-id"])
            #expect(body["data"]["rows"][0]["mark"] == "excellent")
            #expect(body["data"]["rows"][0]["record_book"] == "21-100")
        }
    }

    @Test("D7: that an attestation has not taken place is told the dean's office in the same transaction")
    func notTakenPlace() async throws {
        try await TestService.run { service in
            let receiver = try WebhookReceiver()
            _ = try await Self.register(service, "http://127.0.0.1:\(receiver.port)/dean")
            let day = try await ExamDay.begin(service, candidates: 1)
            let attempt = try await service.startedAttempt(day.exam, by: day.candidates[0])
            let ended = try await day.examiner().post(
                "/v1/attempts/\(attempt)/control",
                ["action": "terminate", "reason": "connection_lost"]
            )
            try #require(ended.status == 200, "\(ended.text)")
            #expect(try await Self.dispatch(service).send() == (1, 0))
            let body = try JSON(Data(try #require(receiver.requests().first).body.utf8))
            #expect(body["type"] == "attempt.not_taken_place")
            let data = body["data"]
            #expect(data["mark"] == "not_taken_place")
            #expect(data["debt"] == "excused")
            #expect(data["decided_on"] == "2026-03-02")
            #expect(data["started_on"] == "2026-03-02")
            #expect(data["attempt_id"].string == attempt)
            #expect(try service.rawDatabase().column("SELECT length(body) FROM outbox") == ["0"], "kept no longer")
        }
    }

    @Test("E5: over HTTP only https addresses are registered, the key is told once, and an ended receiver gets nothing")
    func register() async throws {
        try await TestService.run { service in
            let administrator = try await service.staff(.administrator)
            for url in ["http://example.org/", "http://127.0.0.1:1/", "ftp://example.org/", "https://u@example.org/"] {
                let reply = try await administrator.post(
                    "/v1/webhooks",
                    ["url": .string(url), "kinds": ["grade_sheet.closed"]]
                )
                #expect(reply.code == "receiver_wrong", "\(url)")
            }
            let made = try await administrator.post(
                "/v1/webhooks",
                ["url": "https://dean.example.org/hook", "kinds": ["grade_sheet.closed"]]
            )
            let secret = try #require(made.json["secret"].string, "\(made.text)")
            service.noteAsSecret(secret)
            let id = try #require(made.json["webhook"]["id"].string)
            let listed = try await administrator.get("/v1/webhooks")
            #expect(!listed.text.contains(secret))
            #expect(!listed.text.contains("sealed"))
            #expect(try await administrator.delete("/v1/webhooks/\(id)").status == 204)
            #expect(try await administrator.delete("/v1/webhooks/\(id)").status == 404)
            #expect(try await administrator.get("/v1/webhooks").json["webhooks"][0]["ended_at"] != .null)
            let kinds = try service.rawDatabase().column("SELECT kind FROM log_entries WHERE kind = 'webhook'")
            #expect(kinds.count == 2)
        }
    }

    @Test("E5: who listens is told of an attempt's start, flag and end, in codes and without the grade")
    func events() async throws {
        try await TestService.run { service in
            let receiver = try WebhookReceiver()
            _ = try await Self.register(
                service,
                "http://127.0.0.1:\(receiver.port)/status/200",
                kinds: [.attemptStarted, .attemptSubmitted, .attemptGraded, .flagRaised]
            )
            let sitting = try await Sitting.start(service)
            _ = try await sitting.control("flag", "suspicion", more: ["severity": 0.8])
            _ = try await sitting.candidate.post("\(sitting.path)/submit")
            #expect(try await Self.dispatch(service).send() == (4, 0))
            let bodies = try receiver.requests().map { try JSON(Data($0.body.utf8)) }
            let types = bodies.compactMap { $0["type"].string }
            #expect(types == ["attempt.started", "flag.raised", "attempt.submitted", "attempt.graded"])
            #expect(bodies.allSatisfy { $0["data"]["attempt_id"].string == sitting.attempt })
            #expect(bodies[1]["data"]["facts"]["severity"] == "serious")
            #expect(bodies.allSatisfy { $0["data"]["facts"]["grade"] == .null })
        }
    }
}
