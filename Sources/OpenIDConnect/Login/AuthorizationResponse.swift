public import Cryptography

/// What the browser brings back from the provider (OpenID Connect Core 1.0 §3.1.2.5 and §3.1.2.6).
public struct AuthorizationResponse: Sendable, CustomStringConvertible, CustomReflectable {
    /// SHA-256 of `state`, to take the pending login by.
    public let stateHash: SHA256Digest

    let issuer: String?
    let answer: Answer

    enum Answer: Sendable {
        case code(String)
        case error(String)
    }

    /// Reads the callback's query, without `?`; `nil` where it is no answer to a request of ours.
    public init?(query: String) {
        guard let fields = FormEncoding.decode(query), let state = fields["state"], state.utf8.count <= 512 else {
            return nil
        }
        stateHash = .hash(utf8: state)
        issuer = fields["iss"]
        switch (fields["code"], fields["error"]) {
        case (let code?, nil) where (1...2048).contains(code.utf8.count):
            answer = .code(code)
        case (nil, let error?):
            answer = .error(error)
        default:
            return nil
        }
    }

    /// Shows nothing: a code is a secret until it is used.
    public var description: String { "AuthorizationResponse" }

    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
