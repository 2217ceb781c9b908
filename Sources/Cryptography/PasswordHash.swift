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
        // By parts and not by a pattern: accounts are read at each request, and a pattern is compiled each time.
        let parts = phc.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1].elementsEqual("argon2id".utf8),
            parts[2].elementsEqual("v=19".utf8), let (memory, passes) = Self.cost(parts[3]),
            (11...64).contains(parts[4].count), parts[4].allSatisfy(Self.isBase64),
            (16...86).contains(parts[5].count), parts[5].allSatisfy(Self.isBase64)
        else {
            throw CryptographyError(.malformedEncoding, "The text is no Argon2id PHC string.")
        }
        self.parameters = try Argon2idParameters(memoryKiB: memory, iterations: passes)
        self.phc = phc
    }

    /// Memory and passes of `m=…,t=…,p=1`.
    private static func cost(_ text: Substring.UTF8View) -> (memory: Int, passes: Int)? {
        let parts = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].elementsEqual("p=1".utf8),
            let memory = number(parts[0], named: "m=", digits: 7), let passes = number(parts[1], named: "t=", digits: 2)
        else { return nil }
        return (memory, passes)
    }

    private static func number(_ text: Substring.UTF8View, named name: String, digits: Int) -> Int? {
        guard text.starts(with: name.utf8) else { return nil }
        let figures = text.dropFirst(name.utf8.count)
        guard (1...digits).contains(figures.count), figures.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(Substring(figures))
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
            true
        default: false
        }
    }

    /// Hashes a new password with a fresh salt.
    ///
    /// - Throws: ``CryptographyError`` with code `outOfMemory`.
    public static func make(password: String, parameters: Argon2idParameters = .default) throws -> PasswordHash {
        let salt = [UInt8](SystemRandomSource().bytes(count: 16))
        let hash = try withNormalized(password) {
            try Argon2id.hash($0, salt: salt, parameters: parameters, length: 32)
        }
        return try PasswordHash(phc: phc(parameters, salt, hash))
    }

    private static func phc(_ parameters: Argon2idParameters, _ salt: [UInt8], _ hash: [UInt8]) -> String {
        let cost = "m=\(parameters.memoryKiB),t=\(parameters.iterations),p=1"
        let salt = Base64.encode(salt, .standardUnpadded)
        return "$argon2id$v=19$\(cost)$\(salt)$\(Base64.encode(hash, .standardUnpadded))"
    }

    /// A well-formed hash of no password, for spending the same time on accounts that do not exist.
    static func decoy(_ parameters: Argon2idParameters) throws -> PasswordHash {
        let random = SystemRandomSource()
        return try PasswordHash(
            phc: phc(parameters, [UInt8](random.bytes(count: 16)), [UInt8](random.bytes(count: 32)))
        )
    }

    /// Whether `password` is the one that was hashed, and whether today's cost asks for a new hash.
    ///
    /// - Throws: ``CryptographyError`` with code `outOfMemory`, when no verdict was reached.
    public func verify(_ password: String, wanted: Argon2idParameters = .default) throws -> PasswordVerdict {
        let parts = phc.split(separator: "$")
        guard parts.count == 5 else { throw CryptographyError(.malformedEncoding, "The text is no PHC string.") }
        let salt = try Base64.decode(String(parts[3]), .standardUnpadded)
        let stored = try Base64.decode(String(parts[4]), .standardUnpadded)
        var found = try Self.withNormalized(password) {
            try Argon2id.hash($0, salt: salt, parameters: parameters, length: stored.count)
        }
        defer { sodium_memzero(&found, found.count) }
        guard sodium_memcmp(found, stored, stored.count) == 0 else { return .invalid }
        return parameters.isWeaker(than: wanted) ? .validNeedsRehash : .valid
    }

    /// Lends the NFKC form's UTF-8 bytes and wipes them after.
    private static func withNormalized<Result>(
        _ password: String,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        var bytes = Array(password.precomposedStringWithCompatibilityMapping.utf8)
        defer { sodium_memzero(&bytes, bytes.count) }
        return try bytes.withUnsafeBufferPointer(body)
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
