import Accounts
package import Attestation
import Documents
package import Foundation
import Grading
import Storage
import TransparencyLog

/// When exams are (row D9; S2 4.3): published a week before, and who is to sit it is told of changes.
package struct ExamSchedules: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What is published.
    package struct Draft: Sendable {
        package var opensAt: Date
        package var closesAt: Date
        package var place: String?
        package var groups: [String]
        package var examiners: [UUID]
        package var reason: String?

        package init(
            opensAt: Date,
            closesAt: Date,
            place: String?,
            groups: [String],
            examiners: [UUID],
            reason: String?
        ) {
            self.opensAt = opensAt
            self.closesAt = closesAt
            self.place = place
            self.groups = groups
            self.examiners = examiners
            self.reason = reason
        }
    }

    /// An exam with the publication that counts.
    package struct Entry: Sendable {
        package var exam: Exam
        package var schedule: ExamSchedule
    }

    /// Publishes when an exam is, or moves it. Less than a week before, that takes a reason.
    ///
    /// - Throws: `Refusal` where the exam has begun, the window is empty or in the past, or the reason is missing.
    package func publish(_ draft: Draft, examID: UUID, principal: Principal) async throws -> ExamSchedule {
        let now = services.now()
        guard draft.opensAt < draft.closesAt, draft.closesAt > now else {
            throw Refusal(
                .unprocessable,
                "window_empty",
                ru: "Экзамен должен закрываться позже, чем открывается, и не в прошлом.",
                en: "The exam must close later than it opens, and not in the past."
            )
        }
        return try await services.database.write { [services] stores in
            guard let exam = try stores.exam(examID) else { throw Refusal.unknownExam }
            let before = try stores.schedules(examID: examID).last
            guard before == nil || exam.window(at: now) == .notYetOpen else {
                throw Refusal(
                    .conflict,
                    "exam_begun",
                    ru: "Экзамен уже открыт: перенести его нельзя.",
                    en: "The exam has opened and cannot be moved."
                )
            }
            let isLate = ExamSchedule.isLate(opensAt: draft.opensAt, before: before?.opensAt, at: now)
            guard !isLate || draft.reason != nil else {
                throw Refusal(
                    .unprocessable,
                    "schedule_week",
                    ru: "До экзамена меньше недели: укажите причину (расписание публикуется за неделю, п. 4.3).",
                    en: "It is less than a week to the exam: give the reason (schedules are published a week before)."
                )
            }
            for id in draft.examiners where try stores.account(id)?.roles.areStaff != true {
                throw Refusal(
                    .unprocessable,
                    "people_unknown",
                    ru: "Экзаменаторы: укажите учётные записи сотрудников.",
                    en: "Examiners: name accounts of staff."
                )
            }
            let schedule = ExamSchedule(
                examID: examID,
                number: (before?.number ?? 0) + 1,
                opensAt: draft.opensAt,
                closesAt: draft.closesAt,
                place: draft.place,
                groups: draft.groups,
                examiners: draft.examiners,
                reason: isLate ? draft.reason : nil,
                publishedBy: principal.id,
                at: now
            )
            try stores.insertSchedule(schedule)
            try Self.log(schedule, isLate: isLate, services, to: stores)
            if let before { try Self.tell(exam, before, schedule, services, at: now, in: stores) }
            return schedule
        }
    }

    private static func log(
        _ schedule: ExamSchedule,
        isLate: Bool,
        _ services: Services,
        to stores: any Stores
    ) throws {
        try LogBook(vault: services.vault).append(
            "exam_schedule",
            recordID: schedule.examID,
            subject: nil,
            at: schedule.at,
            facts: [
                "number": .integer(Int64(schedule.number)), "opens_at": .string(LogTimestamp.text(schedule.opensAt)),
                "closes_at": .string(LogTimestamp.text(schedule.closesAt)), "late": .bool(isLate),
                "decided_by": .string(schedule.publishedBy.lowercased),
            ],
            personal: [String: String](),
            to: stores
        )
    }

    private static func tell(
        _ exam: Exam,
        _ before: ExamSchedule,
        _ now: ExamSchedule,
        _ services: Services,
        at time: Date,
        in stores: any Stores
    ) throws {
        let opens = now.opensAt.formatted(.iso8601)
        let closes = now.closesAt.formatted(.iso8601)
        var text = LocalizedText(
            ru: "Расписание изменено. «\(exam.title)»: с \(opens) до \(closes) (UTC) вместо "
                + "\(before.opensAt.formatted(.iso8601)).",
            en: "The schedule has changed. “\(exam.title)”: from \(opens) to \(closes) (UTC) in place of "
                + "\(before.opensAt.formatted(.iso8601))."
        )
        if let place = now.place {
            text.ru += " Где: \(place)."
            text.en += " Where: \(place)."
        }
        if let reason = now.reason {
            text.ru += " Причина: \(reason)."
            text.en += " Reason: \(reason)."
        }
        let board = NoticeBoard(services)
        for candidate in try participants(of: exam, now, in: stores) {
            try board.post(text, to: candidate, topic: "exam_schedule", about: exam.id, at: time, in: stores)
        }
    }

    /// Who is known to be going to sit an exam: by an attempt or a key of their own, or by a group of the register.
    private static func participants(
        of exam: Exam,
        _ schedule: ExamSchedule,
        in stores: any Stores
    ) throws -> [UUID] {
        var people = Set(try stores.expectedCandidates(examID: exam.id))
        var groups = Set((exam.groups ?? []).compactMap(\.registeredID))
        for name in schedule.groups { groups.formUnion(try stores.groups(named: name).map(\.id)) }
        for key in try stores.accessKeys(examID: exam.id) where key.revokedAt == nil {
            if case .group(let id?, _) = key.holder { groups.insert(id) }
        }
        for group in groups { people.formUnion(try stores.members(of: group).compactMap(\.contract.accountID)) }
        people.formUnion((exam.groups ?? []).flatMap(\.members))
        return people.sorted { $0.uuidString < $1.uuidString }
    }

    /// The own schedule of a candidate for calendars: exams that have not closed, and talks in their own slots.
    ///
    /// An exam is a candidate's by an attempt, a key or a group, or where it names no groups at all.
    package func calendar(of principal: Principal) async throws -> Data {
        let now = services.now()
        let zone = services.timeZone
        return try await services.database.read { stores in
            let groups = try stores.groups(ofAccount: principal.id)
            var events: [CalendarFile.Event] = []
            for schedule in try stores.upcomingSchedules(at: now, limit: 500) {
                guard let exam = try stores.exam(schedule.examID),
                    try Self.concerns(exam, schedule, principal.id, groups, in: stores)
                else { continue }
                events.append(Self.event(exam, schedule, zone))
            }
            for slot in try stores.slots(candidateID: principal.id, after: now) {
                guard let exam = try stores.exam(slot.examID) else { continue }
                events.append(Self.event(exam, slot, zone))
            }
            return CalendarFile(producer: "-//attestd//schedule//RU", events: events).data
        }
    }

    private static func concerns(
        _ exam: Exam,
        _ schedule: ExamSchedule,
        _ candidate: UUID,
        _ groups: [StudentGroup],
        in stores: any Stores
    ) throws -> Bool {
        if exam.groups == nil && schedule.groups.isEmpty { return true }
        if exam.ticketSet(of: candidate, registered: Set(groups.map(\.id))) != nil, exam.groups != nil { return true }
        if !Set(schedule.groups).isDisjoint(with: groups.map(\.name)) { return true }
        return try stores.expectedCandidates(examID: exam.id).contains(candidate)
    }

    private static func event(_ exam: Exam, _ schedule: ExamSchedule, _ zone: TimeZone) -> CalendarFile.Event {
        CalendarFile.Event(
            id: "\(exam.id.lowercased)@attestd",
            sequence: schedule.number - 1,
            stamp: schedule.at,
            start: schedule.opensAt,
            end: schedule.closesAt,
            summary: exam.title,
            location: schedule.place,
            details: details(schedule.opensAt, zone, exam, schedule.reason)
        )
    }

    private static func event(_ exam: Exam, _ slot: TalkSlot, _ zone: TimeZone) -> CalendarFile.Event {
        CalendarFile.Event(
            id: "talk-\(exam.id.lowercased)-\(slot.candidateID.lowercased)@attestd",
            // Grows with each setting of the slot, which has no number of its own.
            sequence: max(0, Int(slot.at.timeIntervalSince1970) - 1_700_000_000),
            stamp: slot.at,
            start: slot.beginsAt,
            end: slot.beginsAt.addingTimeInterval(Double(slot.minutes) * 60),
            summary: "\(exam.title): устная часть",
            location: slot.link,
            details: details(slot.beginsAt, zone, exam, nil)
        )
    }

    /// The institution's own time in words: whoever is asked when it is says that one.
    private static func details(_ start: Date, _ zone: TimeZone, _ exam: Exam, _ reason: String?) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "ru_RU")
        formatter.timeZone = zone
        formatter.dateFormat = "dd.MM.yyyy HH:mm"
        let time = formatter.string(from: start)
        var lines = [
            "Дисциплина: \(exam.discipline).", "Начало по времени учебного заведения: \(time) (\(zone.identifier)).",
        ]
        if let reason { lines.append("Причина изменения: \(reason)") }
        return lines.joined(separator: "\n")
    }

    /// All publications of an exam's schedule, oldest first.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func history(examID: UUID) async throws -> [ExamSchedule] {
        try await services.database.read { stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            return try stores.schedules(examID: examID)
        }
    }

    /// The exams that have not closed yet, the first to open in front.
    package func upcoming(group: String?, limit: Int) async throws -> [Entry] {
        let now = services.now()
        return try await services.database.read { stores in
            try stores.upcomingSchedules(at: now, limit: limit).compactMap { schedule in
                guard group.map({ schedule.groups.contains($0) }) ?? true, let exam = try stores.exam(schedule.examID)
                else { return nil }
                return Entry(exam: exam, schedule: schedule)
            }
        }
    }
}
