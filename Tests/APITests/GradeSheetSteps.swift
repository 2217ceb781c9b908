import Accounts
import Foundation
import TestSupport
import Testing
import Workflows

/// A study group with its exam and people.
struct ExamDay {
    let service: TestService
    let exam: String
    let group: String
    let candidates: [Client]

    /// An exam of six closed questions and a study group of candidates who have registered, all at the test's clock.
    ///
    /// - Parameter scale: the exam's scale.
    static func begin(
        _ service: TestService,
        candidates count: Int,
        changes: [String: JSON] = [:]
    ) async throws -> ExamDay {
        let exam = try await service.exam(by: service.staff(.examiner), changes: changes)
        var candidates: [Client] = []
        for number in 0..<count { candidates.append(try await service.candidate(number)) }
        let group = try await service.group("ИБ-21", kind: "study", people: Array(0..<count))
        return ExamDay(service: service, exam: exam, group: group, candidates: candidates)
    }

    func examiner() async throws -> Client {
        try await service.logIn("examiner@example.org", TestService.staffPassword, role: "examiner")
    }

    /// A candidate's attempt, handed in with so many right answers of six.
    @discardableResult
    func handIn(_ number: Int, right: Int) async throws -> String {
        let candidate = candidates[number]
        let attempt = try await service.startedAttempt(exam, by: candidate)
        let items = try await candidate.get("/v1/attempts/\(attempt)/ticket").json["items"].array
        for (place, item) in items.enumerated() {
            let answer = place < right ? TestBank.rightAnswer(to: item) : TestBank.wrongAnswer(to: item)
            let reply = try await candidate.put("/v1/attempts/\(attempt)/answers/\(place + 1)", answer)
            try #require(reply.status == 200, "\(reply.text)")
        }
        let reply = try await candidate.post("/v1/attempts/\(attempt)/submit")
        try #require(reply.status == 200, "\(reply.text)")
        return attempt
    }

    /// The sheet of the exam for a group.
    func sheet(of group: String? = nil, more: [String: JSON] = [:]) async throws -> String {
        let examinerID = try await service.id(of: examiner())
        let reply = try await service.sheetKeeper().post(
            "/v1/grade-sheets",
            ([
                "exam_id": .string(exam), "group_id": .string(group ?? self.group),
                "examiner_id": .string(examinerID), "discipline": "Основы информационной безопасности",
                "academic_year": "2025/2026", "semester": 6, "credit_units": "3", "hours": 108,
                "exam_day": "2026-03-02",
            ] as JSON).with(more)
        )
        try #require(reply.status == 201, "\(reply.text)")
        return try #require(reply.json["sheet"]["id"].string)
    }

    /// The marks of a sheet by surname.
    static func marks(_ sheet: JSON) -> [String: String] {
        Dictionary(
            sheet["rows"].array.map { ($0["surname"].string ?? "", $0["mark"].string ?? "-") }
        ) { $0 + $1 }
    }
}

extension TestService {
    /// The compliance officer, who keeps groups and makes sheets.
    func sheetKeeper() async throws -> Client {
        let email = "compliance_officer@example.org"
        guard try await loginReply(email, Self.staffPassword).status == 200 else {
            return try await staff(.complianceOfficer)
        }
        return try await logIn(email, Self.staffPassword, role: "compliance_officer")
    }

    /// Another examiner than the usual one.
    func addExaminer(_ email: String) async throws {
        personal.update { _ = $0.insert(email) }
        _ = try await Registration(services).addStaff(
            email: email,
            password: Self.staffPassword,
            name: PersonName(surname: "Другой", givenName: "Денис"),
            roles: [.examiner]
        )
    }

    /// A group of people by number, whose contracts are in the register.
    func group(_ name: String, kind: String, people: [Int]) async throws -> String {
        let lines = people.map { "\(name);\(kind);\(Person($0).contract);информационных технологий;21-\(100 + $0)" }
        let csv = (["группа;вид;договор;факультет;зачётная книжка"] + lines).joined(separator: "\r\n")
        let keeper = try await sheetKeeper()
        let reply = try await keeper.post("/v1/groups/imports", type: "text/csv", Data(csv.utf8))
        try #require(reply.json["added"].int == people.count, "\(reply.text)")
        let groups = try await keeper.get("/v1/groups").json["groups"].array
        return try #require(groups.first { $0["name"].string == name && $0["kind"].string == kind }?["id"].string)
    }
}
