public import Foundation

/// One publication of when an exam is, by whom it is conducted and for whom (row D9; S2 4.3). The last one counts;
/// what stood before stays.
public struct ExamSchedule: Hashable, Sendable, Codable {
    /// The exam.
    public let examID: UUID
    /// Counts the exam's publications, from 1.
    public let number: Int
    /// From when attempts may start.
    public let opensAt: Date
    /// Until when attempts may start.
    public let closesAt: Date
    /// The room, or the link to the conference.
    public let place: String?
    /// The groups that it is for, by name.
    public let groups: [String]
    /// The accounts of those who conduct it.
    public let examiners: [UUID]
    /// Why it is published, or changed, less than a week before the exam.
    public let reason: String?
    /// Who published it.
    public let publishedBy: UUID
    /// When.
    public let at: Date

    enum CodingKeys: String, CodingKey {
        case number, place, groups, examiners, reason, at
        case examID = "exam_id"
        case opensAt = "opens_at"
        case closesAt = "closes_at"
        case publishedBy = "published_by"
    }

    /// Makes a value.
    public init(
        examID: UUID,
        number: Int,
        opensAt: Date,
        closesAt: Date,
        place: String?,
        groups: [String],
        examiners: [UUID],
        reason: String?,
        publishedBy: UUID,
        at: Date
    ) {
        self.examID = examID
        self.number = number
        self.opensAt = opensAt.toMillisecond
        self.closesAt = closesAt.toMillisecond
        self.place = place
        self.groups = groups
        self.examiners = examiners
        self.reason = reason
        self.publishedBy = publishedBy
        self.at = at.toMillisecond
    }

    /// A week: the schedule is published no later than that before the exam.
    public static let leadSeconds: TimeInterval = 7 * 86_400

    /// Whether what is published at `now` comes less than a week before the exam: before the one that it sets, or the
    /// one that it moves.
    public static func isLate(opensAt: Date, before: Date?, at now: Date) -> Bool {
        min(opensAt, before ?? opensAt).timeIntervalSince(now) < leadSeconds
    }
}
