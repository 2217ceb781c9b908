public import Foundation

/// What a search in the identification log asks for; absent conditions let everything through.
///
/// As JSON it holds the conditions only, neither page nor limit: so it is kept in saved views and export jobs.
public struct IdentificationFilter: Hashable, Sendable, Codable {
    /// Only this person.
    public var subject: UUID?
    /// Only people who are in this group now.
    public var groupID: UUID?
    /// Only this attempt.
    public var attemptID: UUID?
    /// Only this kind of procedure.
    public var procedure: ProcedureKind?
    /// Only attempts at exams of this discipline.
    public var discipline: String?
    /// Only this method.
    public var method: IdentificationMethod?
    /// Only this outcome.
    public var outcome: IdentificationOutcome?
    /// Only what this verifier decided.
    public var operatorID: UUID?
    /// Only records of attempts that were marked for a look (`true`), or of none such (`false`): marked by the examiner,
    /// or because of another person, several people or a copy of the portrait in frame.
    public var isFlagged: Bool?
    /// Not before.
    public var from: Date?
    /// Before.
    public var until: Date?
    /// Only records older than this one: the last of the page before.
    public var before: UUID?
    /// How many at most.
    public var limit: Int

    /// A filter that lets everything through, a page at a time.
    public init(limit: Int = 100) {
        self.limit = limit
    }

    /// The same conditions without page and limit.
    public var conditions: IdentificationFilter {
        var filter = self
        filter.before = nil
        filter.limit = Self.defaultLimit
        return filter
    }

    private static let defaultLimit = 100

    private enum CodingKeys: String, CodingKey {
        case subject, groupID, attemptID, procedure, discipline, method, outcome, operatorID, isFlagged, from, until
    }

    /// Reads the conditions.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        limit = Self.defaultLimit
        subject = try values.decodeIfPresent(UUID.self, forKey: .subject)
        groupID = try values.decodeIfPresent(UUID.self, forKey: .groupID)
        attemptID = try values.decodeIfPresent(UUID.self, forKey: .attemptID)
        procedure = try values.decodeIfPresent(ProcedureKind.self, forKey: .procedure)
        discipline = try values.decodeIfPresent(String.self, forKey: .discipline)
        method = try values.decodeIfPresent(IdentificationMethod.self, forKey: .method)
        outcome = try values.decodeIfPresent(IdentificationOutcome.self, forKey: .outcome)
        operatorID = try values.decodeIfPresent(UUID.self, forKey: .operatorID)
        isFlagged = try values.decodeIfPresent(Bool.self, forKey: .isFlagged)
        from = try values.decodeIfPresent(Date.self, forKey: .from)
        until = try values.decodeIfPresent(Date.self, forKey: .until)
    }
}
