import CSodium
public import Foundation

/// Hexadecimal text (RFC 4648 §8), written in lower case, by libsodium's constant-time encoder.
public enum Hex {
    /// The bytes as hexadecimal digits, two a byte, in lower case.
    public static func encode(_ bytes: some DataProtocol) -> String {
        let source = [UInt8](bytes)
        var text = [CChar](repeating: 0, count: source.count * 2 + 1)
        sodium_bin2hex(&text, text.count, source, source.count)
        return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The bytes of hexadecimal text in either case; spaces and odd lengths are refused.
    ///
    /// - Throws: ``CryptographyError`` with code `malformedEncoding`.
    public static func decode(_ text: String) throws -> [UInt8] {
        let source = Array(text.utf8)
        var bytes = [UInt8](repeating: 0, count: source.count / 2)
        var count = 0
        let status = source.withUnsafeBytes { characters in
            sodium_hex2bin(
                &bytes,
                bytes.count,
                characters.baseAddress?.assumingMemoryBound(to: CChar.self),
                characters.count,
                nil,
                &count,
                nil
            )
        }
        // Without an end pointer libsodium refuses anything left over; the count guards against its leniency.
        guard status == 0, count * 2 == source.count else {
            throw CryptographyError(.malformedEncoding, "The text is not hexadecimal.")
        }
        return bytes
    }
}
