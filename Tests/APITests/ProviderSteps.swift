import Accounts
import Foundation
import OpenIDConnect
import TestSupport
import Testing
import Workflows

/// Steps of scenarios in which somebody logs in by the institution's provider.
extension TestService {
    /// What a browser holds between the beginning and the end of a login.
    struct BegunLogin: Sendable {
        /// Where the service has sent the browser.
        var url: URL
        /// The cookie as the browser sends it back.
        var cookie: String
    }

    /// A provider as the daemon makes it, by settings in JSON5.
    static func institution(
        _ settings: String,
        folder: URL,
        clock: TestClock
    ) throws -> InstitutionProvider {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let configuration = try decoder.decode(ProviderConfiguration.self, from: Data("{\(settings)}".utf8))
        let party = try RelyingParty(configuration, folder: folder, now: { clock.now })
        return InstitutionProvider(party: party, name: configuration.displayName)
    }

    /// Begins a login and notes what must stand in no log.
    func beginProviderLogin(returnTo path: String? = nil, by browser: Client? = nil) async throws -> BegunLogin {
        let query = path.map { "?return_to=\($0)" } ?? ""
        let reply = try await (browser ?? anybody).get("/v1/login/provider/begin\(query)")
        try #require(reply.status == 303, "\(reply.text)")
        let url = try #require(reply.header("Location").flatMap { URL(string: $0) })
        return try begun(url, reply)
    }

    /// What an answer that begins a login has given the browser.
    func begun(_ url: URL, _ reply: Reply) throws -> BegunLogin {
        let field = try #require(reply.setCookie("__Host-attestd_login"))
        let pair = String(field.prefix { $0 != ";" })
        noteAsSecret(String(pair.drop { $0 != "=" }.dropFirst()))
        for item in URLComponents(url: url, resolvingAgainstBaseURL: false)?.queryItems ?? []
        where ["state", "nonce", "code_challenge"].contains(item.name) { noteAsSecret(item.value ?? "") }
        return BegunLogin(url: url, cookie: pair)
    }

    /// The browser comes back.
    func providerCallback(_ query: String, cookie: String?, by browser: Client? = nil) async throws -> Reply {
        let client = cookie.map { (browser ?? anybody).with("Cookie", $0) } ?? browser ?? anybody
        return try await client.get("/v1/login/provider/callback?\(query)")
    }

    /// A browser that holds the session's cookie which an answer has set.
    func browser(after reply: Reply) throws -> Client {
        let field = try #require(reply.setCookie("__Host-attestd_session"), "\(reply.status) \(reply.text)")
        let pair = String(field.prefix { $0 != ";" })
        noteAsSecret(String(pair.drop { $0 != "=" }.dropFirst()))
        return anybody.with("Cookie", pair)
    }

    /// The reasons of the identification records, oldest first.
    func recordReasons() throws -> [String] {
        try rawDatabase().column("SELECT reason FROM identifications ORDER BY id")
    }
}

extension Reply {
    /// The field that sets a cookie.
    func setCookie(_ name: String) -> String? {
        headers.first { $0.0.lowercased() == "set-cookie" && $0.1.hasPrefix("\(name)=") }?.1
    }
}
