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
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw OpenIDConnectError(.unusableSecret, "The client secret \(file.path) cannot be opened.")
        }
        defer { close(descriptor) }
        try Self.check(descriptor, file)
        // Two more than wanted: a line end, and one to notice a longer file.
        var buffer = [UInt8](repeating: 0, count: Self.maximumLength + 2)
        defer { for index in buffer.indices { buffer[index] = 0 } }
        let count = read(descriptor, &buffer, buffer.count)
        guard count >= 0 else {
            throw OpenIDConnectError(.unusableSecret, "The client secret \(file.path) cannot be read.")
        }
        var secret = buffer[..<count]
        if secret.last == UInt8(ascii: "\n") { secret.removeLast() }
        guard (1...Self.maximumLength).contains(secret.count), secret.allSatisfy({ (0x20...0x7e).contains($0) }) else {
            throw OpenIDConnectError(
                .unusableSecret,
                "The client secret \(file.path) must be one line of 1 to \(Self.maximumLength) ASCII characters."
            )
        }
        bytes = SecretBytes(copying: secret)
    }

    /// The secret as text, for the one request that needs it.
    func withText<Result>(_ body: (String) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes { try body(String(decoding: $0, as: UTF8.self)) }
    }

    private static func check(_ descriptor: Int32, _ file: URL) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw OpenIDConnectError(.unusableSecret, "The client secret \(file.path) is not a regular file.")
        }
        // systemd hands a service its credentials as root's files with an access list, which shows as group-readable.
        let isCredential =
            ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"]
            .map { URL(fileURLWithPath: $0).path == file.deletingLastPathComponent().path } ?? false
        guard status.st_uid == geteuid() || isCredential && status.st_uid == 0,
            status.st_mode & (isCredential ? 0o037 : 0o077) == 0
        else {
            throw OpenIDConnectError(
                .unusableSecret,
                "Others may read the client secret \(file.path); it must be the service's own, with mode 0600 or 0400."
            )
        }
    }

    /// Says that there is a secret, and no more.
    public var description: String { "ClientSecret" }

    /// Shows nothing of the secret.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
