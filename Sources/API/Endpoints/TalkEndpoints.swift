import Accounts
import Attestation
import Foundation
import HTTPServer
import Workflows

/// Slots, notes and grades of exams that a person hears (row D3).
struct TalkEndpoints {
    let talks: Talks

    var all: [Endpoint] { [setSlot, slots, ownSlots, note, notes, decide] }

    private var setSlot: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/exams/{exam_id}/slots/{candidate_id}",
            summary: "Set, or move, when a candidate is heard, and where",
            tag: "forms",
            access: .permission(.controlExams),
            body: .json(SlotBody.schema),
            answers: [.init(.ok, "The slot", .json(SlotView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: SlotBody.self)
            let slot = try await talks.setSlot(
                candidateID: call.id("candidate_id"),
                examID: call.id("exam_id"),
                beginsAt: body.beginsAt,
                minutes: body.minutes,
                link: body.link,
                principal: call.principal
            )
            return try .json(.ok, SlotView(slot))
        }
    }

    private var slots: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}/slots",
            summary: "The slots of an exam, the first in front",
            tag: "forms",
            access: .permission(.controlExams),
            answers: [
                .init(
                    .ok,
                    "The slots",
                    .json(.object([.init("slots", .array(of: SlotView.schema, count: 0...100_000), "The slots.")]))
                )
            ]
        ) { call in
            let all = try await talks.slots(examID: call.id("exam_id"))
            return try .json(.ok, ["slots": all.map { SlotView($0) }])
        }
    }

    private var ownSlots: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/slots",
            summary: "When and where one is heard oneself",
            tag: "forms",
            access: .permission(.sitExams),
            answers: [
                .init(
                    .ok,
                    "The slots that are not over",
                    .json(.object([.init("slots", .array(of: SlotView.schema, count: 0...1_000), "The slots.")]))
                )
            ]
        ) { call in
            let all = try await talks.ownSlots(call.principal)
            return try .json(.ok, ["slots": all.map { SlotView($0.slot, title: $0.exam.title) }])
        }
    }

    private var note: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/notes",
            summary: "Note how the candidate answers, or an additional question",
            tag: "forms",
            access: .permission(.controlExams),
            body: .json(NoteBody.schema),
            answers: [.init(.created, "The note", .json(NoteView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: NoteBody.self)
            let note = try await talks.note(
                body.text,
                kind: body.kind,
                item: body.item,
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            return try .json(.created, NoteView(note))
        }
    }

    private var notes: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/notes",
            summary: "The examiner's notes of an attempt, oldest first",
            tag: "forms",
            access: .permission(.readAttempts),
            answers: [
                .init(
                    .ok,
                    "The notes",
                    .json(.object([.init("notes", .array(of: NoteView.schema, count: 0...10_000), "The notes.")]))
                )
            ]
        ) { call in
            let all = try await talks.notes(attemptID: call.id("attempt_id"))
            return try .json(.ok, ["notes": all.map { NoteView($0) }])
        }
    }

    private var decide: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/examination-grade",
            summary: "Decide the grade of an attempt that a person hears or reads; the candidate is told at once",
            tag: "forms",
            access: .permission(.controlExams),
            body: .json(ExaminationGradeBody.schema),
            answers: [.init(.created, "The grade", .json(ExaminationGradeBody.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: ExaminationGradeBody.self)
            let grade = try await talks.decide(
                body.grade,
                comment: body.comment,
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            return try .json(.created, ExaminationGradeBody(grade: grade, comment: body.comment))
        }
    }
}

private struct SlotBody: Decodable {
    var beginsAt: Date
    var minutes: Int
    var link: String

    static let schema = Schema.object([
        .init("begins_at", .time, "From when the candidate is to be there."),
        .init("minutes", .integer(1...600), "For how long."),
        .init(
            "link",
            .string(.init(length: 9...1_000, pattern: #"^https://[^\s"<>]+$"#, example: "https://vcs.example.org/ib")),
            "The link to the conference."
        ),
    ])
}

/// A slot.
struct SlotView: Encodable {
    var examId: String
    var examTitle: String?
    var candidateId: String
    var beginsAt: Date
    var endsAt: Date
    var link: String

    init(_ slot: TalkSlot, title: String? = nil) {
        examId = slot.examID.lowercased
        examTitle = title
        candidateId = slot.candidateID.lowercased
        beginsAt = slot.beginsAt
        endsAt = slot.endsAt
        link = slot.link
    }

    static let schema = Schema.named(
        "TalkSlot",
        .object([
            .init("exam_id", .uuid, "The exam."),
            .init("exam_title", .text(), "What the exam is called.", required: false),
            .init("candidate_id", .uuid, "The candidate."),
            .init("begins_at", .time, "From when."),
            .init("ends_at", .time, "Until when."),
            .init("link", .text(), "The link to the conference."),
        ])
    )
}

private struct NoteBody: Decodable {
    var kind: TalkNote.Kind
    var item: Int?
    var text: String

    static let schema = Schema.object([
        .init("kind", .oneOf(TalkNote.Kind.allCases.map(\.rawValue)), "What it is."),
        .init(
            "item",
            .nullable(.integer(1...1_000)),
            "The item of the ticket, where it is about one.",
            required: false
        ),
        .init("text", .text(1...5_000), "Its words."),
    ])
}

private struct NoteView: Encodable {
    var id: String
    var kind: String
    var item: Int?
    var text: String?
    var author: String
    var at: Date

    init(_ open: Talks.OpenNote) {
        id = open.note.id.lowercased
        kind = open.note.kind.rawValue
        item = open.note.item
        text = open.text
        author = open.note.author.lowercased
        at = open.note.at
    }

    static let schema = Schema.named(
        "TalkNote",
        .object([
            .init("id", .uuid, "The note."),
            .init("kind", .oneOf(TalkNote.Kind.allCases.map(\.rawValue)), "What it is."),
            .init("item", .integer(1...1_000), "The item of the ticket.", required: false),
            .init("text", .text(), "Its words; absent where they are destroyed.", required: false),
            .init("author", .uuid, "Who noted it."),
            .init("at", .time, "When."),
        ])
    )
}

private struct ExaminationGradeBody: Codable {
    var grade: Grade
    var comment: String?

    static let schema = Schema.object([
        .init("grade", .oneOf(Grade.allCases.map(\.rawValue)), "The grade, of the exam's scale."),
        .init("comment", .nullable(.text(1...2_000)), "What the candidate is told with it.", required: false),
    ])
}
