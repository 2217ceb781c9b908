import Cryptography

/// A PKCE code verifier (RFC 7636): only who began a login can end it.
struct CodeVerifier: Sendable {
    /// 43 characters.
    let text: String

    /// A verifier of 32 random bytes, as RFC 7636 §4.1 recommends.
    init(_ random: some RandomSource) {
        text = Base64.encode(random.bytes(count: 32), .urlSafeUnpadded)
    }

    init(text: String) {
        self.text = text
    }

    /// The challenge by method S256 (§4.2).
    var challenge: String {
        Base64.encode(SHA256Digest.hash(utf8: text).bytes, .urlSafeUnpadded)
    }
}
