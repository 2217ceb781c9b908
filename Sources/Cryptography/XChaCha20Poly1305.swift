import CSodium

/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) with explicit nonces and keys of 32 bytes: the primitive below ``SealingKey``.
enum XChaCha20Poly1305 {
    static let nonceByteCount = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    static let tagByteCount = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)

    /// The ciphertext followed by the tag.
    static func seal(
        _ plaintext: UnsafeRawBufferPointer,
        associatedData: [UInt8],
        nonce: [UInt8],
        key: UnsafePointer<UInt8>
    ) -> [UInt8] {
        precondition(nonce.count == nonceByteCount)
        Sodium.ready
        let total = plaintext.count + tagByteCount
        return [UInt8](unsafeUninitializedCapacity: total) { target, filled in
            guard let start = target.baseAddress else { return }
            _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
                start,
                nil,
                plaintext.baseAddress?.assumingMemoryBound(to: UInt8.self),
                UInt64(plaintext.count),
                associatedData,
                UInt64(associatedData.count),
                nil,
                nonce,
                key
            )
            filled = total
        }
    }

    /// Writes the plaintext to `target`, which is as long as it; false when anything was altered.
    static func open(
        _ ciphertext: UnsafeRawBufferPointer,
        associatedData: [UInt8],
        nonce: [UInt8],
        key: UnsafePointer<UInt8>,
        into target: UnsafeMutableRawBufferPointer
    ) -> Bool {
        precondition(nonce.count == nonceByteCount)
        precondition(ciphertext.count == target.count + tagByteCount)
        Sodium.ready
        guard let source = ciphertext.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
            target.baseAddress?.assumingMemoryBound(to: UInt8.self),
            nil,
            nil,
            source,
            UInt64(ciphertext.count),
            associatedData,
            UInt64(associatedData.count),
            nonce,
            key
        ) == 0
    }
}
