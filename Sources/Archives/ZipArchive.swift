import CZip
public import Foundation
import Glibc

/// A zip archive opened with libzip, of which nothing is unpacked to disk.
///
/// Archives that could harm a program that trusts them are refused as a whole when they are opened.
public final class ZipArchive {
    private static let smallSize = 1 << 20

    private let handle: OpaquePointer
    private let limits: ArchiveLimits
    private var readCount = 0
    private var indexes: [String: UInt64] = [:]
    /// The names of the files in the order of the archive.
    public private(set) var names: [String] = []

    /// Opens a file.
    ///
    /// - Throws: ``ArchiveRefusal`` when it is damaged or unsafe.
    public convenience init(file: URL, limits: ArchiveLimits = .standard) throws {
        var code: Int32 = 0
        guard let handle = zip_open(file.path, ZIP_RDONLY, &code) else { throw Self.damaged(code) }
        try self.init(handle: handle, limits: limits)
    }

    /// Opens bytes in memory.
    ///
    /// - Throws: ``ArchiveRefusal`` when they are damaged or unsafe.
    public convenience init(data: [UInt8], limits: ArchiveLimits = .standard) throws {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        // libzip frees the copy with the archive.
        guard let copy = malloc(max(data.count, 1)) else { throw Self.damaged(ZIP_ER_MEMORY) }
        copy.copyMemory(from: data, byteCount: data.count)
        guard let source = zip_source_buffer_create(copy, UInt64(data.count), 1, &error) else {
            free(copy)
            throw Self.damaged(zip_error_code_zip(&error))
        }
        guard let handle = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            throw Self.damaged(zip_error_code_zip(&error))
        }
        try self.init(handle: handle, limits: limits)
    }

    private init(handle: OpaquePointer, limits: ArchiveLimits) throws {
        self.handle = handle
        self.limits = limits
        try inspect()
    }

    deinit { zip_discard(handle) }

    /// Whether there is a file of this name.
    public func contains(_ name: String) -> Bool { indexes[name] != nil }

    /// The bytes of a file; nil when there is none of this name.
    ///
    /// - Throws: ``ArchiveRefusal`` when the entry is damaged, or holds more than the archive says.
    public func read(_ name: String) throws -> [UInt8]? {
        guard let index = indexes[name] else { return nil }
        let size = try Int(status(index).size)
        readCount += size
        guard readCount <= limits.read else { throw Self.bomb(name) }
        guard let file = zip_fopen_index(handle, index, 0) else { throw Self.damaged(nil, name) }
        defer { zip_fclose(file) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let got = zip_fread(file, &buffer, UInt64(buffer.count))
            guard got >= 0 else { throw Self.damaged(nil, name) }
            if got == 0 { break }
            // What the directory says of the size is only a claim.
            guard bytes.count + Int(got) <= size else { throw Self.bomb(name) }
            bytes += buffer[..<Int(got)]
        }
        guard bytes.count == size else { throw Self.damaged(nil, name) }
        return bytes
    }

    // MARK: Safety

    private func inspect() throws {
        let count = zip_get_num_entries(handle, 0)
        guard count <= limits.entries else { throw Self.bomb(nil) }
        var total = 0
        var packed = 0
        for index in 0..<UInt64(max(count, 0)) {
            let status = try status(index)
            guard let pointer = status.name else { throw Self.unsafeName("") }
            let name = String(cString: pointer)
            let isFolder = name.hasSuffix("/")
            guard !name.hasPrefix("/"), SafePath(relative: isFolder ? String(name.dropLast()) : name) != nil else {
                throw Self.unsafeName(name)
            }
            try checkKind(index, name, status)
            guard status.size <= UInt64(limits.size), status.comp_size <= UInt64(limits.total) else {
                throw Self.bomb(name)
            }
            let size = Int(status.size)
            if size > Self.smallSize, size > limits.ratio * max(Int(status.comp_size), 1) { throw Self.bomb(name) }
            total += size
            packed += Int(status.comp_size)
            guard total <= limits.total else { throw Self.bomb(name) }
            if isFolder { continue }
            guard indexes.updateValue(index, forKey: name) == nil else { throw Self.unsafeName(name) }
            names.append(name)
        }
        if total > 16 * Self.smallSize, total > limits.ratio * max(packed, 1) { throw Self.bomb(nil) }
    }

    private func checkKind(_ index: UInt64, _ name: String, _ status: zip_stat_t) throws {
        var system: UInt8 = 0
        var attributes: UInt32 = 0
        let known = zip_file_get_external_attributes(handle, index, 0, &system, &attributes) == 0
        let kind = mode_t(attributes >> 16) & S_IFMT
        let isLink = known && system == ZIP_OPSYS_UNIX && ![0, S_IFREG, S_IFDIR].contains(kind)
        let suffix = name.split(separator: ".").last?.lowercased() ?? ""
        let isArchive = ["zip", "7z", "rar", "gz", "bz2", "xz", "tar", "jar"].contains(suffix)
        guard !isLink, !isArchive, status.encryption_method == ZIP_EM_NONE else {
            throw ArchiveRefusal(
                .unsafeEntry,
                file: name,
                ru: "Ссылка, устройство, архив в архиве или зашифрованный файл в пакете не принимается.",
                en: "A link, a device, an archive in the archive or an encrypted file is not accepted in a package."
            )
        }
    }

    private func status(_ index: UInt64) throws -> zip_stat_t {
        var status = zip_stat_t()
        zip_stat_init(&status)
        let wanted = UInt64(ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE)
        guard zip_stat_index(handle, index, 0, &status) == 0, status.valid & wanted == wanted else {
            throw Self.damaged(nil)
        }
        return status
    }

    private static func damaged(_ code: Int32?, _ name: String? = nil) -> ArchiveRefusal {
        let number = code.map { " (\($0))" } ?? ""
        return ArchiveRefusal(
            .damaged,
            file: name,
            ru: "Архив повреждён\(number).",
            en: "The archive is damaged\(number)."
        )
    }

    private static func bomb(_ name: String?) -> ArchiveRefusal {
        ArchiveRefusal(
            .bomb,
            file: name,
            ru: "Архив распаковывается в слишком многое.",
            en: "The archive unpacks to too much."
        )
    }

    private static func unsafeName(_ name: String) -> ArchiveRefusal {
        ArchiveRefusal(
            .unsafeName,
            file: name,
            ru: "Имя файла в архиве выходит из своей папки, повторяется или недопустимо.",
            en: "A name in the archive leaves its folder, stands twice or is not allowed."
        )
    }
}
