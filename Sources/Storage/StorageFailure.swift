/// An error of a backend of which callers want to know the kind.
public protocol StorageFailure: Error {
    /// The disk is full: nothing was written, and it may be written once there is space.
    var isOutOfSpace: Bool { get }
}
