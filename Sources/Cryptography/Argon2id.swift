import CArgon2
import Foundation

/// Argon2id (RFC 9106), version 1.3, one lane, by libargon2: libsodium's gives the same bytes but cannot be told where
/// to compute (see ``Argon2Memory``).
enum Argon2id {
    /// The hash of a password.
    ///
    /// - Parameters:
    ///   - password: its bytes; they are not changed.
    ///   - salt: 8 bytes or more.
    ///   - length: of the hash, in bytes.
    /// - Throws: ``CryptographyError`` with code `outOfMemory` where there is not enough memory, `invalidParameters` where
    ///   libargon2 takes no such cost, salt or length.
    static func hash(
        _ password: UnsafeBufferPointer<UInt8>,
        salt: [UInt8],
        parameters: Argon2idParameters,
        length: Int
    ) throws -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: length)
        var salt = salt
        let status = hash.withUnsafeMutableBufferPointer { hash in
            salt.withUnsafeMutableBufferPointer { salt in
                var context = Argon2_Context()
                context.out = hash.baseAddress
                context.outlen = UInt32(hash.count)
                // The flag that would wipe the password is not set: the caller's bytes stay as they are.
                context.pwd = UnsafeMutablePointer(mutating: password.baseAddress)
                context.pwdlen = UInt32(password.count)
                context.salt = salt.baseAddress
                context.saltlen = UInt32(salt.count)
                context.t_cost = UInt32(parameters.iterations)
                context.m_cost = UInt32(parameters.memoryKiB)
                context.lanes = 1
                context.threads = 1
                context.version = ARGON2_VERSION_13.rawValue
                context.allocate_cbk = { block, size in
                    block?.pointee = Argon2Memory.take(size)
                    return block?.pointee == nil ? ARGON2_MEMORY_ALLOCATION_ERROR.rawValue : ARGON2_OK.rawValue
                }
                context.free_cbk = { block, size in
                    if let block { Argon2Memory.giveBack(block, size) }
                }
                return argon2_ctx(&context, Argon2_id)
            }
        }
        guard status == ARGON2_OK.rawValue else {
            if status == ARGON2_MEMORY_ALLOCATION_ERROR.rawValue {
                throw CryptographyError(.outOfMemory, "Argon2id could not get \(parameters.memoryKiB) KiB.")
            }
            throw CryptographyError(.invalidParameters, "Argon2id cannot compute with these parameters.")
        }
        return hash
    }
}
