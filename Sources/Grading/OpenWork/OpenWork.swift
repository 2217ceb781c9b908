import Accounts
public import Attestation
public import Foundation

/// One answer that a person grades, apart from whose it is.
///
/// Graders know it by an alias; neither the attempt nor the candidate is shown to them.
public struct OpenWork: Hashable, Sendable, Codable, Identifiable {
    /// Where it stands.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// Somebody has to grade it.
        case waiting
        /// It has its points.
        case graded
        /// The attempt was reopened, or does not count.
        case withdrawn
    }

    /// Who is at it.
    public struct Lease: Hashable, Sendable, Codable {
        /// The grader.
        public var graderID: UUID
        /// Since when.
        public var since: Date
        /// Until when; then others may take it.
        public var until: Date
    }

    /// One person's grading.
    public struct Grading: Hashable, Sendable, Codable {
        /// The grader.
        public var graderID: UUID
        /// What was given.
        public var points: Points
        /// What was given for each criterion; empty without a rubric.
        public var criteria: [String: Points]
        /// The rubric's number.
        public var rubric: Int?
        /// What the candidate is told.
        public var comment: String?
        /// When.
        public var at: Date

        /// Makes a grading.
        public init(
            graderID: UUID,
            points: Points,
            criteria: [String: Points],
            rubric: Int?,
            comment: String?,
            at: Date
        ) {
            self.graderID = graderID
            self.points = points
            self.criteria = criteria
            self.rubric = rubric
            self.comment = comment
            self.at = at
        }
    }

    /// The identifier.
    public let id: UUID
    /// By what graders know it: «Работа K7Q2XM».
    public let alias: String
    /// The exam.
    public let examID: UUID
    /// The attempt.
    public let attemptID: UUID
    /// The item's number on the ticket.
    public let number: Int
    /// The question.
    public let questionID: UUID
    /// Its version.
    public let questionVersion: Int
    /// What can be earned.
    public let maximum: Points
    /// When it was handed in.
    public let handedInAt: Date
    /// The last day for grading it and telling the candidate: fifteen working days (S3 17).
    public let due: Day
    /// Whether two people grade it in any case; no grader is told.
    public let needsSecond: Bool
    /// Where it stands.
    public private(set) var state: State
    /// Who is at it; a lease that has run out is none.
    public private(set) var lease: Lease?
    /// The gradings in order.
    public private(set) var gradings: [Grading]
    /// What was awarded in the end.
    public private(set) var awarded: Points?
    /// Which reminders were sent, by the number of working days that were left.
    public private(set) var reminded: [Int]

    /// A deadline as it was counted when the work came in.
    public struct Day: Hashable, Sendable, Codable {
        /// As `2026-01-31`.
        public var day: String
        /// Whether it rests on a year whose days off were not decided then.
        public var isProvisional: Bool
    }

    /// For how long a grader may be at it.
    public static let leaseSeconds: TimeInterval = 3_600
    /// Within how many working days it is graded (S3 17).
    public static let workingDays = 15
    /// With how many working days left graders are reminded.
    public static let reminders = [5, 1, 0]

    /// Makes a work that waits.
    public init(
        id: UUID,
        alias: String,
        attempt: Attempt,
        item: TicketItem,
        handedInAt: Date,
        due: WorkingCalendar.Deadline,
        needsSecond: Bool
    ) {
        self.id = id
        self.alias = alias
        examID = attempt.examID
        attemptID = attempt.id
        number = item.number
        questionID = item.questionID
        questionVersion = item.questionVersion
        maximum = item.points
        self.handedInAt = handedInAt
        self.due = Day(day: due.day.description, isProvisional: due.isProvisional)
        self.needsSecond = needsSecond
        state = .waiting
        gradings = []
        reminded = []
    }

    /// Who is at it now.
    public func holder(at now: Date) -> UUID? { lease.flatMap { now < $0.until ? $0.graderID : nil } }

    /// Why somebody cannot do something with it.
    public enum Problem: String, Hashable, Sendable {
        /// It does not wait for a grading.
        case notWaiting = "work_not_waiting"
        /// Somebody else is at it.
        case takenByOther = "work_taken"
        /// It was not taken, or too long ago.
        case notTaken = "work_not_taken"
        /// The same person has graded it already.
        case gradedBefore = "work_graded_before"
        /// The person is not one of the exam's graders.
        case notOnPanel = "not_on_panel"
        /// The points are below zero or above what can be earned.
        case pointsOutOfRange = "points_out_of_range"
    }

    /// What doing something with it comes to: the work afterwards, or why not.
    public typealias Step = Result<OpenWork, Refused>

    /// A problem as an error.
    public struct Refused: Error, Hashable, Sendable {
        /// The problem.
        public let problem: Problem
    }

    private static func refused(_ problem: Problem) -> Step { .failure(Refused(problem: problem)) }

    /// The work as taken by a grader, or taken for longer.
    public func taken(by grader: UUID, panel: GradingPanel, at now: Date) -> Step {
        guard state == .waiting else { return Self.refused(.notWaiting) }
        guard panel.includes(grader) else { return Self.refused(.notOnPanel) }
        guard !gradings.contains(where: { $0.graderID == grader }) else { return Self.refused(.gradedBefore) }
        if let holder = holder(at: now), holder != grader { return Self.refused(.takenByOther) }
        var work = self
        work.lease = Lease(
            graderID: grader,
            since: lease?.graderID == grader ? lease?.since ?? now : now,
            until: now + Self.leaseSeconds
        )
        return .success(work)
    }

    /// The work as handed back.
    public func returned(by grader: UUID, at now: Date) -> Step {
        guard holder(at: now) == grader else { return Self.refused(.notTaken) }
        var work = self
        work.lease = nil
        return .success(work)
    }

    /// The work with one more grading, and its points where they follow.
    public func graded(_ grading: Grading, panel: GradingPanel, at now: Date) -> Step {
        guard state == .waiting else { return Self.refused(.notWaiting) }
        guard holder(at: now) == grading.graderID else { return Self.refused(.notTaken) }
        guard !gradings.contains(where: { $0.graderID == grading.graderID }) else {
            return Self.refused(.gradedBefore)
        }
        guard grading.points >= .zero, grading.points <= maximum else { return Self.refused(.pointsOutOfRange) }
        var work = self
        work.lease = nil
        work.gradings.append(grading)
        if case .points(let points) = panel.verdict(
            on: work.gradings.map(\.points),
            maximum: maximum,
            needsSecond: needsSecond
        ) {
            work.awarded = points
            work.state = .graded
        }
        return .success(work)
    }

    /// The work as no longer to be graded.
    public func withdrawn() -> OpenWork {
        var work = self
        work.state = .withdrawn
        work.lease = nil
        return work
    }

    /// The work as reminded of with so many working days left.
    public func reminded(_ daysLeft: Int) -> OpenWork {
        var work = self
        work.reminded.append(daysLeft)
        return work
    }

    /// Of which reminder it is time: the nearest that has come and was not sent; nil for none. Late reminders are not
    /// made up for.
    public func reminder(daysLeft: Int) -> Int? {
        guard state == .waiting, let step = Self.reminders.filter({ daysLeft <= $0 }).min() else { return nil }
        return reminded.contains(step) ? nil : step
    }
}
