package import Foundation

/// Reads a file with poppler, as a person's viewer would.
package enum PDFText {
    /// The text of all pages, a form feed after each.
    package static func read(_ file: Data) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID()).pdf")
        try file.write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/pdftotext")
        process.arguments = ["-layout", path.path, "-"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileReadCorruptFile) }
        return String(decoding: text, as: UTF8.self)
    }
}
