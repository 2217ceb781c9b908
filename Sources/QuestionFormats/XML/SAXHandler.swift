import CXML2
import Foundation

/// Builds subtrees from what libxml2's parser calls, with limits on each.
final class SAXHandler {
    /// The parser that calls, for line numbers and to stop it; owned by ``XMLStream``.
    var parser: xmlParserCtxtPtr?
    private(set) var failure: (line: Int, message: String)?
    private(set) var documentTypeLine: Int?
    private(set) var hasRoot = false
    private var events: [XMLStream.Event] = []
    private let itemDepth: Int
    private let limits: XMLStream.Limits

    /// The elements that are open inside the item, outermost first.
    private var open: [Element] = []
    private var text: [UInt8] = []
    private var depth = 0
    private var byteCount = 0
    private var elementCount = 0
    private var isSkipping = false

    init(itemDepth: Int, limits: XMLStream.Limits) {
        self.itemDepth = itemDepth
        self.limits = limits
    }

    /// The line of the parser, which counts beyond 65 535.
    var line: Int { parser.map { Int(xmlSAX2GetLineNumber($0)) } ?? 0 }

    func takeEvents() -> [XMLStream.Event] {
        defer { events = [] }
        return events
    }

    // MARK: What the parser calls

    fileprivate func start(
        _ name: String,
        _ namespace: String,
        _ attributes: [(name: String, value: String)]
    ) {
        defer { depth += 1 }
        if depth == 0 {
            hasRoot = true
            events.append(
                .root(Element(name: name, namespace: namespace, attributes: attributes, line: line))
            )
        }
        guard depth >= itemDepth, !isSkipping else { return }
        closeText()
        elementCount += 1
        byteCount += name.utf8.count + attributes.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        open.append(Element(name: name, namespace: namespace, attributes: attributes, line: line))
        checkLimits()
    }

    fileprivate func end() {
        depth -= 1
        guard depth >= itemDepth else { return }
        if isSkipping {
            guard depth == itemDepth, let begun = open.first else { return }
            events.append(.oversized(begun))
            reset()
            return
        }
        closeText()
        guard let closed = open.popLast() else { return }
        if open.isEmpty {
            events.append(.item(closed))
            reset()
        } else {
            open[open.count - 1].children.append(.element(closed))
        }
    }

    fileprivate func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard !open.isEmpty, !isSkipping else { return }
        byteCount += bytes.count
        text.append(contentsOf: bytes)
        checkLimits()
    }

    fileprivate func documentType() {
        guard documentTypeLine == nil else { return }
        documentTypeLine = max(line, 1)
        if let parser { xmlStopParser(parser) }
    }

    fileprivate func fail(line: Int, message: String) {
        guard failure == nil, documentTypeLine == nil else { return }
        failure = (max(line, 1), message)
    }

    // MARK: The subtree

    private func closeText() {
        guard !text.isEmpty else { return }
        if !open.isEmpty { open[open.count - 1].children.append(.text(String(decoding: text, as: UTF8.self))) }
        text.removeAll(keepingCapacity: text.count < 1 << 16)
    }

    private func checkLimits() {
        guard byteCount > limits.bytesPerItem || elementCount > limits.elementsPerItem || open.count > limits.depth
        else { return }
        isSkipping = true
        text = []
        open =
            open.first.map { first in
                // What was read may still say what the item is called; huge parts may not.
                var begun = first
                begun.children = begun.children.filter {
                    if case .element(let element) = $0 { element.wholeText.utf8.count < 4096 } else { false }
                }
                return [begun]
            } ?? []
    }

    private func reset() {
        open = []
        text = []
        byteCount = 0
        elementCount = 0
        isSkipping = false
    }
}

extension SAXHandler {
    /// The functions that libxml2 calls; everything else in a document (comments, instructions) is passed over.
    static var callbacks: xmlSAXHandler {
        var sax = xmlSAXHandler()
        sax.initialized = UInt32(XML_SAX2_MAGIC)
        sax.internalSubset = { context, _, _, _ in SAXHandler.from(context).documentType() }
        sax.externalSubset = { context, _, _, _ in SAXHandler.from(context).documentType() }
        sax.entityDecl = { context, _, _, _, _, _ in SAXHandler.from(context).documentType() }
        sax.getEntity = { _, name in name.flatMap { xmlGetPredefinedEntity($0) } }
        sax.resolveEntity = { _, _, _ in nil }
        sax.startElementNs = { context, name, _, uri, _, _, count, _, attributes in
            SAXHandler.from(context).start(
                name.map { String(cString: $0) } ?? "",
                uri.map { String(cString: $0) } ?? "",
                SAXHandler.values(attributes, count: Int(count))
            )
        }
        sax.endElementNs = { context, _, _, _ in SAXHandler.from(context).end() }
        sax.characters = { context, bytes, count in
            guard let bytes, count > 0 else { return }
            SAXHandler.from(context).characters(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
        sax.ignorableWhitespace = sax.characters
        sax.cdataBlock = sax.characters
        sax.serror = { context, error in
            guard let context, let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
            let message = error.pointee.message.map { String(cString: $0) } ?? ""
            SAXHandler.from(context).fail(
                line: Int(error.pointee.line),
                message: message.trimmingCharacters(in: .whitespacesAndNewlines)
            )
        }
        return sax
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> SAXHandler {
        guard let context else { preconditionFailure("libxml2 hands the context back") }
        return Unmanaged<SAXHandler>.fromOpaque(context).takeUnretainedValue()
    }

    /// The attributes as libxml2 lays them out: name, prefix, namespace, beginning and end of the value.
    private static func values(
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?,
        count: Int
    ) -> [(name: String, value: String)] {
        guard let attributes, count > 0 else { return [] }
        return (0..<count).compactMap { index in
            let base = index * 5
            guard let name = attributes[base], let begin = attributes[base + 3], let end = attributes[base + 4] else {
                return nil
            }
            let value = UnsafeBufferPointer(start: begin, count: end - begin)
            return (String(cString: name), String(decoding: value, as: UTF8.self))
        }
    }
}
