import Cryptography
public import Foundation
import Glibc
public import Identification
public import Storage

/// Sealed evidence as files named by the SHA-256 of their ciphertext.
///
/// A file is written aside, synced and renamed, and its folder synced, before the reference is answered: a reference
/// in the database always leads to whole bytes. A crash in between leaves at most an unreferenced file.
public final class EvidenceDirectory: EvidenceStore {
    private let folder: URL
    private let queue = DispatchQueue(label: "attestd.evidence")

    /// Opens the folder, creating it with access for the service's user only.
    ///
    /// - Throws: the file manager's error where the folder cannot be made.
    public init(folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// Stores ciphertext durably.
    public func put(_ ciphertext: Data) async throws -> EvidenceReference {
        guard let reference = EvidenceReference(rawValue: SHA256Digest.hash(ciphertext).hex) else {
            preconditionFailure("a SHA-256 digest is always a reference")
        }
        try await onQueue { try self.write(ciphertext, as: reference) }
        return reference
    }

    /// Reads ciphertext; it is checked against its name.
    public func get(_ reference: EvidenceReference) async throws -> Data {
        try await onQueue {
            let data = try Data(contentsOf: self.path(of: reference))
            guard SHA256Digest.hash(data).hex == reference.rawValue else {
                throw EvidenceError(reason: "the evidence \(reference.rawValue) was changed on the disk")
            }
            return data
        }
    }

    /// Deletes a file and syncs its folder.
    public func delete(_ reference: EvidenceReference) async throws {
        try await onQueue {
            let file = self.path(of: reference)
            guard unlink(file.path) == 0 || errno == ENOENT else { throw EvidenceError(errno: errno, doing: "delete") }
            let parent = file.deletingLastPathComponent()
            if FileManager.default.fileExists(atPath: parent.path) { try self.sync(folder: parent) }
        }
    }

    private func path(of reference: EvidenceReference) -> URL {
        folder.appendingPathComponent(String(reference.rawValue.prefix(2)))
            .appendingPathComponent(reference.rawValue)
    }

    private func write(_ data: Data, as reference: EvidenceReference) throws {
        let target = path(of: reference)
        let parent = target.deletingLastPathComponent()
        if FileManager.default.fileExists(atPath: target.path) { return }
        try FileManager.default.createDirectory(
            at: parent,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let partial = parent.appendingPathComponent(".\(UUID().uuidString).partial")
        do {
            try writeSynced(data, to: partial)
            guard rename(partial.path, target.path) == 0 else { throw EvidenceError(errno: errno, doing: "rename") }
            try sync(folder: parent)
            try sync(folder: folder)
        } catch {
            unlink(partial.path)
            throw error
        }
    }

    private func writeSynced(_ data: Data, to file: URL) throws {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw EvidenceError(errno: errno, doing: "create") }
        defer { close(descriptor) }
        try data.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
                if count < 0 && errno == EINTR { continue }
                guard count >= 0 else { throw EvidenceError(errno: errno, doing: "write") }
                written += count
            }
        }
        guard fsync(descriptor) == 0 else { throw EvidenceError(errno: errno, doing: "sync") }
    }

    private func sync(folder: URL) throws {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw EvidenceError(errno: errno, doing: "open folder") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw EvidenceError(errno: errno, doing: "sync folder") }
    }

    private func onQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }
}

/// Evidence that could not be stored or read.
public struct EvidenceError: StorageFailure, Sendable, CustomStringConvertible {
    /// The system's error number, where the system refused.
    public var errorNumber: Int32?
    /// What happened.
    public var reason: String

    init(reason: String) {
        self.reason = reason
    }

    init(errno number: Int32, doing: String) {
        errorNumber = number
        reason = "\(doing): \(String(cString: strerror(number)))"
    }

    /// The disk or the quota is full.
    public var isOutOfSpace: Bool { errorNumber == ENOSPC || errorNumber == EDQUOT }

    /// One line for logs.
    public var description: String { "evidence: \(reason)" }
}
