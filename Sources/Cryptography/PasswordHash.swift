import CSodium
import Foundation

/// What a password turned out to be.
public enum PasswordVerdict: Hashable, Sendable {
    /// The password is right.
    case valid
    /// The password is right; hash it anew, because today's parameters cost more.
    case validNeedsRehash
    /// The password is wrong.
    case invalid
}

/// An Argon2id password hash with its salt and parameters.
///
/// Passwords are normalised to NFKC (NIST 800-63B §3.1.1.2), so that the same characters typed on another system
/// are the same password. Computations block for tens of milliseconds: async code goes through ``PasswordHasher``.
public struct PasswordHash: Hashable, Sendable {
    /// The hash as a PHC string, `$argon2id$v=19$m=…,t=…,p=1$salt$hash`.
    public let phc: String
    /// The cost that the string names.
    public let parameters: Argon2idParameters

    /// A hash from storage.
    ///
    /// - Throws: ``CryptographyError`` with code `malformedEncoding` or `invalidParameters`.
    public init(phc: String) throws {
        let pattern = /\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=1\$([A-Za-z0-9+\/]{11,64})\$([A-Za-z0-9+\/]{16,86})/
        guard let match = phc.wholeMatch(of: pattern), let memory = Int(match.1), let passes = Int(match.2) else {
            throw CryptographyError(.malformedEncoding, "The text is no Argon2id PHC string.")
        }
        self.parameters = try Argon2idParameters(memoryKiB: memory, iterations: passes)
        self.phc = phc
    }

    /// Hashes a new password with a fresh salt.
    ///
    /// - Throws: ``CryptographyError`` with code `outOfMemory`.
    public static func make(password: String, parameters: Argon2idParameters = .default) throws -> PasswordHash {
        Sodium.ready
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_argon2id_STRBYTES))
        let status = withNormalized(password) { characters, length in
            crypto_pwhash_argon2id_str(
                &text,
                characters,
                length,
                UInt64(parameters.iterations),
                parameters.memoryKiB * 1024
            )
        }
        guard status == 0 else {
            throw CryptographyError(.outOfMemory, "Argon2id could not get \(parameters.memoryKiB) KiB.")
        }
        return try PasswordHash(phc: String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self))
    }

    /// A well-formed hash of no password, for spending the same time on accounts that do not exist.
    static func decoy(_ parameters: Argon2idParameters) throws -> PasswordHash {
        let random = SystemRandomSource()
        let salt = Base64.encode(random.bytes(count: 16), .standardUnpadded)
        let hash = Base64.encode(random.bytes(count: 32), .standardUnpadded)
        let cost = "m=\(parameters.memoryKiB),t=\(parameters.iterations),p=1"
        return try PasswordHash(phc: "$argon2id$v=19$\(cost)$\(salt)$\(hash)")
    }

    /// Whether `password` is the one that was hashed, and whether today's cost asks for a new hash.
    ///
    /// - Throws: ``CryptographyError`` with code `outOfMemory`, when no verdict was reached.
    public func verify(_ password: String, wanted: Argon2idParameters = .default) throws -> PasswordVerdict {
        Sodium.ready
        let (status, cause) = Self.withNormalized(password) { characters, length in
            errno = 0
            let status = crypto_pwhash_argon2id_str_verify(phc, characters, length)
            return (status, errno)
        }
        if status == 0 {
            return parameters.isWeaker(than: wanted) ? .validNeedsRehash : .valid
        }
        // libsodium tells a mismatch from a failure by the error number alone.
        guard cause == EINVAL else {
            throw CryptographyError(.outOfMemory, "Argon2id could not get \(parameters.memoryKiB) KiB.")
        }
        return .invalid
    }

    /// Lends the NFKC form's UTF-8 bytes and wipes them after.
    private static func withNormalized<Result>(
        _ password: String,
        _ body: (UnsafePointer<CChar>, UInt64) -> Result
    ) -> Result {
        var bytes = password.precomposedStringWithCompatibilityMapping.utf8.map { CChar(bitPattern: $0) }
        defer { sodium_memzero(&bytes, bytes.count) }
        return bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return body("", 0) }
            return body(start, UInt64(buffer.count))
        }
    }
}

extension PasswordHash: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The cost, without salt and hash.
    public var description: String { "PasswordHash(m=\(parameters.memoryKiB), t=\(parameters.iterations))" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no members.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
