import CSodium
public import Foundation

/// An Ed25519 private key (RFC 8032).
public struct SigningKey: Sendable {
    private let expanded: SecretBytes
    /// The public half.
    public let publicKey: VerificationKey

    /// The key of a 32-byte secret seed.
    ///
    /// - Throws: ``CryptographyError`` with code `wrongLength`.
    public init(seed: SecretBytes) throws {
        guard seed.count == Int(crypto_sign_ed25519_SEEDBYTES) else {
            throw CryptographyError(.wrongLength, "An Ed25519 seed has 32 bytes, not \(seed.count).")
        }
        self.init(unchecked: seed)
    }

    private init(unchecked seed: SecretBytes) {
        var publicBytes = [UInt8](repeating: 0, count: VerificationKey.byteCount)
        expanded = SecretBytes(count: Int(crypto_sign_ed25519_SECRETKEYBYTES)) { target in
            guard let start = target.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            seed.withPointer { _ = crypto_sign_ed25519_seed_keypair(&publicBytes, start, $0) }
        }
        publicKey = VerificationKey(unchecked: publicBytes)
    }

    /// A fresh key.
    public static func generate() -> SigningKey {
        SigningKey(unchecked: .random(count: Int(crypto_sign_ed25519_SEEDBYTES)))
    }

    /// The key whose seed is in `file`; made there, with mode 0600 and durably, when the file is missing.
    ///
    /// The same rules hold for the file as for ``MasterKey``.
    ///
    /// - Throws: ``CryptographyError`` with code `unsafeKeyFile`, `wrongLength` or `fileAccess`.
    public static func loadOrCreate(file: URL) throws -> SigningKey {
        try SigningKey(seed: KeyFile.loadOrCreate(file))
    }

    /// The key whose seed is in `file`, or nil when the file is missing.
    ///
    /// - Throws: ``CryptographyError`` with code `unsafeKeyFile`, `wrongLength` or `fileAccess`.
    public static func load(file: URL) throws -> SigningKey? {
        try KeyFile.load(file).map { try SigningKey(seed: $0) }
    }

    /// The 64-byte signature of `message`; deterministic.
    public func sign(_ message: some DataProtocol) -> [UInt8] {
        let message = [UInt8](message)
        var signature = [UInt8](repeating: 0, count: VerificationKey.signatureByteCount)
        expanded.withPointer { key in
            _ = crypto_sign_ed25519_detached(&signature, nil, message, UInt64(message.count), key)
        }
        return signature
    }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The public half, and nothing of the private one.
    public var description: String { "SigningKey(public \(publicKey))" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no members.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
