import Foundation
import QuestionBank

/// What QTI has no place for, kept as JSON in the manifest's metadata beside the item, in a namespace of our own.
struct QTIExtras: Codable, Hashable {
    static let namespace = "urn:attestd:question:1"

    var externalID: String?
    var penalty: Fraction?
    var points: ExactDecimal?
    var hints: [Hint]?
    var isHidden: Bool?
    var showsNumberCorrect: Bool?
    var numbering: Choice.Numbering?
    var showsInstruction: Bool?
    /// Without the items.
    var ordering: Ordering?
    /// Without the note for the grader.
    var response: OpenResponse?
    var units: UnitRule?
    var gapWeights: [ExactDecimal]?
    var gapDisplays: [Cloze.GapChoice.Display?]?
    /// The fractions of all answers in their order, gap after gap, where the points do not give them back.
    var fractions: [Fraction]?

    enum CodingKeys: String, CodingKey {
        case penalty, points, hints, numbering, ordering, response, units, fractions
        case externalID = "external_id"
        case isHidden = "is_hidden"
        case showsNumberCorrect = "shows_number_correct"
        case showsInstruction = "shows_instruction"
        case gapWeights = "gap_weights"
        case gapDisplays = "gap_displays"
    }

    static func decode(_ text: String) -> QTIExtras? {
        try? JSONDecoder().decode(QTIExtras.self, from: Data(text.utf8))
    }

    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    /// Sets what it says; what does not fit the question as it was read is left alone.
    func apply(to question: inout BankQuestion) {
        question.externalID = externalID
        question.penalty = penalty
        question.hints = hints ?? []
        question.isHidden = isHidden ?? false
        if let points { question.points = points }
        question.feedback.showsNumberCorrect = showsNumberCorrect ?? false
        switch question.interaction {
        case .choice(var choice):
            choice.numbering = numbering ?? choice.numbering
            choice.showsInstruction = showsInstruction ?? choice.showsInstruction
            question.interaction = .choice(choice)
        case .trueFalse(var key):
            key.showsInstruction = showsInstruction ?? key.showsInstruction
            question.interaction = .trueFalse(key)
        case .numeric(var entry):
            entry.units = units
            question.interaction = .numeric(entry)
        case .ordering(let order):
            guard var full = ordering else { return }
            full.items = order.items
            question.interaction = .ordering(full)
        case .open(let read):
            guard var full = response, (full.text == nil) == (read.text == nil),
                (full.files == nil) == (read.files == nil)
            else { return }
            full.graderNote = read.graderNote
            question.interaction = .open(full)
        case .cloze(var cloze):
            for index in cloze.gaps.indices {
                if let gapWeights, gapWeights.count == cloze.gaps.count { cloze.gaps[index].weight = gapWeights[index] }
                if let gapDisplays, gapDisplays.count == cloze.gaps.count, let display = gapDisplays[index],
                    case .choice(var choice) = cloze.gaps[index].entry
                {
                    choice.display = display
                    cloze.gaps[index].entry = .choice(choice)
                }
            }
            applyFractions(to: &cloze)
            question.interaction = .cloze(cloze)
        case .shortText, .matching, .description:
            break
        }
    }

    /// Sets what the answers of the gaps earn, which points alone tell only where some answer earns everything.
    private func applyFractions(to cloze: inout Cloze) {
        func count(_ gap: Cloze.Gap) -> Int {
            switch gap.entry {
            case .choice(let choice): choice.options.count
            case .numeric(let entry): entry.answers.count
            case .text(let entry): entry.answers.count
            }
        }
        guard var rest = fractions?[...], rest.count == cloze.gaps.reduce(0, { $0 + count($1) }) else { return }
        for index in cloze.gaps.indices {
            let own = Array(rest.prefix(count(cloze.gaps[index])))
            rest = rest.dropFirst(own.count)
            switch cloze.gaps[index].entry {
            case .choice(var choice):
                for place in own.indices { choice.options[place].fraction = own[place] }
                cloze.gaps[index].entry = .choice(choice)
            case .numeric(var entry):
                for place in own.indices { entry.answers[place].fraction = own[place] }
                cloze.gaps[index].entry = .numeric(entry)
            case .text(var entry):
                for place in own.indices { entry.answers[place].fraction = own[place] }
                cloze.gaps[index].entry = .text(entry)
            }
        }
    }
}
