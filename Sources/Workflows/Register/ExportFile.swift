import Cryptography
import Documents
import Foundation
import Identification
import TransparencyLog

/// The file of an export in the making: rows go in, sealed pieces come out. Used on the exports' queue only.
final class ExportFile: @unchecked Sendable {
    private let sealed: SealedFileWriter
    private var hasher = SHA256Hasher()
    private var rows: (any RowWriter)?

    /// Begins a file, or goes on with one.
    init(_ sealed: SealedFileWriter) {
        self.sealed = sealed
    }

    /// Takes bytes of the file.
    func take(_ data: Data) throws {
        hasher.update(data)
        try sealed.write(data)
    }

    /// Looks again at what is there already, so that the hash is over everything.
    func rehash(_ reader: (Int) throws -> Data) throws {
        for piece in 0..<sealed.pieces { hasher.update(try reader(piece)) }
        hasher.update(sealed.rest)
    }

    func begin(_ writer: any RowWriter) { rows = writer }

    func add(_ page: [[RegisterValue]], from number: Int) throws { try rows?.add(page, from: number) }

    /// What is needed to go on after a restart; what it tells of lies on the disk.
    func standing() throws -> (pieces: Int, rest: Data) {
        try sealed.synchronize()
        return (sealed.pieces, sealed.rest)
    }

    /// Takes a whole file.
    func take(contentsOf file: URL) throws {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty { try take(data) }
    }

    /// Ends the file.
    func finish(total: Int) throws -> (byteCount: Int, digest: SHA256Digest) {
        try rows?.finish(total: total)
        rows = nil
        let byteCount = sealed.byteCount
        try sealed.finish()
        return (byteCount, hasher.finalize())
    }
}

/// Writes rows in a format.
protocol RowWriter: AnyObject {
    /// Adds rows; the first has this number.
    func add(_ rows: [[RegisterValue]], from number: Int) throws
    /// Writes what follows the last row.
    func finish(total: Int) throws
}

/// JSON Lines: canonical JSON (RFC 8785), codes and UTC.
final class JSONLinesWriter: RowWriter {
    private let keys: [String]
    private let take: (Data) throws -> Void

    init(_ columns: [RegisterColumn], take: @escaping (Data) throws -> Void) {
        keys = columns.map(\.key)
        self.take = take
    }

    func add(_ rows: [[RegisterValue]], from number: Int) throws {
        var lines: [UInt8] = []
        for (offset, row) in rows.enumerated() {
            var members: [String: JSONValue] = [:]
            for (key, value) in zip(keys, row) { members[key] = value.json }
            members["number"] = .integer(Int64(number + offset))
            lines += try CanonicalJSON.encode(.object(members))
            lines.append(0x0a)
        }
        try take(Data(lines))
    }

    func finish(total: Int) throws {}
}

/// Comma-separated values with titles, words and the institution's time.
final class CSVWriter: RowWriter {
    private let form: CSVForm
    private let style: RegisterStyle
    private let take: (Data) throws -> Void

    /// - Parameter isNew: whether the file is begun; otherwise it is gone on with and has its titles.
    init(
        _ columns: [RegisterColumn],
        _ form: CSVForm,
        _ style: RegisterStyle,
        isNew: Bool,
        take: @escaping (Data) throws -> Void
    ) throws {
        self.form = form
        self.style = style
        self.take = take
        guard isNew else { return }
        try take(form.beginning + form.line(columns.map { .text($0.title.text(in: style.language)) }))
    }

    func add(_ rows: [[RegisterValue]], from number: Int) throws {
        var lines: [UInt8] = []
        for (offset, row) in rows.enumerated() {
            var cells = row.map { $0.cell(style) }
            cells[0] = .number(number + offset)
            form.append(cells, to: &lines)
        }
        try take(Data(lines))
    }

    func finish(total: Int) throws {}
}

/// A workbook, which is put together in the staging folder and then sealed.
final class WorkbookRows: RowWriter {
    private let stream: WorkbookStream
    private let file: URL
    private let style: RegisterStyle
    private let take: (URL) throws -> Void

    init(
        _ title: LocalizedText,
        _ columns: [RegisterColumn],
        _ style: RegisterStyle,
        createdAt: Date,
        staging: URL,
        take: @escaping (URL) throws -> Void
    ) throws {
        file = staging.appending(path: "workbook-\(UUID().lowercased).xlsx")
        self.style = style
        self.take = take
        // Excel refuses these in a sheet's name.
        let name = title.text(in: style.language).filter { !"[]:*?/\\".contains($0) }
        stream = try WorkbookStream(
            file: file,
            waitingIn: staging,
            name: name,
            createdAt: createdAt,
            columns: columns.map { ($0.title.text(in: style.language), $0.width) }
        )
    }

    deinit { try? FileManager.default.removeItem(at: file) }

    func add(_ rows: [[RegisterValue]], from number: Int) throws {
        for (offset, row) in rows.enumerated() {
            var cells = row.map { $0.cell(style) }
            cells[0] = .number(number + offset)
            try stream.add(cells)
        }
    }

    func finish(total: Int) throws {
        try stream.finish()
        try take(file)
    }
}

/// The register on paper.
final class PrintedRows: RowWriter {
    private let register: PrintedRegister
    private let printed: [Int]
    private let style: RegisterStyle

    init(
        _ heading: PrintedRegister.Heading,
        printed: [Int],
        _ style: RegisterStyle,
        take: @escaping (Data) throws -> Void
    )
        throws
    {
        register = try PrintedRegister(heading, output: take)
        self.printed = printed
        self.style = style
    }

    func add(_ rows: [[RegisterValue]], from number: Int) throws {
        try register.add(
            rows.enumerated().map { offset, row in
                printed.map { $0 == 0 ? String(number + offset) : row[$0].printed(style) }
            }
        )
    }

    func finish(total: Int) throws {
        let text = LocalizedText(
            ru: "Всего записей: \(total). Страниц: {pages}.",
            en: "Records in all: \(total). Pages: {pages}."
        )
        let line = LocalizedText(
            ru: "Ответственный за учёт идентификации: ____________________ / ____________________ /",
            en: "Compliance officer: ____________________ / ____________________ /"
        )
        try register.finish([text.text(in: style.language), "", line.text(in: style.language)])
    }
}
