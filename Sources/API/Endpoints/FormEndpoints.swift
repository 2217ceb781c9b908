import Accounts
import Attestation
import Foundation
import HTTPServer
import Workflows

/// The forms of exams, and the sheets that candidates send (row D3).
struct FormEndpoints {
    let forms: ExamForms
    let sheets: AnswerSheets

    var all: [Endpoint] { [read, set, phase, send, list, file] }

    private var read: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}/form",
            summary: "In which form an exam is held",
            tag: "forms",
            access: .permission(.readExams),
            answers: [.init(.ok, "The form", .json(FormBody.schema))]
        ) { call in
            try .json(.ok, FormBody(try await forms.form(examID: call.id("exam_id"))))
        }
    }

    private var set: Endpoint {
        Endpoint(
            method: .put,
            path: "/v1/exams/{exam_id}/form",
            summary: "Set in which form an exam is held, before anybody has an attempt at it",
            tag: "forms",
            access: .permission(.manageExams),
            body: .json(FormBody.schema),
            answers: [.init(.ok, "The form", .json(FormBody.schema))],
            problems: [.conflict]
        ) { call in
            let form = try await forms.set(
                call.body(as: FormBody.self).value,
                examID: call.id("exam_id"),
                principal: call.principal
            )
            return try .json(.ok, FormBody(form))
        }
    }

    private var phase: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/phase",
            summary: "Where an attempt stands in its form: what is done now, and until when by the server's clock",
            tag: "forms",
            access: .permission(.readExams),
            answers: [.init(.ok, "The phase", .json(PhaseView.schema))]
        ) { call in
            let standing = try await forms.standing(of: call.id("attempt_id"), principal: call.principal)
            return try .json(.ok, PhaseView(standing, language: call.language))
        }
    }

    // MARK: - Sheets

    private var send: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/items/{number}/sheets",
            summary: "Send a photographed sheet or a scan for an item of the ticket; 0 for the materials of a defence",
            tag: "forms",
            access: .permission(.sitExams),
            body: .raw(["application/pdf", "image/jpeg", "image/png"], maximumBytes: 8 * 1024 * 1024),
            answers: [.init(.created, "The sheet", .json(SheetView.schema))],
            problems: [.conflict, .unprocessableContent]
        ) { call in
            guard let item = Int(call.request.parameters["number"] ?? ""), item >= 0 else {
                throw Refusal(.notFound, "item_unknown", ru: "В билете нет такого вопроса.", en: "No such item.")
            }
            let sheet = try await sheets.take(
                call.request.body,
                item: item,
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            return try .json(.created, SheetView(sheet))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/sheets",
            summary: "The sheets of an attempt in the order in which they came",
            tag: "forms",
            access: .permission(.readExams),
            answers: [
                .init(
                    .ok,
                    "The sheets",
                    .json(.object([.init("sheets", .array(of: SheetView.schema, count: 0...100), "The sheets.")]))
                )
            ]
        ) { call in
            let all = try await sheets.sheets(attemptID: call.id("attempt_id"), principal: call.principal)
            return try .json(.ok, ["sheets": all.map { SheetView($0) }])
        }
    }

    private var file: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/sheets/{sheet_id}",
            summary: "The file of a sheet",
            tag: "forms",
            access: .permission(.readExams),
            answers: [.init(.ok, "The file", .raw(["application/pdf", "image/jpeg", "image/png"]))]
        ) { call in
            let file = try await sheets.file(
                call.id("sheet_id"),
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            return .document(file)
        }
    }
}

extension Answer {
    /// A picture, or a PDF that is never shown inside of the service's own pages.
    static func document(_ file: Data) -> Answer {
        guard file.starts(with: Data("%PDF-".utf8)) else { return .picture(file) }
        return Answer(
            status: .ok,
            headers: [("Content-Disposition", "attachment; filename=\"document.pdf\"")],
            body: .raw(file, type: "application/pdf")
        )
    }
}

private struct FormBody: Codable {
    var form: ExamForm.Kind
    var sheetSeconds: Int?
    var materialsDue: Date?

    init(_ form: ExamForm) {
        self.form = form.kind
        sheetSeconds = form.sheetSeconds
        materialsDue = form.materialsDue
    }

    var value: ExamForm { ExamForm(kind: form, sheetSeconds: sheetSeconds, materialsDue: materialsDue) }

    static let schema = Schema.named(
        "ExamForm",
        .object([
            .init("form", .oneOf(ExamForm.Kind.allCases.map(\.rawValue)), "The form; a test by default."),
            .init(
                "sheet_seconds",
                .nullable(.integer(0...7_200)),
                "How long sheets are taken after the working time; ten minutes for `written_oral` by default.",
                required: false
            ),
            .init(
                "materials_due",
                .nullable(.time),
                "Until when the materials of a defence are sent.",
                required: false
            ),
        ])
    )
}

private struct PhaseView: Encodable {
    var form: String
    var formText: String
    var phase: String
    var endsAt: Date?
    var serverNow: Date
    var slot: SlotView?
    var grade: String?
    var gradeText: String?

    init(_ standing: ExamForms.Standing, language: LocalizedText.Language) {
        form = standing.form.kind.rawValue
        formText = LocalizedText(standing.form.label).text(in: language)
        phase = standing.phase.kind.rawValue
        endsAt = standing.phase.endsAt
        serverNow = standing.at
        slot = standing.slot.map { SlotView($0) }
        grade = standing.grade?.rawValue
        gradeText = standing.grade?.label
    }

    static let schema = Schema.named(
        "FormPhase",
        .object([
            .init("form", .oneOf(ExamForm.Kind.allCases.map(\.rawValue)), "The form."),
            .init("form_text", .text(), "The form in words."),
            .init("phase", .oneOf(FormPhase.Kind.allCases.map(\.rawValue)), "What is done now."),
            .init("ends_at", .time, "Until when; absent where nobody knows.", required: false),
            .init("server_now", .time, "The moment for which this holds, by the server's clock."),
            .init("slot", SlotView.schema, "When the candidate is heard.", required: false),
            .init("grade", .oneOf(Grade.allCases.map(\.rawValue)), "The grade that counts, if any.", required: false),
            .init("grade_text", .text(), "The grade in Russian.", required: false),
        ])
    )
}

private struct SheetView: Encodable {
    var id: String
    var item: Int
    var sha256: String
    var bytes: Int
    var at: Date

    init(_ sheet: AnswerSheet) {
        id = sheet.id.lowercased
        item = sheet.item
        sha256 = sheet.digest
        bytes = sheet.byteCount
        at = sheet.at
    }

    static let schema = Schema.named(
        "AnswerSheet",
        .object([
            .init("id", .uuid, "The sheet."),
            .init("item", .integer(0...1_000), "The item of the ticket; 0 for the materials of a defence."),
            .init("sha256", .text(64...64), "SHA-256 of the file, hexadecimal."),
            .init("bytes", .integer(0...100_000_000), "How large it is."),
            .init("at", .time, "When it came."),
        ])
    )
}
