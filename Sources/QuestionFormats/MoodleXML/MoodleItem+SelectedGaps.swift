import QuestionBank

extension MoodleItem {
    /// Gaps `[[1]]` that take a word from a list.
    func selectedGaps(prompt: inout RichText, desk: inout ItemDesk) throws(ItemFault) -> Cloze {
        let words = element.all(type == "gapselect" ? "selectoption" : "dragbox").map { word in
            (text: MoodleText.plain(word, desk: &desk), group: word.first("group")?.wholeText.trimmed() ?? "1")
        }
        let isShuffled = flag("shuffleanswers") ?? false
        var gaps: [Cloze.Gap] = []
        var text = ""
        var rest = prompt.text[...]
        while let open = rest.firstRange(of: "[["), let close = rest[open.upperBound...].firstRange(of: "]]") {
            let number = Int(rest[open.upperBound..<close.lowerBound])
            text += rest[..<open.lowerBound]
            guard let number else {
                text += "[["
                rest = rest[open.upperBound...]
                continue
            }
            guard words.indices.contains(number - 1) else {
                throw ItemFault(
                    .invalidGap,
                    ru: "Пропуск [[\(number)]] называет слово, которого нет.",
                    en: "The gap [[\(number)]] names a word that is not there."
                )
            }
            let right = words[number - 1]
            let options = words.enumerated().filter { $0.element.group == right.group && !$0.element.text.isEmpty }
            gaps.append(
                Cloze.Gap(
                    entry: .choice(
                        Cloze.GapChoice(
                            options: options.map { index, word in
                                Choice.Option(
                                    text: RichText(word.text, format: .html),
                                    fraction: index == number - 1 ? .full : .zero
                                )
                            },
                            isShuffled: isShuffled
                        )
                    )
                )
            )
            text += Cloze.marker(gaps.count)
            rest = rest[close.upperBound...]
        }
        text += rest
        let cloze = Cloze(gaps: gaps)
        guard !gaps.isEmpty, cloze.fits(text) else { throw ClozeText.noGaps }
        prompt.text = text
        if type == "ddwtos" {
            desk.note(
                ItemFault(
                    .simplifiedScoring,
                    ru: "Слова перетаскивались; теперь они выбираются из списка у каждого пропуска.",
                    en: "Words were dragged; now they are chosen from a list at each gap."
                )
            )
        }
        return cloze
    }
}
