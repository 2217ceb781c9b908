/// How an ID token may be signed (RFC 7518 §3.1): never `none`, and nothing that the client's secret could forge.
enum SignatureAlgorithm: String, Hashable, Sendable, CaseIterable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"

    /// The length of a signature in bytes, where the algorithm fixes it: RFC 7518 §3.4 for ES256.
    var signatureLength: Int? { self == .es256 ? 64 : nil }
}
