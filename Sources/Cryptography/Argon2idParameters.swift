/// The cost of one Argon2id computation (RFC 9106); the parallelism is always 1.
public struct Argon2idParameters: Hashable, Sendable {
    /// Memory in KiB.
    public let memoryKiB: Int
    /// Passes over the memory.
    public let iterations: Int

    /// 46 MiB and one pass: the first of OWASP's equal choices; some 30 ms.
    public static let `default` = Argon2idParameters(unchecked: 46 * 1024, 1)

    /// Memory in KiB, from 8 to 1 GiB, and passes, from 1 to 64.
    ///
    /// The upper bounds keep a forged hash from exhausting the machine.
    ///
    /// - Throws: ``CryptographyError`` with code `invalidParameters`.
    public init(memoryKiB: Int, iterations: Int) throws {
        guard (8...1 << 20).contains(memoryKiB), (1...64).contains(iterations) else {
            throw CryptographyError(.invalidParameters, "Argon2id: m=\(memoryKiB) KiB, t=\(iterations).")
        }
        self.init(unchecked: memoryKiB, iterations)
    }

    private init(unchecked memoryKiB: Int, _ iterations: Int) {
        self.memoryKiB = memoryKiB
        self.iterations = iterations
    }

    /// Whether this costs less than `other` in memory or in passes.
    func isWeaker(than other: Argon2idParameters) -> Bool {
        memoryKiB < other.memoryKiB || iterations < other.iterations
    }
}
