/// A cryptographic operation that reached no result.
///
/// Equality goes by code alone. The reason is for people, and never holds a secret.
public struct CryptographyError: Error, Sendable {
    /// What went wrong; open, so that new codes break nobody's `switch`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code's stable name.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// A key, digest, nonce or box has the wrong number of bytes.
        public static let wrongLength = Code("wrong_length")
        /// Text is not valid hexadecimal, base64 or PHC.
        public static let malformedEncoding = Code("malformed_encoding")
        /// A sealed box names a format version that this program does not know.
        public static let unknownVersion = Code("unknown_version")
        /// A sealed box, its associated data or its key is not what it was at sealing.
        public static let notAuthentic = Code("not_authentic")
        /// A file could not be read or written.
        public static let fileAccess = Code("file_access")
        /// A key file can be read by others, belongs to somebody else, or is not a regular file.
        public static let unsafeKeyFile = Code("unsafe_key_file")
        /// The system could not give the memory that the operation needs.
        public static let outOfMemory = Code("out_of_memory")
        /// Too many password computations wait already.
        public static let busy = Code("busy")
        /// Cost parameters lie outside what the algorithm or this program accepts.
        public static let invalidParameters = Code("invalid_parameters")
    }

    /// What went wrong.
    public let code: Code
    /// What went wrong, for people; holds no secret.
    public let reason: String

    /// Makes an error.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

extension CryptographyError: Equatable, CustomStringConvertible {
    /// Compares the codes only.
    public static func == (left: CryptographyError, right: CryptographyError) -> Bool {
        left.code == right.code
    }

    /// The code and the reason in one line.
    public var description: String { "\(code): \(reason)" }
}
