import Foundation
import Testing

@testable import OpenIDConnect

@Suite("A5 claims and roles")
struct ClaimsTests {
    private func claims(_ json: String...) throws -> Claims {
        let sources = try json.map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
        return sources.count == 2 ? Claims(sources[0], sources[1]) : Claims(sources[0])
    }

    private func roles(_ rules: String) throws -> RoleMapping {
        try configuration(with: "roles: \(rules)").roles
    }

    static let rules = """
        [
            { claim: "realm_access.roles", value: "exam-admin", role: "administrator" },
            { claim: "groups", value: "exam-board", role: "examiner" },
            { claim: ["https://example.edu/post"], value: "проверяющий", role: "reviewer" },
            { claim: "groups", value: "staff", role: "verifier" },
        ]
        """

    @Test(
        "the first rule that fits gives the role",
        arguments: [
            (#"{"groups":["staff","exam-board"]}"#, "examiner"),
            (#"{"groups":"staff"}"#, "verifier"),
            (#"{"groups":["staff"],"realm_access":{"roles":["x","exam-admin"]}}"#, "administrator"),
            (#"{"https://example.edu/post":"проверяющий"}"#, "reviewer"),
            (#"{"groups":[1,null,{"a":"staff"},"staff"]}"#, "verifier"),
        ]
    )
    func role(json: String, expected: String) throws {
        #expect(try roles(Self.rules).role(for: claims(json)) == expected)
    }

    @Test(
        "no rule, no role",
        arguments: [
            "{}", #"{"groups":[]}"#, #"{"groups":null}"#, #"{"groups":["Staff","STAFF"," staff","staff "]}"#,
            #"{"groups":{"staff":true}}"#, #"{"groups":true}"#, #"{"groups":"staff exam-board"}"#,
            #"{"groups":[["staff"]]}"#, #"{"realm_access":"exam-admin"}"#, #"{"realm_access.roles":["exam-admin"]}"#,
            #"{"realm_access":["roles"],"roles":["exam-admin"]}"#,
        ]
    )
    func noRole(json: String) throws {
        #expect(try roles(Self.rules).role(for: claims(json)) == nil)
    }

    @Test("the ID token's claim counts before UserInfo's")
    func order() throws {
        let both = try claims(#"{"groups":["staff"]}"#, #"{"groups":["exam-board"],"given_name":"Анна"}"#)
        #expect(try roles(Self.rules).role(for: both) == "verifier")
        #expect(both.name(ClaimPath("given_name")) == "Анна")
    }

    @Test(
        "an e-mail address counts when it is verified",
        arguments: [
            (#"{"email":"a@example.edu","email_verified":true}"#, "a@example.edu"),
            (#"{"email":"a@example.edu","email_verified":false}"#, nil),
            (#"{"email":"a@example.edu","email_verified":"true"}"#, nil),
            (#"{"email":"a@example.edu","email_verified":1}"#, nil),
            (#"{"email":"a@example.edu"}"#, nil),
            (#"{"email":["a@example.edu"],"email_verified":true}"#, nil),
            (#"{"email":"","email_verified":true}"#, nil),
            (#"{"email_verified":true}"#, nil),
        ] as [(String, String?)]
    )
    func email(json: String, expected: String?) throws {
        #expect(try claims(json).email(ClaimNames(), trustsUnverified: false) == expected)
    }

    @Test("an unverified address counts where the configuration trusts it")
    func trusted() throws {
        let claims = try claims(#"{"email":"a@example.edu"}"#)
        #expect(claims.email(ClaimNames(), trustsUnverified: true) == "a@example.edu")
    }

    @Test("UserInfo's word for its own address does not make the ID token's verified")
    func mixed() throws {
        let claims = try claims(
            #"{"email":"victim@example.edu"}"#,
            #"{"email":"attacker@example.edu","email_verified":true}"#
        )
        #expect(claims.email(ClaimNames(), trustsUnverified: false) == nil)
    }

    @Test(
        "names are texts of up to a hundred characters",
        arguments: [#""""#, "1", "null", "\"\(String(repeating: "a", count: 101))\""]
    )
    func names(json: String) throws {
        #expect(try claims(#"{"given_name":\#(json)}"#).name(ClaimPath("given_name")) == nil)
    }
}
