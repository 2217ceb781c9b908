import QuestionBank

/// Reads one XML document: Moodle XML or a single QTI item, as its root says.
enum XMLDocumentReader {
    static func read(_ source: ByteSource, sink: @escaping ReadSink) throws -> QuestionFileReader.Summary {
        let root = try root(source)
        if root.name == "quiz" {
            let encoding = try MoodleXMLReader.read(source, sink: sink)
            return summary(.moodleXML, encoding)
        }
        guard let version = QTIVersion(item: root) else {
            throw FileRefusal(
                .unknownFormat,
                line: root.line,
                ru: "Корневой элемент «\(root.name.excerpt(60))» — не Moodle XML и не задание QTI 2.x или 3.0.",
                en: "The root “\(root.name.excerpt(60))” is neither Moodle XML nor an item of QTI 2.x or 3.0."
            )
        }
        let stream = XMLStream(itemDepth: 0)
        let reader = QTIItemReader(version: version, file: nil, archive: nil, sink: sink)
        let ending = try stream.read(source) { event in
            switch event {
            case .root: break
            case .item(let element): try reader.read(element)
            case .oversized(let element): try reader.refuseOversized(element)
            }
        }
        if case .broken(let line, let message) = ending {
            try ItemDesk(line: line, title: root["title"] ?? "", sink: sink).refuse(.notWellFormed(message))
        }
        return summary(version.format, stream.encoding ?? "utf-8")
    }

    private static func summary(_ format: QuestionFormat, _ encoding: String) -> QuestionFileReader.Summary {
        .init(format: format, isPackage: false, encoding: encoding, isEncodingGuessed: false)
    }

    private struct Found: Error {
        let root: Element
    }

    /// The root element without what it holds.
    private static func root(_ source: ByteSource) throws -> Element {
        do {
            let ending = try XMLStream(itemDepth: 1).read(source) { event in
                if case .root(let element) = event { throw Found(root: element) }
            }
            guard case .broken(let line, let message) = ending else { preconditionFailure("A document has a root") }
            throw FileRefusal(
                .unknownFormat,
                line: line,
                ru: "XML нарушен в самом начале: \(message.excerpt(200)).",
                en: "The XML is broken at its very beginning: \(message.excerpt(200))."
            )
        } catch let found as Found {
            return found.root
        }
    }
}
