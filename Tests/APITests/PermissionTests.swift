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

    @Test("The description has exactly the operations of the table of permissions, each for exactly its roles")
    func complete() async throws {
        try await TestService.run { service in
            let described = Dictionary(
                uniqueKeysWithValues: try await operations(of: service).map { ("\($0.method) \($0.path)", $0.roles) }
            )
            let expected = PermissionTable.operations
            for name in Set(described.keys).union(expected.keys) {
                let roles = described[name].map { $0 ?? ["anyone"] }
                #expect(roles == expected[name], "\(name) is missing, or for others")
            }
        }
    }

    @Test("Only registration, login and what tells nothing personal is open to everybody")
    func open() async throws {
        try await TestService.run { service in
            for operation in try await operations(of: service) where operation.roles == nil {
                let reply = try await service.anybody.send(
                    service.anybody.request(operation.method, operation.target)
                )
                #expect(reply.code != "login_needed" && reply.status != 403, "\(operation)")
            }
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
}
