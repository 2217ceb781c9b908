import CSodium
public import Foundation

/// Base64 text (RFC 4648 §4 and §5) by libsodium's constant-time codec; decoding is strict.
public enum Base64 {
    /// Which alphabet, and whether `=` fills the last group.
    public enum Variant: Sendable {
        /// `+` and `/`, with `=`: RFC 4648 §4.
        case standard
        /// `+` and `/`, without `=`: as in PHC strings.
        case standardUnpadded
        /// `-` and `_`, without `=`: RFC 4648 §5, as in tokens and URLs.
        case urlSafeUnpadded

        fileprivate var code: Int32 {
            switch self {
            case .standard: sodium_base64_VARIANT_ORIGINAL
            case .standardUnpadded: sodium_base64_VARIANT_ORIGINAL_NO_PADDING
            case .urlSafeUnpadded: sodium_base64_VARIANT_URLSAFE_NO_PADDING
            }
        }
    }

    /// The bytes as base64 text.
    public static func encode(_ bytes: some DataProtocol, _ variant: Variant = .standard) -> String {
        let source = [UInt8](bytes)
        var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(source.count, variant.code))
        sodium_bin2base64(&text, text.count, source, source.count, variant.code)
        return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The bytes of base64 text.
    ///
    /// Spaces, line ends, missing or extra padding, and bits set beyond the last byte are refused, so that each
    /// byte sequence has exactly one accepted text.
    ///
    /// - Throws: ``CryptographyError`` with code `malformedEncoding`.
    public static func decode(_ text: String, _ variant: Variant = .standard) throws -> [UInt8] {
        let source = Array(text.utf8)
        var bytes = [UInt8](repeating: 0, count: source.count / 4 * 3 + 3)
        var count = 0
        let status = source.withUnsafeBytes { characters in
            sodium_base642bin(
                &bytes,
                bytes.count,
                characters.baseAddress?.assumingMemoryBound(to: CChar.self),
                characters.count,
                nil,
                &count,
                nil,
                variant.code
            )
        }
        guard status == 0 else {
            throw CryptographyError(.malformedEncoding, "The text is not base64.")
        }
        let decoded = Array(bytes[..<count])
        // One byte sequence, one text: catches whatever the decoder forgives.
        guard encode(decoded, variant).utf8.elementsEqual(source) else {
            throw CryptographyError(.malformedEncoding, "The text is not base64 in its canonical form.")
        }
        return decoded
    }
}
