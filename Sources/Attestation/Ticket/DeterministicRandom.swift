import Cryptography

/// Numbers that anyone with the seed can compute again.
///
/// Block *i* (from 0) is SHA-256 over the 32 bytes of the seed followed by *i* as a 64-bit big-endian number. The
/// blocks' bytes are read as 32-bit big-endian words, eight a block, each word once and in order.
public struct DeterministicRandom: Sendable {
    private var input: [UInt8]
    private var counter: UInt64 = 0
    private var words: [UInt32] = []
    private var nextWord = 0

    /// Starts at the first word of `seed`.
    public init(seed: TicketSeed) {
        input = seed.bytes + [UInt8](repeating: 0, count: 8)
        words.reserveCapacity(8)
    }

    /// The next word.
    public mutating func word() -> UInt32 {
        if nextWord == words.count { refill() }
        defer { nextWord += 1 }
        return words[nextWord]
    }

    /// A number from 0 to `bound` − 1, each as likely as any other.
    ///
    /// Words of `floor(2³² / bound) · bound` and above are thrown away, and the first word below it is taken modulo
    /// `bound`. A bound of 1 gives 0 and uses no word.
    ///
    /// - Precondition: `bound` is from 1 to 2³² − 1.
    public mutating func number(below bound: Int) -> Int {
        precondition(bound >= 1 && bound < 1 << 32, "The bound is a positive 32-bit number")
        if bound == 1 { return 0 }
        let divisor = UInt64(bound)
        let limit = (1 << 32) / divisor * divisor
        while true {
            let word = UInt64(word())
            if word < limit { return Int(word % divisor) }
        }
    }

    /// The numbers 0 to `count` − 1 in an order of which each is as likely as any other.
    ///
    /// Fisher and Yates: for *i* from `count` − 1 down to 1, exchange the elements *i* and `number(below: i + 1)`.
    public mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        guard count > 1 else { return order }
        for index in (1..<count).reversed() {
            order.swapAt(index, number(below: index + 1))
        }
        return order
    }

    private mutating func refill() {
        var shift = 56
        for index in 32..<40 {
            input[index] = UInt8(truncatingIfNeeded: counter >> UInt64(shift))
            shift -= 8
        }
        counter += 1
        words.removeAll(keepingCapacity: true)
        SHA256Digest.hash(input).withUnsafeBytes { bytes in
            for offset in stride(from: 0, to: bytes.count, by: 4) {
                words.append(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            }
        }
        nextWord = 0
    }
}
