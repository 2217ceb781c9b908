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
        let ending = try stream.read(source) { event in
            switch event {
            case .root: break
            case .item(let element): try read(element, topic: &topic, sink: sink)
            case .oversized(let element):
                let title = element.first("name")?.first("text")?.text.trimmed() ?? ""
                try ItemDesk(line: element.line, title: title, sink: sink).refuse(
                    ItemFault(.tooLarge, ru: "Вопрос слишком велик.", en: "The question is too large.")
                )
            }
        }
        if case .broken(let line, let message) = ending {
            try ItemDesk(line: line, sink: sink).refuse(.notWellFormed(message))
        }
        return stream.encoding ?? "utf-8"
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
        if type == "category" {
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
