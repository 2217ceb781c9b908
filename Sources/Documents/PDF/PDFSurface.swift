import CPango
import Foundation

/// One PDF file in the making: cairo's surface and context, and who takes what they write.
struct PDFSurface: ~Copyable {
    /// What cairo draws with; valid as long as the surface.
    let context: OpaquePointer
    private let surface: OpaquePointer
    private let output: Output

    /// - Parameters:
    ///   - width: of a page in points; so is the height.
    ///   - title: what the file says of itself, with the time.
    ///   - output: takes the file's bytes as they come.
    init(
        width: Double,
        height: Double,
        title: String,
        createdAt: Date,
        output take: @escaping (Data) throws -> Void
    ) throws {
        output = Output(take)
        guard
            let surface = cairo_pdf_surface_create_for_stream(
                Output.write,
                Unmanaged.passUnretained(output).toOpaque(),
                width,
                height
            ),
            let context = cairo_create(surface)
        else { throw DocumentError(.notWritten, "cairo does not start.") }
        self.surface = surface
        self.context = context
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
        // Without a time of its own, cairo would write the clock's.
        let time = createdAt.formatted(.iso8601)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, time)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "attestd")
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// Sees that all went well so far.
    ///
    /// - Throws: what the output threw; ``DocumentError`` where cairo has failed anywhere on the way.
    borrowing func check() throws {
        if let error = output.error { throw error }
        for code in [cairo_status(context), cairo_surface_status(surface)]
        where code != CAIRO_STATUS_SUCCESS && code != CAIRO_STATUS_SURFACE_FINISHED {
            throw DocumentError(.notWritten, "cairo: \(String(cString: cairo_status_to_string(code))).")
        }
    }

    /// Ends the file; nothing can be drawn any more.
    ///
    /// - Throws: what the output threw; ``DocumentError`` where cairo has failed anywhere on the way.
    borrowing func end() throws {
        cairo_surface_finish(surface)
        try check()
    }
}

/// Hands on what cairo writes; kept by the surface for as long as cairo may write.
private final class Output {
    private let take: (Data) throws -> Void
    private(set) var error: (any Error)?

    init(_ take: @escaping (Data) throws -> Void) {
        self.take = take
    }

    static let write: cairo_write_func_t = { context, start, length in
        guard let context, let start else { return CAIRO_STATUS_WRITE_ERROR }
        let output = Unmanaged<Output>.fromOpaque(context).takeUnretainedValue()
        guard output.error == nil else { return CAIRO_STATUS_WRITE_ERROR }
        do {
            try output.take(Data(bytes: start, count: Int(length)))
            return CAIRO_STATUS_SUCCESS
        } catch {
            output.error = error
            return CAIRO_STATUS_WRITE_ERROR
        }
    }
}
