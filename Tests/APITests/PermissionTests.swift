import Accounts
import Foundation
import TestSupport
import Testing

@Suite("Permissions of every endpoint in the description")
struct PermissionTests {
    struct Operation: Sendable {
        var method: String
        var path: String
        var roles: Set<String>?
        var hasBody: Bool

        /// The path with identifiers that name nothing.
        var target: String {
            path.replacing(/\{number\}/, with: "1").replacing(/\{discipline\}/, with: "IB")
                .replacing(/\{[a-z_]+\}/, with: UUID().uuidString.lowercased())
        }
    }

    /// What the service itself says that it offers.
    private func operations(of service: TestService) async throws -> [Operation] {
        let document = try await service.anybody.get("/v1/openapi.json").json
        return document["paths"].object.flatMap { path, item in
            item.object.map { method, operation in
                Operation(
                    method: method.uppercased(),
                    path: path,
                    roles: operation["security"].array.isEmpty
                        ? nil : Set(operation["x-roles"].array.compactMap(\.string)),
                    hasBody: operation["requestBody"] != .null
                )
            }
        }
    }

    @Test("Only registration, login and what tells nothing personal is open to everybody")
    func open() async throws {
        try await TestService.run { service in
            let open = try await operations(of: service).filter { $0.roles == nil }.map { "\($0.method) \($0.path)" }
            #expect(
                Set(open) == [
                    "GET /healthz", "GET /readyz", "GET /metrics", "GET /v1/openapi.json", "GET /v1/log/checkpoint",
                    "POST /v1/accounts", "POST /v1/login",
                ]
            )
        }
    }

    @Test("Without a login every other endpoint answers 401")
    func loginNeeded() async throws {
        try await TestService.run { service in
            let closed = try await operations(of: service).filter { $0.roles != nil }
            #expect(closed.count > 20)
            for operation in closed {
                let request = service.anybody.request(operation.method, operation.target)
                let reply = try await service.anybody.send(request)
                #expect(reply.status == 401, "\(operation)")
                #expect(reply.code == "login_needed", "\(operation)")
                #expect(reply.header("WWW-Authenticate") == "Bearer", "\(operation)")
            }
        }
    }

    @Test("Every role is refused wherever the description does not name it, and nowhere else", arguments: Role.allCases)
    func roles(_ role: Role) async throws {
        try await TestService.run { service in
            let client = role == .candidate ? try await service.candidate(0) : try await service.staff(role)
            for operation in try await operations(of: service) where operation.path != "/v1/logout" {
                guard let roles = operation.roles else { continue }
                let reply = try await client.send(client.request(operation.method, operation.target))
                if roles.contains(role.rawValue) {
                    #expect(![401, 403].contains(reply.status), "\(operation) \(reply.text)")
                } else {
                    #expect(reply.status == 403, "\(operation)")
                    #expect(reply.code == "role_missing", "\(operation)")
                }
            }
            #expect(try await client.get("/v1/me").status == 200)
        }
    }

    @Test("A4: only candidates write to attempts, and only staff sets up exams and reads the log")
    func leastPrivilege() async throws {
        try await TestService.run { service in
            for operation in try await operations(of: service) {
                let name = "\(operation.method) \(operation.path)"
                if operation.path.hasPrefix("/v1/attempts/"), operation.method != "GET" {
                    #expect(operation.roles == ["candidate"], "\(name)")
                }
                let isStaffOnly = ["/v1/question-banks", "/v1/identifications", "/v1/log/entries", "/v1/log/inclusion"]
                    .contains { operation.path.hasPrefix($0) }
                if isStaffOnly || name == "POST /v1/exams" || operation.path.hasPrefix("/v1/exams/{exam_id}/events") {
                    #expect(operation.roles?.contains("candidate") == false, "\(name)")
                }
            }
        }
    }
}
