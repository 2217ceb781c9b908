import COath
import Foundation

/// Base32 text (RFC 4648 §6) by liboath: what authenticator apps take, and what people type from paper.
enum Base32 {
    /// The bytes as base32 text without padding.
    static func encode(_ bytes: [UInt8]) throws -> String {
        var text: UnsafeMutablePointer<CChar>?
        var length = 0
        let code = bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                oath_base32_encode($0.baseAddress, $0.count, &text, &length)
            }
        }
        defer { free(text) }
        guard code == Int32(OATH_OK.rawValue), let text else { throw OneTimePasswordError(code: code) }
        let characters = UnsafeBufferPointer(start: text, count: length).map { UInt8(bitPattern: $0) }
        return String(decoding: characters.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
    }

    /// The bytes of base32 text; `nil` where it is none.
    static func decode(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 1_000 else { return nil }
        var bytes: UnsafeMutablePointer<CChar>?
        var length = 0
        guard oath_base32_decode(text, text.utf8.count, &bytes, &length) == OATH_OK.rawValue, let bytes else {
            return nil
        }
        defer { free(bytes) }
        return UnsafeBufferPointer(start: bytes, count: length).map { UInt8(bitPattern: $0) }
    }
}

/// liboath could not compute.
public struct OneTimePasswordError: Error, Sendable, CustomStringConvertible {
    /// liboath's number for the reason (`oath_rc`).
    public var code: Int32

    /// The reason's name, for logs.
    public var description: String { "liboath: \(String(cString: oath_strerror_name(code)))" }
}

/// The one place where liboath is started.
enum Oath {
    /// Touch this before the first computation.
    static let ready: Void = {
        // Fails only where the system gives no working hash functions at all.
        precondition(oath_init() == OATH_OK.rawValue, "liboath could not be started")
    }()
}
