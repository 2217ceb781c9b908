public import Foundation

/// A file that a candidate sent as an answer: a photographed sheet, a scan, an explanatory note. Sealed as evidence.
public struct AnswerSheet: Hashable, Sendable, Identifiable {
    /// The identifier (UUIDv7).
    public let id: UUID
    /// The attempt.
    public let attemptID: UUID
    /// The item of the ticket that it answers; 0 for materials of a defence.
    public let item: Int
    /// SHA-256 of the file, hexadecimal: the same file twice is one.
    public let digest: String
    /// The sealed file.
    public let evidence: String
    /// How many bytes it has.
    public let byteCount: Int
    /// When it came, by the server's clock.
    public let at: Date

    /// Makes a value.
    public init(
        id: UUID,
        attemptID: UUID,
        item: Int,
        digest: String,
        evidence: String,
        byteCount: Int,
        at: Date
    ) {
        self.id = id
        self.attemptID = attemptID
        self.item = item
        self.digest = digest
        self.evidence = evidence
        self.byteCount = byteCount
        self.at = at
    }

    /// The most sheets that an attempt takes.
    public static let mostOfAttempt = 60
}

/// When a candidate is heard (S2 5.1.3.3).
public struct TalkSlot: Hashable, Sendable, Codable {
    /// The exam.
    public let examID: UUID
    /// The candidate's account.
    public let candidateID: UUID
    /// From when the candidate is to be there.
    public let beginsAt: Date
    /// For how long.
    public let minutes: Int
    /// The link to the conference.
    public let link: String
    /// Who set it.
    public let setBy: UUID
    /// When.
    public let at: Date

    enum CodingKeys: String, CodingKey {
        case minutes, link, at
        case examID = "exam_id"
        case candidateID = "candidate_id"
        case beginsAt = "begins_at"
        case setBy = "set_by"
    }

    /// Makes a value.
    public init(
        examID: UUID,
        candidateID: UUID,
        beginsAt: Date,
        minutes: Int,
        link: String,
        setBy: UUID,
        at: Date
    ) {
        self.examID = examID
        self.candidateID = candidateID
        self.beginsAt = beginsAt.toMillisecond
        self.minutes = minutes
        self.link = link
        self.setBy = setBy
        self.at = at.toMillisecond
    }

    /// Its end.
    public var endsAt: Date { beginsAt.addingTimeInterval(Double(minutes) * 60) }

    /// Whether a moment falls into it; the end does not.
    public func contains(_ moment: Date) -> Bool { beginsAt <= moment && moment < endsAt }
}

/// What the examiner notes while a candidate is heard. Its words are sealed under the candidate's key.
public struct TalkNote: Hashable, Sendable, Identifiable {
    /// What it is.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// How an item of the ticket was answered.
        case answer
        /// An additional or clarifying question, and how it was answered (S2 5.1.3.3).
        case additionalQuestion = "additional_question"
        /// Anything else.
        case remark
    }

    /// The identifier (UUIDv7).
    public let id: UUID
    /// The attempt.
    public let attemptID: UUID
    /// What it is.
    public let kind: Kind
    /// The item of the ticket, where it is about one.
    public let item: Int?
    /// Its words, sealed.
    public let sealed: Data
    /// Who noted it.
    public let author: UUID
    /// When.
    public let at: Date

    /// Makes a value.
    public init(id: UUID, attemptID: UUID, kind: Kind, item: Int?, sealed: Data, author: UUID, at: Date) {
        self.id = id
        self.attemptID = attemptID
        self.kind = kind
        self.item = item
        self.sealed = sealed
        self.author = author
        self.at = at
    }
}
