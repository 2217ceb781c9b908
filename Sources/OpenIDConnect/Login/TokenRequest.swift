import Cryptography
import Foundation

/// The exchange of a code for tokens (OpenID Connect Core 1.0 §3.1.3, RFC 7636 §4.5).
struct TokenRequest: Sendable {
    let code: String
    let verifier: String
    let redirectURI: String
    let clientID: String
    let secret: ClientSecret?

    func request(to endpoint: EndpointURL) -> HTTPSRequest {
        var request = HTTPSRequest("token endpoint", endpoint)
        var fields = [
            (name: "grant_type", value: "authorization_code"),
            ("code", code),
            ("redirect_uri", redirectURI),
            ("code_verifier", verifier),
        ]
        if let secret {
            // Both parts are form-encoded before they are joined (RFC 6749 §2.3.1): secrets may have colons.
            let pair = secret.withText { "\(FormEncoding.encode(clientID)):\(FormEncoding.encode($0))" }
            request.authorization = "Basic " + Base64.encode(Array(pair.utf8))
        } else {
            fields.append(("client_id", clientID))
        }
        request.form = FormEncoding.encode(fields)
        return request
    }
}

/// What the token endpoint answered.
enum TokenAnswer: Sendable {
    case tokens(idToken: String, accessToken: String?)
    /// The code is not accepted (RFC 6749 §5.2, `invalid_grant`).
    case codeRefused

    /// Reads an answer.
    ///
    /// - Throws: ``OpenIDConnectError`` with code `clientRefused`, `unexpectedStatus` or `malformedAnswer`.
    init(_ response: HTTPSResponse) throws {
        let document = try? JSONDecoder().decode(Document.self, from: response.body)
        guard response.status == 200 else {
            switch (response.status, document?.error) {
            // The second is what Glewlwyd says, with 403.
            case (400...403, "invalid_grant"?), (400...403, "invalid_code"?):
                self = .codeRefused
                return
            case (_, "invalid_client"?), (_, "unauthorized_client"?), (401, _):
                throw OpenIDConnectError(
                    .clientRefused,
                    "The token endpoint does not accept this client: see client_id and the client secret."
                )
            default:
                throw OpenIDConnectError(.unexpectedStatus, "The token endpoint answers \(response.status).")
            }
        }
        guard let document, let idToken = document.id_token, document.token_type?.lowercased() == "bearer",
            document.access_token.map(Self.isToken) ?? true
        else {
            throw OpenIDConnectError(.malformedAnswer, "The token endpoint's answer has no usable tokens.")
        }
        self = .tokens(idToken: idToken, accessToken: document.access_token)
    }

    /// RFC 6750 §2.1; also keeps line ends out of the header field that it goes into.
    private static func isToken(_ text: String) -> Bool {
        (1...32 * 1024).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }

    private struct Document: Decodable {
        let access_token: String?
        let token_type: String?
        let id_token: String?
        let error: String?
    }
}
