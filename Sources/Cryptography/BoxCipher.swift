import CSodium

/// How a box is sealed and opened with the key that is its own.
enum BoxCipher {
    /// What a box may hold; bound to it, so that a wrapped key never comes out as data.
    enum Content: UInt8 {
        case data = 0
        case key = 1
    }

    /// What ciphertext and commitment are bound to.
    static func header(_ version: UInt8, _ content: Content, _ associatedData: [UInt8]) -> [UInt8] {
        [version, content.rawValue] + associatedData
    }

    static func seal(
        _ plaintext: UnsafeRawBufferPointer,
        header: [UInt8],
        nonce: [UInt8],
        key: UnsafePointer<UInt8>
    ) -> SealedBox {
        SealedBox(
            version: header[0],
            nonce: nonce,
            commitment: commitment(nonce, header, key),
            ciphertext: XChaCha20Poly1305.seal(plaintext, associatedData: header, nonce: nonce, key: key)
        )
    }

    /// Writes the plaintext to `target`, or wipes it.
    ///
    /// - Throws: ``CryptographyError`` with code `notAuthentic`.
    static func open(
        _ box: SealedBox,
        header: [UInt8],
        key: UnsafePointer<UInt8>,
        into target: UnsafeMutableRawBufferPointer
    ) throws {
        let committed = constantTimeEqual(commitment(box.nonce, header, key), box.commitment)
        let opened = box.withCiphertext { ciphertext in
            XChaCha20Poly1305.open(ciphertext, associatedData: header, nonce: box.nonce, key: key, into: target)
        }
        guard committed, opened else {
            if let start = target.baseAddress { sodium_memzero(start, target.count) }
            throw CryptographyError(.notAuthentic, "The box was altered, or this is not its key or its place.")
        }
    }

    /// Lends HMAC-SHA-256 of a message under a key, and wipes it. None of the labels that begin messages begins another.
    static func withCode<Result>(
        of message: [UInt8],
        under key: UnsafePointer<UInt8>,
        _ body: (UnsafePointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        Sodium.ready
        // On the stack: guarded memory takes and gives back pages for each box, under one lock for the whole process.
        return try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(crypto_auth_hmacsha256_BYTES)) { code in
            guard let start = code.baseAddress else { preconditionFailure("there is always a stack") }
            defer { sodium_memzero(start, code.count) }
            _ = crypto_auth_hmacsha256(start, message, UInt64(message.count), key)
            return try body(UnsafePointer(start))
        }
    }

    private static func commitment(_ nonce: [UInt8], _ header: [UInt8], _ key: UnsafePointer<UInt8>) -> [UInt8] {
        withCode(of: Array("attestd sealed box commitment".utf8) + nonce + header, under: key) {
            Array(UnsafeBufferPointer(start: $0, count: SealedBox.commitmentByteCount))
        }
    }
}
