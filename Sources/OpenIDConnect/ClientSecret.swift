import Cryptography
public import Foundation

/// What this service proves itself to the provider with; never printed.
public struct ClientSecret: Sendable, CustomStringConvertible, CustomReflectable {
    private let bytes: SecretBytes

    static let maximumLength = 512

    /// Reads a secret from a file; one line end after it is no part of it.
    ///
    /// The file must be a regular one that only its owner may read, as the master key's must; systemd's credentials
    /// count too.
    ///
    /// - Throws: ``OpenIDConnectError`` with code `unusableSecret`.
    public init(contentsOf file: URL) throws {
        let content: SecretBytes?
        do {
            content = try SecretFile.load(file, name: "client secret", longest: Self.maximumLength + 1)
        } catch let error as CryptographyError {
            throw OpenIDConnectError(.unusableSecret, error.reason)
        }
        guard let content else {
            throw OpenIDConnectError(.unusableSecret, "There is no client secret \(file.path).")
        }
        let secret = content.withUnsafeBytes { bytes -> SecretBytes? in
            let line = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
            let isText = line.allSatisfy { (0x20...0x7e).contains($0) }
            return isText && (1...Self.maximumLength).contains(line.count) ? SecretBytes(copying: line) : nil
        }
        guard let secret else {
            throw OpenIDConnectError(
                .unusableSecret,
                "The client secret \(file.path) must be one line of 1 to \(Self.maximumLength) ASCII characters."
            )
        }
        bytes = secret
    }

    /// The secret as text, for the one request that needs it.
    func withText<Result>(_ body: (String) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes { try body(String(decoding: $0, as: UTF8.self)) }
    }

    /// Says that there is a secret, and no more.
    public var description: String { "ClientSecret" }

    /// Shows nothing of the secret.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
