import Foundation

/// One open file, closed when its owner ends.
struct FileDescriptor: ~Copyable {
    private let number: Int32
    private let path: String

    private init(number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    /// Opens for reading; a symbolic link is followed.
    init(reading file: URL) throws {
        path = file.path
        number = open(path, O_RDONLY | O_CLOEXEC)
        if number < 0 { throw Self.failure("open", path) }
    }

    /// Opens for reading, or gives nil where nothing has that name; a symbolic link is refused.
    static func openIfPresent(_ file: URL) throws -> FileDescriptor? {
        // Non-blocking, lest a pipe in the file's place hold the program up.
        let number = open(file.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        if number >= 0 { return FileDescriptor(number: number, path: file.path) }
        if errno == ENOENT { return nil }
        throw failure("open", file.path)
    }

    /// Creates a file that must not exist yet, with the given permission bits.
    init(creating file: URL, mode: mode_t) throws {
        path = file.path
        number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        if number < 0 { throw Self.failure("create", path) }
    }

    deinit {
        close(number)
    }

    /// Reads up to the buffer's size; 0 means the end.
    func read(into buffer: inout [UInt8]) throws -> Int {
        let capacity = buffer.count
        while true {
            let count = buffer.withUnsafeMutableBytes { Foundation.read(number, $0.baseAddress, capacity) }
            if count >= 0 { return count }
            if errno != EINTR { throw Self.failure("read", path) }
        }
    }

    /// Writes all of `bytes`.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let count = Foundation.write(number, piece.baseAddress, piece.count)
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw Self.failure("write", path)
            }
        }
    }

    /// Returns once the contents are on the disk.
    func synchronize() throws {
        guard fsync(number) == 0 else { throw Self.failure("fsync", path) }
    }

    /// The file's type, rights and owner.
    func status() throws -> stat {
        var result = stat()
        guard fstat(number, &result) == 0 else { throw Self.failure("stat", path) }
        return result
    }

    static func failure(_ operation: String, _ path: String) -> CryptographyError {
        let cause = String(cString: strerror(errno))
        return CryptographyError(.fileAccess, "Cannot \(operation) \(path): \(cause).")
    }
}
