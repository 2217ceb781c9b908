import CSodium

/// Bytes that must not leave the process: keys and seeds.
///
/// They lie in libsodium's guarded memory (kept out of core dumps, and out of swap where the limit on locked memory
/// allows it), read-only after the start, and are wiped when the last owner lets go. They are never printed.
public final class SecretBytes: Sendable {
    /// The number of bytes.
    public let count: Int

    // Written only before `init` returns and after the last reference has gone.
    nonisolated(unsafe) private let base: UnsafeMutableRawPointer
    private let isGuarded: Bool

    /// Secret bytes that `fill` writes into the zeroed memory it is given.
    init(count: Int, filling fill: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
        Sodium.ready
        self.count = count
        if let memory = sodium_malloc(count) {
            base = memory
            isGuarded = true
        } else {
            // The kernel's limit on mappings is reached: ordinary memory still gets wiped.
            base = .allocate(byteCount: max(count, 1), alignment: 1)
            isGuarded = false
        }
        sodium_memzero(base, count)
        try fill(UnsafeMutableRawBufferPointer(start: base, count: count))
        if isGuarded { sodium_mprotect_readonly(base) }
    }

    /// A copy of `bytes`; wiping the original is the caller's duty.
    public convenience init(copying bytes: some Collection<UInt8>) {
        self.init(count: bytes.count) { target in target.copyBytes(from: bytes) }
    }

    /// Fresh bytes from the system's generator.
    public static func random(count: Int) -> SecretBytes {
        SecretBytes(count: count) { target in
            if let start = target.baseAddress { randombytes_buf(start, target.count) }
        }
    }

    deinit {
        if isGuarded {
            sodium_free(base)
        } else {
            sodium_memzero(base, count)
            base.deallocate()
        }
    }

    /// Lends the bytes to `body`; they must not outlive the call.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) {
            try body(UnsafeRawBufferPointer(start: base, count: count))
        }
    }

    /// Lends the bytes typed as C wants them.
    func withPointer<Result>(_ body: (UnsafePointer<UInt8>) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) {
            try body(UnsafePointer(base.assumingMemoryBound(to: UInt8.self)))
        }
    }
}

extension SecretBytes: Equatable {
    /// Compares in a time that depends on the lengths only.
    public static func == (left: SecretBytes, right: SecretBytes) -> Bool {
        guard left.count == right.count else { return false }
        return left.withPointer { a in right.withPointer { b in sodium_memcmp(a, b, left.count) == 0 } }
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The length, and nothing else.
    public var description: String { "SecretBytes(\(count) bytes)" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no members.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
