import CXLSXWriter
import Foundation

/// Writes a table with libxlsxwriter. Texts are written as texts: the format keeps them apart from formulas.
enum WorkbookWriter {
    static func write(_ table: SpreadsheetTable) throws -> Data {
        let file = FileHandle(fileDescriptor: cxlsx_memory_file(), closeOnDealloc: true)
        guard file.fileDescriptor >= 0 else { throw DocumentError(.notWritten, "No file in memory.") }
        var options = lxw_workbook_options()
        // Its own temporary files are unlinked as they are opened, and lie in memory too.
        var folder = Array("/dev/shm".utf8CString)
        let status = folder.withUnsafeMutableBufferPointer { folder in
            options.tmpdir = folder.baseAddress
            return "/proc/self/fd/\(file.fileDescriptor)".withCString { path in fill(path, &options, table) }
        }
        guard status == LXW_NO_ERROR else {
            throw DocumentError(.notWritten, "libxlsxwriter: \(String(cString: lxw_strerror(status))).")
        }
        try file.seek(toOffset: 0)
        return try file.readToEnd() ?? Data()
    }

    private static func fill(
        _ path: UnsafePointer<CChar>,
        _ options: inout lxw_workbook_options,
        _ table: SpreadsheetTable
    ) -> lxw_error {
        guard let workbook = workbook_new_opt(path, &options) else { return LXW_ERROR_MEMORY_MALLOC_FAILED }
        var properties = lxw_doc_properties()
        properties.created = time_t(table.createdAt.timeIntervalSince1970)
        workbook_set_properties(workbook, &properties)
        let sheet = workbook_add_worksheet(workbook, String(table.name.prefix(31)))
        let bold = workbook_add_format(workbook)
        format_set_bold(bold)
        var line: lxw_row_t = 0
        for cells in table.preamble + [table.titles.map { .text($0) }] {
            write(cells, line, bold, to: sheet)
            line += 1
        }
        worksheet_freeze_panes(sheet, line, 0)
        for cells in table.rows {
            write(cells, line, nil, to: sheet)
            line += 1
        }
        for (column, title) in table.titles.enumerated() {
            let texts = table.rows.map { column < $0.count ? length($0[column]) : 0 }
            let width = min(60, max(title.count, texts.max() ?? 0) + 2)
            worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), Double(width), nil)
        }
        return workbook_close(workbook)
    }

    private static func length(_ cell: SpreadsheetTable.Cell) -> Int {
        switch cell {
        case .text(let text): text.count
        case .number(let number): String(number).count
        case .decimal(let number): String(number).count
        case .empty: 0
        }
    }

    private static func write(
        _ cells: [SpreadsheetTable.Cell],
        _ row: lxw_row_t,
        _ format: UnsafeMutablePointer<lxw_format>?,
        to sheet: UnsafeMutablePointer<lxw_worksheet>?
    ) {
        for (column, cell) in cells.enumerated() {
            switch cell {
            // The format allows no more characters in a cell.
            case .text(let text):
                worksheet_write_string(sheet, row, lxw_col_t(column), String(text.prefix(32_767)), format)
            case .number(let number):
                worksheet_write_number(sheet, row, lxw_col_t(column), Double(number), format)
            case .decimal(let number): worksheet_write_number(sheet, row, lxw_col_t(column), number, format)
            case .empty: break
            }
        }
    }
}
