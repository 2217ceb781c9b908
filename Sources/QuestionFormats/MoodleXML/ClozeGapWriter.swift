import QuestionBank

/// Writes a gap in Moodle's notation.
enum ClozeGapWriter {
    static func text(_ gap: Cloze.Gap) -> String {
        let (name, answers) = parts(gap.entry)
        return "{\(gap.weight):\(name):\(answers.joined(separator: "~"))}"
    }

    private static func parts(_ entry: Cloze.Entry) -> (name: String, answers: [String]) {
        switch entry {
        case .choice(let choice):
            let name =
                switch (choice.isSingle, choice.display) {
                case (true, .list): "MULTICHOICE"
                case (true, .vertical): "MULTICHOICE_V"
                case (true, .horizontal): "MULTICHOICE_H"
                case (false, .horizontal): "MULTIRESPONSE_H"
                case (false, _): "MULTIRESPONSE"
                }
            let suffix = !choice.isShuffled ? "" : name.contains("_") ? "S" : "_S"
            return (name + suffix, choice.options.map { answer($0.text.text, $0.fraction, $0.feedback) })
        case .text(let entry):
            return (
                entry.isCaseSensitive ? "SHORTANSWER_C" : "SHORTANSWER",
                entry.answers.map { answer(Markup.escaped($0.text), $0.fraction, $0.feedback) }
            )
        case .numeric(let entry):
            return (
                "NUMERICAL",
                entry.answers.map {
                    answer(
                        $0.value.map { "\($0)" } ?? "*",
                        $0.fraction,
                        $0.feedback,
                        $0.value == nil ? nil : $0.tolerance
                    )
                }
            )
        }
    }

    private static func answer(
        _ text: String,
        _ fraction: Fraction,
        _ feedback: RichText?,
        _ tolerance: ExactDecimal? = nil
    ) -> String {
        let weight = fraction == .full ? "=" : "%\(fraction.percent)%"
        return weight + escaped(text) + (tolerance.map { ":\($0)" } ?? "")
            + (feedback.map { "#" + escaped($0.text) } ?? "")
    }

    private static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if "}#~/\"\\".unicodeScalars.contains(scalar) { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }
}
