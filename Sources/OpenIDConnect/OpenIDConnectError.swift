/// A step of the login that reached no verdict: the provider was not there, or does not do what it must.
///
/// Equality goes by code alone. The reason is for people and logs; it names the endpoint, and never holds a token, a
/// code, a secret or anything about a person.
public struct OpenIDConnectError: Error, Sendable {
    /// What went wrong; open, so that new codes break nobody's `switch`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code's stable name.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// The configuration cannot be used.
        public static let invalidConfiguration = Code("invalid_configuration")
        /// The file with the client secret cannot be read, or others may read it.
        public static let unusableSecret = Code("unusable_secret")
        /// No connection, or it broke.
        public static let unreachable = Code("unreachable")
        /// No answer in time.
        public static let timedOut = Code("timed_out")
        /// The other side's certificate is not the provider's.
        public static let untrusted = Code("untrusted")
        /// Too many requests wait for the provider already.
        public static let busy = Code("busy")
        /// An answer is longer than this program reads.
        public static let tooLarge = Code("too_large")
        /// An answer has a status that its endpoint should not give.
        public static let unexpectedStatus = Code("unexpected_status")
        /// An answer is not what the standard says.
        public static let malformedAnswer = Code("malformed_answer")
        /// The provider's own description names another issuer (OpenID Connect Discovery 1.0 §4.3).
        public static let issuerMismatch = Code("issuer_mismatch")
        /// The provider lacks something that this program insists on.
        public static let unsupportedProvider = Code("unsupported_provider")
        /// The provider does not accept this client: its identifier, secret or redirect URI.
        public static let clientRefused = Code("client_refused")
    }

    /// What went wrong.
    public let code: Code
    /// What went wrong, for people.
    public let reason: String

    /// Makes an error.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

extension OpenIDConnectError: Equatable, CustomStringConvertible {
    /// Compares the codes only.
    public static func == (left: OpenIDConnectError, right: OpenIDConnectError) -> Bool {
        left.code == right.code
    }

    /// The code and the reason in one line.
    public var description: String { "\(code): \(reason)" }
}
