public import Foundation

/// Names a sealed piece of evidence by the SHA-256 of its ciphertext.
public struct EvidenceReference: Hashable, Sendable, Codable, RawRepresentable {
    /// 64 hexadecimal digits.
    public let rawValue: String

    /// Reads a reference; `nil` where it is not 64 lower-case hexadecimal digits (so it is safe as a file name).
    public init?(rawValue: String) {
        guard rawValue.utf8.count == 64,
            rawValue.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.rawValue = rawValue
    }
}

/// Where sealed evidence lies. It sees ciphertext only.
public protocol EvidenceStore: Sendable {
    /// Stores ciphertext durably and answers its reference; storing the same bytes twice is one piece.
    func put(_ ciphertext: Data) async throws -> EvidenceReference
    /// The ciphertext of a reference.
    func get(_ reference: EvidenceReference) async throws -> Data
    /// Deletes the ciphertext of a reference durably; deleting what is not there is no error.
    func delete(_ reference: EvidenceReference) async throws
}
