import Glibc

/// The stored form of a gallery, version 1. All numbers are little-endian, as the processors are.
///
/// | Bytes | Meaning |
/// | --- | --- |
/// | 4 | `AFGL` |
/// | 4 | version, 1 |
/// | 4 | d, values of a template |
/// | 4 | w, values of a row: d, filled up with zeros to a multiple of 16 |
/// | 8 | n, number of references |
/// | 4 | CRC-32 (ISO-HDLC) of the identifiers |
/// | 4 | CRC-32 of the rows |
/// | 1, then 255 | length of the model's id, and the id in UTF-8, filled up with zeros |
/// | 3804 | zeros |
/// | 4 | CRC-32 of all bytes before it |
/// | 16 n, filled up to a multiple of 4096 | the identifiers, 16 bytes each |
/// | 4 w n | the rows, IEEE 754 binary32 |
///
/// The check sums find accidents, not forgery.
struct GalleryFile {
    let header: Header
    let memory: GalleryMemory

    /// Maps a file and checks it, except for the rows' contents.
    init(path: String) throws(BiometricsError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unavailable("the gallery's file cannot be opened") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.unavailable("the gallery's file cannot be read") }
        let size = Int(status.st_size)
        guard status.st_mode & S_IFMT == S_IFREG, size >= Header.size else {
            throw Self.corrupt("the file is too short for a gallery")
        }
        memory = try GalleryMemory(mapping: descriptor, length: size)
        let bytes = UnsafeRawBufferPointer(start: memory.base, count: size)
        header = try Header(UnsafeRawBufferPointer(rebasing: bytes[..<Header.size]))
        guard header.fileSize == size else { throw Self.corrupt("the file is cut short or too long") }
        let identifiers = bytes[header.identifiersOffset..<header.rowsOffset]
        let rows = bytes[header.rowsOffset...]
        guard
            GalleryChecksum.of(UnsafeRawBufferPointer(rebasing: identifiers)) == header.identifiersChecksum,
            GalleryChecksum.of(UnsafeRawBufferPointer(rebasing: rows)) == header.rowsChecksum
        else { throw Self.corrupt("a check sum is wrong") }
    }

    /// Writes a gallery beside `path`, and puts it there when it is durable.
    static func write(_ snapshot: GallerySnapshot, modelID: String, to path: String) throws(BiometricsError) {
        let identifiers = UnsafeRawBufferPointer(
            start: snapshot.identifiers,
            count: snapshot.count * ReferenceIdentifier.byteCount
        )
        let rows = UnsafeRawBufferPointer(start: snapshot.rows, count: snapshot.count * snapshot.rowBytes)
        var header = Header(modelID: modelID, dimension: snapshot.dimension, count: snapshot.count)
        let padding = [UInt8](repeating: 0, count: header.rowsOffset - header.identifiersOffset - identifiers.count)
        header.identifiersChecksum = padding.withUnsafeBytes {
            GalleryChecksum.of($0, following: GalleryChecksum.of(identifiers))
        }
        header.rowsChecksum = GalleryChecksum.of(rows)

        let draft = "\(path).\(getpid()).partial"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unavailable("the gallery's file cannot be made") }
        let parts = [header.encoded().withUnsafeBytes(Array.init), Array(padding)]
        let isWritten =
            parts[0].withUnsafeBytes { write($0, to: descriptor) } && write(identifiers, to: descriptor)
            && parts[1].withUnsafeBytes { write($0, to: descriptor) } && write(rows, to: descriptor)
            && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, rename(draft, path) == 0 else {
            let failure = unavailable("the gallery's file cannot be written")
            unlink(draft)
            throw failure
        }
    }

    static func corrupt(_ reason: String) -> BiometricsError {
        BiometricsError(.galleryCorrupt, "the gallery's file is damaged: \(reason)")
    }

    private static func unavailable(_ reason: String) -> BiometricsError {
        BiometricsError(.galleryUnavailable, "\(reason): \(String(cString: strerror(errno)))")
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
        return true
    }
}

extension GalleryFile {
    /// The first page of the file.
    struct Header: Equatable {
        static let size = 4096
        private static let magic = Array("AFGL".utf8)
        private static let version: UInt32 = 1
        private static let page = 4096

        let modelID: String
        let dimension: Int
        let count: Int
        var identifiersChecksum: UInt32 = 0
        var rowsChecksum: UInt32 = 0

        init(modelID: String, dimension: Int, count: Int) {
            self.modelID = modelID
            self.dimension = dimension
            self.count = count
        }

        var identifiersOffset: Int { Self.size }
        var rowsOffset: Int {
            let end = identifiersOffset + count * ReferenceIdentifier.byteCount
            return (end + Self.page - 1) / Self.page * Self.page
        }
        var fileSize: Int {
            rowsOffset + count * GalleryStore.width(of: dimension) * MemoryLayout<Float>.size
        }

        func encoded() -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: Self.size)
            bytes.replaceSubrange(0..<4, with: Self.magic)
            bytes.withUnsafeMutableBytes { target in
                target.storeBytes(of: Self.version.littleEndian, toByteOffset: 4, as: UInt32.self)
                target.storeBytes(of: UInt32(dimension).littleEndian, toByteOffset: 8, as: UInt32.self)
                let width = UInt32(GalleryStore.width(of: dimension))
                target.storeBytes(of: width.littleEndian, toByteOffset: 12, as: UInt32.self)
                target.storeBytes(of: UInt64(count).littleEndian, toByteOffset: 16, as: UInt64.self)
                target.storeBytes(of: identifiersChecksum.littleEndian, toByteOffset: 24, as: UInt32.self)
                target.storeBytes(of: rowsChecksum.littleEndian, toByteOffset: 28, as: UInt32.self)
                target[32] = UInt8(modelID.utf8.count)
                target[33..<(33 + modelID.utf8.count)].copyBytes(from: modelID.utf8)
                let checksum = GalleryChecksum.of(UnsafeRawBufferPointer(rebasing: target[..<(Self.size - 4)]))
                target.storeBytes(of: checksum.littleEndian, toByteOffset: Self.size - 4, as: UInt32.self)
            }
            return bytes
        }

        init(_ bytes: UnsafeRawBufferPointer) throws(BiometricsError) {
            func word(_ offset: Int) -> UInt32 {
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            }
            guard bytes[..<4].elementsEqual(Self.magic) else { throw GalleryFile.corrupt("it is no gallery") }
            guard word(4) == Self.version else {
                throw BiometricsError(.galleryVersionUnknown, "gallery layout \(word(4)) is unknown")
            }
            let checksum = GalleryChecksum.of(UnsafeRawBufferPointer(rebasing: bytes[..<(Self.size - 4)]))
            guard checksum == word(Self.size - 4) else { throw GalleryFile.corrupt("its header's check sum is wrong") }
            let count = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
            guard
                (1...UInt32(FaceTemplate.mostValues)).contains(word(8)), count < 1 << 40,
                word(12) == UInt32(GalleryStore.width(of: Int(word(8)))), bytes[32] > 0,
                let modelID = String(validating: bytes[33..<(33 + Int(bytes[32]))], as: UTF8.self)
            else { throw GalleryFile.corrupt("its header makes no sense") }
            self.init(modelID: modelID, dimension: Int(word(8)), count: Int(count))
            identifiersChecksum = word(24)
            rowsChecksum = word(28)
        }
    }
}
