import Foundation
import QuestionBank

/// Reads question banks in Moodle's XML format, one question at a time.
///
/// Source: Moodle documentation, "Moodle XML format", and what Moodle's exporter writes.
enum MoodleXMLReader {
    /// Reads the document to its end and answers its encoding.
    ///
    /// - Throws: ``FileRefusal`` at a document type; what the source or the sink throws.
    static func read(_ source: ByteSource, sink: @escaping ReadSink) throws -> String {
        let stream = XMLStream(itemDepth: 1)
        var topic: [String] = []
        var seen = 0
        let ending = try stream.read(source) { event in
            switch event {
            case .root: break
            case .item(let element):
                if element.name == "question", !isCategory(element["type"]) { seen += 1 }
                try read(element, topic: &topic, sink: sink)
            case .oversized(let element):
                seen += 1
                let title = element.first("name")?.first("text")?.text.trimmed() ?? ""
                try ItemDesk(line: element.line, title: title, sink: sink).refuse(
                    ItemFault(.tooLarge, ru: "Вопрос слишком велик.", en: "The question is too large.")
                )
            }
        }
        if case .broken(let line, let message) = ending {
            try reportRest(of: source, after: seen, brokenAt: line, message, sink: sink)
        }
        return stream.encoding ?? "utf-8"
    }

    private static func isCategory(_ type: String?) -> Bool { type?.trimmed().lowercased() == "category" }

    /// Reports where the document broke, and each question that stands behind that place.
    private static func reportRest(
        of source: ByteSource,
        after seen: Int,
        brokenAt line: Int,
        _ message: String,
        sink: @escaping ReadSink
    ) throws {
        let starts = try ItemStarts.lines(of: "question", in: source) { tag in
            tag.firstMatch(of: /type\s*=\s*["']\s*category\s*["']/) == nil
        }
        let rest = starts.dropFirst(seen)
        guard let broken = rest.first else {
            // All questions were read; the end of the document is missing.
            let fault = ItemFault.notWellFormed(message)
            let finding = ImportFinding(
                severity: .partlyRead,
                line: line,
                title: "",
                code: fault.code,
                reason: fault.reason
            )
            return try sink(.finding(finding))
        }
        try ItemDesk(line: max(line, broken), sink: sink).refuse(.notWellFormed(message))
        for start in rest.dropFirst() {
            try ItemDesk(line: start, sink: sink).refuse(
                ItemFault(
                    .notWellFormed,
                    ru: "Вопрос стоит после места, где нарушен XML (строка \(line)).",
                    en: "The question stands behind the place where the XML is broken (line \(line))."
                )
            )
        }
    }

    private static func read(_ element: Element, topic: inout [String], sink: @escaping ReadSink) throws {
        guard element.name == "question" else {
            try sink(
                .finding(
                    ImportFinding(
                        severity: .partlyRead,
                        line: element.line,
                        title: element.name.excerpt(),
                        code: .ignoredPart,
                        reason: BilingualReason(
                            ru: "Элемент «\(element.name.excerpt(60))» между вопросами пропущен.",
                            en: "The element “\(element.name.excerpt(60))” between questions was left out."
                        )
                    )
                )
            )
            return
        }
        let type = element["type"]?.trimmed().lowercased() ?? ""
        if isCategory(type) {
            topic = CategoryPath.parse(element.first("category")?.first("text")?.text ?? "")
            var desk = ItemDesk(line: element.line, title: topic.last ?? "", sink: sink)
            let info = MoodleText.rich(element.first("info"), default: .html, desk: &desk)?.ifNotEmpty
            let identifier = element.first("idnumber")?.text.trimmed() ?? ""
            if info != nil || !identifier.isEmpty {
                let described = Topic(path: topic, info: info, externalID: identifier.isEmpty ? nil : identifier)
                try sink(.topic(described, origin: Origin(line: element.line)))
            }
            return
        }
        var desk = ItemDesk(line: element.line, sink: sink)
        var item = MoodleItem(element: element, type: type)
        switch Result(catching: { () throws(ItemFault) in try item.question(topic: topic, desk: &desk) }) {
        case .success(let question): try desk.deliver(question)
        case .failure(let fault): try desk.refuse(fault)
        }
    }
}

extension ItemFault {
    /// XML that ends or breaks before its end.
    static func notWellFormed(_ message: String) -> ItemFault {
        ItemFault(
            .notWellFormed,
            ru: "XML нарушен (\(message.excerpt(200))); то, что дальше, не прочитано.",
            en: "The XML is broken (\(message.excerpt(200))); what follows was not read."
        )
    }
}
