/// Something that a format has no place for, named when a question is written in it.
public struct WriteLoss: Hashable, Sendable, Codable {
    /// The question's title.
    public var title: String
    /// Whether the whole question was left out.
    public var isLeftOut: Bool
    /// What was lost, as a stable code.
    public var code: String
    /// What was lost, for people.
    public var reason: BilingualReason

    enum CodingKeys: String, CodingKey {
        case title, code, reason
        case isLeftOut = "is_left_out"
    }
}

/// What one question loses in a format.
struct LossList {
    private(set) var losses: [(code: String, reason: BilingualReason)] = []

    mutating func add(_ code: String, ru: String, en: String) {
        guard !losses.contains(where: { $0.code == code }) else { return }
        losses.append((code, BilingualReason(ru: ru, en: en)))
    }

    mutating func add(_ code: String, if isLost: Bool, ru: String, en: String) {
        if isLost { add(code, ru: ru, en: en) }
    }

    /// Names that answers will earn parts where they earned all or nothing.
    mutating func addAllOrNothing(if isLost: Bool) {
        add(
            "all_or_nothing",
            if: isLost,
            ru: "«Всё или ничего» не записано: части верного ответа будут давать часть баллов.",
            en: "“All or nothing” was left out: parts of the right answer will earn parts of the points."
        )
    }

    /// Removes the characters that XML and text files cannot carry; they come from broken sources only.
    mutating func clean(_ text: String) -> String {
        func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x1_0000...0x10_FFFF: true
            default: false
            }
        }
        guard !text.unicodeScalars.allSatisfy(isAllowed) else { return text }
        add(
            "control_characters",
            ru: "Управляющие символы убраны: в таком файле их быть не может.",
            en: "Control characters were removed: such a file cannot have them."
        )
        return String(String.UnicodeScalarView(text.unicodeScalars.filter(isAllowed)))
    }
}

/// Why a question cannot be written in a format at all.
struct Unwritable: Error {
    var code: String
    var reason: BilingualReason

    init(_ code: String, ru: String, en: String) {
        self.code = code
        reason = BilingualReason(ru: ru, en: en)
    }

    /// The format has no such kind.
    static let type = Unwritable(
        "unsupported_type",
        ru: "В этом формате нет вопросов такого типа.",
        en: "The format has no questions of this type."
    )
}
