import Accounts
import Attestation
import Foundation
import HTTPServer
import Workflows

/// When exams are (row D9).
struct ScheduleEndpoints {
    let schedules: ExamSchedules

    var all: [Endpoint] { [publish, history, upcoming, calendar] }

    private var publish: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/exams/{exam_id}/schedules",
            summary: "Publish when an exam is, or move it; less than a week before, with a reason",
            tag: "schedule",
            access: .permission(.manageExams),
            body: .json(ScheduleBody.schema),
            answers: [.init(.created, "The publication", .json(ScheduleView.schema))],
            problems: [.conflict]
        ) { call in
            let schedule = try await schedules.publish(
                call.body(as: ScheduleBody.self).draft,
                examID: call.id("exam_id"),
                principal: call.principal
            )
            return try .json(.created, ScheduleView(schedule))
        }
    }

    private var history: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/exams/{exam_id}/schedules",
            summary: "All publications of an exam's schedule; the last one counts",
            tag: "schedule",
            access: .permission(.readAttempts),
            answers: [
                .init(
                    .ok,
                    "Oldest first",
                    .json(.object([.init("schedules", .array(of: ScheduleView.schema, count: 0...10_000), "All.")]))
                )
            ]
        ) { call in
            let all = try await schedules.history(examID: call.id("exam_id"))
            return try .json(.ok, ["schedules": all.map { ScheduleView($0) }])
        }
    }

    private var upcoming: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/schedule",
            summary: "The exams that have not closed yet, the first to open in front, in UTC and one's own time",
            tag: "schedule",
            access: .permission(.readExams),
            parameters: [
                .init(
                    name: "time_zone",
                    place: .query,
                    schema: .string(.init(length: 1...64, pattern: "^[A-Za-z0-9+_/-]+$")),
                    summary: "The candidate's time zone by its name in the tz database: `Asia/Vladivostok`."
                ),
                .init(name: "group", place: .query, schema: .line(1...100), summary: "Only those of this group."),
                .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "The exams",
                    .json(.object([.init("exams", .array(of: PlannedExamView.schema, count: 0...500), "Exams.")]))
                )
            ],
            problems: [.unprocessableContent]
        ) { call in
            let zone = try call.query("time_zone").map { name in
                guard let zone = TimeZone(identifier: name) else { throw Self.unknownZone }
                return zone
            }
            let entries = try await schedules.upcoming(group: call.query("group"), limit: call.limit)
            return try .json(.ok, ["exams": entries.map { PlannedExamView($0, in: zone) }])
        }
    }

    private var calendar: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/schedule",
            summary: "The own exams and talks as a calendar file (RFC 5545), which shows them in one's own time",
            tag: "schedule",
            access: .permission(.sitExams),
            answers: [.init(.ok, "The calendar", .raw(["text/calendar; charset=utf-8"]))]
        ) { call in
            Answer(
                status: .ok,
                headers: [("Content-Disposition", "attachment; filename=\"schedule.ics\"")],
                body: .raw(try await schedules.calendar(of: call.principal), type: "text/calendar; charset=utf-8")
            )
        }
    }

    private static let unknownZone = Refusal(
        .unprocessable,
        "time_zone_unknown",
        ru: "Такого часового пояса нет. Укажите его имя, например Asia/Vladivostok.",
        en: "There is no such time zone. Give its name, such as Asia/Vladivostok."
    )
}

private struct ScheduleBody: Decodable {
    var opensAt: Date
    var closesAt: Date
    var place: String?
    var groups: [String]?
    var examiners: [UUID]?
    var reason: String?

    var draft: ExamSchedules.Draft {
        ExamSchedules.Draft(
            opensAt: opensAt,
            closesAt: closesAt,
            place: place,
            groups: groups ?? [],
            examiners: examiners ?? [],
            reason: reason
        )
    }

    static let schema = Schema.object([
        .init("opens_at", .time, "From when attempts may start."),
        .init("closes_at", .time, "Until when attempts may start."),
        .init("place", .nullable(.text(1...500)), "The room, or the link to the conference.", required: false),
        .init("groups", .array(of: .line(1...100), count: 0...200), "The groups that it is for.", required: false),
        .init("examiners", .array(of: .uuid, count: 0...50), "The accounts of those who conduct it.", required: false),
        .init("reason", .nullable(.text(3...1_000)), "Why so late; needed within a week.", required: false),
    ])
}

private struct ScheduleView: Encodable {
    var number: Int
    var opensAt: Date
    var closesAt: Date
    var place: String?
    var groups: [String]
    var examiners: [String]
    var reason: String?
    var publishedBy: String
    var at: Date

    init(_ schedule: ExamSchedule) {
        number = schedule.number
        opensAt = schedule.opensAt
        closesAt = schedule.closesAt
        place = schedule.place
        groups = schedule.groups
        examiners = schedule.examiners.map(\.lowercased)
        reason = schedule.reason
        publishedBy = schedule.publishedBy.lowercased
        at = schedule.at
    }

    static let schema = Schema.named(
        "ExamSchedule",
        .object([
            .init("number", .integer(1...100_000), "Counts the publications."),
            .init("opens_at", .time, "From when attempts may start."),
            .init("closes_at", .time, "Until when attempts may start."),
            .init("place", .text(), "The room, or the link to the conference.", required: false),
            .init("groups", .array(of: .text(), count: 0...200), "The groups that it is for."),
            .init("examiners", .array(of: .uuid, count: 0...50), "Those who conduct it."),
            .init("reason", .text(), "Why it came within a week.", required: false),
            .init("published_by", .uuid, "Who published it."),
            .init("at", .time, "When."),
        ])
    )
}

/// An exam as candidates see it in the schedule.
private struct PlannedExamView: Encodable {
    var examId: String
    var title: String
    var discipline: String
    var opensAt: Date
    var closesAt: Date
    var opensAtLocal: String?
    var closesAtLocal: String?
    var timeZone: String?
    var place: String?
    var groups: [String]
    var isChanged: Bool
    var reason: String?

    init(_ entry: ExamSchedules.Entry, in zone: TimeZone?) {
        let schedule = entry.schedule
        examId = entry.exam.id.lowercased
        title = entry.exam.title
        discipline = entry.exam.discipline
        opensAt = schedule.opensAt
        closesAt = schedule.closesAt
        if let zone {
            let style = Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: zone)
            opensAtLocal = schedule.opensAt.formatted(style)
            closesAtLocal = schedule.closesAt.formatted(style)
            timeZone = zone.identifier
        }
        place = schedule.place
        groups = schedule.groups
        isChanged = schedule.number > 1
        reason = schedule.reason
    }

    static let schema = Schema.named(
        "PlannedExam",
        .object([
            .init("exam_id", .uuid, "The exam."),
            .init("title", .text(), "What it is called."),
            .init("discipline", .text(), "The code of the discipline."),
            .init("opens_at", .time, "From when attempts may start."),
            .init("closes_at", .time, "Until when attempts may start."),
            .init("opens_at_local", .time, "The same in the time zone that was asked for.", required: false),
            .init("closes_at_local", .time, "The same in the time zone that was asked for.", required: false),
            .init("time_zone", .text(), "That time zone.", required: false),
            .init("place", .text(), "The room, or the link to the conference.", required: false),
            .init("groups", .array(of: .text(), count: 0...200), "The groups that it is for."),
            .init("is_changed", .boolean, "Whether it was published otherwise before."),
            .init("reason", .text(), "Why it was changed within a week.", required: false),
        ])
    )
}
