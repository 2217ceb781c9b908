import CZip
public import Foundation

/// Writes a zip archive with libzip; what goes into it waits in a folder of its own, not in memory.
public final class ZipWriter {
    private let folder: URL
    private let file: URL
    private var entries: [(name: String, staged: URL)] = []
    private var names: Set<String> = []

    /// Begins an archive, which is written when ``finish()`` is called.
    ///
    /// - Parameters:
    ///   - file: where it is written.
    ///   - place: where the folder is made that holds what is added until then; the system's temporary one by default.
    /// - Throws: when that folder cannot be made.
    public init(file: URL, waitingIn place: URL = FileManager.default.temporaryDirectory) throws {
        self.file = file
        folder = place.appending(path: "attestd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// How many files it holds so far.
    public var count: Int { entries.count }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Adds a file; a second one of the same name is left out.
    ///
    /// - Throws: when the temporary folder cannot hold it.
    public func add(_ name: String, _ data: Data) throws {
        guard names.insert(name).inserted else { return }
        let staged = folder.appending(path: "\(entries.count)")
        try data.write(to: staged)
        entries.append((name, staged))
    }

    /// Writes the archive.
    ///
    /// - Throws: ``ArchiveRefusal`` when it cannot be written.
    public func finish() throws(ArchiveRefusal) {
        var code: Int32 = 0
        guard let handle = zip_open(file.path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
            throw Self.unwritable("\(code)")
        }
        for (name, staged) in entries {
            guard let source = zip_source_file(handle, staged.path, 0, -1) else {
                zip_discard(handle)
                throw Self.unwritable(name)
            }
            let index = zip_file_add(handle, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
            guard index >= 0 else {
                zip_source_free(source)
                zip_discard(handle)
                throw Self.unwritable(name)
            }
            // The same content makes the same bytes: no file says when it was written.
            zip_file_set_dostime(handle, UInt64(index), 0, 0x21, 0)
        }
        guard zip_close(handle) == 0 else {
            let message = String(cString: zip_strerror(handle))
            zip_discard(handle)
            throw Self.unwritable(message)
        }
    }

    private static func unwritable(_ cause: String) -> ArchiveRefusal {
        ArchiveRefusal(
            .unwritable,
            ru: "Архив не записан: \(cause).",
            en: "The archive was not written: \(cause)."
        )
    }
}
