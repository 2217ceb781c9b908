import CPages
import Foundation

/// The files that pages are made of, by their paths below `Site`.
enum PageFiles {
    /// The files inside the program.
    static func embedded() -> [String: Data] {
        var files: [String: Data] = [:]
        for place in 0..<cpages_file_count {
            let file = cpages_file_at(place).pointee
            files[String(cString: file.path)] = Data(bytes: file.bytes, count: file.count)
        }
        return files
    }

    /// A file of a folder, as it is now; `nil` where there is none.
    static func read(_ path: String, in folder: URL) -> Data? {
        try? Data(contentsOf: folder.appending(path: path))
    }

    /// All files of a folder, by their paths below it.
    static func all(in folder: URL) -> [String: Data] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        return Dictionary(
            paths.compactMap { path in read(path, in: folder).map { (path, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The media type of a file (WHATWG MIME sniffing is switched off, so it must be right).
    static func mediaType(of path: String) -> String {
        switch path.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }
}
