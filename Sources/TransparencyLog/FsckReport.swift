public import Cryptography

/// What ``Log/fsck(_:verifiers:)`` found.
public struct FsckReport: Hashable, Sendable {
    /// The first thing that is not as it should be.
    public enum Problem: Hashable, Sendable {
        /// The entry's body is not the one that was logged.
        case entryDiffers(index: UInt64)
        /// There is no entry with this index, though there should be.
        case entryMissing(index: UInt64)
        /// An entry carries a wrong index, or is one too many.
        case entryUnexpected(index: UInt64)
        /// The entry's stored kind or moment is not what its body states.
        case entryFactsDiffer(index: UInt64)
        /// The stored hash of a subtree does not follow from the entries.
        case nodeDiffers(NodePosition)
        /// The stored hash of a complete subtree is not there.
        case nodeMissing(NodePosition)
        /// There is a leaf's hash beyond the last entry: entries were cut off.
        case nodeBeyondEnd(NodePosition)
        /// There are so many entries with impossible numbers.
        case entriesUnexpected(count: UInt64)
        /// There are so many nodes at impossible places.
        case nodesUnexpected(count: UInt64)
        /// There are so many checkpoints with impossible sizes.
        case checkpointsUnexpected(count: UInt64)
        /// What is stored as the checkpoint of this size is none, or is one of another size.
        case checkpointMalformed(size: UInt64)
        /// What is no trusted checkpoint says that there are more entries than there are.
        case checkpointBeyondEnd(size: UInt64)
        /// The entries do not give the root that a checkpoint states.
        case checkpointRootDiffers(size: UInt64)
        /// A checkpoint is not signed by a key that is trusted for its size.
        case checkpointNotSigned(size: UInt64)
    }

    /// How many entries were read and found right.
    public let entries: UInt64
    /// The root recomputed from these entries.
    public let root: SHA256Digest
    /// The size of the last checkpoint that the entries were compared with; nil when there is none.
    public let checkpointSize: UInt64?
    /// The first difference; nil when the log is sound.
    public let problem: Problem?

    /// Whether entries, tree and checkpoint agree.
    public var isSound: Bool { problem == nil }
}

extension FsckReport.Problem {
    /// The first entry that the problem touches; nil when it is with the checkpoint alone.
    public var firstEntry: UInt64? {
        switch self {
        case .entryDiffers(let index), .entryMissing(let index), .entryUnexpected(let index),
            .entryFactsDiffer(let index):
            index
        case .nodeDiffers(let position), .nodeMissing(let position), .nodeBeyondEnd(let position):
            position.index << UInt64(position.level)
        case .checkpointBeyondEnd, .checkpointRootDiffers, .checkpointNotSigned, .checkpointMalformed,
            .entriesUnexpected, .nodesUnexpected, .checkpointsUnexpected:
            nil
        }
    }
}

extension FsckReport.Problem: CustomStringConvertible {
    /// The problem in one line.
    public var description: String {
        switch self {
        case .entryDiffers(let index): "entry \(index) is not the one that was logged"
        case .entryMissing(let index): "entry \(index) is missing"
        case .entryUnexpected(let index): "entry \(index) should not be there"
        case .entryFactsDiffer(let index): "entry \(index) has a kind or time that its body does not state"
        case .nodeDiffers(let position): "tree node \(position) does not follow from the entries"
        case .nodeMissing(let position): "tree node \(position) is missing"
        case .nodeBeyondEnd(let position): "tree node \(position) lies beyond the last entry"
        case .entriesUnexpected(let count): "\(count) entries bear numbers that no entry can have"
        case .nodesUnexpected(let count): "\(count) tree nodes stand where there can be none"
        case .checkpointsUnexpected(let count): "\(count) checkpoints are of sizes that no log can have"
        case .checkpointMalformed(let size): "what is stored as the checkpoint of size \(size) is none"
        case .checkpointBeyondEnd(let size): "the checkpoint covers \(size) entries, more than there are"
        case .checkpointRootDiffers(let size): "the root of the checkpoint of size \(size) differs"
        case .checkpointNotSigned(let size): "the checkpoint of size \(size) is not signed by a trusted key"
        }
    }
}
