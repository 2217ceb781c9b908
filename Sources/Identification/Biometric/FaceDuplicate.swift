public import Foundation

/// The same face, as it seems, under two accounts (row B7). Only a person decides whether it is.
public struct FaceDuplicate: Hashable, Sendable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// The account whose portrait was searched for.
    public var accountID: UUID
    /// The account that was found.
    public var otherAccountID: UUID
    /// The portraits compared, in the same order.
    public var portraitID: UUID
    /// The portrait found.
    public var otherPortraitID: UUID
    /// The dissimilarity score of the two templates; `nil` once the biometric data of one of the two is erased.
    public var distance: Float?
    /// The largest distance that was reported, for a gallery of this size.
    public var threshold: Float
    /// How many portraits were searched.
    public var gallerySize: Int
    /// Whether the templates are so alike that the pictures are copies of one, or the model is out of order.
    public var isNearCopy: Bool
    /// When it was found.
    public var foundAt: Date
    /// What a person decided, once one has.
    public var decision: Decision?

    /// A person's decision.
    public struct Decision: Hashable, Sendable {
        /// What was decided.
        public var verdict: Verdict
        /// By whom.
        public var decidedBy: UUID
        /// When.
        public var at: Date
        /// Why.
        public var comment: String

        /// Creates a value.
        public init(verdict: Verdict, decidedBy: UUID, at: Date, comment: String) {
            self.verdict = verdict
            self.decidedBy = decidedBy
            self.at = at
            self.comment = comment
        }
    }

    /// What can be decided.
    public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
        /// One person has both accounts.
        case samePerson = "same_person"
        /// Two people look alike.
        case differentPeople = "different_people"
    }

    /// Creates a value.
    public init(
        id: UUID,
        accountID: UUID,
        otherAccountID: UUID,
        portraitID: UUID,
        otherPortraitID: UUID,
        distance: Float?,
        threshold: Float,
        gallerySize: Int,
        isNearCopy: Bool,
        foundAt: Date,
        decision: Decision? = nil
    ) {
        self.id = id
        self.accountID = accountID
        self.otherAccountID = otherAccountID
        self.portraitID = portraitID
        self.otherPortraitID = otherPortraitID
        self.distance = distance
        self.threshold = threshold
        self.gallerySize = gallerySize
        self.isNearCopy = isNearCopy
        self.foundAt = foundAt
        self.decision = decision
    }
}

/// Where found duplicates are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol DuplicateStore: AnyObject {
    /// The current portraits of a model by rising account, beginning behind one.
    func currentPortraits(modelID: String, after accountID: UUID?, limit: Int) throws -> [Portrait]
    /// The current portraits of a model that were not searched for yet, oldest first.
    func unsearchedPortraits(modelID: String, limit: Int) throws -> [Portrait]
    /// Notes that a portrait was searched for.
    func noteSearched(_ portraitID: UUID, at: Date) throws
    /// Has a person's portraits searched for again, as after a consent that was given anew.
    func forgetSearches(of accountID: UUID) throws
    /// Adds a finding. Two portraits make one finding, whichever of them was searched for; `false` where it is there.
    func insertDuplicate(_ duplicate: FaceDuplicate) throws -> Bool
    /// One finding.
    func duplicate(_ id: UUID) throws -> FaceDuplicate?
    /// A page of findings, newest first; with `undecidedOnly` those that wait for a person.
    func duplicates(undecidedOnly: Bool, before: UUID?, limit: Int) throws -> [FaceDuplicate]
    /// Notes what a person decided; `false` where somebody has decided already.
    func decideDuplicate(_ id: UUID, _ decision: FaceDuplicate.Decision) throws -> Bool
}
