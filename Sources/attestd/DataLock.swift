import Foundation
import Glibc

/// Keeps two daemons from serving one data folder.
struct DataLock {
    private let descriptor: Int32

    init(file: URL) throws {
        descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ConfigurationError("cannot open \(file.path): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ConfigurationError("another attestd serves \(file.deletingLastPathComponent().path) already")
        }
    }

    func release() {
        close(descriptor)
    }
}
