public import Accounts
public import Attestation
public import Cryptography
public import Foundation

/// One person's row of a grade sheet.
public struct SheetRow: Hashable, Sendable, Codable {
    /// The place in the sheet, from 1.
    public let position: Int
    /// The contract.
    public let contractID: UUID
    /// The account, where the person has registered.
    public var candidateID: UUID?
    /// The name as the contract had it.
    public let name: PersonName
    /// The number of the record book; empty where none is known.
    public let recordBook: String
    /// What the closed sheet's log entry hides the row with.
    public let salt: String
    /// The mark; nil as long as there is none.
    public var mark: SheetMark?
    /// What it rests on.
    public var basis: Consequence.Basis?
    /// The rating of 0 to 100, where the answers were graded.
    public var rating: Int?
    /// The attempt that it comes from.
    public var attemptID: UUID?
    /// Who entered it, where a person did.
    public var decidedBy: UUID?
    /// When it was entered.
    public var at: Date?

    /// Makes a row without a mark.
    public init(position: Int, member: GroupMember, salt: String) {
        self.position = position
        contractID = member.contract.id
        candidateID = member.contract.accountID
        name = member.contract.name
        recordBook = member.recordBook
        self.salt = salt
    }

    /// What a closed sheet says of this person: the log's entry of the closing has its hash, so that anybody can be shown
    /// one row and nothing of the others.
    public func statement(in sheet: GradeSheet) throws -> Data {
        try CanonicalJSON.encode(
            SheetStatement(
                sheet: sheet.id.uuidString.lowercased(),
                sheetNumber: sheet.number,
                version: sheet.version,
                discipline: sheet.discipline,
                control: sheet.control.rawValue,
                academicYear: sheet.academicYear,
                semester: sheet.semester,
                creditUnits: sheet.creditUnits,
                hours: sheet.hours,
                examDay: sheet.examDay,
                examiner: sheet.examinerName.displayed,
                group: sheet.groupName,
                name: name.displayed,
                recordBook: recordBook,
                mark: mark,
                rating: sheet.showsRating ? rating : nil,
                salt: salt
            )
        )
    }

    /// The hash of the statement.
    public func commitment(in sheet: GradeSheet) throws -> SHA256Digest {
        SHA256Digest.hash(try statement(in: sheet))
    }
}

/// What a closed sheet says of one person, as canonical JSON.
public struct SheetStatement: Hashable, Sendable, Codable {
    /// The sheet's identifier.
    public var sheet: String
    /// Its number.
    public var sheetNumber: Int
    /// Which closing.
    public var version: Int
    /// The discipline.
    public var discipline: String
    /// What it ends with.
    public var control: String
    /// The academic year.
    public var academicYear: String
    /// The semester.
    public var semester: Int
    /// Credit units.
    public var creditUnits: Points
    /// Hours.
    public var hours: Int?
    /// The day of the exam.
    public var examDay: CalendarDay
    /// The examiner's name.
    public var examiner: String
    /// The group.
    public var group: String
    /// The person's name.
    public var name: String
    /// The number of the record book.
    public var recordBook: String
    /// The mark.
    public var mark: SheetMark?
    /// The rating, where the sheet shows one.
    public var rating: Int?
    /// What hides the row from guessing.
    public var salt: String

    enum CodingKeys: String, CodingKey {
        case sheet, version, discipline, control, semester, hours, examiner, group, name, mark, rating, salt
        case sheetNumber = "sheet_number"
        case academicYear = "academic_year"
        case creditUnits = "credit_units"
        case examDay = "exam_day"
        case recordBook = "record_book"
    }
}

/// Something that was done to a sheet.
public struct SheetChange: Hashable, Sendable {
    /// The kinds.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// It was made.
        case created
        /// Marks were taken from the attempts.
        case filled
        /// A person entered a mark.
        case marked
        /// It was closed.
        case closed
        /// It was opened again.
        case reopened
    }

    /// What was done.
    public var kind: Kind
    /// By whom.
    public var by: UUID
    /// When.
    public var at: Date
    /// Why, where a reason is asked for.
    public var reason: String?
    /// The place in the sheet, where it concerns one row.
    public var position: Int?
    /// The mark before, where one was replaced.
    public var before: SheetMark?
    /// The mark after.
    public var after: SheetMark?

    /// Makes a value.
    public init(
        _ kind: Kind,
        by: UUID,
        at: Date,
        reason: String? = nil,
        position: Int? = nil,
        before: SheetMark? = nil,
        after: SheetMark? = nil
    ) {
        self.kind = kind
        self.by = by
        self.at = at
        self.reason = reason
        self.position = position
        self.before = before
        self.after = after
    }
}
