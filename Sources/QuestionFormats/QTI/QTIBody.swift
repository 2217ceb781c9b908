import Foundation
import QuestionBank

/// Makes the elements that an item is written with, and collects the files that its texts show.
struct QTIBody {
    /// Marks elements of QTI itself, whose names depend on the version; no document has this namespace.
    static let qti = "qti"

    /// The files by their path beside the item.
    private(set) var files: [(path: String, data: Data)] = []
    var losses: LossList

    init(losses: LossList) {
        self.losses = losses
    }

    /// An element of QTI.
    static func element(
        _ name: String,
        _ attributes: [(String, String)] = [],
        _ children: [Element.Node] = []
    ) -> Element.Node {
        .element(
            Element(
                name: name,
                namespace: qti,
                attributes: attributes.map { ($0.0, $0.1) },
                children: children,
                line: 0
            )
        )
    }

    /// An element of HTML.
    static func html(_ name: String, class className: String, _ children: [Element.Node]) -> Element.Node {
        .element(
            Element(name: name, namespace: "", attributes: [("class", className)], children: children, line: 0)
        )
    }

    /// The nodes of a text, from which ``QTIContent`` reads the same text.
    mutating func nodes(_ text: RichText, wrapper: String = "span") -> [Element.Node] {
        switch text.format {
        case .html:
            let (parsed, isExact) = HTMLFragment.nodes(text.text)
            losses.add(
                "markup_rewritten",
                if: !isExact,
                ru: "HTML переписан как правильный XML; вид текста тот же.",
                en: "HTML was rewritten as well-formed XML; it looks the same."
            )
            var used: Set<String> = []
            let linked = parsed.map { link($0, text.files, &used) }
            noteUnused(text.files, used)
            let hasElements = linked.contains { if case .element = $0 { true } else { false } }
            return hasElements || linked.isEmpty ? linked : [Self.html("span", class: "format-html", linked)]
        case .plain where text.files.isEmpty:
            return text.text.isEmpty ? [] : [.text(text.text)]
        default:
            var children: [Element.Node] = [.text(text.text)]
            for file in text.files {
                add(file)
                let address = [("href", Self.address(file))]
                children.append(
                    .element(Element(name: "a", namespace: "", attributes: address.map { ($0.0, $0.1) }, line: 0))
                )
            }
            return [Self.html(wrapper, class: QTIContent.formatPrefix + text.format.rawValue, children)]
        }
    }

    /// The nodes of a text where only characters may stand.
    mutating func characters(_ text: RichText) -> [Element.Node] {
        let isPlain = text.format == .plain && text.files.isEmpty
        losses.add(
            "gap_format",
            if: !isPlain,
            ru: "Разметка вариантов в пропусках стала простым текстом.",
            en: "The markup of choices in gaps became plain text."
        )
        guard text.format == .html else { return [.text(text.text)] }
        let whole = Element(
            name: "",
            namespace: "",
            attributes: [],
            children: HTMLFragment.nodes(text.text).nodes,
            line: 0
        )
        return [.text(whole.wholeText.trimmed())]
    }

    private mutating func link(_ node: Element.Node, _ own: [MediaFile], _ used: inout Set<String>) -> Element.Node {
        guard case .element(var element) = node else { return node }
        var children: [Element.Node] = []
        for child in element.children { children.append(link(child, own, &used)) }
        element.children = children
        for index in element.attributes.indices {
            guard let path = MediaFile.path(ofReference: element.attributes[index].value),
                let file = own.first(where: { $0.folder + $0.name == path })
            else { continue }
            used.insert(path)
            add(file)
            element.attributes[index].value = Self.address(file)
        }
        return .element(element)
    }

    private mutating func noteUnused(_ own: [MediaFile], _ used: Set<String>) {
        losses.add(
            "unused_files",
            if: own.contains { !used.contains($0.folder + $0.name) },
            ru: "Файлы, на которые текст не ссылается, не записаны.",
            en: "Files that the text does not refer to were left out."
        )
    }

    private mutating func add(_ file: MediaFile) {
        let path = String((file.folder + file.name).dropFirst())
        if let known = files.first(where: { $0.path == path }) {
            losses.add(
                "files_of_one_name",
                if: known.data != file.data,
                ru: "Из разных файлов с одним именем записан один.",
                en: "Of different files with one name one was written."
            )
            return
        }
        files.append((path, file.data))
    }

    private static func address(_ file: MediaFile) -> String {
        String(file.reference.dropFirst(MediaFile.marker.count + 1))
    }
}
