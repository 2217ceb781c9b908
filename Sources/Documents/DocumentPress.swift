import Dispatch
public import Foundation

/// Makes documents on a thread of its own: laying text out takes tens of milliseconds, and Pango's fonts are for one
/// thread.
public final class DocumentPress: Sendable {
    /// The one that everybody uses: fonts are read once.
    public static let shared = DocumentPress()

    private let queue = DispatchQueue(label: "attestd.documents")
    private let fonts = FontShelf()

    private init() {}

    /// A document as PDF 1.5; the same document always gives the same bytes.
    ///
    /// - Throws: ``DocumentError``.
    public func pdf(_ document: PrintedDocument) async throws -> Data {
        try await run { [fonts] in try PageComposer(fonts.book()).compose(document) }
    }

    /// A table as a workbook of Excel (Office Open XML); the same table always gives the same bytes.
    ///
    /// - Throws: ``DocumentError``.
    public func workbook(_ table: SpreadsheetTable) async throws -> Data {
        try await run { try WorkbookWriter.write(table) }
    }

    private func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }
}

/// The fonts, read when the first document is made. Touched on the press's queue only.
private final class FontShelf: @unchecked Sendable {
    private var kept: FontBook?

    func book() throws -> FontBook {
        if let kept { return kept }
        let book = try FontBook()
        kept = book
        return book
    }
}
