import CXML2
import Foundation

/// Reads HTML text into elements: as XML where it is well-formed, else with libxml2's HTML parser.
enum HTMLFragment {
    private static let depthLimit = 200

    /// The nodes, and whether ``Markup/html(_:within:)`` gives the same text back.
    static func nodes(_ html: String) -> (nodes: [Element.Node], isExact: Bool) {
        let nodes = wellFormed(html) ?? lenient(html)
        return (nodes, Markup.html(nodes) == html)
    }

    private static func wellFormed(_ html: String) -> [Element.Node]? {
        guard !html.contains("<!") else { return nil }
        var root: Element?
        let ending = try? XMLStream(itemDepth: 0).read(ByteSource(Array("<div>\(html)</div>".utf8))) { event in
            if case .item(let element) = event { root = element }
        }
        guard case .complete? = ending else { return nil }
        return root?.children
    }

    private static func lenient(_ html: String) -> [Element.Node] {
        XMLLibrary.prepare()
        let bytes = Array("<html><body><div>\(html)</div></body></html>".utf8)
        let flags =
            HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue
            | HTML_PARSE_RECOVER.rawValue
        let document = bytes.withUnsafeBytes { raw in
            htmlReadMemory(
                raw.bindMemory(to: CChar.self).baseAddress,
                Int32(raw.count),
                nil,
                "UTF-8",
                Int32(bitPattern: flags)
            )
        }
        guard let document else { return [.text(html)] }
        defer { xmlFreeDoc(document) }
        guard let root = xmlDocGetRootElement(document) else { return [] }
        let whole = element(root, depth: 0)
        guard let body = whole.first("body") else { return whole.children }
        // What the parser closed early lies behind the wrapper.
        return body.children.enumerated().flatMap { index, node -> [Element.Node] in
            if index == 0, case .element(let wrapper) = node { wrapper.children } else { [node] }
        }
    }

    private static func element(_ node: xmlNodePtr, depth: Int) -> Element {
        var result = Element(name: String(cString: node.pointee.name), namespace: "", attributes: [], line: 0)
        var attribute = node.pointee.properties
        while let current = attribute {
            let value = xmlNodeListGetString(node.pointee.doc, current.pointee.children, 1)
            let name = String(cString: current.pointee.name)
            if name == "xmlns" {
                result.namespace = value.map { String(cString: $0) } ?? ""
            } else if isName(name) {
                result.attributes.append((name, value.map { String(cString: $0) } ?? ""))
            }
            cxml2_free(value)
            attribute = current.pointee.next
        }
        guard depth < depthLimit else { return result }
        var child = node.pointee.children
        while let current = child {
            switch current.pointee.type {
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let content = current.pointee.content { result.children.append(.text(String(cString: content))) }
            case XML_ELEMENT_NODE where isName(String(cString: current.pointee.name)):
                var inner = element(current, depth: depth + 1)
                if inner.namespace.isEmpty { inner.namespace = result.namespace }
                result.children.append(.element(inner))
            default:
                break
            }
            child = current.pointee.next
        }
        return result
    }

    /// Whether XML allows the name; HTML allows nearly anything.
    private static func isName(_ name: String) -> Bool {
        xmlValidateNCName(name, 0) == 0
    }
}
