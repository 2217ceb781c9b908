import Accounts
public import Attestation
import Foundation

/// What is filled in with a step of a case.
public struct CaseField: Hashable, Sendable {
    /// What a value is like.
    public indirect enum Kind: Hashable, Sendable {
        /// A text of that many characters.
        case text(ClosedRange<Int>)
        /// One of several.
        case choice([Choice])
        /// Yes or no.
        case flag
        /// A whole number.
        case number(ClosedRange<Int>)
        /// A day.
        case day
        /// A moment, RFC 3339.
        case time
        /// Accounts of staff, none of whom is one of those people.
        case people(ClosedRange<Int>, excluding: Set<Party>)
        /// An exam.
        case exam
        /// Lines of a table.
        case rows([CaseField], ClosedRange<Int>)
    }

    /// One of the values of a choice.
    public struct Choice: Hashable, Sendable {
        /// The stable name.
        public let id: String
        /// What people read.
        public let label: BilingualText

        init(_ id: String, ru: String, en: String) {
            self.id = id
            label = BilingualText(ru: ru, en: en)
        }
    }

    /// People who must not sit where a case is decided.
    public enum Party: String, Hashable, Sendable, CaseIterable {
        /// Whoever conducted or graded the attestation.
        case examiner
        /// Whoever opened the case.
        case opener
    }

    /// The stable name.
    public let name: String
    /// What people read.
    public let label: BilingualText
    /// What a value is like.
    public let kind: Kind
    /// Whether the step needs it.
    public let isRequired: Bool
    /// Whether it tells of the person: sealed, and never in the log. Texts always are.
    public let isPersonal: Bool

    init(_ name: String, _ kind: Kind, ru: String, en: String, required: Bool = true, personal: Bool = false) {
        self.name = name
        self.kind = kind
        label = BilingualText(ru: ru, en: en)
        isRequired = required
        isPersonal = personal || kind.isFreeText
    }
}

extension CaseField.Kind {
    /// Free words can hold anything.
    var isFreeText: Bool {
        switch self {
        case .text, .rows: true
        case .choice, .flag, .number, .day, .time, .people, .exam: false
        }
    }

    /// Whether a value is of this kind.
    func admits(_ value: CaseValue) -> Bool {
        switch (self, value) {
        case (.text(let length), .text(let text)):
            length.contains(text.unicodeScalars.count) && text.contains { !$0.isWhitespace }
        case (.choice(let choices), .text(let text)): choices.contains { $0.id == text }
        case (.flag, .flag): true
        case (.number(let range), .number(let number)): range.contains(number)
        case (.day, .text(let text)): text.count == 10 && text.contains("-") && CalendarDay(text) != nil
        case (.time, .text(let text)): value.time != nil && text.count <= 40
        case (.exam, .text(let text)): UUID(uuidString: text) != nil
        case (.people(let count, _), .texts(let texts)):
            count.contains(texts.count) && Set(texts).count == texts.count
                && texts.allSatisfy { UUID(uuidString: $0) != nil }
        case (.rows(let fields, let count), .rows(let rows)):
            count.contains(rows.count) && rows.allSatisfy { row in CaseField.fault(in: row, fields) == nil }
        default: false
        }
    }
}

extension CaseField {
    /// The first field that is missing or has a value of another kind, by its name.
    static func fault(in values: [String: CaseValue], _ fields: [CaseField]) -> String? {
        for field in fields {
            guard let value = values[field.name] else {
                if field.isRequired { return field.name }
                continue
            }
            guard field.kind.admits(value) else { return field.name }
        }
        return values.keys.sorted().first { name in !fields.contains { $0.name == name } }
    }
}
