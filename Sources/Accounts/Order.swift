public import Foundation

/// An order (приказ) or a power of attorney (доверенность) in the register: the ground on which somebody acts for the
/// institution (S1 6.10, S3 12; rows A6, C2).
///
/// An entry is never edited; it can only be revoked.
public struct Order: Hashable, Sendable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// What kind of paper it is.
    public var kind: Kind
    /// The number on the paper.
    public var number: String
    /// The date on the paper.
    public var date: CalendarDay
    /// The first day on which it counts.
    public var validFrom: CalendarDay
    /// The last day on which it counts; `nil` for an order without an end.
    public var validUntil: CalendarDay?
    /// What it lets its holders do.
    public var scopes: Set<Scope>
    /// The accounts of those who may act by it.
    public var holders: [UUID]
    /// The partner organisation that the holders belong to, where they are no staff of the institution (S1 6.7).
    public var partnerOrganisation: String?
    /// Who signed it.
    public var issuedBy: String
    /// Who entered it.
    public var enteredBy: UUID
    /// When it was entered.
    public var enteredAt: Date
    /// Its revocation, once there is one.
    public var revocation: Revocation?

    /// The kinds of paper.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// An order of the institution's head (приказ).
        case order
        /// A power of attorney (доверенность).
        case powerOfAttorney = "power_of_attorney"
    }

    /// What an order lets its holders do.
    public enum Scope: String, Hashable, Sendable, Codable, CaseIterable {
        /// Identify people by an identity document (S1 6.10).
        case identification
        /// Answer for the technical support of the service (S3 12).
        case technicalSupport = "technical_support"
        /// Answer for its organisational support (S3 12).
        case organisationalSupport = "organisational_support"
    }

    /// The end of an order before its time.
    public struct Revocation: Hashable, Sendable {
        /// The first day on which the order counts no more.
        public var day: CalendarDay
        /// Why.
        public var reason: String
        /// Who entered the revocation.
        public var by: UUID
        /// When it was entered.
        public var at: Date

        /// Creates a value.
        public init(day: CalendarDay, reason: String, by: UUID, at: Date) {
            self.day = day
            self.reason = reason
            self.by = by
            self.at = at
        }
    }

    /// Creates a value.
    public init(
        id: UUID,
        kind: Kind,
        number: String,
        date: CalendarDay,
        validFrom: CalendarDay,
        validUntil: CalendarDay?,
        scopes: Set<Scope>,
        holders: [UUID],
        partnerOrganisation: String? = nil,
        issuedBy: String,
        enteredBy: UUID,
        enteredAt: Date,
        revocation: Revocation? = nil
    ) {
        self.id = id
        self.kind = kind
        self.number = number
        self.date = date
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.scopes = scopes
        self.holders = holders
        self.partnerOrganisation = partnerOrganisation
        self.issuedBy = issuedBy
        self.enteredBy = enteredBy
        self.enteredAt = enteredAt
        self.revocation = revocation
    }

    /// Whether it lets its holders act within a scope on a day; the first and the last day count.
    public func isValid(on day: CalendarDay, scope: Scope) -> Bool {
        guard scopes.contains(scope), validFrom <= day else { return false }
        if let validUntil, day > validUntil { return false }
        if let revocation, day >= revocation.day { return false }
        return true
    }
}

extension CalendarDay {
    /// The last day of a year that begins here: a power of attorney that names no term counts for a year from its date
    /// (Civil Code of Russia, art. 186 part 1; art. 192 part 3 for 29 February).
    public var sameDayNextYear: CalendarDay {
        let next = year + 1
        return CalendarDay(year: next, month: month, day: day) ?? CalendarDay(year: next, month: month, day: day - 1)
            ?? self
    }
}
