/// Why the server did not start.
public struct HTTPServerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of error.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case invalidAddress, addressUnavailable, alreadyStarted, daemonFailed
        }

        private let kind: Kind

        /// The configured address is not numeric.
        public static let invalidAddress = Code(kind: .invalidAddress)
        /// The address and port can't be listened at; the reason names the system's error.
        public static let addressUnavailable = Code(kind: .addressUnavailable)
        /// The server was started before.
        public static let alreadyStarted = Code(kind: .alreadyStarted)
        /// libmicrohttpd did not start.
        public static let daemonFailed = Code(kind: .daemonFailed)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// The kind of error.
    public let code: Code
    /// The cause, for people.
    public let reason: String

    /// The code and the reason.
    public var description: String { "\(code): \(reason)" }

    /// Whether the codes are equal.
    public static func == (first: HTTPServerError, second: HTTPServerError) -> Bool {
        first.code == second.code
    }
}
