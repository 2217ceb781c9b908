import Archives
import QuestionBank

/// Texts that several items share (`assessmentStimulusRef` of QTI 2.2 and 3.0): each question gets its own copy in front.
struct QTIStimulus {
    /// The folder of the item inside its package, with a slash at the end unless it is the root.
    let folder: String
    let archive: ZipArchive?

    /// Puts the stimuli that an item names in front of its question; names those that it cannot take.
    func apply(of item: Element, to question: inout BankQuestion, desk: inout ItemDesk) throws {
        var texts: [RichText] = []
        for reference in item.all("assessmentstimulusref") {
            let href = (reference["href"] ?? "").removingPercentEncodingOrSelf
            if let text = try text(href, desk: &desk) {
                texts.append(text)
            } else {
                desk.lost(
                    ItemFault(
                        .missingFile,
                        line: reference.line,
                        ru: "Общий текст «\(href.excerpt(80))» не взят: его нет в пакете, или он не читается.",
                        en: "The shared text “\(href.excerpt(80))” was not taken: it is not in the package, or broken."
                    )
                )
            }
        }
        guard !texts.isEmpty else { return }
        let all = texts + [question.prompt]
        question.prompt = RichText(
            all.map { $0.format == .html ? $0.text : "<p>\(Markup.escaped($0.text))</p>" }.joined(separator: "\n"),
            format: .html,
            files: all.flatMap(\.files).reduce(into: []) { files, file in
                if !files.contains(where: { $0.reference == file.reference }) { files.append(file) }
            }
        )
    }

    private func text(_ href: String, desk: inout ItemDesk) throws -> RichText? {
        guard let archive, let path = QTIContent.joined(folder, href), let bytes = try archive.read(path) else {
            return nil
        }
        var root: Element?
        let ending = try XMLStream(itemDepth: 0).read(ByteSource(bytes), file: path) { event in
            if case .item(let element) = event { root = QTINames.normalised(element) }
        }
        guard case .complete = ending, let root, root.name == "assessmentStimulus",
            let body = root.first("stimulusbody")
        else { return nil }
        let own = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        return try QTIContent(folder: own, archive: archive).text(body.children, desk: &desk).ifNotEmpty
    }
}
