public import QuestionBank

/// What an open question asks of its answer beside being one: how many words, how many files of which kinds.
extension OpenResponse {
    /// How many words a text has: runs of letters and digits, with hyphens and apostrophes inside; markup is none.
    public static func wordCount(of text: String) -> Int {
        var count = 0
        var isInWord = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                if !isInWord { count += 1 }
                isInWord = true
            } else if scalar != "-" && scalar != "'" && scalar != "’" && scalar != "\u{301}" && scalar != "\u{AD}" {
                isInWord = false
            }
        }
        return count
    }

    /// Why an answer may not be kept: more words or files than the question takes.
    public func excess(of answer: Answer) -> [AnswerProblem] {
        var problems: [AnswerProblem] = []
        if let most = text?.maximumWords, let given = answer.openText.map(Self.wordCount), given > most {
            problems.append(
                AnswerProblem(
                    .tooManyWords,
                    ru: "В ответе слов: \(given). Допускается не больше \(most).",
                    en: "The answer has \(given) words; at most \(most) are allowed."
                )
            )
        }
        if let most = files?.maximum, let given = answer.openFileCount, given > most {
            problems.append(
                AnswerProblem(
                    .files,
                    ru: "К этому вопросу прикладывают не больше файлов, чем \(most).",
                    en: "This question takes at most \(most) files."
                )
            )
        }
        return problems
    }

    /// What an answer that is kept still lacks; whoever hands it in so hands in less than was asked for.
    public func shortfalls(of answer: Answer) -> [AnswerProblem] {
        var problems: [AnswerProblem] = []
        let words = answer.openText.map(Self.wordCount) ?? 0
        if let text, words < max(text.minimumWords ?? 0, text.isRequired ? 1 : 0) {
            let least = max(text.minimumWords ?? 0, 1)
            problems.append(
                AnswerProblem(
                    .tooFewWords,
                    ru: "В ответе слов: \(words). Нужно не меньше \(least).",
                    en: "The answer has \(words) words; at least \(least) are asked for."
                )
            )
        }
        if let files, (answer.openFileCount ?? 0) < files.required {
            problems.append(
                AnswerProblem(
                    .filesMissing,
                    ru: "Приложите файлы: нужно не меньше \(files.required).",
                    en: "Attach files: at least \(files.required) are asked for."
                )
            )
        }
        return problems
    }
}

extension Answer {
    /// The text of an answer to an open question; nil for other answers.
    fileprivate var openText: String? {
        switch self {
        case .essay(let text): text
        case .files(_, let text): text ?? ""
        default: nil
        }
    }

    /// How many files an answer to an open question names; nil for other answers.
    fileprivate var openFileCount: Int? {
        switch self {
        case .essay: 0
        case .files(let files, _): files.count
        default: nil
        }
    }
}
