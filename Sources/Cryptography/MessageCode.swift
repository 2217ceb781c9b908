import CSodium
public import Foundation

/// HMAC-SHA-256 (RFC 2104, FIPS 198-1) under a key of 32 bytes.
public enum MessageCode {
    /// How many bytes a key has.
    public static let keyByteCount = Int(crypto_auth_hmacsha256_KEYBYTES)

    /// The code of a message.
    ///
    /// - Precondition: the key has ``keyByteCount`` bytes.
    public static func code(of message: some DataProtocol, key: some DataProtocol) -> [UInt8] {
        let key = [UInt8](key)
        precondition(key.count == keyByteCount, "A key has 32 bytes.")
        let message = [UInt8](message)
        var code = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
        _ = crypto_auth_hmacsha256(&code, message, UInt64(message.count), key)
        return code
    }
}
