import Archives
import Foundation
import QuestionBank

/// One `<question>` of Moodle XML.
struct MoodleItem {
    let element: Element
    let type: String
    /// The format of texts that do not name one: that of the question's text.
    private(set) var format: RichText.Format = .html

    init(element: Element, type: String) {
        self.element = element
        self.type = type
    }

    /// The question, or why it cannot be read.
    mutating func question(topic: [String], desk: inout ItemDesk) throws(ItemFault) -> BankQuestion {
        let title = element.first("name").map { MoodleText.plain($0, desk: &desk) } ?? ""
        desk.title = title
        guard let known = Self.elements[type] else { throw unsupported }
        var prompt = MoodleText.rich(element.first("questiontext"), default: .html, desk: &desk) ?? RichText("")
        format = prompt.format
        addOldImage(to: &prompt, desk: &desk)
        if title.isEmpty { desk.title = Markup.unescaped(prompt.text).excerpt() }
        guard !prompt.isEmpty else {
            throw ItemFault(.emptyPrompt, ru: "У вопроса нет текста.", en: "The question has no text.")
        }
        let interaction = try interaction(prompt: &prompt, desk: &desk)
        var question = BankQuestion(
            externalID: value("idnumber"),
            topic: topic,
            title: desk.title,
            prompt: prompt,
            points: number("defaultgrade", desk: &desk) ?? (type == "description" ? .zero : .one),
            penalty: penalty(desk: &desk),
            interaction: interaction,
            explanation: rich("generalfeedback", desk: &desk),
            feedback: outcomeFeedback(desk: &desk),
            hints: hints(desk: &desk),
            isHidden: flag("hidden") ?? false
        )
        let tags = ["tags", "coursetags"].flatMap { element.first($0)?.all("tag") ?? [] }
        BankTags.apply(
            tags.map { MoodleText.plain($0, desk: &desk) }.filter { !$0.isEmpty },
            to: &question,
            plain: false,
            desk: &desk
        )
        reportUnknown(known, desk: &desk)
        return question
    }

    // MARK: Parts

    /// The trimmed text of a child; nil where it is missing or empty.
    func value(_ name: String) -> String? {
        guard let text = element.first(name)?.wholeText.trimmed(), !text.isEmpty else { return nil }
        return text
    }

    func flag(_ name: String) -> Bool? {
        guard let text = element.first(name).map({ $0.wholeText.trimmed().lowercased() }) else { return nil }
        return text == "1" || text == "true"
    }

    func rich(_ name: String, in parent: Element? = nil, desk: inout ItemDesk) -> RichText? {
        MoodleText.rich((parent ?? element).first(name), default: format, desk: &desk)?.ifNotEmpty
    }

    func number(_ name: String, desk: inout ItemDesk) -> ExactDecimal? {
        guard let text = value(name) else { return nil }
        guard let number = ExactDecimal(text), number >= .zero, number <= ExactDecimal(1_000_000) else {
            desk.note(unknown(name, text))
            return nil
        }
        return number
    }

    func unknown(_ name: String, _ value: String) -> ItemFault {
        ItemFault(
            .unknownValue,
            line: element.first(name)?.line,
            ru: "Значение «\(value.excerpt(40))» элемента <\(name)> не понято; взято обычное.",
            en: "The value “\(value.excerpt(40))” of <\(name)> is not known; the usual one was taken."
        )
    }

    private func penalty(desk: inout ItemDesk) -> Fraction? {
        guard let text = value("penalty") else { return nil }
        guard let number = ExactDecimal(text), number >= .zero, let part = Fraction(of: number.value, whole: 1) else {
            desk.note(unknown("penalty", text))
            return nil
        }
        return part
    }

    private func outcomeFeedback(desk: inout ItemDesk) -> OutcomeFeedback {
        OutcomeFeedback(
            correct: rich("correctfeedback", desk: &desk),
            partlyCorrect: rich("partiallycorrectfeedback", desk: &desk),
            incorrect: rich("incorrectfeedback", desk: &desk),
            showsNumberCorrect: (element.first("shownumcorrect") != nil && value("shownumcorrect") != "0")
                || flag("correctresponsesfeedback") == true
        )
    }

    private func hints(desk: inout ItemDesk) -> [Hint] {
        var hints: [Hint] = []
        for hint in element.all("hint") {
            // Early exports of Moodle 2 wrapped the text and spelled the flags out.
            let content = hint.first("hintcontent") ?? hint
            let text = MoodleText.rich(content, default: format, desk: &desk) ?? RichText("")
            let read = Hint(
                text: text,
                showsNumberCorrect: Self.isSet(hint, "shownumcorrect", "statenumberofcorrectresponses"),
                clearsWrong: Self.isSet(hint, "clearwrong", "clearincorrectresponses")
            )
            guard !text.isEmpty || read.showsNumberCorrect || read.clearsWrong else { continue }
            hints.append(read)
        }
        return hints
    }

    /// Whether a flag is there as an empty element, or an old one has the value 1.
    private static func isSet(_ hint: Element, _ name: String, _ oldName: String) -> Bool {
        hint.first(name) != nil || ["1", "true"].contains(hint.first(oldName)?.wholeText.trimmed() ?? "")
    }

    /// Moodle 1.9 put one picture beside the text.
    private func addOldImage(to prompt: inout RichText, desk: inout ItemDesk) {
        guard let base64 = value("image_base64"), let image = value("image") else { return }
        let name = image.replacing("/", with: "_")
        guard let path = SafePath(folder: "/", name: name),
            let data = Data(base64Encoded: base64, options: .ignoreUnknownCharacters)
        else {
            desk.lost(
                ItemFault(.invalidFile, ru: "Старая картинка не читается.", en: "The old picture cannot be read.")
            )
            return
        }
        let file = MediaFile(folder: path.folder, name: path.name, data: data)
        prompt.files.append(file)
        prompt.text += " <img src=\"\(file.reference)\" />"
    }

    // MARK: Elements

    private func reportUnknown(_ known: Set<String>, desk: inout ItemDesk) {
        var reported: Set<String> = []
        for child in element.elements {
            let name = child.name.lowercased()
            guard !known.contains(name), !Self.common.contains(name), reported.insert(name).inserted,
                !child.wholeText.trimmed().isEmpty
            else { continue }
            desk.lost(
                ItemFault(
                    .ignoredPart,
                    line: child.line,
                    ru: "Элемент <\(child.name.excerpt(40))> пропущен: для него нет места.",
                    en: "The element <\(child.name.excerpt(40))> was left out: there is no place for it."
                )
            )
        }
    }

    private var unsupported: ItemFault {
        ItemFault(
            .unsupportedType,
            ru: type.isEmpty ? "У вопроса нет типа." : "Вопросов типа «\(type.excerpt(40))» в базе нет.",
            en: type.isEmpty
                ? "The question has no type." : "The bank has no questions of the type “\(type.excerpt(40))”."
        )
    }

    private static let common: Set<String> = [
        "name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber", "tags",
        "coursetags", "hint", "image", "image_base64", "correctfeedback", "partiallycorrectfeedback",
        "incorrectfeedback", "shownumcorrect", "correctresponsesfeedback",
    ]

    /// What each kind may have besides ``common``.
    private static let elements: [String: Set<String>] = [
        "multichoice": ["answer", "single", "shuffleanswers", "answernumbering", "showstandardinstruction"],
        "multichoiceset": ["answer", "single", "shuffleanswers", "answernumbering", "showstandardinstruction"],
        "truefalse": ["answer", "showstandardinstruction"],
        "shortanswer": ["answer", "usecase"],
        "numerical": ["answer", "units", "unitgradingtype", "unitpenalty", "showunits", "unitsleft"],
        "matching": ["answer", "subquestion", "shuffleanswers"],
        "match": ["answer", "subquestion", "shuffleanswers"],
        "cloze": [], "multianswer": [],
        "description": [],
        "essay": [
            "responseformat", "responserequired", "responsefieldlines", "attachments", "attachmentsrequired",
            "maxbytes", "filetypeslist", "graderinfo", "responsetemplate", "minwordlimit", "maxwordlimit", "answer",
        ],
        "ordering": [
            "answer", "layouttype", "selecttype", "selectcount", "gradingtype", "showgrading", "numberingstyle",
        ],
        "gapselect": ["answer", "shuffleanswers", "selectoption"],
        "ddwtos": ["answer", "shuffleanswers", "dragbox"],
    ]
}
