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

    /// `level/index`, as in error messages.
    public var description: String { "\(level)/\(index)" }
}
