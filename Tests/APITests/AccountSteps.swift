import Accounts
import Cryptography
import Foundation
import OneTimePasswords
import TestSupport
import Testing
import Workflows

/// Steps of scenarios about accounts.
extension TestService {
    static let staffPassword = "staff pass phrase"

    /// What logging in answers.
    func loginReply(_ email: String, _ password: String) async throws -> Reply {
        try await anybody.post(
            "/v1/login",
            ["email": .string(email), "password": .string(password), "deliver": "token"]
        )
    }

    /// A client with a token, which must never stand in the log.
    func client(_ token: JSON) throws -> Client {
        var client = anybody
        let text = try #require(token.string)
        client.token = text
        noteAsSecret(text)
        return client
    }

    func noteAsSecret(_ text: String) {
        personal.update { _ = $0.insert(text) }
    }

    /// A person's further contract in the register.
    func importContract(_ number: String, of person: Person) async throws {
        var other = person
        other.contract = number
        try await importContract(of: other)
    }

    /// The contracts as the administrator finds them.
    func contract(_ search: String, as client: Client) async throws -> JSON {
        let text = try #require(search.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        return try await client.get("/v1/contracts?search=\(text)").json["contracts"][0]
    }

    /// Sets a second factor up.
    func secondFactor(
        of client: Client,
        password: String = staffPassword
    ) async throws -> (key: AuthenticatorKey, codes: [String], client: Client) {
        let begun = try await client.post("/v1/me/second-factor", ["password": .string(password)])
        try #require(begun.status == 201, "\(begun.text)")
        let secret = try #require(begun.json["secret"].string)
        noteAsSecret(secret)
        let key = AuthenticatorKey(secret: SecretBytes(copying: try Self.base32(secret)))
        let confirmed = try await client.post(
            "/v1/me/second-factor/confirmation",
            ["code": .string(try code(of: key))]
        )
        try #require(confirmed.status == 200, "\(confirmed.text)")
        let codes = confirmed.json["recovery_codes"].array.compactMap(\.string)
        for code in codes { noteAsSecret(code) }
        return (key, codes, try self.client(confirmed.json["token"]))
    }

    /// The app's code now, or some steps later.
    func code(of key: AuthenticatorKey, steps: Int = 0) throws -> String {
        try key.code(ofStep: UInt64(Int(AuthenticatorKey.step(at: clock.now)) + steps))
    }

    /// Reads base32 as an app does (RFC 4648 §6), apart from the program.
    private static func base32(_ text: String) throws -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bits, count, bytes) = (0, 0, [UInt8]())
        for character in text {
            bits = bits << 5 | (try #require(alphabet.firstIndex(of: character)))
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
                bits &= 1 << count - 1
            }
        }
        return bytes
    }
}

extension Client {
    func delete(_ target: String) async throws -> Reply { try await send(request("DELETE", target)) }
}
