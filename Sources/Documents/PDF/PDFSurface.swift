import CPango
import Foundation

/// One PDF file in the making: cairo's surface and context, and what they have written so far.
struct PDFSurface: ~Copyable {
    /// What cairo draws with; valid as long as the surface.
    let context: OpaquePointer
    private let surface: OpaquePointer
    private let output: Output

    /// The most bytes that a file may have.
    static let maximumBytes = 16 * 1024 * 1024

    /// - Parameters: the size of a page in points, and what the file says of itself.
    init(width: Double, height: Double, title: String, createdAt: Date) throws {
        output = Output()
        guard
            let surface = cairo_pdf_surface_create_for_stream(
                Output.take,
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

    /// Ends the file.
    ///
    /// - Throws: ``DocumentError`` where cairo has failed anywhere on the way.
    consuming func finish() throws -> Data {
        cairo_surface_finish(surface)
        let status = cairo_surface_status(surface)
        let drawing = cairo_status(context)
        guard !output.overflowed else { throw DocumentError(.tooLarge, "The document has too many pages.") }
        for code in [drawing, status] where code != CAIRO_STATUS_SUCCESS && code != CAIRO_STATUS_SURFACE_FINISHED {
            throw DocumentError(.notWritten, "cairo: \(String(cString: cairo_status_to_string(code))).")
        }
        return output.bytes
    }
}

/// Collects what cairo writes; kept by the surface for as long as cairo may write.
private final class Output {
    private(set) var bytes = Data()
    private(set) var overflowed = false

    static let take: cairo_write_func_t = { context, start, length in
        guard let context, let start else { return CAIRO_STATUS_WRITE_ERROR }
        let output = Unmanaged<Output>.fromOpaque(context).takeUnretainedValue()
        guard output.bytes.count + Int(length) <= PDFSurface.maximumBytes else {
            output.overflowed = true
            return CAIRO_STATUS_WRITE_ERROR
        }
        output.bytes.append(start, count: Int(length))
        return CAIRO_STATUS_SUCCESS
    }
}
