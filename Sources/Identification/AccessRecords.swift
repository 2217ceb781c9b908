public import Foundation

/// Why a member of staff looks at somebody's biometric data or documents, where the work itself does not say it.
public enum AccessPurpose: String, Hashable, Sendable, Codable, CaseIterable {
    /// Reviewing an attempt.
    case attemptReview = "attempt_review"
    /// An appeal.
    case appeal
    /// An inspection from outside.
    case inspection
    /// A request of the person.
    case subjectRequest = "subject_request"
    /// An incident.
    case incident
    /// Keeping the register.
    case register

    /// What stands in a record where nobody said why.
    public static let unstated = "unstated"
}

/// What makes compliance staff look at somebody's reading (row F5). Rules are data; each change is a new version.
public struct AccessRules: Hashable, Sendable, Codable {
    /// Counts the versions; 0 is the standard one.
    public var number: Int
    /// How many people's data somebody may look at within the hour.
    public var peopleAnHour: Int
    /// From which hour of the day, at the institution.
    public var opensAtHour: Int
    /// Until which hour.
    public var closesAtHour: Int
    /// Whether a look without a stated purpose is told.
    public var asksForPurpose: Bool
    /// Whether a look for an attempt that is not under review, or an appeal that is not open, is told.
    public var asksForTask: Bool

    /// Makes rules.
    public init(
        number: Int,
        peopleAnHour: Int,
        opensAtHour: Int,
        closesAtHour: Int,
        asksForPurpose: Bool,
        asksForTask: Bool
    ) {
        self.number = number
        self.peopleAnHour = peopleAnHour
        self.opensAtHour = opensAtHour
        self.closesAtHour = closesAtHour
        self.asksForPurpose = asksForPurpose
        self.asksForTask = asksForTask
    }

    /// The rules until somebody sets others: a decision of the institution, no act names figures.
    public static let standard = AccessRules(
        number: 0,
        peopleAnHour: 60,
        opensAtHour: 7,
        closesAtHour: 22,
        asksForPurpose: false,
        asksForTask: true
    )
}

/// Reading that is out of the ordinary.
public struct AccessAlert: Hashable, Sendable, Codable, Identifiable {
    /// The kinds.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Many people in a short time.
        case manyPeople = "many_people"
        /// Outside working hours.
        case outsideHours = "outside_hours"
        /// Nobody said why.
        case unstatedPurpose = "unstated_purpose"
        /// Nothing that is open asks for it.
        case withoutTask = "without_task"
    }

    /// The identifier (UUIDv7).
    public let id: UUID
    /// What is out of the ordinary.
    public let kind: Kind
    /// Who looked.
    public let actor: UUID
    /// When it was noticed.
    public let at: Date
    /// How many people within the hour before.
    public let people: Int
    /// The rules that it was noticed by.
    public let rules: Int
    /// Who has looked into it.
    public var reviewedBy: UUID?
    /// When.
    public var reviewedAt: Date?
    /// What came of it: no names.
    public var finding: Finding?

    /// What came of looking into it.
    public enum Finding: String, Hashable, Sendable, Codable, CaseIterable {
        /// The work asked for it.
        case justified
        /// It was not right: an incident.
        case violation
    }

    /// Makes an alert.
    public init(id: UUID, kind: Kind, actor: UUID, at: Date, people: Int, rules: Int) {
        self.id = id
        self.kind = kind
        self.actor = actor
        self.at = at
        self.people = people
        self.rules = rules
    }
}

/// What a listing of access records asks for.
public struct AccessFilter: Hashable, Sendable {
    /// Whose data.
    public var subject: UUID?
    /// Who looked.
    public var actor: UUID?
    /// Not before.
    public var from: Date?
    /// Before.
    public var until: Date?
    /// Only records before this one.
    public var before: Int64?
    /// How many at most.
    public var limit: Int

    /// A filter that lets everything through, a page at a time.
    public init(limit: Int = 100) {
        self.limit = limit
    }
}

/// An access record with its place.
public struct NumberedAccess: Hashable, Sendable {
    /// Its place.
    public var number: Int64
    /// The record.
    public var access: BiometricAccess

    /// Makes a value.
    public init(number: Int64, access: BiometricAccess) {
        self.number = number
        self.access = access
    }
}

/// Where access records, their rules and alerts are kept beside ``IdentificationStore``.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol AccessRecordStore: AnyObject {
    /// A page of access records, newest first.
    func accesses(_ filter: AccessFilter) throws -> [NumberedAccess]
    /// Whether an account has looked at something of a task since a time.
    func hasAccess(by actor: UUID, to what: String, task: UUID, since: Date) throws -> Bool
    /// How many people's data an account has looked at since a time, what is read in grading them left aside
    /// (``BiometricAccess/readInGrading``).
    func peopleSeen(by actor: UUID, since: Date) throws -> Int
    /// Whether something is open that asks for looking: the attempt is under review or under way, an appeal is open.
    func isTaskOpen(_ task: UUID?, about subject: UUID) throws -> Bool
    /// The rules in force.
    func accessRules() throws -> AccessRules
    /// Adds rules.
    func insertAccessRules(_ rules: AccessRules, by: UUID, at: Date) throws
    /// Adds an alert.
    func insertAccessAlert(_ alert: AccessAlert) throws
    /// Replaces an alert.
    func updateAccessAlert(_ alert: AccessAlert) throws
    /// One alert.
    func accessAlert(_ id: UUID) throws -> AccessAlert?
    /// A page of alerts, newest first.
    func accessAlerts(before: UUID?, limit: Int) throws -> [AccessAlert]
    /// Whether somebody was told of the same kind since a time.
    func hasAccessAlert(_ kind: AccessAlert.Kind, of actor: UUID, since: Date) throws -> Bool
}

extension BiometricAccess {
    /// What graders and keepers of grade sheets read in their daily work, of many people and at any hour: it is recorded,
    /// and says nothing of reading out of the ordinary.
    public static let readInGrading: Set<String> = ["answers", "answer_file", "grades"]
}
