import CXML2
import Foundation

/// Reads an XML document with libxml2, in pieces, and hands over one subtree after the other.
///
/// Memory holds one subtree. Nothing is fetched and no entity but XML's own five is replaced: a document type
/// declaration ends the reading before anything in it is used.
final class XMLStream {
    /// How much one document may hold.
    struct Limits: Sendable {
        /// The most bytes of text, names and attributes in one subtree.
        var bytesPerItem = 64 << 20
        /// The most elements in one subtree.
        var elementsPerItem = 200_000
        /// How deep elements may lie in each other.
        var depth = 200
    }

    /// What comes out of a document.
    enum Event {
        /// The root element was opened; it has no children yet.
        case root(Element)
        /// A subtree at the depth asked for.
        case item(Element)
        /// A subtree that exceeded a limit; what it holds was skipped. The element is its beginning.
        case oversized(Element)
    }

    /// How the document ended.
    enum Ending {
        case complete
        /// It is not well-formed, or damaged, from this line on.
        case broken(line: Int, message: String)
    }

    private let handler: SAXHandler
    private let limits: Limits

    /// - Parameter itemDepth: 0 for the whole document as one item, 1 for each child of the root.
    init(itemDepth: Int, limits: Limits = Limits()) {
        self.limits = limits
        handler = SAXHandler(itemDepth: itemDepth, limits: limits)
    }

    /// The encoding that the document declares or shows, in lower case; nil before it was read.
    private(set) var encoding: String?

    /// Reads a document.
    ///
    /// - Throws: ``FileRefusal`` at a document type; what the source and `sink` throw.
    func read(_ source: ByteSource, file: String? = nil, sink: (Event) throws -> Void) throws -> Ending {
        XMLLibrary.prepare()
        let next = try source.open()
        var sax = SAXHandler.callbacks
        let context = Unmanaged.passUnretained(handler).toOpaque()
        var head = try next() ?? []
        // The first bytes tell UTF-16 from the rest and must come together.
        while head.count < 4, let more = try next() { head += more }
        let first = min(4, head.count)
        guard
            let parser = head.withUnsafeBytes({ raw in
                xmlCreatePushParserCtxt(&sax, context, raw.bindMemory(to: CChar.self).baseAddress, Int32(first), nil)
            })
        else { throw FileRefusal(.unreadable, ru: "Не хватает памяти.", en: "Out of memory.") }
        defer {
            handler.parser = nil
            xmlFreeParserCtxt(parser)
        }
        handler.parser = parser
        // Without NOENT attributes keep `&amp;` as a reference. Nothing else can be substituted: a document type ends
        // the reading before its first declaration. HUGE is left out: without it no attribute, name or comment may be
        // longer than ten megabytes, which the parser would have to hold whole.
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue)
        guard xmlCtxtUseOptions(parser, options) == 0 else { preconditionFailure("libxml2 knows these options") }
        var piece: [UInt8]? = Array(head[first...])
        while let bytes = piece {
            bytes.withUnsafeBytes { raw in
                _ = xmlParseChunk(parser, raw.bindMemory(to: CChar.self).baseAddress, Int32(raw.count), 0)
            }
            if let name = parser.pointee.encoding ?? parser.pointee.input?.pointee.encoding {
                encoding = String(cString: name).lowercased()
            }
            for event in handler.takeEvents() { try sink(event) }
            if try hasStopped(parser, file) { break }
            piece = try next()
        }
        if parser.pointee.disableSAX == 0 { _ = xmlParseChunk(parser, nil, 0, 1) }
        for event in handler.takeEvents() { try sink(event) }
        _ = try hasStopped(parser, file)
        if let failure = handler.failure { return .broken(line: failure.line, message: failure.message) }
        guard parser.pointee.wellFormed == 1, handler.hasRoot else {
            return .broken(line: handler.line, message: "the document ends too early")
        }
        return .complete
    }

    /// Whether the parser gave up.
    private func hasStopped(_ parser: xmlParserCtxtPtr, _ file: String?) throws -> Bool {
        if let line = handler.documentTypeLine {
            throw FileRefusal(
                .documentType,
                line: line,
                file: file,
                ru: "Объявление DOCTYPE не принимается: через него файлы раздуваются и читают чужое.",
                en: "A DOCTYPE is not accepted: entities can blow a file up or fetch others."
            )
        }
        return parser.pointee.disableSAX != 0 || parser.pointee.wellFormed == 0 || handler.failure != nil
    }
}

/// libxml2's process-wide set-up.
enum XMLLibrary {
    private static let once: Void = {
        xmlInitParser()
    }()

    /// Sets the library up, and silences it in this thread.
    static func prepare() {
        once
        cxml2_silence()
    }
}
