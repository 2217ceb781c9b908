import Foundation
import Glibc

/// Bytes that can be read from the beginning as often as needed, a piece at a time.
struct ByteSource: Sendable {
    /// How many bytes a piece has at most.
    static let pieceSize = 64 << 10

    /// Begins a reading; each call of the function that comes back gives the next piece, nil at the end.
    let open: @Sendable () throws -> () throws -> [UInt8]?

    /// Bytes in memory.
    init(_ data: Data) {
        open = {
            var rest = data
            return {
                guard !rest.isEmpty else { return nil }
                let piece = [UInt8](rest.prefix(Self.pieceSize))
                rest = rest.dropFirst(piece.count)
                return piece
            }
        }
    }

    /// Bytes in memory.
    init(_ bytes: [UInt8]) {
        open = {
            var position = 0
            return {
                guard position < bytes.count else { return nil }
                let end = min(position + Self.pieceSize, bytes.count)
                defer { position = end }
                return Array(bytes[position..<end])
            }
        }
    }

    /// A regular file.
    ///
    /// Opening throws ``FileRefusal`` when it cannot be read or is something else than a file.
    init(file: URL) {
        open = {
            let file = try OpenFile(path: file.path)
            return { try file.next() }
        }
    }

    /// All the bytes, at most `limit`.
    ///
    /// - Throws: ``FileRefusal`` when there are more.
    func all(limit: Int, name: String? = nil) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let next = try open()
        while let piece = try next() {
            guard bytes.count + piece.count <= limit else {
                throw FileRefusal(
                    .tooLarge,
                    file: name,
                    ru: "Файл больше \(limit) байт.",
                    en: "The file has more than \(limit) bytes."
                )
            }
            bytes += piece
        }
        return bytes
    }
}

/// A file that is being read; it is closed with its last reference.
private final class OpenFile {
    private let descriptor: Int32
    private let path: String

    init(path: String) throws {
        self.path = path
        // Without blocking, so that a pipe without writer does not hold the reader up before it is refused.
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw FileRefusal(.unreadable, ru: "Это не обычный файл.", en: "This is not a regular file.")
        }
    }

    deinit { close(descriptor) }

    func next() throws -> [UInt8]? {
        var failure: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: ByteSource.pieceSize) { buffer, count in
            var got = -1
            repeat { got = read(descriptor, buffer.baseAddress, buffer.count) } while got < 0 && errno == EINTR
            if got < 0 { failure = errno }
            count = max(got, 0)
        }
        guard failure == 0 else { throw Self.unreadable(path, failure) }
        return piece.isEmpty ? nil : piece
    }

    private static func unreadable(_ path: String, _ code: Int32) -> FileRefusal {
        let cause = String(cString: strerror(code))
        return FileRefusal(.unreadable, ru: "Файл не читается: \(cause).", en: "The file cannot be read: \(cause).")
    }
}
