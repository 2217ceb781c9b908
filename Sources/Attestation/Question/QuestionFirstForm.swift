import Foundation
import QuestionBank

/// A question as it was kept before the bank was as rich as ``BankQuestion``. Databases still hold some; nothing of them
/// is lost in the newer form.
struct QuestionFirstForm: Decodable {
    let id: UUID
    let version: Int
    let discipline: String
    let topic: String
    let creditUnit: Int?
    let difficulty: Int?
    let title: String
    let prompt: Text
    let points: Points
    let kind: Kind
    let generalFeedback: Text?
    let tags: [String]
    let externalID: String?

    enum CodingKeys: String, CodingKey {
        case id, version, discipline, topic, difficulty, title, prompt, points, kind, tags
        case creditUnit = "credit_unit"
        case generalFeedback = "general_feedback"
        case externalID = "external_id"
    }

    struct Text: Decodable {
        let format: String
        let text: String

        var rich: RichText {
            RichText(text, format: format == "moodle" ? .moodle : RichText.Format(rawValue: format) ?? .plain)
        }
    }

    struct Kind: Decodable {
        let type: QuestionType
        let options: [Option]?
        let key: Truth?
        let answers: [Accepted]?
        let pairs: [Pair]?
        let distractors: [String]?
        let isCaseSensitive: Bool?
        let wrongFeedback: Text?

        enum CodingKeys: String, CodingKey {
            case type, options, key, answers, pairs, distractors
            case isCaseSensitive = "case_sensitive"
            case wrongFeedback = "wrong_feedback"
        }
    }

    struct Option: Decodable {
        let text: Text
        let weight: Fraction
        let feedback: Text?
    }

    struct Truth: Decodable {
        let isTrue: Bool
        let wrongFeedback: Text?
        let rightFeedback: Text?

        enum CodingKeys: String, CodingKey {
            case isTrue = "is_true"
            case wrongFeedback = "wrong_feedback"
            case rightFeedback = "right_feedback"
        }
    }

    /// A text, or a number with its tolerance, or a range, or none of them for any number.
    struct Accepted: Decodable {
        let text: String?
        let value: ExactDecimal?
        let tolerance: ExactDecimal?
        let minimum: ExactDecimal?
        let maximum: ExactDecimal?
        let weight: Fraction
        let feedback: Text?
    }

    struct Pair: Decodable {
        let prompt: Text
        let match: String
    }

    /// The question in the form of now.
    var question: Question {
        Question(
            id: id,
            version: version,
            discipline: discipline,
            content: BankQuestion(
                externalID: externalID,
                topic: TopicPath.names(topic),
                creditUnit: creditUnit,
                difficulty: difficulty,
                title: title,
                prompt: prompt.rich,
                points: ExactDecimal(points.description) ?? .one,
                interaction: interaction,
                explanation: generalFeedback?.rich,
                tags: tags
            )
        )
    }

    private var interaction: Interaction {
        switch kind.type {
        case .singleChoice: .choice(Choice(isSingle: true, options: options))
        case .multipleChoice: .choice(Choice(isSingle: false, options: options))
        case .trueFalse:
            .trueFalse(
                TrueFalse(
                    isTrue: kind.key?.isTrue ?? false,
                    rightFeedback: kind.key?.rightFeedback?.rich,
                    wrongFeedback: kind.key?.wrongFeedback?.rich
                )
            )
        case .numeric: .numeric(NumericEntry(answers: numbers))
        case .shortText:
            .shortText(
                TextEntry(
                    answers: best.map {
                        TextEntry.Answer(text: $0.text ?? "", fraction: $0.weight, feedback: $0.feedback?.rich)
                    },
                    isCaseSensitive: kind.isCaseSensitive ?? false
                )
            )
        case .matching:
            .matching(
                Matching(
                    pairs: (kind.pairs ?? []).map {
                        Matching.Pair(prompt: $0.prompt.rich, match: RichText($0.match))
                    },
                    distractors: (kind.distractors ?? []).map { RichText($0) }
                )
            )
        default: .open(OpenResponse(text: OpenResponse.TextPart()))
        }
    }

    private var options: [Choice.Option] {
        (kind.options ?? []).map {
            Choice.Option(text: $0.text.rich, fraction: $0.weight, feedback: $0.feedback?.rich)
        }
    }

    /// Of several answers that fit, the best one counted then and the first one counts now.
    private var best: [Accepted] {
        let numbered = (kind.answers ?? []).enumerated()
        return numbered.sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }.map(\.element)
    }

    private var numbers: [NumericEntry.Answer] {
        var numbers = best.map { accepted in
            var value = accepted.value
            var tolerance = accepted.tolerance ?? .zero
            if let minimum = accepted.minimum?.value, let maximum = accepted.maximum?.value {
                value = ExactDecimal((minimum + maximum) / 2)
                tolerance = ExactDecimal((maximum - minimum) / 2)
            }
            return NumericEntry.Answer(
                value: value,
                tolerance: tolerance,
                fraction: accepted.weight,
                feedback: accepted.feedback?.rich
            )
        }
        if let feedback = kind.wrongFeedback {
            numbers.append(NumericEntry.Answer(value: nil, fraction: .zero, feedback: feedback.rich))
        }
        return numbers
    }
}
