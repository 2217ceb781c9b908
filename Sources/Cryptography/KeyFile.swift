import CSodium
import Foundation

/// A file of 32 secret bytes that only its owner may read.
enum KeyFile {
    static let byteCount = 32

    /// The file's secret; nil where there is no such file.
    static func load(_ file: URL) throws -> SecretBytes? {
        guard let descriptor = try FileDescriptor.openIfPresent(file) else { return nil }
        try check(descriptor.status(), file)
        // One more than wanted, to notice a longer file.
        var buffer = [UInt8](repeating: 0, count: byteCount + 1)
        defer { sodium_memzero(&buffer, buffer.count) }
        let count = try descriptor.read(into: &buffer)
        guard count == byteCount else {
            throw CryptographyError(.wrongLength, "The key file \(file.path) must have exactly 32 bytes.")
        }
        return SecretBytes(copying: buffer[..<count])
    }

    /// The file's secret; a fresh one is written durably where there is no such file.
    static func loadOrCreate(_ file: URL) throws -> SecretBytes {
        if let secret = try load(file) { return secret }
        try create(file, .random(count: byteCount))
        // Read back: another process may have been first, and then its key counts.
        guard let secret = try load(file) else {
            throw CryptographyError(.fileAccess, "The key file \(file.path) vanished while it was created.")
        }
        return secret
    }

    private static func create(_ file: URL, _ secret: SecretBytes) throws {
        let suffix = Hex.encode(SystemRandomSource().bytes(count: 8))
        let directory = file.deletingLastPathComponent()
        let draft = directory.appendingPathComponent(".\(file.lastPathComponent).\(suffix)")
        defer { unlink(draft.path) }
        do {
            let descriptor = try FileDescriptor(creating: draft, mode: 0o600)
            try secret.withUnsafeBytes { try descriptor.write($0) }
            try descriptor.synchronize()
        }
        // A hard link, unlike a rename, never replaces a key that is there already.
        guard link(draft.path, file.path) == 0 || errno == EEXIST else {
            throw FileDescriptor.failure("create", file.path)
        }
        try FileDescriptor(reading: directory).synchronize()
    }

    private static func check(_ status: stat, _ file: URL) throws {
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CryptographyError(.unsafeKeyFile, "The key file \(file.path) is not a regular file.")
        }
        // systemd hands a service its credentials as root's files with an access list, which shows as group-readable.
        let isCredential =
            ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"]
            .map { URL(fileURLWithPath: $0).path == file.deletingLastPathComponent().path } ?? false
        guard status.st_uid == geteuid() || isCredential && status.st_uid == 0 else {
            throw CryptographyError(.unsafeKeyFile, "The key file \(file.path) belongs to another user.")
        }
        guard status.st_mode & (isCredential ? 0o037 : 0o077) == 0 else {
            throw CryptographyError(
                .unsafeKeyFile,
                "Others may read the key file \(file.path); its mode must be 0600 or 0400."
            )
        }
    }
}
