import Accounts
import Foundation
import TestSupport
import Testing

@Suite("D12 Appeals")
struct AppealTests {
    /// An appeal whose commission of three meets; the examiner has controlled the attempt.
    private struct Meeting {
        let failed: FailedSitting
        let office: Client
        let chair: (client: Client, id: String)
        let members: [String]
        let appeal: String

        var candidate: Client { failed.sitting.candidate }
        var path: String { "/v1/appeals/\(appeal)" }

        static func set(_ service: TestService) async throws -> Meeting {
            let failed = try await FailedSitting.make(service)
            let office = try await service.staff(.administrator)
            let chair = try await service.colleague("chair")
            let members = [
                try await service.colleague("first").id, try await service.colleague("second", .reviewer).id,
            ]
            let appeal = try await failed.appeal()
            let examiner = try await service.id(of: failed.sitting.examiner())
            let appointed = try await office.post(
                "/v1/appeals/\(appeal)/commission",
                service.commission(chair.id, members, more: ["examiner": [.string(examiner)]])
            )
            try #require(appointed.status == 200, "\(appointed.text)")
            let set = try await office.post(
                "/v1/appeals/\(appeal)/meeting",
                ["meeting_at": "2026-03-04T10:00:00Z", "place": "https://vcs.example.org/apellyaciya"]
            )
            try #require(set.json["state"] == "meeting_set", "\(set.text)")
            return Meeting(failed: failed, office: office, chair: chair, members: members, appeal: appeal)
        }

        func decide(_ more: [String: JSON], present: [String]? = nil) async throws -> Reply {
            try await chair.client.post(
                "\(path)/minutes",
                failed.service.minutes(
                    present ?? [chair.id] + members,
                    more: ["candidate_present": true, "examiner_present": true].merging(more) { $1 }
                )
            )
        }
    }

    @Test("D12: application, commission, meeting, minutes that the candidate gets, and a grade that is changed")
    func changed() async throws {
        try await TestService.run { service in
            let meeting = try await Meeting.set(service)
            let invited = try await service.notices(of: meeting.candidate)
            #expect(invited.first?["text"].string?.contains("https://vcs.example.org/apellyaciya") == true)
            let decided = try await meeting.decide(["outcome": "grade_changed", "grade": "good"])
            #expect(decided.json["state"] == "decided", "\(decided.text)")
            #expect(decided.json["is_closed"] == true)

            // The candidate reads the minutes and the outcome, and no accounts of staff.
            let own = try await meeting.candidate.get("/v1/me/cases")
            let minutes = own.json["cases"][0]["records"].array.last?["values"] ?? .null
            #expect(minutes["text"] == "Заслушали, обсудили, решили." && minutes["outcome"] == "grade_changed")
            #expect(!own.text.contains(meeting.chair.id) && !own.text.contains(meeting.members[0]))
            let letter = try #require(try await service.notices(of: meeting.candidate).first)
            #expect(letter["text"].string?.contains("Заслушали, обсудили, решили.") == true)

            let attempt = meeting.failed.sitting.attempt
            let changes = try await meeting.candidate.get("/v1/attempts/\(attempt)/grade-changes").json["grade_changes"]
            #expect(changes.array.count == 1)
            #expect(try await meeting.failed.sitting.look()["decided_grade"] == "good")
            #expect(changes[0]["before"] == "unsatisfactory" && changes[0]["after"] == "good")
            let bodies = try service.rawDatabase().column(
                "SELECT CAST(body AS TEXT) FROM log_entries ORDER BY entry_index"
            )
            let grades = bodies.filter { $0.contains("\"kind\":\"grade\"") }
            #expect(grades.last?.contains("\"reason\":\"appeal\"") == true && grades.last?.contains("good") == true)
            #expect(!bodies.joined().contains("Заслушали"), "the log holds no words about people")
            #expect(bodies.filter { $0.contains("\"step\":\"minutes\"") }.count == 1)
            let rows = try service.rawDatabase().column("SELECT document FROM case_records").joined()
            #expect(!rows.contains("Заслушали") && !rows.contains("учебником"), "nor does the database")
        }
    }

    @Test("D12: work that is re-examined stands for a second review; a grade that stands changes nothing")
    func others() async throws {
        try await TestService.run { service in
            let meeting = try await Meeting.set(service)
            #expect(try await meeting.decide(["outcome": "work_reexamined"]).status == 200)
            #expect(try await meeting.failed.sitting.look()["state"] == "second_review_required")
            let attempt = meeting.failed.sitting.attempt
            let changes = try await meeting.candidate.get("/v1/attempts/\(attempt)/grade-changes")
            #expect(changes.json["grade_changes"].array.isEmpty)
        }
        try await TestService.run { service in
            let meeting = try await Meeting.set(service)
            #expect(try await meeting.decide(["outcome": "grade_stands"]).status == 200)
            #expect(try await meeting.failed.sitting.look()["state"] == "submitted")
            let again = try await meeting.candidate.post(
                "/v1/appeals",
                ["attempt_id": .string(meeting.failed.sitting.attempt), "grounds": "both", "text": "Ещё раз прошу."]
            )
            #expect(again.code == "case_exists")
        }
    }

    @Test("D12: what is no decision is refused: no quorum, a grade without change, another scale's, by another person")
    func refusals() async throws {
        try await TestService.run { service in
            let meeting = try await Meeting.set(service)
            let stranger = try await service.colleague("stranger")
            #expect(try await meeting.decide(["outcome": "grade_changed"]).code == "grade_and_outcome")
            #expect(try await meeting.decide(["outcome": "grade_stands", "grade": "good"]).code == "grade_and_outcome")
            #expect(
                try await meeting.decide(["outcome": "grade_changed", "grade": "passed"]).code == "grade_not_of_scale"
            )
            let same: [String: JSON] = ["outcome": "grade_changed", "grade": "unsatisfactory"]
            #expect(try await meeting.decide(same).code == "grade_not_of_scale")
            let stands: [String: JSON] = ["outcome": "grade_stands"]
            #expect(try await meeting.decide(stands, present: meeting.members).code == "commission_quorum")
            let guests = [meeting.chair.id, meeting.members[0], stranger.id]
            #expect(try await meeting.decide(stands, present: guests).code == "commission_quorum")
            #expect(try await stranger.client.get("/v1/cases/\(meeting.appeal)").code == "case_of_others")
            let foreign = try await stranger.client.post(
                "\(meeting.path)/minutes",
                service.minutes(
                    guests,
                    more: ["candidate_present": true, "examiner_present": true, "outcome": "grade_stands"]
                )
            )
            #expect(foreign.status == 403)
            let other = try await service.candidate(1)
            #expect(try await other.get("/v1/cases/\(meeting.appeal)").code == "case_of_others")
            #expect(try await other.post("\(meeting.path)/withdraw").code == "case_of_others")
            #expect(try await meeting.candidate.get("/v1/cases/\(meeting.appeal)").json["state"] == "meeting_set")
        }
    }

    @Test("D12: who conducted the attestation does not sit in the commission, named or not")
    func conflict() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            #expect(try await sitting.control("pause", "check_needed").status == 200)
            #expect(try await sitting.control("resume").status == 200)
            #expect(try await sitting.candidate.post("\(sitting.path)/submit").status == 200)
            let examiner = try await service.id(of: sitting.examiner())
            let appeal = try await FailedSitting(sitting: sitting, service: service).appeal()
            let office = try await service.staff(.administrator)
            let people = [
                try await service.colleague("one").id, try await service.colleague("two").id,
                try await service.colleague("three").id,
            ]
            func appoint(_ chair: String, _ members: [String], named: String) async throws -> Reply {
                try await office.post(
                    "/v1/appeals/\(appeal)/commission",
                    service.commission(chair, members, more: ["examiner": [.string(named)]])
                )
            }
            #expect(
                try await appoint(examiner, [people[0], people[1]], named: examiner).code == "conflict_of_interest"
            )
            // Whoever paused the attempt conducted it, whatever the office says.
            #expect(
                try await appoint(people[0], [people[1], examiner], named: people[2]).code == "conflict_of_interest"
            )
            #expect(
                try await appoint(people[0], [people[1], people[2]], named: people[2]).code == "conflict_of_interest"
            )
            let candidate = try await service.id(of: sitting.candidate)
            #expect(try await appoint(people[0], [people[1], candidate], named: examiner).code == "people_unknown")
            #expect(try await appoint(people[0], [people[1], people[2]], named: examiner).status == 200)
        }
    }

    @Test(
        "D12: only over one's own attempt that is over, once; a repeated request files it once; and it can be withdrawn"
    )
    func filing() async throws {
        try await TestService.run { service in
            let sitting = try await Sitting.start(service)
            let form: JSON = [
                "attempt_id": .string(sitting.attempt), "grounds": "procedure", "text": "Связь прерывалась дважды.",
            ]
            #expect(try await sitting.candidate.post("/v1/appeals", form).code == "attempt_not_over")
            #expect(try await sitting.candidate.post("\(sitting.path)/submit").status == 200)
            let stranger = try await service.candidate(1)
            #expect(try await stranger.post("/v1/appeals", form).code == "other_candidate")
            let first = try await sitting.candidate.post("/v1/appeals", form, key: "appeal")
            #expect(first.status == 201)
            #expect(try await sitting.candidate.post("/v1/appeals", form, key: "appeal").json["id"] == first.json["id"])
            #expect(try await sitting.candidate.post("/v1/appeals", form).code == "case_exists")
            let id = first.json["id"].string ?? ""
            #expect(first.json["next_steps"].array.map(\.["step"]) == ["withdraw"])
            #expect(try await sitting.candidate.post("/v1/appeals/\(id)/withdraw").json["state"] == "withdrawn")
            #expect(try await sitting.candidate.post("/v1/appeals/\(id)/withdraw").code == "case_step_not_now")
            #expect(try await sitting.candidate.post("/v1/retakes/\(id)/withdraw").code == "case_unknown")
            #expect(try await sitting.candidate.post("/v1/appeals", form).status == 201, "withdrawn is not decided")
        }
    }
}
