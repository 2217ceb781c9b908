import CXLSXWriter
public import Foundation

/// Writes a workbook row by row: libxlsxwriter keeps one row in memory, the others in a file without a name.
///
/// Used on one thread at a time.
public final class WorkbookStream {
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private let name: String
    private let titles: [String]
    private let widths: [Double]
    private let bold: UnsafeMutablePointer<lxw_format>?
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var sheets = 0
    private var row: lxw_row_t = 0
    private var isClosed = false

    /// The rows that a sheet holds (ECMA-376 says nothing; Excel's limit).
    static let mostRows: lxw_row_t = 1_048_576

    /// Begins a workbook.
    ///
    /// - Parameters:
    ///   - file: where it is written when it ends.
    ///   - folder: where the rows wait until then, in a file without a name.
    ///   - columns: titles and widths in characters.
    /// - Throws: ``DocumentError``.
    public init(
        file: URL,
        waitingIn folder: URL,
        name: String,
        createdAt: Date,
        columns: [(title: String, width: Double)]
    ) throws {
        var options = lxw_workbook_options()
        options.constant_memory = 1
        var path = Array(folder.path.utf8CString)
        let opened = path.withUnsafeMutableBufferPointer { path in
            options.tmpdir = path.baseAddress
            return workbook_new_opt(file.path, &options)
        }
        guard let opened else { throw DocumentError(.notWritten, "libxlsxwriter does not start.") }
        workbook = opened
        var properties = lxw_doc_properties()
        properties.created = time_t(createdAt.timeIntervalSince1970)
        workbook_set_properties(workbook, &properties)
        bold = workbook_add_format(workbook)
        format_set_bold(bold)
        self.name = String(name.prefix(27))
        titles = columns.map(\.title)
        widths = columns.map(\.width)
        try beginSheet()
    }

    deinit {
        // An abandoned workbook is freed without being written.
        if !isClosed { lxw_workbook_free(workbook) }
    }

    /// Adds a row.
    public func add(_ cells: [SpreadsheetTable.Cell]) throws {
        if row == Self.mostRows { try beginSheet() }
        write(cells, nil)
    }

    /// Writes the file.
    ///
    /// - Throws: ``DocumentError``.
    public func finish() throws {
        isClosed = true
        let status = workbook_close(workbook)
        guard status == LXW_NO_ERROR else {
            throw DocumentError(.notWritten, "libxlsxwriter: \(String(cString: lxw_strerror(status))).")
        }
    }

    private func beginSheet() throws {
        sheets += 1
        let title = sheets == 1 ? name : "\(name) \(sheets)"
        guard let added = workbook_add_worksheet(workbook, title) else {
            throw DocumentError(.notWritten, "libxlsxwriter adds no sheet.")
        }
        sheet = added
        row = 0
        for (column, width) in widths.enumerated() {
            worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), width, nil)
        }
        worksheet_freeze_panes(sheet, 1, 0)
        write(titles.map { .text($0) }, bold)
    }

    private func write(_ cells: [SpreadsheetTable.Cell], _ format: UnsafeMutablePointer<lxw_format>?) {
        for (column, cell) in cells.enumerated() {
            switch cell {
            // The format allows no more characters in a cell.
            case .text(let text):
                let kept = text.utf8.count > 32_767 ? String(text.prefix(32_767)) : text
                worksheet_write_string(sheet, row, lxw_col_t(column), kept, format)
            case .number(let number): worksheet_write_number(sheet, row, lxw_col_t(column), Double(number), format)
            case .decimal(let number): worksheet_write_number(sheet, row, lxw_col_t(column), number, format)
            case .empty: break
            }
        }
        row += 1
    }
}
