package import Foundation

/// A file of 32 secret bytes that only its owner may read.
enum KeyFile {
    static let byteCount = 32

    /// The file's secret; nil where there is no such file.
    static func load(_ file: URL) throws -> SecretBytes? {
        guard let secret = try SecretFile.load(file, name: "key file", longest: byteCount) else { return nil }
        guard secret.count == byteCount else {
            throw CryptographyError(.wrongLength, "The key file \(file.path) must have exactly 32 bytes.")
        }
        return secret
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
}

/// A key file that takes the place of another.
package enum KeyFileExchange {
    /// Gives the file of the next key the name of the current one, durably and in one step.
    ///
    /// - Parameter kept: the name under which the current key stays; `nil` where it goes.
    /// - Throws: ``CryptographyError`` with code `fileAccess`.
    package static func replace(_ current: URL, by next: URL, keeping kept: URL? = nil) throws {
        let folder = current.deletingLastPathComponent()
        if let kept {
            // A second name first: at no moment has either key none.
            guard link(current.path, kept.path) == 0 || errno == EEXIST else {
                throw FileDescriptor.failure("create", kept.path)
            }
            try FileDescriptor(reading: folder).synchronize()
        }
        guard rename(next.path, current.path) == 0 else { throw FileDescriptor.failure("rename", next.path) }
        try FileDescriptor(reading: folder).synchronize()
    }
}
