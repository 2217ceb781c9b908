import Accounts
import Foundation
import IdentityDocuments

/// Debian's `tesseract` on a whole picture, as its manual says: one block of text, only the zone's characters allowed.
///
/// What it prints is searched for two or three lines below each other of which all check digits agree, with the same
/// repair of look-alikes as attestd's own reading. A process for each picture, one thread.
struct TesseractPeer {
    let models: URL
    let day: CalendarDay

    /// What it knows of letters.
    enum Model {
        /// Debian's `tesseract-ocr-eng`.
        case english
        /// The one that attestd uses.
        case opticalB
    }

    /// The zone's lines.
    func read(_ picture: URL, with model: Model) throws -> [String]? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/tesseract")
        process.arguments =
            [picture.path, "-", "--psm", "6", "-c", "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"]
            + (model == .english
                ? ["-l", "eng"] : ["--tessdata-dir", models.appending(path: "weights").path, "-l", "mrz"])
        process.environment = ["PATH": "/usr/bin", "OMP_THREAD_LIMIT": "1"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError("tesseract failed") }
        return zone(in: text.split(separator: "\n").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty })
    }

    private func zone(in lines: [String]) -> [String]? {
        for count in [3, 2] {
            for start in lines.indices.dropLast(count - 1) {
                let text = lines[start..<start + count].joined(separator: "\n")
                let reading = MRZReading(recognised: text, on: day)
                if reading.isSound { return reading.zone?.lines }
            }
        }
        return nil
    }
}
