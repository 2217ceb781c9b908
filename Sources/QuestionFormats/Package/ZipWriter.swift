import CZip
import Foundation

/// Writes a zip archive with libzip; what goes into it waits in a temporary folder, not in memory.
final class ZipWriter {
    private let folder: URL
    private let file: URL
    private var entries: [(name: String, staged: URL)] = []
    private var names: Set<String> = []

    /// - Throws: when the temporary folder cannot be made.
    init(file: URL) throws {
        self.file = file
        folder = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// How many files it holds so far.
    var count: Int { entries.count }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Adds a file; a second one of the same name is left out.
    func add(_ name: String, _ data: Data) throws {
        guard names.insert(name).inserted else { return }
        let staged = folder.appending(path: "\(entries.count)")
        try data.write(to: staged)
        entries.append((name, staged))
    }

    /// Writes the archive.
    ///
    /// - Throws: ``FileRefusal`` when it cannot be written.
    func finish() throws {
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
            // The same questions make the same bytes: no file says when it was written.
            zip_file_set_dostime(handle, UInt64(index), 0, 0x21, 0)
        }
        guard zip_close(handle) == 0 else {
            let message = String(cString: zip_strerror(handle))
            zip_discard(handle)
            throw Self.unwritable(message)
        }
    }

    private static func unwritable(_ cause: String) -> FileRefusal {
        FileRefusal(
            .unreadable,
            ru: "Архив не записан: \(cause.excerpt(200)).",
            en: "The archive was not written: \(cause.excerpt(200))."
        )
    }
}
