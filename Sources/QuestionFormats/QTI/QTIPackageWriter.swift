import Archives
import Foundation
import QuestionBank

/// Writes questions as a QTI content package: an item a file, a test whose sections are the topics, a manifest.
///
/// What QTI has no place for stands in the manifest's metadata (``QTIExtras``); tags stand there as keywords (LOM).
final class QTIPackageWriter {
    private struct Entry {
        var identifier: String
        var topic: [String]
        var files: [String]
        var tags: [String]
        var extras: String
    }

    private let zip: ZipWriter
    private let xml: QTIXML
    private var entries: [Entry] = []

    init(file: URL, version: QTIVersion) throws {
        zip = try ZipWriter(file: file)
        xml = QTIXML(version: version)
    }

    func add(_ question: BankQuestion, losses: inout LossList) throws {
        guard zip.count < ArchiveLimits.standard.entries - 100 else {
            throw Unwritable(
                "package_full",
                ru: "В пакете слишком много файлов; остальное запишите в другой.",
                en: "The package has too many files; write the rest into another."
            )
        }
        let identifier = "item-" + String(entries.count + 1).padded(6)
        var cleaner = TextCleaner(losses: losses)
        let clean = cleaner.cleaned(question)
        guard !clean.prompt.isEmpty else {
            throw Unwritable("empty_prompt", ru: "У вопроса нет текста.", en: "The question has no text.")
        }
        try Self.check(clean, losses: &cleaner.losses)
        var writer = QTIItemWriter(question: clean, losses: cleaner.losses)
        let item = writer.item(identifier: identifier)
        losses = writer.body.losses
        try zip.add("items/\(identifier)/item.xml", xml.document(item))
        for (path, data) in writer.body.files { try zip.add("items/\(identifier)/\(path)", data) }
        entries.append(
            Entry(
                identifier: identifier,
                topic: clean.topic,
                files: writer.body.files.map(\.path),
                tags: BankTags.tags(of: clean),
                extras: writer.extras.json
            )
        )
    }

    func finish() throws {
        try zip.add("assessment.xml", xml.document(test()))
        try zip.add("imsmanifest.xml", manifest())
        do {
            try zip.finish()
        } catch {
            throw FileRefusal(error)
        }
    }

    private static func check(_ question: BankQuestion, losses: inout LossList) throws(Unwritable) {
        switch question.interaction {
        case .cloze(let cloze):
            let isMultiple = cloze.gaps.contains {
                if case .choice(let choice) = $0.entry { !choice.isSingle } else { false }
            }
            guard !isMultiple else {
                throw Unwritable(
                    "gap_type",
                    ru: "В QTI нет пропусков с несколькими вариантами.",
                    en: "QTI has no gaps with several choices."
                )
            }
            let hasUnits = cloze.gaps.contains {
                if case .numeric(let entry) = $0.entry { entry.units != nil } else { false }
            }
            losses.add(
                "units",
                if: hasUnits,
                ru: "Единицы в пропуске не записаны.",
                en: "Units in a gap were left out."
            )
        case .matching(let matching):
            losses.add(
                "equal_distractors",
                if: Set(matching.distractors + matching.pairs.map(\.match)).count
                    < Set(matching.pairs.map(\.match)).count + matching.distractors.count,
                ru: "Одинаковые правые части записаны один раз.",
                en: "Equal right-hand sides were written once."
            )
        default: break
        }
    }

    // MARK: Test and manifest

    private func test() -> Element {
        /// Consecutive items of one topic share a section; sections lie in each other as topics do.
        func sections(_ range: Range<Int>, depth: Int, name: String) -> [Element.Node] {
            var nodes: [Element.Node] = []
            var start = range.lowerBound
            while start < range.upperBound {
                let title = entries[start].topic.count > depth ? entries[start].topic[depth] : nil
                var end = start + 1
                while end < range.upperBound,
                    (entries[end].topic.count > depth ? entries[end].topic[depth] : nil) == title
                { end += 1 }
                let identifier = "\(name)-\(nodes.count + 1)"
                if let title {
                    let inner = sections(start..<end, depth: depth + 1, name: identifier)
                    nodes.append(section(identifier, title, inner))
                } else {
                    let refs = entries[start..<end].map { entry in
                        QTIBody.element(
                            "assessmentItemRef",
                            [("identifier", entry.identifier), ("href", "items/\(entry.identifier)/item.xml")]
                        )
                    }
                    nodes += depth == 0 ? [section(identifier, "", refs)] : refs
                }
                start = end
            }
            return nodes
        }
        let part = QTIBody.element(
            "testPart",
            [("identifier", "part"), ("navigationMode", "nonlinear"), ("submissionMode", "simultaneous")],
            sections(entries.indices, depth: 0, name: "section")
        )
        return Element(
            name: "assessmentTest",
            namespace: QTIBody.qti,
            attributes: [("identifier", "bank"), ("title", "Question bank")],
            children: [part],
            line: 0
        )
    }

    private func section(_ identifier: String, _ title: String, _ children: [Element.Node]) -> Element.Node {
        QTIBody.element(
            "assessmentSection",
            [("identifier", identifier), ("title", title), ("visible", "true")],
            children
        )
    }

    private func manifest() -> Data {
        let writer = XMLWriter()
        let lom = "http://www.imsglobal.org/xsd/imsmd_v1p2"
        writer.element(
            "manifest",
            [("xmlns", "http://www.imsglobal.org/xsd/imscp_v1p1"), ("identifier", "attestd-bank")]
        ) {
            writer.element("metadata") {
                writer.element("schema", text: xml.version == .v30 ? "QTI Package" : "QTIv2.1 Package")
                writer.element("schemaversion", text: xml.version == .v30 ? "3.0.0" : "1.0.0")
            }
            writer.line()
            writer.element("organizations")
            writer.line()
            writer.element("resources") {
                writer.line()
                let test = [
                    ("identifier", Optional("test")), ("type", "imsqti_test_xml\(xml.suffix)"),
                    ("href", "assessment.xml"),
                ]
                writer.element("resource", test) {
                    writer.element("file", [("href", "assessment.xml")])
                    for entry in entries { writer.element("dependency", [("identifierref", entry.identifier)]) }
                }
                writer.line()
                for entry in entries { resource(entry, writer, lom: lom) }
            }
        }
        return QTIXML.head + writer.take()
    }

    private func resource(_ entry: Entry, _ writer: XMLWriter, lom: String) {
        let href = "items/\(entry.identifier)/item.xml"
        let attributes = [
            ("identifier", Optional(entry.identifier)), ("type", "imsqti_item_xml\(xml.suffix)"), ("href", href),
        ]
        writer.element("resource", attributes) {
            writer.element("metadata") {
                if !entry.tags.isEmpty {
                    writer.element("lom", [("xmlns", lom)]) {
                        writer.element("general") {
                            for tag in entry.tags {
                                writer.element("keyword") { writer.element("langstring", text: tag) }
                            }
                        }
                    }
                }
                writer.element("question", [("xmlns", QTIExtras.namespace)], text: entry.extras)
            }
            writer.element("file", [("href", href)])
            for path in entry.files {
                let address = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
                writer.element("file", [("href", "items/\(entry.identifier)/\(address)")])
            }
        }
        writer.line()
    }
}

/// Writes elements with the names of a version of QTI.
struct QTIXML {
    static let head = Data("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)

    let version: QTIVersion

    /// How types of resources end.
    var suffix: String {
        switch version {
        case .v21: "v2p1"
        case .v22: "v2p2"
        case .v30: "v3p0"
        }
    }

    private var namespace: String {
        version == .v30
            ? "http://www.imsglobal.org/xsd/imsqtiasi_v3p0" : "http://www.imsglobal.org/xsd/imsqti_\(suffix)"
    }

    /// A whole document.
    func document(_ root: Element) -> Data {
        let writer = XMLWriter()
        write(.element(root), writer, outer: nil)
        return Self.head + writer.take() + Data("\n".utf8)
    }

    private func write(_ node: Element.Node, _ writer: XMLWriter, outer: String?) {
        guard case .element(let element) = node else {
            if case .text(let text) = node { writer.text(text) }
            return
        }
        guard element.namespace == QTIBody.qti else {
            // HTML elements lie in QTI's namespace; only formulas and drawings have their own.
            let own = element.namespace.isEmpty ? namespace : element.namespace
            let declaration = own == outer ? [] : [("xmlns", Optional(own))]
            writer.element(element.name, declaration + element.attributes.map { ($0.name, $0.value) }) {
                for child in element.children { write(child, writer, outer: own) }
            }
            return
        }
        // 2.x has no body of its own inside modal feedback.
        if element.name == "contentBody", version != .v30 {
            for child in element.children { write(child, writer, outer: outer) }
            return
        }
        let isNew = version == .v30
        let name = isNew ? "qti-" + QTINames.kebab(element.name) : element.name
        var attributes = element.attributes.map { (isNew ? QTINames.kebab($0.name) : $0.name, Optional($0.value)) }
        if outer == nil { attributes.insert(("xmlns", namespace), at: 0) }
        if isNew, let place = attributes.firstIndex(where: { $0.0 == "template" }) {
            attributes[place].1 = attributes[place].1.map(Self.newTemplate)
        }
        writer.element(name, attributes) {
            for child in element.children { write(child, writer, outer: namespace) }
        }
    }

    private static func newTemplate(_ old: String) -> String {
        "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/" + (old.split(separator: "/").last ?? "") + ".xml"
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String {
        String(repeating: "0", count: max(0, width - count)) + self
    }
}
