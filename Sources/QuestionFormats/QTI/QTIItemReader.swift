import Archives
import Foundation
import QuestionBank

/// Reads one item of QTI 2.1, 2.2 or 3.0.
///
/// Source: IMS Question and Test Interoperability 2.1 and 2.2, 1EdTech QTI 3.0, "Assessment, Section and Item
/// Information Model". What is beyond the bank's model is reported.
struct QTIItemReader {
    /// What the package says about the item.
    struct Context {
        var topic: [String] = []
        var tags: [String] = []
        var extras: QTIExtras?
    }

    let version: QTIVersion
    /// The item's file in its package; nil for a single item.
    let file: String?
    let archive: ZipArchive?
    let sink: ReadSink
    var context = Context()

    func refuseOversized(_ element: Element) throws {
        try ItemDesk(file: file, line: element.line, title: element["title"] ?? "", sink: sink).refuse(
            ItemFault(.tooLarge, ru: "Задание слишком велико.", en: "The item is too large.")
        )
    }

    func read(_ root: Element) throws {
        let item = QTINames.normalised(root)
        let title = item["title"]?.trimmed() ?? ""
        var desk = ItemDesk(
            file: file,
            line: item.line,
            title: title.isEmpty ? item["identifier"] ?? "" : title,
            sink: sink
        )
        let folder = file.map { $0.lastIndex(of: "/").map { slash in String(file![...slash]) } ?? "" } ?? ""
        do {
            let builder = try QTIItemBuilder(item: item, content: QTIContent(folder: folder, archive: archive))
            var question = try builder.question(desk: &desk)
            try QTIStimulus(folder: folder, archive: archive).apply(of: item, to: &question, desk: &desk)
            question.topic = context.topic
            Self.reportIgnored(in: item, desk: &desk)
            context.extras?.apply(to: &question)
            BankTags.apply(context.tags, to: &question, plain: false, desk: &desk)
            try desk.deliver(question)
        } catch let fault as ItemFault {
            try desk.refuse(fault)
        }
    }

    /// What an item may have beside what is read: its parts are looked at elsewhere.
    private static let known: Set<String> = [
        "responseDeclaration", "outcomeDeclaration", "assessmentStimulusRef", "itemBody", "responseProcessing",
        "modalFeedback",
    ]

    /// Names the parts of an item that the bank has no place for: materials, accessibility catalogues, styles.
    private static func reportIgnored(in item: Element, desk: inout ItemDesk) {
        var reported: Set<String> = []
        for child in item.elements where !known.contains(child.name) && reported.insert(child.name).inserted {
            let fault = ItemFault(
                .ignoredPart,
                line: child.line,
                ru: "Элемент «\(child.name.excerpt(40))» пропущен: для него нет места.",
                en: "The element “\(child.name.excerpt(40))” was left out: there is no place for it."
            )
            // Styles change how an item looks, not what it asks.
            if child.name == "stylesheet" { desk.note(fault) } else { desk.lost(fault) }
        }
    }
}
