public import Foundation

extension BankQuestion {
    /// Changes each of the question's texts, in an order that depends on nothing but the question's kind.
    public mutating func changeTexts(_ change: (inout RichText) throws -> Void) rethrows {
        try change(&prompt)
        try interaction.changeTexts(change)
        try Self.change(&explanation, change)
        try Self.change(&feedback.correct, change)
        try Self.change(&feedback.partlyCorrect, change)
        try Self.change(&feedback.incorrect, change)
        for index in hints.indices { try change(&hints[index].text) }
    }

    static func change(_ text: inout RichText?, _ change: (inout RichText) throws -> Void) rethrows {
        guard var given = text else { return }
        try change(&given)
        text = given
    }

    /// Takes the bytes out of all files and hands each file to `keep`; what stays is ``MediaFile/storedAs``.
    public mutating func detachFiles(_ keep: (MediaFile) throws -> Void) rethrows {
        try changeTexts { text in
            for index in text.files.indices where text.files[index].storedAs == nil {
                try keep(text.files[index])
                text.files[index].storedAs = text.files[index].sha256
                text.files[index].data = Data()
            }
        }
    }

    /// Puts the bytes back that ``detachFiles(_:)`` took out; `find` gives them by their SHA-256.
    public mutating func attachFiles(_ find: (String) throws -> Data) rethrows {
        try changeTexts { text in
            for index in text.files.indices {
                guard let digest = text.files[index].storedAs else { continue }
                text.files[index].data = try find(digest)
                text.files[index].storedAs = nil
            }
        }
    }
}

extension Interaction {
    mutating func changeTexts(_ change: (inout RichText) throws -> Void) rethrows {
        switch self {
        case .choice(var choice):
            try Self.change(&choice.options, change)
            self = .choice(choice)
        case .trueFalse(var key):
            try BankQuestion.change(&key.rightFeedback, change)
            try BankQuestion.change(&key.wrongFeedback, change)
            self = .trueFalse(key)
        case .numeric(var entry):
            try entry.changeTexts(change)
            self = .numeric(entry)
        case .shortText(var entry):
            try entry.changeTexts(change)
            self = .shortText(entry)
        case .matching(var matching):
            for index in matching.pairs.indices {
                try change(&matching.pairs[index].prompt)
                try change(&matching.pairs[index].match)
            }
            for index in matching.distractors.indices { try change(&matching.distractors[index]) }
            self = .matching(matching)
        case .ordering(var ordering):
            for index in ordering.items.indices { try change(&ordering.items[index]) }
            self = .ordering(ordering)
        case .cloze(var cloze):
            for index in cloze.gaps.indices { try cloze.gaps[index].entry.changeTexts(change) }
            self = .cloze(cloze)
        case .open(var response):
            if var text = response.text {
                try BankQuestion.change(&text.template, change)
                response.text = text
            }
            try BankQuestion.change(&response.graderNote, change)
            self = .open(response)
        case .description: break
        }
    }

    static func change(_ options: inout [Choice.Option], _ change: (inout RichText) throws -> Void) rethrows {
        for index in options.indices {
            try change(&options[index].text)
            try BankQuestion.change(&options[index].feedback, change)
        }
    }
}

extension NumericEntry {
    mutating func changeTexts(_ change: (inout RichText) throws -> Void) rethrows {
        for index in answers.indices { try BankQuestion.change(&answers[index].feedback, change) }
    }
}

extension TextEntry {
    mutating func changeTexts(_ change: (inout RichText) throws -> Void) rethrows {
        for index in answers.indices { try BankQuestion.change(&answers[index].feedback, change) }
    }
}

extension Cloze.Entry {
    mutating func changeTexts(_ change: (inout RichText) throws -> Void) rethrows {
        switch self {
        case .choice(var choice):
            try Interaction.change(&choice.options, change)
            self = .choice(choice)
        case .numeric(var entry):
            try entry.changeTexts(change)
            self = .numeric(entry)
        case .text(var entry):
            try entry.changeTexts(change)
            self = .text(entry)
        }
    }
}
