/// The place of a complete subtree's hash: level 0 holds the leaves, level k the hashes of 2^k leaves each.
public struct NodePosition: Hashable, Sendable, CustomStringConvertible {
    /// The height over the leaves, 0 to 63.
    public let level: Int
    /// The number of the node in its level, from the left, beginning with 0.
    public let index: UInt64

    /// Makes a position.
    public init(level: Int, index: UInt64) {
        self.level = level
        self.index = index
    }

    /// The entry that completes this subtree, its last one; nil where that is beyond any log.
    ///
    /// So each node belongs to exactly one entry: entry i completes one subtree in each level from 0 to the number of
    /// ones at the end of i's binary form.
    public var lastEntry: UInt64? {
        guard (0..<64).contains(level), index < UInt64.max >> UInt64(level) else { return nil }
        return ((index + 1) << UInt64(level)) - 1
    }

    /// `level/index`, as in error messages.
    public var description: String { "\(level)/\(index)" }
}
