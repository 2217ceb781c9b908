import Cryptography

/// A tile of hashes as a log serves them to everybody (C2SP tlog-tiles): up to 256 nodes of one level beside each other.
///
/// Tiles hold hashes only; nothing of what entries say can be had from them.
public struct HashTile: Hashable, Sendable {
    /// The tile level: its hashes are those of the tree's level 8 × this.
    public let level: Int
    /// The number of the tile in its level.
    public let index: UInt64
    /// How many hashes are asked for, 1 to 256.
    public let width: Int

    /// The hashes of a whole tile.
    public static let wholeWidth = 256

    /// A tile from the part of its path behind `/tile/`, such as `0/x001/x234/067` or `1/003.p/7`; nil for any other
    /// text, also for numbers that are written in another way than the specification's.
    public init?(path: String) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts.count <= 10, let level = Self.number(parts.removeFirst()), level <= 63 / 8 else {
            return nil
        }
        var width: UInt64 = UInt64(Self.wholeWidth)
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
            guard let partial = Self.number(parts.removeLast()), (1..<UInt64(Self.wholeWidth)).contains(partial) else {
                return nil
            }
            width = partial
            parts[parts.count - 1] = parts[parts.count - 1].dropLast(2)
        }
        var index: UInt64 = 0
        for (place, part) in parts.enumerated() {
            let isLast = place == parts.count - 1
            let digits = isLast ? part : part.dropFirst()
            guard isLast || part.first == "x", digits.utf8.count == 3, digits.utf8.allSatisfy(Self.isDigit),
                let group = UInt64(digits)
            else { return nil }
            // A first group of zeros would be a second way to write the number.
            if place == 0, !isLast, group == 0 { return nil }
            index = index * 1000 + group
            guard index < 1 << 56 else { return nil }
        }
        self.level = Int(level)
        self.index = index
        self.width = Int(width)
    }

    /// The hashes, one after the other; nil where the log of this size does not have so many.
    ///
    /// - Throws: what the store throws.
    public func bytes(size: UInt64, in store: some LogStore) throws -> [UInt8]? {
        let first = index * UInt64(Self.wholeWidth)
        let complete = size >> UInt64(8 * level)
        guard first + UInt64(width) <= complete else { return nil }
        let nodes = try store.logNodes(level: 8 * level, from: first, limit: width)
        return nodes.count == width ? nodes.flatMap(\.bytes) : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func number(_ text: Substring) -> UInt64? {
        guard let number = UInt64(text), String(number).utf8.elementsEqual(text.utf8) else { return nil }
        return number
    }
}
