public import Foundation

/// One statement about one consent: given, refused or withdrawn. Statements are only added; the newest of a kind is
/// what holds (row F4).
public struct ConsentStatement: Hashable, Sendable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// Whose data it is about.
    public var accountID: UUID
    /// What it is about.
    public var kind: ConsentKind
    /// What was stated.
    public var decision: Decision
    /// The version of the text that it is about.
    public var textVersion: Int
    /// SHA-256 of the text as it was shown, 64 hexadecimal digits.
    public var textDigest: String
    /// The partner organisations that a ``ConsentKind/partnerTransfer`` names.
    public var partners: [String]
    /// Who stated it.
    public var statedBy: StatedBy
    /// The paper it stands on, where it was not stated on the screen.
    public var paper: Paper?
    /// The account that entered it: the person's own or a member of staff's.
    public var recordedBy: UUID
    /// When it was entered.
    public var at: Date

    /// What can be stated.
    public enum Decision: String, Hashable, Sendable, Codable, CaseIterable {
        /// The person consents.
        case given
        /// The person does not consent.
        case refused
        /// The person takes an earlier consent back.
        case withdrawn
    }

    /// Who makes a statement.
    public enum StatedBy: Hashable, Sendable {
        /// The person.
        case person
        /// A parent or another legal representative.
        case representative(Representative)

        /// Who it is, as a stable word.
        public var word: String {
            switch self {
            case .person: "person"
            case .representative: "representative"
            }
        }
    }

    /// A parent or another legal representative of a minor.
    public struct Representative: Hashable, Sendable, Codable {
        /// The name.
        public var name: String
        /// What the representative is to the person: mother, father, guardian, …
        public var relationship: String

        /// Creates a value.
        public init(name: String, relationship: String) {
            self.name = name
            self.relationship = relationship
        }
    }

    /// A signed paper that the institution keeps.
    public struct Paper: Hashable, Sendable, Codable {
        /// Where it is filed: number, folder.
        public var reference: String
        /// The date on it.
        public var date: CalendarDay
        /// Anything else worth noting.
        public var note: String?

        /// Creates a value.
        public init(reference: String, date: CalendarDay, note: String? = nil) {
            self.reference = reference
            self.date = date
            self.note = note
        }
    }

    /// Creates a value.
    public init(
        id: UUID,
        accountID: UUID,
        kind: ConsentKind,
        decision: Decision,
        textVersion: Int,
        textDigest: String,
        partners: [String] = [],
        statedBy: StatedBy = .person,
        paper: Paper? = nil,
        recordedBy: UUID,
        at: Date
    ) {
        self.id = id
        self.accountID = accountID
        self.kind = kind
        self.decision = decision
        self.textVersion = textVersion
        self.textDigest = textDigest
        self.partners = partners
        self.statedBy = statedBy
        self.paper = paper
        self.recordedBy = recordedBy
        self.at = at
    }
}

/// The name of an organisation, for telling whether two spellings are one.
public enum OrganisationName {
    /// Case, quotation marks and runs of spaces make no difference.
    public static func folded(_ name: String) -> String {
        name.lowercased().filter { !"«»\"“”„'’".contains($0) }
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
