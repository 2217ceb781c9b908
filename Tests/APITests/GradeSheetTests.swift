import Accounts
import Foundation
import TestSupport
import Testing

@Suite("D8 Grade sheets")
struct GradeSheetTests {
    @Test("D8: a sheet is filled on the day from the attempts, closed, printed and exported")
    func wholeWay() async throws {
        try await TestService.run { service in
            let day = try await ExamDay.begin(service, candidates: 4)
            try await day.handIn(0, right: 6)
            try await day.handIn(1, right: 4)
            try await day.handIn(2, right: 1)
            let sheet = try await day.sheet()
            let path = "/v1/grade-sheets/\(sheet)"
            let examiner = try await day.examiner()

            let filled = try await examiner.post("\(path)/filling").json
            #expect(
                ExamDay.marks(filled) == [
                    "Соловьёва": "excellent", "Журавлёв": "satisfactory", "Воробьёва": "unsatisfactory", "Синицын": "-",
                ]
            )
            #expect(filled["rows"].array.map { $0["number"].int } == [1, 2, 3, 4])
            #expect(filled["rows"][0]["surname"].string == "Воробьёва", "in the order of names")
            #expect(filled["rows"].array.first { $0["mark"] == .null }?["waits_for"] == "exam")
            #expect(filled["sheet"]["is_filled_late"] == false)
            // Monday, 2 March: the third working day after it is Thursday.
            #expect(filled["sign_due_on"] == "2026-03-05")

            let early = try await examiner.post("\(path)/closing")
            #expect(early.status == 409)
            #expect(early.code == "rows_unmarked")
            #expect(early.json["faults"].array.map { $0["code"].string } == ["exam"], "\(early.text)")

            let marked = try await examiner.put("\(path)/rows/3", ["mark": "not_appeared", "reason": "Не пришёл."])
            #expect(marked.status == 200, "\(marked.text)")
            let closed = try await examiner.post("\(path)/closing").json
            #expect(closed["sheet"]["state"] == "closed")
            #expect(closed["sheet"]["version"] == 1)
            #expect(closed["history"].array.map { $0["kind"].string } == ["created", "filled", "marked", "closed"])

            try await Self.checkFiles(path, examiner)
            let bodies = try service.rawDatabase()
                .column("SELECT CAST(body AS TEXT) FROM log_entries WHERE kind = 'grade_sheet'")
            #expect(bodies.count == 1)
            #expect(bodies.first?.contains(#""action":"closed""#) == true)
            #expect(bodies.first?.contains("Соловьёва") == false, "the log names nobody")
        }
    }

    private static func checkFiles(_ path: String, _ client: Client) async throws {
        let pdf = try await client.get("\(path)/file")
        #expect(pdf.header("Content-Type") == "application/pdf")
        let text = try PDFText.read(pdf.body)
        for expected in [
            "ЭКЗАМЕНАЦИОННАЯ ВЕДОМОСТЬ № 1", "учебной группы", "ИБ-21", "информационных технологий", "2025/2026",
            "Основы информационной безопасности", "3 з.е. / 108 ч", "02.03.2026", "Соловьёва Алёна Игоревич",
            "отлично (5)", "не явился", "21-100", "Служебный С.", "«отлично»", "Не явились", "редакция 1",
        ] {
            #expect(text.contains(expected), "\(expected) in \(text)")
        }
        #expect(try await client.get("\(path)/file?format=pdf").body == pdf.body, "the same each time")
        let csv = try await client.get("\(path)/file?format=csv")
        #expect(csv.header("Content-Type") == "text/csv; charset=utf-8")
        #expect(csv.text.contains("Журавлёв;Пётр;Игоревич;21-101;;удовлетворительно;satisfactory;"))
        let workbook = try await client.get("\(path)/file?format=xlsx")
        #expect(workbook.body.starts(with: Data("PK".utf8)))
        #expect(workbook.header("Content-Disposition")?.hasPrefix("attachment; filename=") == true)
    }

    @Test("D8: a closed sheet changes neither over the API nor in the database; reopening takes a right and a reason")
    func closedIsFinal() async throws {
        try await TestService.run { service in
            let day = try await ExamDay.begin(service, candidates: 1)
            try await day.handIn(0, right: 6)
            let path = "/v1/grade-sheets/\(try await day.sheet())"
            let examiner = try await day.examiner()
            _ = try await examiner.post("\(path)/filling")
            #expect(try await examiner.post("\(path)/closing").status == 200)

            let mark: JSON = ["mark": "good", "reason": "Ошибся."]
            for reply in [
                try await examiner.post("\(path)/filling"), try await examiner.put("\(path)/rows/1", mark),
                try await examiner.post("\(path)/closing"),
            ] {
                #expect(reply.status == 409)
                #expect(reply.code == "sheet_closed")
            }
            let database = try service.rawDatabase()
            for statement in [
                "UPDATE grade_sheet_rows SET document = replace(document, 'excellent', 'good')",
                "DELETE FROM grade_sheet_rows",
                "INSERT INTO grade_sheet_rows SELECT sheet_id, 9, candidate_id, document FROM grade_sheet_rows",
                "DELETE FROM grade_sheet_changes",
            ] {
                #expect(throws: (any Error).self, "\(statement)") { try database.execute(statement) }
            }
            #expect(ExamDay.marks(try await examiner.get(path).json) == ["Соловьёва": "excellent"])

            #expect(try await examiner.post("\(path)/reopening", ["reason": "Опечатка."]).status == 403)
            let administrator = try await service.staff(.administrator)
            #expect(try await administrator.post("\(path)/reopening", ["reason": ""]).status == 422)
            let open = try await administrator.post("\(path)/reopening", ["reason": "Опечатка в номере книжки."])
            #expect(open.json["sheet"]["state"] == "open", "\(open.text)")
            #expect(try await administrator.post("\(path)/reopening", ["reason": "Ещё раз."]).code == "sheet_open")
            #expect(open.json["history"].array.last?["reason"] == "Опечатка в номере книжки.")
            let again = try await day.examiner().post("\(path)/closing").json
            #expect(again["sheet"]["version"] == 2)
            let actions = try service.rawDatabase().column(
                "SELECT json_extract(CAST(body AS TEXT), '$.facts.action') FROM log_entries WHERE kind = 'grade_sheet'"
            )
            #expect(actions == ["closed", "reopened", "closed"])
        }
    }

    @Test("D8: the signed paper comes back within three working days: who took it, when, and its scan")
    func paper() async throws {
        try await TestService.run { service in
            let day = try await ExamDay.begin(service, candidates: 1)
            try await day.handIn(0, right: 6)
            let path = "/v1/grade-sheets/\(try await day.sheet())"
            _ = try await day.examiner().post("\(path)/filling")
            let keeper = try await service.sheetKeeper()
            #expect(try await keeper.post("\(path)/papers", [:]).code == "sheet_open")
            #expect(try await day.examiner().post("\(path)/closing").status == 200)
            #expect(try await day.examiner().post("\(path)/papers", [:]).status == 403, "the office takes it")
            // Friday, 6 March: a day late.
            service.clock.advance(minutes: 4 * 24 * 60)
            let office = try await service.sheetKeeper()
            #expect(try await office.post("\(path)/papers", ["received_on": "2026-03-07"]).code == "paper_day")
            #expect(try await office.post("\(path)/papers", ["received_on": "2026-03-01"]).code == "paper_day")
            let taken = try await office.post("\(path)/papers", ["comment": "С исправлением в строке 1."])
            #expect(taken.status == 201, "\(taken.text)")
            #expect(taken.json["received_on"] == "2026-03-06" && taken.json["due_on"] == "2026-03-05")
            #expect(taken.json["is_late"] == true && taken.json["version"] == 1)
            #expect(try await office.post("\(path)/papers", [:]).code == "paper_recorded")
            let scan = "\(path)/papers/1/scan"
            #expect(try await office.get(scan).code == "paper_unknown")
            let text = Data("не скан".utf8)
            #expect(try await office.put(scan, type: "application/pdf", text).code == "scan_type")
            let bytes = Data("%PDF-1.7 скан с подписью".utf8)
            #expect(try await office.put(scan, type: "application/pdf", bytes).json["scan_bytes"].int == bytes.count)
            #expect(try await office.put(scan, type: "application/pdf", bytes).code == "paper_scanned")
            #expect(try await office.put("\(path)/papers/2/scan", type: "application/pdf", bytes).status == 404)
            #expect(try await day.examiner().get(scan).body == bytes)
            let papers = try await office.get("\(path)/papers").json["papers"].array
            let keeperID = try await service.id(of: office)
            #expect(papers.count == 1 && papers[0]["received_by"].string == keeperID)
            let kinds = try service.rawDatabase().column(
                "SELECT json_extract(CAST(body AS TEXT), '$.facts.action') FROM log_entries "
                    + "WHERE kind = 'grade_sheet_paper'"
            )
            #expect(kinds == ["received", "scanned"])
        }
    }

    @Test("D8: the academic group's sheet takes its marks from the closed sheets of study groups")
    func reconciliation() async throws {
        try await TestService.run { service in
            let day = try await ExamDay.begin(service, candidates: 2)
            let academic = try await service.group("ИБ-2021", kind: "academic", people: [0, 1])
            try await day.handIn(0, right: 6)
            try await day.handIn(1, right: 5)
            let study = "/v1/grade-sheets/\(try await day.sheet())"
            let whole = "/v1/grade-sheets/\(try await day.sheet(of: academic))"
            let examiner = try await day.examiner()
            let early = try await examiner.post("\(whole)/filling").json
            #expect(early["rows"].array.allSatisfy { $0["waits_for"] == "study_sheet" }, "\(early)")
            _ = try await examiner.post("\(study)/filling")
            #expect(try await examiner.post("\(study)/closing").status == 200)
            let filled = try await examiner.post("\(whole)/filling").json
            #expect(ExamDay.marks(filled) == ["Соловьёва": "excellent", "Журавлёв": "good"])
            #expect(filled["rows"].array.allSatisfy { $0["basis"] == "study_sheet" })
            #expect(try await examiner.post("\(whole)/closing").status == 200)
            let text = try PDFText.read(try await examiner.get("\(whole)/file").body)
            #expect(text.contains("академической группы"))
            #expect(text.contains("Декан факультета"))
        }
    }

    @Test("D8: only the sheet's examiner fills it, marks fit its scale, and a graded attempt is not overruled")
    func rights() async throws {
        try await TestService.run { service in
            let day = try await ExamDay.begin(service, candidates: 2)
            try await day.handIn(0, right: 6)
            let path = "/v1/grade-sheets/\(try await day.sheet())"
            try await service.addExaminer("other@example.org")
            let other = try await service.logIn("other@example.org", TestService.staffPassword, role: "examiner")
            let refused = try await other.post("\(path)/filling")
            #expect(refused.status == 403)
            #expect(refused.code == "other_examiner")

            let examiner = try await day.examiner()
            let rows = try await examiner.get(path).json["rows"].array
            let graded = try #require(rows.first { $0["surname"] == "Соловьёва" }?["number"].int)
            let absent = try #require(rows.first { $0["surname"] == "Журавлёв" }?["number"].int)
            let over = try await examiner.put("\(path)/rows/\(graded)", ["mark": "good", "reason": "Строго."])
            #expect(over.status == 409)
            #expect(over.code == "mark_follows_from_attempt")
            let wrong = try await examiner.put("\(path)/rows/\(absent)", ["mark": "passed", "reason": "Сдал устно."])
            #expect(wrong.status == 422)
            #expect(wrong.code == "mark_not_on_scale")
            #expect(try await examiner.put("\(path)/rows/7", ["mark": "good", "reason": "Сдал устно."]).status == 404)
            let oral = try await examiner.put("\(path)/rows/\(absent)", ["mark": "good", "reason": "Сдал устно."])
            #expect(oral.json["rows"].array.first { $0["number"].int == absent }?["basis"] == "examiner")
            // Filling leaves what a person entered.
            let filled = try await examiner.post("\(path)/filling").json
            #expect(ExamDay.marks(filled) == ["Соловьёва": "excellent", "Журавлёв": "good"])
            #expect(try await service.sheetKeeper().post("/v1/grade-sheets", Self.again(filled)).code == "sheet_exists")
        }
    }

    private static func again(_ sheet: JSON) -> JSON {
        [
            "exam_id": sheet["sheet"]["exam_id"], "group_id": sheet["sheet"]["group_id"],
            "examiner_id": sheet["sheet"]["examiner_id"], "academic_year": "2025/2026", "semester": 6,
            "credit_units": "3", "exam_day": "2026-03-02",
        ]
    }

    @Test("D8: what of a group's file cannot be read is told by line")
    func groupImport() async throws {
        try await TestService.run { service in
            for number in 0..<2 { try await service.importContract(of: TestService.Person(number)) }
            let keeper = try await service.sheetKeeper()
            let csv = """
                group,kind,contract,record_book
                ИБ-21,study,17-0/2026,21-100
                ИБ-21,study,99-9/2026,21-101
                ИБ-21,wrong,17-1/2026,21-102
                ,study,17-1/2026,21-102
                ИБ-21,академическая,17-1/2026
                ИБ-21,академическая,17-1/2026,21-102
                """
            let reply = try await keeper.post("/v1/groups/imports", type: "text/csv", Data(csv.utf8))
            #expect(reply.json["added"] == 2)
            #expect(reply.json["not_read"].array.map { $0["line"].int } == [3, 4, 5, 6])
            let again = try await keeper.post("/v1/groups/imports", type: "text/csv", Data(csv.utf8))
            #expect(again.json["unchanged"] == 2)
            #expect(again.json["added"] == 0)
            let broken = try await keeper.post("/v1/groups/imports", type: "text/csv", Data("a,b\n1,2".utf8))
            #expect(broken.code == "no_header")
            let groups = try await keeper.get("/v1/groups").json["groups"].array
            #expect(groups.map { $0["kind"].string } == ["academic", "study"])
            let study = try #require(groups.last?["id"].string)
            let member = try await keeper.get("/v1/groups/\(study)").json["members"][0]
            #expect(member["record_book"] == "21-100")
            let contract = try #require(member["contract_id"].string)
            #expect(try await keeper.delete("/v1/groups/\(study)/members/\(contract)").status == 204)
            #expect(try await keeper.delete("/v1/groups/\(study)/members/\(contract)").status == 404)
        }
    }
}

@Suite("D7 Consequences in the grade sheet")
struct SheetConsequenceTests {
    @Test("D7: dishonesty, an announced absence, a lost connection and not coming each stand in the sheet as they must")
    func consequences() async throws {
        try await TestService.run { service in
            let day = try await ExamDay.begin(service, candidates: 4)
            let examiner = try await day.examiner()
            func terminate(_ attempt: String, _ reason: String) async throws {
                let reply = try await examiner.post(
                    "/v1/attempts/\(attempt)/control",
                    ["action": "terminate", "reason": .string(reason)]
                )
                #expect(reply.status == 200, "\(reply.text)")
            }
            let copied = try await service.startedAttempt(day.exam, by: day.candidates[0])
            try await terminate(copied, "dishonesty")
            let absent = try await service.attempt(day.exam, by: day.candidates[1])
            let declined = try await day.candidates[1].post(
                "/v1/attempts/\(absent)/declining",
                ["reason": "unable_to_attend"]
            )
            #expect(declined.status == 200, "\(declined.text)")
            let lost = try await service.startedAttempt(day.exam, by: day.candidates[2])
            try await terminate(lost, "connection_lost")

            let path = "/v1/grade-sheets/\(try await day.sheet())"
            let filled = try await examiner.post("\(path)/filling").json
            #expect(
                ExamDay.marks(filled) == [
                    "Соловьёва": "unsatisfactory", "Журавлёв": "not_appeared_excused", "Воробьёва": "not_taken_place",
                    "Синицын": "-",
                ]
            )
            service.clock.advance(minutes: 31 * 24 * 60)
            let after = try await day.examiner().post("\(path)/filling").json
            let debts = Dictionary(
                uniqueKeysWithValues: after["rows"].array.map { ($0["surname"].string ?? "", $0["debt"].string ?? "") }
            )
            #expect(
                debts == ["Соловьёва": "owed", "Журавлёв": "excused", "Воробьёва": "excused", "Синицын": "owed"]
            )
            #expect(ExamDay.marks(after)["Синицын"] == "not_appeared")
            let texts = after["rows"].array.compactMap { $0["mark_text"].string }
            #expect(texts.filter { $0 == "не явился" }.count == 2)
            #expect(after["sheet"]["is_filled_late"] == true)
        }
    }

    @Test("D7: who sends nothing by the end gets «неудовлетворительно»")
    func nothingSent() async throws {
        try await TestService.run { service in
            let day = try await ExamDay.begin(service, candidates: 1)
            _ = try await service.startedAttempt(day.exam, by: day.candidates[0])
            let path = "/v1/grade-sheets/\(try await day.sheet())"
            #expect(try await day.examiner().post("\(path)/filling").json["rows"][0]["waits_for"] == "attempt")
            service.clock.advance(minutes: 24 * 60)
            let row = try await day.examiner().post("\(path)/filling").json["rows"][0]
            #expect(row["mark"] == "unsatisfactory")
            #expect(row["basis"] == "not_sent_in_time")
        }
    }
}

@Suite("D4 Scales of disciplines over HTTP")
struct DisciplineScaleTests {
    @Test("D4: a discipline's rating of 100 points stands in the sheet beside the grade")
    func rating() async throws {
        try await TestService.run { service in
            let examiner = try await service.staff(.examiner)
            #expect(try await examiner.get("/v1/disciplines/IB/scale").json["is_set"] == false)
            let scale: JSON = [
                "kind": "rating", "lowest": "unsatisfactory",
                "thresholds": [
                    ["percent": 91, "grade": "excellent"], ["percent": 74, "grade": "good"],
                    ["percent": 61, "grade": "satisfactory"],
                ],
            ]
            let set = try await examiner.put("/v1/disciplines/IB/scale", scale)
            #expect(set.json["is_set"] == true, "\(set.text)")
            let wrong = scale.with(["kind": "pass_fail"])
            #expect(try await examiner.put("/v1/disciplines/IB/scale", wrong).code == "scale_wrong")
            #expect(try await examiner.get("/v1/disciplines/IB/scale").json["thresholds"][0]["percent"] == 91)

            // Exams published from now on take it: 5 of 6 is 83 points, «хорошо» from 74.
            let exam = try await service.exam(by: examiner)
            let candidate = try await service.candidate(0)
            let group = try await service.group("ИБ-21", kind: "study", people: [0])
            let day = ExamDay(service: service, exam: exam, group: group, candidates: [candidate])
            try await day.handIn(0, right: 5)
            let path = "/v1/grade-sheets/\(try await day.sheet())"
            let row = try await day.examiner().post("\(path)/filling").json["rows"][0]
            #expect(row["mark"] == "good")
            #expect(row["rating"] == 83)
            let text = try PDFText.read(try await day.examiner().get("\(path)/file").body)
            #expect(text.contains("Баллы"))
            #expect(text.contains("83"))
        }
    }
}
