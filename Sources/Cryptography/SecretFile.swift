import CSodium
package import Foundation

/// Files with secrets in them: regular ones that only the service's own user may read.
package enum SecretFile {
    /// The file's bytes; nil where there is no such file. A symbolic link is refused.
    ///
    /// - Parameters:
    ///   - name: what the file is, for the error's text.
    ///   - longest: the most bytes that it may have.
    /// - Throws: ``CryptographyError`` with code `unsafeKeyFile`, `wrongLength` or `fileAccess`.
    package static func load(_ file: URL, name: String, longest: Int) throws -> SecretBytes? {
        guard let descriptor = try FileDescriptor.openIfPresent(file) else { return nil }
        try check(descriptor.status(), file, name)
        // One more than wanted, to notice a longer file.
        var buffer = [UInt8](repeating: 0, count: longest + 1)
        defer { sodium_memzero(&buffer, buffer.count) }
        let count = try descriptor.read(into: &buffer)
        guard count <= longest else {
            throw CryptographyError(.wrongLength, "The \(name) \(file.path) has more than \(longest) bytes.")
        }
        return SecretBytes(copying: buffer[..<count])
    }

    private static func check(_ status: stat, _ file: URL, _ name: String) throws {
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CryptographyError(.unsafeKeyFile, "The \(name) \(file.path) is not a regular file.")
        }
        // systemd hands a service its credentials as root's files with an access list, which shows as group-readable.
        let isCredential =
            ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"]
            .map { URL(fileURLWithPath: $0).path == file.deletingLastPathComponent().path } ?? false
        guard status.st_uid == geteuid() || isCredential && status.st_uid == 0 else {
            throw CryptographyError(.unsafeKeyFile, "The \(name) \(file.path) belongs to another user.")
        }
        guard status.st_mode & (isCredential ? 0o037 : 0o077) == 0 else {
            throw CryptographyError(
                .unsafeKeyFile,
                "Others may read the \(name) \(file.path); its mode must be 0600 or 0400."
            )
        }
    }
}
