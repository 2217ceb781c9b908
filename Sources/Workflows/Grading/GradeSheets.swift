import Accounts
import Attestation
import Cryptography
package import Foundation
package import Grading
import Storage
import TransparencyLog

/// Grade sheets: made by those who keep the groups, filled and closed by the examiner (row D8; S2 4.8).
package struct GradeSheets: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A sheet with its rows and its history.
    package struct Entry: Sendable {
        package var sheet: GradeSheet
        package var rows: [SheetRow]
        package var changes: [SheetChange]
        /// What rows without a mark wait for, by their place.
        package var waiting: [Int: Consequence.Waiting]
        /// By when it is to be signed.
        package var signing: WorkingCalendar.Deadline?
    }

    /// Makes a sheet for a group, with those who are in it now.
    ///
    /// - Throws: `Refusal`.
    package func create(
        examID: UUID,
        groupID: UUID,
        heading: GradeSheet.Heading,
        by principal: Principal
    ) async throws -> Entry {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let exam = try stores.exam(examID) else { throw Refusal.unknownExam }
            guard let group = try stores.group(groupID) else { throw Refusal.unknownGroup }
            let members = try stores.members(of: groupID)
            guard !members.isEmpty else { throw Refusal.groupEmpty }
            let same = GradeSheetFilter(examID: examID, groupID: groupID, limit: 1)
            guard try stores.sheets(same).isEmpty else { throw Refusal.sheetExists }
            guard let examiner = try stores.account(heading.examinerID), examiner.may(.fillGradeSheets) else {
                throw Refusal.examinerWrong
            }
            let sheet = GradeSheet(
                id: services.makeID(at: now),
                number: try stores.nextSheetNumber(),
                group: group,
                exam: exam,
                heading: heading,
                examinerName: examiner.name,
                showsRating: try stores.scale(of: exam.discipline)?.kind == .rating,
                createdAt: now
            )
            let rows = members.enumerated().map { index, member in
                SheetRow(position: index + 1, member: member, salt: Hex.encode(services.random.bytes(count: 16)))
            }
            try stores.insertSheet(sheet, rows: rows, noting: SheetChange(.created, by: principal.id, at: now))
            return try Self.entry(sheet.id, services, at: now, in: stores)
        }
    }

    /// A page of the sheets, newest first.
    package func sheets(_ filter: GradeSheetFilter) async throws -> [GradeSheet] {
        try await services.database.read { try $0.sheets(filter) }
    }

    /// One sheet; whose grades it shows is recorded (row F5).
    ///
    /// - Parameter isFile: whether it leaves as a file, each of which is a look.
    /// - Throws: `Refusal` where there is none such.
    package func sheet(_ id: UUID, isFile: Bool = false, for principal: Principal) async throws -> Entry {
        let now = services.now()
        let entry = try await services.database.read { [services] in try Self.entry(id, services, at: now, in: $0) }
        let people = entry.rows.compactMap(\.candidateID)
        try await AccessJournal(services).noteWork("grades", of: people, task: id, isEach: isFile, by: principal)
        return entry
    }

    /// Takes the marks from the attempts, or, for an academic group, from the closed sheets of study groups. Marks that a
    /// person entered stay.
    ///
    /// - Throws: `Refusal`.
    package func fill(_ id: UUID, by principal: Principal) async throws -> Entry {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let sheet = try Self.open(id, for: principal, in: stores)
            try SheetFilling(services: services).fill(sheet, at: now, in: stores)
            let filled = sheet.filled(on: services.day(of: now))
            try stores.updateSheet(filled, noting: SheetChange(.filled, by: principal.id, at: now))
            return try Self.entry(id, services, at: now, in: stores)
        }
    }

    /// Enters a mark where no graded attempt says what it is: an oral examination, an absence with a paper.
    ///
    /// - Throws: `Refusal`.
    package func mark(
        _ id: UUID,
        position: Int,
        _ mark: SheetMark,
        reason: String,
        by principal: Principal
    ) async throws -> Entry {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let sheet = try Self.open(id, for: principal, in: stores)
            guard let row = try stores.sheetRows(of: id).first(where: { $0.position == position }) else {
                throw Refusal.unknownRow
            }
            guard sheet.allows(mark) else { throw Refusal.markNotOnScale(sheet) }
            let filling = SheetFilling(services: services)
            if case .mark(let own, _) = try filling.outcome(for: row, of: sheet, at: now, in: stores).outcome,
                own.grade != nil
            {
                throw Refusal.markFollows(own)
            }
            var marked = row
            (marked.mark, marked.basis, marked.rating) = (mark, .examiner, nil)
            (marked.decidedBy, marked.at) = (principal.id, now)
            try stores.updateSheetRows([marked], of: id)
            let change = SheetChange(
                .marked,
                by: principal.id,
                at: now,
                reason: reason,
                position: position,
                before: row.mark,
                after: mark
            )
            try stores.updateSheet(sheet, noting: change)
            return try Self.entry(id, services, at: now, in: stores)
        }
    }

    /// Closes a sheet: every row has a mark, and from now on none changes.
    ///
    /// - Throws: `Refusal`; where rows have no mark it names them with what they wait for.
    package func close(_ id: UUID, by principal: Principal) async throws -> Entry {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let sheet = try Self.open(id, for: principal, in: stores)
            let entry = try Self.entry(id, services, at: now, in: stores)
            let unmarked = entry.rows.filter { $0.mark == nil }
            guard unmarked.isEmpty else { throw Refusal.rowsUnmarked(unmarked, entry.waiting) }
            // The entry's place in the log: nothing else is appended in this transaction before it.
            guard let closed = sheet.closed(at: now, logIndex: try stores.logSize()) else { throw Refusal.sheetClosed }
            try stores.updateSheet(closed, noting: SheetChange(.closed, by: principal.id, at: now))
            let commitments = try entry.rows.map { JSONValue.string(try $0.commitment(in: closed).hex) }
            try Self.log(closed, "closed", by: principal.id, ["rows": .array(commitments)], now, services, to: stores)
            try Outbox(services: services).tell(.sheetClosed, SheetMessage(closed, entry.rows), at: now, in: stores)
            for candidate in entry.rows.compactMap(\.candidateID) {
                try GradeMessage.sheetClosed(closed).tell(candidate, services, at: now, in: stores)
            }
            return try Self.entry(id, services, at: now, in: stores)
        }
    }

    /// Opens a closed sheet again; its last closing stays in the log.
    ///
    /// - Throws: `Refusal`.
    package func reopen(_ id: UUID, reason: String, by principal: Principal) async throws -> Entry {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let sheet = try stores.sheet(id) else { throw Refusal.unknownSheet }
            guard let open = sheet.reopened() else { throw Refusal.sheetOpen }
            let change = SheetChange(.reopened, by: principal.id, at: now, reason: reason)
            try stores.updateSheet(open, noting: change)
            let digest = SHA256Digest.hash(utf8: "\(id.lowercased)\n\(reason)").hex
            try Self.log(
                open,
                "reopened",
                by: principal.id,
                ["reason_sha256": .string(digest)],
                now,
                services,
                to: stores
            )
            try Outbox(services: services).tell(.sheetReopened, SheetMessage(open, []), at: now, in: stores)
            return try Self.entry(id, services, at: now, in: stores)
        }
    }

    // MARK: - Parts

    /// An open sheet that the principal may fill.
    private static func open(_ id: UUID, for principal: Principal, in stores: any Stores) throws -> GradeSheet {
        guard let sheet = try stores.sheet(id) else { throw Refusal.unknownSheet }
        guard sheet.examinerID == principal.id || principal.may(.manageGradeSheets) else {
            throw Refusal.otherExaminer
        }
        guard sheet.state == .open else { throw Refusal.sheetClosed }
        return sheet
    }

    static func entry(_ id: UUID, _ services: Services, at now: Date, in stores: any Stores) throws -> Entry {
        guard let sheet = try stores.sheet(id) else { throw Refusal.unknownSheet }
        let rows = try stores.sheetRows(of: id)
        var waiting: [Int: Consequence.Waiting] = [:]
        if sheet.state == .open {
            for row in rows where row.mark == nil {
                let outcome = try SheetFilling(services: services).outcome(for: row, of: sheet, at: now, in: stores)
                if case .waiting(let reason) = outcome.outcome { waiting[row.position] = reason }
            }
        }
        return Entry(
            sheet: sheet,
            rows: rows,
            changes: try stores.sheetChanges(of: id),
            waiting: waiting,
            signing: sheet.signingDeadline(services.grading.calendar)
        )
    }

    private static func log(
        _ sheet: GradeSheet,
        _ action: String,
        by account: UUID,
        _ more: [String: JSONValue],
        _ now: Date,
        _ services: Services,
        to stores: any Stores
    ) throws {
        let facts: [String: JSONValue] = [
            "action": .string(action), "number": .integer(Int64(sheet.number)),
            "version": .integer(Int64(sheet.version)), "exam": .string(sheet.examID.lowercased),
            "group": .string(sheet.groupID.lowercased), "decided_by": .string(account.lowercased),
        ]
        try LogBook(vault: services.vault).append(
            "grade_sheet",
            recordID: sheet.id,
            subject: nil,
            at: now,
            facts: facts.merging(more) { $1 },
            personal: [String: String](),
            to: stores
        )
    }
}
