public import Attestation

/// A kind of process as data: its states, the steps between them, who takes each, what is filled in, which terms begin
/// and end, who is told, and what follows.
public struct CaseDefinition: Sendable {
    /// Where a case may stand.
    public struct State: Hashable, Sendable {
        /// The stable name.
        public let id: String
        /// What people read.
        public let label: BilingualText

        init(_ id: String, ru: String, en: String) {
            self.id = id
            label = BilingualText(ru: ru, en: en)
        }
    }

    /// The kind.
    public let kind: CaseKind
    /// What people read.
    public let label: BilingualText
    /// The part of the API's paths that names the kind.
    public let path: String
    /// What a case of the kind is about besides the person.
    public let about: About
    /// The states.
    public let states: [State]
    /// The steps. Those that lead from nowhere open a case.
    public let steps: [CaseStep]

    /// What a case of a kind is about besides the person.
    public enum About: Hashable, Sendable {
        /// An attempt of the person's.
        case attempt
        /// An attempt, if there is one.
        case maybeAttempt
        /// Nothing else.
        case nothing
    }

    /// A step by its name.
    public func step(_ id: String) -> CaseStep? { steps.first { $0.id == id } }

    /// A state's label; a state that the definition does not know any more is shown by its name.
    public func label(of state: String) -> BilingualText {
        states.first { $0.id == state }?.label ?? BilingualText(ru: state, en: state)
    }

    /// Whether nobody can take a step from there.
    public func isFinal(_ state: String) -> Bool { !steps.contains { $0.from.contains(state) } }
}

/// One step of a kind of process.
public struct CaseStep: Sendable {
    /// The stable name, and the last part of the API's path.
    public let id: String
    /// What people read.
    public let label: BilingualText
    /// Who takes it.
    public let actor: CaseActor
    /// From where; empty for what opens a case.
    public let from: Set<String>
    /// Where it leads.
    public let to: Target
    /// What is filled in.
    public let fields: [CaseField]
    /// The terms that begin.
    public let begins: [CaseTerm]
    /// The terms that end with it.
    public let ends: Set<String>
    /// What must hold besides.
    public let conditions: [Condition]
    /// Who gets a notice.
    public let tells: Set<Recipient>
    /// The step that is taken by itself once the candidate has read the notice.
    public let onReceipt: String?
    /// Whether it is a decision: it stands in the log.
    public let isDecision: Bool
    /// What follows outside of the case.
    public let follows: Set<Consequence>
    /// What else the values must fulfil.
    public let check: @Sendable ([String: CaseValue]) -> CaseFault?

    /// Where a step leads.
    public enum Target: Hashable, Sendable {
        /// To one state; nil leaves the case where it is.
        case state(String?)
        /// As a choice says that is filled in.
        case choice(String, [String: String])
    }

    /// What must hold for a step.
    public indirect enum Condition: Hashable, Sendable {
        /// A term that began is over.
        case termOver(String)
        /// A step has been taken.
        case taken(String)
        /// A step has not been taken.
        case notTaken(String)
        /// The last of two steps is not the first one: what it brought about has been lifted by the second.
        case lifted(String, by: String)
        /// Whoever takes it did not open the case.
        case notOpener
        /// At least so many documents are attached.
        case documents(Int)
        /// One of several holds.
        case any([Condition])
        /// All of several hold.
        case all([Condition])
        /// In an earlier step a choice was made, or another one.
        case chosen(String, in: String, String)
    }

    /// Who is told.
    public enum Recipient: Hashable, Sendable {
        /// The candidate.
        case candidate
        /// The commission, and the people named in the step.
        case commission
    }

    /// What follows outside of the case.
    public enum Consequence: Hashable, Sendable, CaseIterable {
        /// The attempt is looked at again.
        case reviewOrChangeGrade
        /// An expulsion follows where that is the measure.
        case expulsion
        /// The contracts that are named are closed.
        case closeContract
    }

    init(
        _ id: String,
        ru: String,
        en: String,
        by actor: CaseActor,
        from: Set<String> = [],
        to: Target,
        fields: [CaseField] = [],
        begins: [CaseTerm] = [],
        ends: Set<String> = [],
        if conditions: [Condition] = [],
        tells: Set<Recipient> = [],
        onReceipt: String? = nil,
        decision isDecision: Bool = false,
        follows: Set<Consequence> = [],
        check: @escaping @Sendable ([String: CaseValue]) -> CaseFault? = { _ in nil }
    ) {
        self.id = id
        label = BilingualText(ru: ru, en: en)
        self.actor = actor
        self.from = from
        self.to = to
        self.fields = fields
        self.begins = begins
        self.ends = ends
        self.conditions = conditions
        self.tells = tells
        self.onReceipt = onReceipt
        self.isDecision = isDecision
        self.follows = follows
        self.check = check
    }

    /// Where it leads with what was filled in; nil where it leaves the case as it is.
    func target(with values: [String: CaseValue]) -> String? {
        switch to {
        case .state(let state): state
        case .choice(let field, let states): values[field]?.text.flatMap { states[$0] }
        }
    }
}

/// A term: so many days for somebody to do something.
public struct CaseTerm: Hashable, Sendable {
    /// The stable name.
    public let id: String
    /// What people read.
    public let label: BilingualText
    /// How many days.
    public let days: Int
    /// Which days count.
    public let unit: DayUnit
    /// Who is to act in it.
    public let actor: CaseActor
    /// The field with the day that it counts from, where that is not the day of the step.
    public let dayField: String?

    init(
        _ id: String,
        _ days: Int,
        _ unit: DayUnit,
        for actor: CaseActor,
        ru: String,
        en: String,
        from dayField: String? = nil
    ) {
        self.id = id
        self.days = days
        self.unit = unit
        self.actor = actor
        self.dayField = dayField
        label = BilingualText(ru: ru, en: en)
    }
}

/// Why a step cannot be taken.
public struct CaseFault: Error, Hashable, Sendable {
    /// A stable code.
    public let code: String
    /// What is wrong and what to do.
    public let message: BilingualText

    init(_ code: String, ru: String, en: String) {
        self.code = code
        message = BilingualText(ru: ru, en: en)
    }
}
