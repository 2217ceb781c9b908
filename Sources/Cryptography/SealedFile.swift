public import Foundation

/// A file that is sealed piece by piece under a key of its own, so that it is written and read in constant memory, from
/// any place.
///
/// Each piece of 64 KiB is a ``SealedBox`` bound to the file's name, the piece's number and whether it is the last: none
/// can be changed, moved, left out or cut off unseen (the STREAM construction of Hoang, Reyhanitabar, Rogaway, Vizár
/// 2015). libsodium's secretstream gives the same, but is read from its beginning only and cannot be gone on with after a
/// restart.
public enum SealedFile {
    /// The plaintext bytes of each piece but the last.
    public static let pieceBytes = 64 * 1024

    static let boxBytes = pieceBytes + SealedBox.overhead

    static func associatedData(_ name: String, piece: Int, isLast: Bool) -> [UInt8] {
        Array("attestd sealed file\n\(name)\n\(piece)\n\(isLast ? "last" : "more")".utf8)
    }

    /// How long the file on the disk is that holds so many bytes.
    public static func sealedByteCount(_ byteCount: Int) -> Int {
        byteCount + (byteCount / pieceBytes + 1) * SealedBox.overhead
    }
}

/// Writes a ``SealedFile`` from its beginning to its end.
public final class SealedFileWriter {
    private let handle: FileHandle
    private let key: SealingKey
    private let name: String
    /// What fills no piece yet.
    public private(set) var rest: Data
    /// How many pieces are written.
    public private(set) var pieces: Int

    /// Begins a file, or goes on with one after `pieces` pieces and the `rest` that filled none; what lies behind them is
    /// cut off.
    ///
    /// - Parameter name: what the file is bound to; it must be given to read it.
    /// - Throws: the system's error.
    public init(file: URL, key: SealingKey, name: String, pieces: Int = 0, rest: Data = Data()) throws {
        if pieces == 0 {
            _ = FileManager.default.createFile(
                atPath: file.path,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            )
        }
        handle = try FileHandle(forUpdating: file)
        self.key = key
        self.name = name
        self.pieces = pieces
        self.rest = rest
        let end = UInt64(pieces * SealedFile.boxBytes)
        guard try handle.seekToEnd() >= end else {
            throw CryptographyError(.fileAccess, "A sealed file is shorter than it was.")
        }
        try handle.truncate(atOffset: end)
        try handle.seek(toOffset: end)
    }

    deinit { try? handle.close() }

    /// How many bytes of plaintext came so far.
    public var byteCount: Int { pieces * SealedFile.pieceBytes + rest.count }

    /// Adds bytes.
    public func write(_ data: Data) throws {
        rest.append(data)
        guard rest.count >= SealedFile.pieceBytes else { return }
        var from = rest.startIndex
        while rest.endIndex - from >= SealedFile.pieceBytes {
            try seal(rest[from..<from + SealedFile.pieceBytes], isLast: false)
            from += SealedFile.pieceBytes
        }
        rest = Data(rest[from...])
    }

    /// Returns once what is written lies on the disk.
    public func synchronize() throws { try handle.synchronize() }

    /// Ends the file and returns once it lies on the disk.
    public func finish() throws {
        try seal(rest, isLast: true)
        pieces -= 1
        try handle.synchronize()
    }

    private func seal(_ plaintext: Data, isLast: Bool) throws {
        let bound = SealedFile.associatedData(name, piece: pieces, isLast: isLast)
        try handle.write(contentsOf: Data(key.seal(plaintext, associatedData: bound).bytes))
        pieces += 1
    }
}

/// Reads a ``SealedFile`` from any place.
public final class SealedFileReader: Sendable {
    private let file: URL
    private let key: SealingKey
    private let name: String
    /// How many bytes of plaintext it holds.
    public let byteCount: Int

    /// Opens a file and looks at its last piece.
    ///
    /// - Throws: ``CryptographyError`` with code `wrongLength` where the file is not as long as it must be, `notAuthentic`
    ///   where its end was changed; the system's error.
    public init(file: URL, key: SealingKey, name: String, byteCount: Int) throws {
        self.file = file
        self.key = key
        self.name = name
        self.byteCount = byteCount
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        guard (attributes[.size] as? NSNumber)?.intValue == SealedFile.sealedByteCount(byteCount) else {
            throw CryptographyError(.wrongLength, "A sealed file has not the length that it must have.")
        }
        // That the file ends where it should, only its last piece tells, which may hold nothing.
        _ = try read(piece: byteCount / SealedFile.pieceBytes)
    }

    /// The bytes from `offset` to the end of the piece that holds them, at most `limit`; none at the end.
    ///
    /// - Throws: ``CryptographyError`` with code `notAuthentic` where the file was changed; the system's error.
    public func read(from offset: Int, limit: Int) throws -> Data {
        guard offset >= 0, offset < byteCount else { return Data() }
        let piece = offset / SealedFile.pieceBytes
        let plaintext = try read(piece: piece)
        let start = offset - piece * SealedFile.pieceBytes
        return Data(plaintext[start..<min(plaintext.count, start + limit)])
    }

    /// A whole piece of a file that is still being written.
    ///
    /// - Throws: ``CryptographyError`` with code `notAuthentic`; the system's error.
    public static func piece(_ number: Int, of file: URL, key: SealingKey, name: String) throws -> Data {
        Data(try read(number, of: file, key, name, isLast: false, length: SealedFile.boxBytes))
    }

    private func read(piece: Int) throws -> [UInt8] {
        let isLast = piece == byteCount / SealedFile.pieceBytes
        let length = isLast ? byteCount % SealedFile.pieceBytes + SealedBox.overhead : SealedFile.boxBytes
        return try Self.read(piece, of: file, key, name, isLast: isLast, length: length)
    }

    private static func read(
        _ piece: Int,
        of file: URL,
        _ key: SealingKey,
        _ name: String,
        isLast: Bool,
        length: Int
    ) throws -> [UInt8] {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(piece * SealedFile.boxBytes))
        let box = try SealedBox(bytes: try handle.read(upToCount: length) ?? Data())
        return try key.open(box, associatedData: SealedFile.associatedData(name, piece: piece, isLast: isLast))
    }
}
