import Accounts
import Attestation
import Foundation
import Grading
import Proctoring
import Storage
import TransparencyLog

/// Writes messages for other systems in the transaction of what they tell (row E5).
struct Outbox {
    let services: Services

    /// A message for each receiver of its kind.
    ///
    /// - Parameter data: what happened; its members are the message's own.
    func tell(_ kind: OutboxMessage.Kind, _ data: some Encodable, at now: Date, in stores: any Stores) throws {
        for receiver in try stores.receivers() where receiver.endedAt == nil && receiver.kinds.contains(kind) {
            let id = services.makeID(at: now)
            let envelope = Envelope(
                id: id.lowercased,
                type: kind.rawValue,
                timestamp: LogTimestamp.text(now),
                data: data
            )
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            encoder.keyEncodingStrategy = .convertToSnakeCase
            try stores.saveMessage(
                OutboxMessage(
                    id: id,
                    receiverID: receiver.id,
                    kind: kind,
                    body: try encoder.encode(envelope),
                    createdAt: now
                )
            )
        }
    }

    private struct Envelope<Content: Encodable>: Encodable {
        var id: String
        var type: String
        var timestamp: String
        var data: Content
    }
}

/// A closed sheet as another system gets it.
struct SheetMessage: Encodable {
    var sheetId: String
    var number: Int
    var version: Int
    var group: String
    var groupKind: String
    var faculty: String
    var examId: String
    var discipline: String
    var control: String
    var academicYear: String
    var semester: Int
    var creditUnits: String
    var hours: Int?
    var examDay: String
    var examiner: String
    var rows: [Row]

    struct Row: Encodable {
        var number: Int
        var contractId: String
        var surname: String
        var givenName: String
        var patronymic: String?
        var recordBook: String
        var mark: String?
        var markText: String?
        var debt: String?
        var rating: Int?
    }

    init(_ sheet: GradeSheet, _ rows: [SheetRow]) {
        sheetId = sheet.id.lowercased
        number = sheet.number
        version = sheet.version
        group = sheet.groupName
        groupKind = sheet.groupKind.rawValue
        faculty = sheet.faculty
        examId = sheet.examID.lowercased
        discipline = sheet.discipline
        control = sheet.control.rawValue
        academicYear = sheet.academicYear
        semester = sheet.semester
        creditUnits = sheet.creditUnits.description
        hours = sheet.hours
        examDay = sheet.examDay.description
        examiner = sheet.examinerName.displayed
        self.rows = rows.map { row in
            Row(
                number: row.position,
                contractId: row.contractID.lowercased,
                surname: row.name.surname,
                givenName: row.name.givenName,
                patronymic: row.name.patronymic,
                recordBook: row.recordBook,
                mark: row.mark?.rawValue,
                markText: row.mark?.label,
                debt: row.mark?.debt.rawValue,
                rating: sheet.showsRating ? row.rating : nil
            )
        }
    }
}

/// A session event as another system gets it: codes and identifiers, no names and no grade.
struct EventMessage: Encodable {
    var eventId: String
    var index: Int64
    var attemptId: String
    var examId: String
    var at: String
    var facts: [String: String]

    init(_ event: SessionEvent) {
        eventId = event.id.lowercased
        index = event.index
        attemptId = event.attemptID.lowercased
        examId = event.examID.lowercased
        at = LogTimestamp.text(event.at)
        facts = event.facts.filter { Self.open.contains($0.key) }
    }

    private static let open: Set = ["flag_id", "rule", "severity", "reason", "action", "state"]
}
