public import Accounts
public import Attestation
public import Foundation

/// The grades of a group for one exam (ведомость; S2 4.8, S1 5.33).
///
/// An open sheet is filled; a closed one is never changed. Whoever reopens it needs a right and a reason, and each
/// closing is a version of its own.
public struct GradeSheet: Hashable, Sendable, Codable, Identifiable {
    /// What the discipline ends with.
    public enum Control: String, Hashable, Sendable, Codable, CaseIterable {
        /// «экзамен».
        case exam
        /// «зачёт».
        case pass
        /// «зачёт с оценкой».
        case gradedPass = "graded_pass"
        /// «курсовая работа (проект)».
        case coursework
        /// «практика».
        case practice
        /// «текущий контроль».
        case currentControl = "current_control"

        /// What the sheet says.
        public var label: String {
            switch self {
            case .exam: "экзамен"
            case .pass: "зачёт"
            case .gradedPass: "зачёт с оценкой"
            case .coursework: "курсовая работа (проект)"
            case .practice: "практика"
            case .currentControl: "текущий контроль успеваемости"
            }
        }
    }

    /// Whether it may be changed.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// It is filled.
        case open
        /// It is final.
        case closed
    }

    /// The identifier.
    public let id: UUID
    /// The number, which the institution counts.
    public let number: Int
    /// The group.
    public let groupID: UUID
    /// What the group is for.
    public let groupKind: StudentGroup.Kind
    /// The group's name at the time.
    public let groupName: String
    /// The faculty at the time.
    public let faculty: String
    /// The exam.
    public let examID: UUID
    /// The discipline as the sheet names it.
    public let discipline: String
    /// What the discipline ends with.
    public let control: Control
    /// The academic year, `2025/2026`.
    public let academicYear: String
    /// The semester.
    public let semester: Int
    /// Credit units (з.е.).
    public let creditUnits: Points
    /// Hours.
    public let hours: Int?
    /// The day of the exam.
    public let examDay: CalendarDay
    /// Who examines and fills the sheet.
    public let examinerID: UUID
    /// The examiner's name at the time.
    public let examinerName: PersonName
    /// The grades that may stand in it, from the highest to the lowest.
    public let grades: [Grade]
    /// Whether it shows ratings beside grades.
    public let showsRating: Bool
    /// When it was made.
    public let createdAt: Date
    /// Whether it may be changed.
    public private(set) var state: State
    /// How often it was closed.
    public private(set) var version: Int
    /// The day on which it was filled last; nil as long as it never was.
    public private(set) var filledOn: CalendarDay?
    /// When it was closed last.
    public private(set) var closedAt: Date?
    /// The place of the last closing's entry in the log.
    public private(set) var logIndex: UInt64?

    /// Makes an open sheet.
    public init(
        id: UUID,
        number: Int,
        group: StudentGroup,
        exam: Exam,
        heading: Heading,
        examinerName: PersonName,
        showsRating: Bool,
        createdAt: Date
    ) {
        self.id = id
        self.number = number
        groupID = group.id
        groupKind = group.kind
        groupName = group.name
        faculty = group.faculty
        examID = exam.id
        discipline = heading.discipline ?? exam.discipline
        control = heading.control
        academicYear = heading.academicYear
        semester = heading.semester
        creditUnits = heading.creditUnits
        hours = heading.hours
        examDay = heading.examDay
        examinerID = heading.examinerID
        self.examinerName = examinerName
        grades = exam.gradingScale.grades
        self.showsRating = showsRating
        self.createdAt = createdAt
        state = .open
        version = 0
    }

    /// What whoever makes a sheet says of it.
    public struct Heading: Hashable, Sendable {
        /// The discipline's name in full; nil for the exam's code.
        public var discipline: String?
        /// What the discipline ends with.
        public var control: Control
        /// The academic year, `2025/2026`.
        public var academicYear: String
        /// The semester.
        public var semester: Int
        /// Credit units.
        public var creditUnits: Points
        /// Hours.
        public var hours: Int?
        /// The day of the exam.
        public var examDay: CalendarDay
        /// Who examines.
        public var examinerID: UUID

        /// Makes a value.
        public init(
            discipline: String?,
            control: Control,
            academicYear: String,
            semester: Int,
            creditUnits: Points,
            hours: Int?,
            examDay: CalendarDay,
            examinerID: UUID
        ) {
            self.discipline = discipline
            self.control = control
            self.academicYear = academicYear
            self.semester = semester
            self.creditUnits = creditUnits
            self.hours = hours
            self.examDay = examDay
            self.examinerID = examinerID
        }
    }

    /// Whether a mark may stand in it.
    public func allows(_ mark: SheetMark) -> Bool { mark.grade.map(grades.contains) ?? true }

    /// Whether it was filled on another day than that of the exam (S2 4.8.3).
    public var isFilledLate: Bool { filledOn.map { $0 > examDay } ?? false }

    /// By when the examiner prints and signs it: three working days after it was filled (S2 4.8.5).
    public func signingDeadline(_ calendar: WorkingCalendar) -> WorkingCalendar.Deadline? {
        filledOn.map { calendar.deadline(3, workingDaysAfter: $0) }
    }

    /// The sheet as filled on a day.
    public func filled(on day: CalendarDay) -> GradeSheet {
        var sheet = self
        sheet.filledOn = day
        return sheet
    }

    /// The sheet as closed; nil where it is closed already.
    ///
    /// - Parameter logIndex: the place that the closing's entry gets in the log.
    public func closed(at time: Date, logIndex: UInt64) -> GradeSheet? {
        guard state == .open else { return nil }
        var sheet = self
        sheet.state = .closed
        sheet.version += 1
        sheet.closedAt = time
        sheet.logIndex = logIndex
        return sheet
    }

    /// The sheet as opened again; nil where it is open.
    public func reopened() -> GradeSheet? {
        guard state == .closed else { return nil }
        var sheet = self
        sheet.state = .open
        return sheet
    }
}
