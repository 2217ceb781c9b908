import Archives
import Foundation
import QuestionBank

/// Texts of Moodle XML: `<text>` with a `format`, and `<file>` beside it.
enum MoodleText {
    /// The most bytes that a file inside a question may have.
    static let fileLimit = 32 << 20

    /// The text of an element; nil where there is no element.
    static func rich(_ element: Element?, default format: RichText.Format, desk: inout ItemDesk) -> RichText? {
        guard let element else { return nil }
        let named = element["format"].map { self.format($0, line: element.line, default: format, desk: &desk) }
        return RichText(
            plain(element, desk: &desk),
            format: named ?? format,
            files: files(element, desk: &desk)
        )
    }

    /// The bare text of an element; old exports write it without `<text>`.
    static func plain(_ element: Element, desk: inout ItemDesk) -> String {
        let text = element.first("text") ?? element
        guard text.name == "text", !text.elements.isEmpty else { return text.text.trimmed() }
        desk.note(
            ItemFault(
                .unknownValue,
                line: text.line,
                ru: "Разметка внутри <text> не экранирована; она принята как HTML.",
                en: "Markup in <text> is not escaped; it was taken as HTML."
            )
        )
        return Markup.html(text.children).trimmed()
    }

    private static func format(
        _ name: String,
        line: Int,
        default format: RichText.Format,
        desk: inout ItemDesk
    ) -> RichText.Format {
        switch name.trimmed() {
        case "html": return .html
        case "moodle_auto_format": return .moodle
        case "plain_text": return .plain
        case "markdown": return .markdown
        case "": return format
        default:
            desk.note(
                ItemFault(
                    .unknownValue,
                    line: line,
                    ru: "Формат текста «\(name.excerpt(40))» не известен; принят за HTML.",
                    en: "The text format “\(name.excerpt(40))” is not known; it was taken as HTML."
                )
            )
            return .html
        }
    }

    /// The name of a format in Moodle XML.
    static func name(_ format: RichText.Format) -> String {
        switch format {
        case .html: "html"
        case .moodle: "moodle_auto_format"
        case .plain: "plain_text"
        case .markdown: "markdown"
        }
    }

    private static func files(_ element: Element, desk: inout ItemDesk) -> [MediaFile] {
        var files: [MediaFile] = []
        for file in element.all("file") {
            let name = file["name"]?.trimmed() ?? ""
            let folder = file["path"]?.trimmed() ?? "/"
            guard let path = SafePath(folder: folder, name: name) else {
                desk.lost(fault(.invalidFile, file, "имя файла недопустимо", "the file's name is not allowed"))
                continue
            }
            guard !files.contains(where: { $0.folder == path.folder && $0.name == path.name }) else {
                desk.note(fault(.duplicateFile, file, "файл стоит дважды", "the file stands twice"))
                continue
            }
            let encoding = file["encoding"]?.lowercased() ?? "base64"
            let text = file.text
            guard encoding == "base64", text.utf8.count <= fileLimit / 3 * 4 + (1 << 20),
                let data = decoded(text)
            else {
                desk.lost(fault(.invalidFile, file, "содержимое не читается", "its content cannot be read"))
                continue
            }
            files.append(MediaFile(folder: path.folder, name: path.name, data: data))
        }
        return files
    }

    private static func decoded(_ text: String) -> Data? {
        var bytes = Array(text.utf8)
        bytes.removeAll { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return Data(base64Encoded: Data(bytes))
    }

    private static func fault(
        _ code: ImportFinding.Code,
        _ file: Element,
        _ ru: String,
        _ en: String
    ) -> ItemFault {
        let name = (file["name"] ?? "").excerpt(60)
        return ItemFault(code, line: file.line, ru: "Файл «\(name)»: \(ru).", en: "File “\(name)”: \(en).")
    }
}
