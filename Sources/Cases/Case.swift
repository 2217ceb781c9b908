public import Foundation

/// One case: what its records come to. Whoever changes it adds a record with ``taking(_:by:author:values:seal:days:at:)``;
/// the rules are looked at then. Replaying looks at no rules, so that yesterday's cases stay what they were.
public struct Case: Hashable, Sendable, Identifiable {
    /// What a case begins with.
    public struct Opening: Hashable, Sendable, Codable {
        /// The identifier.
        public let id: UUID
        /// The kind.
        public let kind: CaseKind
        /// The candidate whom it is about.
        public let subject: UUID
        /// The attempt that it is about.
        public let attemptID: UUID?
        /// The case that it follows from.
        public let parentID: UUID?
        /// Who opened it.
        public let openedBy: UUID
        /// When.
        public let at: Date

        /// Makes a value.
        public init(
            id: UUID,
            kind: CaseKind,
            subject: UUID,
            attemptID: UUID? = nil,
            parentID: UUID? = nil,
            openedBy: UUID,
            at: Date
        ) {
            self.id = id
            self.kind = kind
            self.subject = subject
            self.attemptID = attemptID
            self.parentID = parentID
            self.openedBy = openedBy
            self.at = at
        }
    }

    /// A term that runs, or is over and was not met.
    public struct Term: Hashable, Sendable, Codable {
        /// Its name in the definition.
        public let id: String
        /// Its last moment.
        public let endsAt: Date
        /// Whether the service has noted that it is over.
        public internal(set) var isOver = false
        /// Whether it rests on a year whose days off were not decided when it began; nil says no.
        public private(set) var isProvisional: Bool?

        init(id: String, end: DayCount.End) {
            self.id = id
            endsAt = end.at
            isProvisional = end.isProvisional ? true : nil
        }
    }

    /// What it began with.
    public let opening: Opening
    /// What was done since.
    public private(set) var records: [CaseRecord] = []
    /// Where it stands; empty before the first step.
    public private(set) var state = ""
    /// The terms that run or were not met.
    public private(set) var terms: [Term] = []
    /// The commission's chair, once there is one.
    public private(set) var chair: UUID?
    /// The commission's members beside the chair.
    public private(set) var members: [UUID] = []

    /// The identifier.
    public var id: UUID { opening.id }
    /// The kind's definition.
    public var definition: CaseDefinition { opening.kind.definition }
    /// Whether nothing can follow.
    public var isClosed: Bool { definition.isFinal(state) }
    /// When the last thing happened.
    public var lastAt: Date { records.last?.at ?? opening.at }
    /// When time alone brings something about next.
    public var nextTurn: Date? { isClosed ? nil : terms.filter { !$0.isOver }.map(\.endsAt).min() }

    /// Since when a term has been over that was not met; nil where there is none, or nothing can follow.
    public var overdueSince: Date? { isClosed ? nil : terms.filter(\.isOver).map(\.endsAt).min() }

    /// Makes a case of its records.
    ///
    /// - Throws: ``CaseFault`` with code `case_damaged` where they do not follow from each other.
    public init(opening: Opening, records: [CaseRecord] = []) throws(CaseFault) {
        self.opening = opening
        for record in records { try apply(record) }
    }

    /// The last record of a step.
    public func last(_ step: String) -> CaseRecord? { records.last { $0.step == step } }

    /// Whether somebody sits in the commission.
    public func isInCommission(_ account: UUID) -> Bool { chair == account || members.contains(account) }

    mutating func apply(_ record: CaseRecord) throws(CaseFault) {
        guard record.number == records.count + 1, record.at >= lastAt, record.from == state else {
            throw CaseFault("case_damaged", ru: "Записи дела не сходятся.", en: "The records of the case disagree.")
        }
        terms.removeAll { record.ended.contains($0.id) }
        for term in record.begun {
            terms.removeAll { $0.id == term.id }
            terms.append(term)
        }
        if record.kind == .termOver, let index = terms.firstIndex(where: { $0.id == record.term }) {
            terms[index].isOver = true
        }
        if let chair = record.values["chair"]?.ids.first { self.chair = chair }
        if let members = record.values["members"] { self.members = members.ids }
        state = record.to
        records.append(record)
    }
}

/// One thing that was done to a case. Records are only ever added.
public struct CaseRecord: Hashable, Sendable, Codable {
    /// The kinds of record.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// Somebody took a step.
        case step
        /// A term ended without what it was for.
        case termOver = "term_over"
        /// A document was attached.
        case document
    }

    /// Counts the case's records, from 1.
    public let number: Int
    /// When.
    public let at: Date
    /// The kind.
    public let kind: Kind
    /// In which part it was done.
    public let actor: CaseActor
    /// By whom; nil for the service.
    public let author: UUID?
    /// The step.
    public let step: String?
    /// The state before.
    public let from: String
    /// The state after.
    public let to: String
    /// What was filled in and tells nothing personal: choices, days, identifiers.
    public let values: [String: CaseValue]
    /// What was filled in and is personal, sealed under the person's key.
    public let sealed: Data?
    /// Terms that began.
    public let begun: [Case.Term]
    /// Terms that ended.
    public let ended: [String]
    /// The term that is over.
    public let term: String?
    /// The sealed file of a document.
    public let evidence: String?

    init(
        number: Int,
        at: Date,
        kind: Kind,
        actor: CaseActor,
        author: UUID? = nil,
        step: String? = nil,
        from: String,
        to: String,
        values: [String: CaseValue] = [:],
        sealed: Data? = nil,
        begun: [Case.Term] = [],
        ended: [String] = [],
        term: String? = nil,
        evidence: String? = nil
    ) {
        self.number = number
        self.at = at
        self.kind = kind
        self.actor = actor
        self.author = author
        self.step = step
        self.from = from
        self.to = to
        self.values = values
        self.sealed = sealed
        self.begun = begun
        self.ended = ended
        self.term = term
        self.evidence = evidence
    }
}
