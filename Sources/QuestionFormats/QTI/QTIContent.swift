import Archives
import Foundation
import QuestionBank

/// Turns what an item shows into the bank's texts, with the files that it shows.
struct QTIContent {
    /// The folder of the item inside its package, with a slash at the end unless it is the root.
    let folder: String
    let archive: ZipArchive?

    /// The most bytes that the files of one text may have together.
    static let fileLimit = 64 << 20

    /// The class names by which our own packages say what markup a text has.
    static let formatPrefix = "format-"

    /// The text of some nodes.
    func text(_ nodes: [Element.Node], desk: inout ItemDesk) throws -> RichText {
        let nodes = Self.trimmed(nodes)
        if nodes.isEmpty { return RichText("") }
        if nodes.count == 1, case .element(let only) = nodes[0], only.name == "div" || only.name == "span",
            let name = only["class"]?.split(separator: " ").first(where: { $0.hasPrefix(Self.formatPrefix) }),
            let format = RichText.Format(rawValue: String(name.dropFirst(Self.formatPrefix.count)))
        {
            if format == .html { return try html(only.children, desk: &desk) }
            var files: [MediaFile] = []
            for link in only.all("a") { _ = try resolved(link, files: &files, desk: &desk) }
            let own = only.children.filter { if case .text = $0 { true } else { false } }
            return RichText(
                Element(name: "", namespace: "", attributes: [], children: own, line: 0).text.trimmed(),
                format: format,
                files: files
            )
        }
        let hasElements = nodes.contains { if case .element = $0 { true } else { false } }
        guard hasElements else {
            return RichText(nodes.reduce(into: "") { if case .text(let text) = $1 { $0 += text } }.trimmed())
        }
        return try html(nodes, desk: &desk)
    }

    private func html(_ nodes: [Element.Node], desk: inout ItemDesk) throws -> RichText {
        var files: [MediaFile] = []
        let shown = try nodes.map { try resolved($0, files: &files, desk: &desk) }
        return RichText(Markup.html(Self.trimmed(shown)).trimmed(), format: .html, files: files)
    }

    /// The nodes without white space at their ends.
    private static func trimmed(_ nodes: [Element.Node]) -> [Element.Node] {
        func isSpace(_ node: Element.Node) -> Bool {
            if case .text(let text) = node { text.trimmed().isEmpty } else { false }
        }
        var slice = nodes[...]
        while let first = slice.first, isSpace(first) { slice.removeFirst() }
        while let last = slice.last, isSpace(last) { slice.removeLast() }
        return Array(slice)
    }

    // MARK: Files

    private func resolved(
        _ node: Element.Node,
        files: inout [MediaFile],
        desk: inout ItemDesk
    ) throws -> Element.Node {
        guard case .element(let element) = node else { return node }
        return .element(try resolved(element, files: &files, desk: &desk))
    }

    private func resolved(
        _ element: Element,
        files: inout [MediaFile],
        desk: inout ItemDesk
    ) throws -> Element {
        var element = element
        element.children = try element.children.map { try resolved($0, files: &files, desk: &desk) }
        let names = ["img": "src", "audio": "src", "video": "src", "source": "src", "object": "data", "a": "href"]
        guard let name = names[element.name],
            let place = element.attributes.firstIndex(where: { $0.name == name }),
            let reference = try file(element.attributes[place].value, line: element.line, &files, desk: &desk)
        else { return element }
        element.attributes[place].value = reference
        return element
    }

    /// How the text refers to a file of the package from now on; nil for addresses of other kinds.
    private func file(
        _ address: String,
        line: Int,
        _ files: inout [MediaFile],
        desk: inout ItemDesk
    ) throws -> String? {
        let address = address.trimmed()
        guard !address.isEmpty, !address.hasPrefix("#"), !address.hasPrefix("//"),
            address.prefix(20).firstIndex(of: ":") == nil
        else { return nil }
        let bare = address.prefix { $0 != "?" && $0 != "#" }
        let plain = bare.removingPercentEncoding ?? String(bare)
        guard let archive else {
            desk.lost(missing(plain, line, "у отдельного задания нет файлов", "a single item has no files"))
            return nil
        }
        guard let path = Self.joined(folder, plain), archive.contains(path) else {
            desk.lost(missing(plain, line, "его нет в пакете", "it is not in the package"))
            return nil
        }
        let own = path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
        guard let safe = SafePath(relative: own) else { return nil }
        if let known = files.first(where: { $0.folder == safe.folder && $0.name == safe.name }) {
            return known.reference
        }
        guard let data = try archive.read(path),
            data.count + files.reduce(0, { $0 + $1.data.count }) <= Self.fileLimit
        else {
            desk.lost(missing(plain, line, "файлы текста слишком велики", "the files of the text are too large"))
            return nil
        }
        let file = MediaFile(folder: safe.folder, name: safe.name, data: Data(data))
        files.append(file)
        return file.reference
    }

    private func missing(_ name: String, _ line: Int, _ ru: String, _ en: String) -> ItemFault {
        ItemFault(
            .missingFile,
            line: line,
            ru: "Файл «\(name.excerpt(80))» не взят: \(ru).",
            en: "The file “\(name.excerpt(80))” was not taken: \(en)."
        )
    }

    /// A relative path seen from a folder, inside the package; nil when it leaves it.
    static func joined(_ folder: String, _ relative: String) -> String? {
        guard !relative.hasPrefix("/"), !relative.contains("\\") else { return nil }
        var parts = folder.split(separator: "/").map(String.init)
        for part in relative.split(separator: "/").map(String.init) where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(part)
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }
}
