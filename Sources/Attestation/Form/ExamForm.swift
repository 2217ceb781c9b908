public import Foundation

/// In which form an attestation is held (row D3; S2 5.1.3; S1 5.19, 5.32). What follows upon the working time of an
/// attempt is made of it.
public struct ExamForm: Hashable, Sendable, Codable {
    /// The forms.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Тестирование: the service grades.
        case test
        /// Письменная: by ticket, answers typed or sent as files.
        case written
        /// Письменно-устная: by ticket on paper, then photographs of the sheets, then the talk.
        case writtenOral = "written_oral"
        /// Устная: at a slot, over a conference.
        case oral
        /// Защита курсовой работы, проекта, практики: materials are sent before, then the talk.
        case defence
    }

    /// The form.
    public let kind: Kind
    /// How long sheets are taken after the working time; ten minutes by S2 5.1.3.4.
    public let sheetSeconds: Int
    /// Until when the materials of a defence are sent.
    public let materialsDue: Date?

    enum CodingKeys: String, CodingKey {
        case kind
        case sheetSeconds = "sheet_seconds"
        case materialsDue = "materials_due"
    }

    /// Ten minutes to photograph the sheets (S2 5.1.3.4).
    public static let standardSheetSeconds = 600

    /// A test, as every exam is for which nothing else is set.
    public static let test = ExamForm(kind: .test)

    /// Makes a form.
    public init(kind: Kind, sheetSeconds: Int? = nil, materialsDue: Date? = nil) {
        self.kind = kind
        self.sheetSeconds = sheetSeconds ?? (kind == .writtenOral ? Self.standardSheetSeconds : 0)
        self.materialsDue = materialsDue?.toMillisecond
    }

    /// Whether a person says the grade.
    public var isDecidedByPerson: Bool { kind != .test }

    /// Whether there is a talk, and slots for it.
    public var hasTalk: Bool { kind == .writtenOral || kind == .oral || kind == .defence }

    /// Whether files are taken.
    public var takesSheets: Bool { kind == .written || kind == .writtenOral || kind == .defence }

    /// What people read.
    public var label: BilingualText {
        switch kind {
        case .test: BilingualText(ru: "тестирование", en: "test")
        case .written: BilingualText(ru: "письменная, по билетам", en: "written, by ticket")
        case .writtenOral: BilingualText(ru: "письменно-устная", en: "written and oral")
        case .oral: BilingualText(ru: "устная", en: "oral")
        case .defence: BilingualText(ru: "защита курсовой работы или практики", en: "defence of coursework or practice")
        }
    }
}

/// Where an attempt stands in the form of its exam.
public struct FormPhase: Hashable, Sendable {
    /// The phases.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// The attempt has not started.
        case waiting
        /// Materials of a defence are sent.
        case materials
        /// The candidate answers, in writing or preparing to speak.
        case answering
        /// The working time is over, the sheets are photographed and sent.
        case sheets
        /// The examiner reads, hears and decides.
        case examination
        /// The grade is decided.
        case decided
    }

    /// Which one.
    public let kind: Kind
    /// Until when it lasts as things stand; nil where nobody knows.
    public let endsAt: Date?

    /// The phase of an attempt at `now`, which time alone has settled.
    ///
    /// - Parameter isDecided: whether a grade was decided.
    public static func phase(of attempt: Attempt, _ form: ExamForm, isDecided: Bool, at now: Date) -> FormPhase {
        if isDecided { return FormPhase(kind: .decided, endsAt: nil) }
        if attempt.state.isBeforeStart {
            if let due = form.materialsDue, now < due { return FormPhase(kind: .materials, endsAt: due) }
            return FormPhase(kind: .waiting, endsAt: nil)
        }
        if attempt.state.isUnderWay { return FormPhase(kind: .answering, endsAt: attempt.deadline) }
        if let end = attempt.sheetsDue(form), now < end { return FormPhase(kind: .sheets, endsAt: end) }
        return FormPhase(kind: form.kind == .test ? .decided : .examination, endsAt: nil)
    }

    /// Whether files are taken in it.
    public func takesSheets(_ form: ExamForm) -> Bool {
        switch kind {
        case .materials: form.kind == .defence
        case .answering, .sheets: form.kind == .written || form.kind == .writtenOral
        case .waiting, .examination, .decided: false
        }
    }
}

extension Attempt {
    /// Until when sheets are taken; nil as long as the candidate works, and where the attempt is not one that counts.
    ///
    /// Who says that they are done has the same ten minutes from then (S2 5.1.3.4).
    public func sheetsDue(_ form: ExamForm) -> Date? {
        guard state == .timedOut || state == .submitted, let end = spans.last?.end else { return nil }
        return end.addingTimeInterval(Double(form.sheetSeconds))
    }
}
