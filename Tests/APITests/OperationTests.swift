import Accounts
import FaceAnalysis
import Foundation
import TestSupport
import Testing
import Workflows

@Suite("Operation")
struct OperationTests {
    private static func picture(_ name: String) throws -> Data { try ProjectFiles.photograph(name) }

    @Test("The service is alive at once, and ready when the models have passed their self-test")
    func ready() async throws {
        let pictures = try SelfTestPictures(directory: ProjectFiles.photographs)
        try await TestService.run(pictures: pictures) { service in
            #expect(try await service.anybody.get("/healthz").json == ["status": "ok"])
            let early = try await service.anybody.get("/readyz")
            #expect(early.status == 503)
            #expect(early.code == "not_ready")
            #expect(early.header("Retry-After") != nil)

            #expect(await service.readiness.runSelfTest() == [])
            #expect(try await service.anybody.get("/readyz").json["status"] == "ready")
            service.clock.advance(minutes: 64)
            #expect(try await service.anybody.get("/readyz").status == 200)
            service.clock.advance(minutes: 2)
            #expect(try await service.anybody.get("/readyz").status == 503, "a self-test counts for an hour")
            #expect(try await service.anybody.get("/healthz").status == 200)
        }
    }

    static let failing: [(name: String, genuine: [String], impostor: [String], code: String)] = [
        ("two persons passed off as one", ["obama", "biden"], ["obama", "biden"], "genuine_not_matched"),
        ("one person passed off as two", ["obama", "obama2"], ["obama", "obama3"], "impostor_not_rejected"),
        ("one picture twice", ["obama", "obama"], ["obama", "biden"], "different_pictures_equal"),
    ]

    @Test("The service is not ready where the self-test fails, and says no score to the world", arguments: failing)
    func notReady(name: String, genuine: [String], impostor: [String], code: String) async throws {
        let pictures = SelfTestPictures(
            genuine: (try Self.picture(genuine[0]), try Self.picture(genuine[1])),
            impostor: (try Self.picture(impostor[0]), try Self.picture(impostor[1]))
        )
        try await TestService.run(pictures: pictures) { service in
            let failures = await service.readiness.runSelfTest()
            #expect(failures.contains { $0.hasPrefix(code) }, "\(failures)")
            let reply = try await service.anybody.get("/readyz")
            #expect(reply.status == 503)
            #expect(reply.code == "not_ready")
            #expect(!reply.text.contains("distance"))
        }
    }

    @Test("Without the self-test's photographs the service never becomes ready")
    func noPictures() async throws {
        try await TestService.run { service in
            #expect(await service.readiness.runSelfTest().contains { $0.contains("Config/setup") })
            let reply = try await service.anybody.get("/readyz")
            #expect(reply.status == 503)
        }
    }

    @Test("B2: models that have not passed their self-test judge nobody, and nothing is stored")
    func failClosed() async throws {
        let pictures = try SelfTestPictures(directory: ProjectFiles.photographs)
        let clock = TestClock()
        try await TestService.run(clock: clock, pictures: pictures) { service in
            let exam = try await service.exam(by: service.staff(.examiner), biometric: true)
            let candidate = try await service.candidate(0)
            let portrait = try ProjectFiles.photograph("obama")
            let early = try await candidate.put("/v1/me/portrait", type: "image/jpeg", portrait)
            #expect(early.status == 503)
            #expect(early.code == "not_ready")

            #expect(await service.readiness.runSelfTest() == [])
            try await service.portrait("obama", of: candidate)
            let attempt = try await service.attempt(exam, by: candidate)
            clock.advance(minutes: 66)
            let late = try await service.frame("obama2", attempt, by: candidate)
            #expect(late.status == 503)
            #expect(late.code == "not_ready")
            #expect(try await candidate.post("/v1/attempts/\(attempt)/start").code == "identification_required")
            #expect(service.folder.files(below: "evidence").count == 1, "the portrait alone")
            let records = try service.rawDatabase().column("SELECT 1 FROM identifications WHERE method = 'biometric'")
            #expect(records.isEmpty)
        }
    }

    @Test("Metrics count requests by route, never by path, and name nobody")
    func metrics() async throws {
        try await TestService.run { service in
            let candidate = try await service.candidate(0)
            _ = try await candidate.get("/v1/exams/0197f3a0-0000-7000-8000-000000000000")
            _ = try await candidate.get("/v1/nothing/secret-path")
            let reply = try await service.anybody.get("/metrics")
            #expect(reply.status == 200)
            #expect(reply.header("Content-Type")?.hasPrefix("text/plain; version=0.0.4") == true)
            let route = #"{method="GET",route="/v1/exams/{exam_id}",status="404"} 1"#
            #expect(reply.text.contains("attestd_http_requests_total\(route)"))
            #expect(reply.text.contains("# TYPE attestd_http_requests_total counter"))
            #expect(reply.text.contains("process_resident_memory_bytes"))
            for word in ["0197f3a0", "secret-path", "example.org", candidate.token ?? "-"] {
                #expect(!reply.text.contains(word))
            }
        }
    }

    @Test("The description is OpenAPI 3.1, and everything that it refers to is there")
    func description() async throws {
        try await TestService.run { service in
            let reply = try await service.anybody.get("/v1/openapi.json")
            #expect(reply.header("Content-Type") == "application/json")
            let document = reply.json
            #expect(document["openapi"].string?.hasPrefix("3.1.") == true)
            let references = reply.text.matches(of: /#\/components\/schemas\/([A-Za-z]+)/).map { String($0.1) }
            let schemas = document["components"]["schemas"].object
            #expect(!references.isEmpty)
            for name in Set(references) { #expect(schemas[name] != nil && schemas[name] != .null, "\(name)") }
            let operations = document["paths"].object.values.flatMap { $0.object.values }
            let ids = operations.compactMap { $0["operationId"].string }
            #expect(ids.count == operations.count && Set(ids).count == ids.count)
            for operation in operations {
                #expect(operation["summary"].string?.isEmpty == false)
                // What sends a browser elsewhere has no other good answer.
                #expect(operation["responses"].object.keys.contains { $0.hasPrefix("2") || $0 == "303" })
            }
        }
    }
}
