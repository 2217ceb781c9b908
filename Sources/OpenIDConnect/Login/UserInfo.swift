import Foundation

/// The claims that a provider gives for an access token (OpenID Connect Core 1.0 §5.3).
enum UserInfo {
    /// Asks the endpoint; the caller compares the subject.
    ///
    /// - Throws: ``OpenIDConnectError``; signed or encrypted answers are not supported.
    static func fetch(_ endpoint: EndpointURL, _ accessToken: String, _ client: HTTPSClient) async throws -> JSONValue {
        var request = HTTPSRequest("UserInfo endpoint", endpoint)
        request.authorization = "Bearer \(accessToken)"
        let response = try await client.send(request)
        guard response.status == 200 else {
            throw OpenIDConnectError(.unexpectedStatus, "The UserInfo endpoint answers \(response.status).")
        }
        // OpenID Connect Core 1.0 section 5.3.2.
        guard response.contentType?.lowercased().hasPrefix("application/jwt") != true else {
            throw OpenIDConnectError(
                .unsupportedProvider,
                "The UserInfo endpoint signs or encrypts its answers for this client; set ask_user_info to false."
            )
        }
        guard let claims = try? JSONDecoder().decode(JSONValue.self, from: response.body), case .object = claims else {
            throw OpenIDConnectError(.malformedAnswer, "The UserInfo endpoint does not answer a JSON object.")
        }
        return claims
    }
}
