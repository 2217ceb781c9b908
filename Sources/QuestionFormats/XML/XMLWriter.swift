import CXML2
import Foundation

/// Writes XML with libxml2's writer into memory.
final class XMLWriter {
    private let buffer: xmlBufferPtr
    private let writer: xmlTextWriterPtr

    init() {
        guard let buffer = xmlBufferCreate(), let writer = xmlNewTextWriterMemory(buffer, 0) else {
            fatalError("Out of memory")
        }
        self.buffer = buffer
        self.writer = writer
        // Only a document has an encoding; without one letters beyond ASCII would become references. What it writes at
        // the beginning is not wanted here.
        xmlTextWriterStartDocument(writer, nil, "UTF-8", nil)
        xmlTextWriterFlush(writer)
        xmlBufferEmpty(buffer)
    }

    deinit {
        xmlFreeTextWriter(writer)
        xmlBufferFree(buffer)
    }

    /// An element with what `body` writes inside.
    func element(_ name: String, _ attributes: [(String, String?)] = [], _ body: () -> Void = {}) {
        xmlTextWriterStartElement(writer, name)
        for case (let name, let value?) in attributes { xmlTextWriterWriteAttribute(writer, name, value) }
        body()
        xmlTextWriterEndElement(writer)
    }

    /// An element with text inside.
    func element(_ name: String, _ attributes: [(String, String?)] = [], text: String) {
        element(name, attributes) { self.text(text) }
    }

    func text(_ text: String) {
        guard !text.isEmpty else { return }
        xmlTextWriterWriteString(writer, text)
    }

    /// A line break between elements, for people who read the file.
    func line() {
        xmlTextWriterWriteString(writer, "\n")
    }

    /// Some nodes; elements outside `keeping` lose their namespace, others declare theirs.
    func nodes(_ nodes: [Element.Node], within namespace: String = "", renamed: (String) -> String = { $0 }) {
        for node in nodes {
            switch node {
            case .text(let characters):
                text(characters)
            case .element(let child):
                let isForeign = !child.namespace.isEmpty && child.namespace != namespace
                let declaration = isForeign ? [("xmlns", Optional(child.namespace))] : []
                element(renamed(child.name), declaration + child.attributes.map { ($0.name, $0.value) }) {
                    self.nodes(child.children, within: child.namespace, renamed: renamed)
                }
            }
        }
    }

    /// What was written so far; the writer goes on with nothing.
    func take() -> Data {
        xmlTextWriterFlush(writer)
        defer { xmlBufferEmpty(buffer) }
        guard let content = xmlBufferContent(buffer) else { return Data() }
        return Data(bytes: content, count: Int(xmlBufferLength(buffer)))
    }
}
