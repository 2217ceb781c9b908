import Foundation
import TestSupport
import Testing

/// A service with an examiner, an exam and candidates, set up as staff would: by commands and over HTTP.
struct Institution: Sendable {
    let folder: DataFolder
    let exam: String
    /// E-mail addresses; all have the same password.
    let candidates: [String]
    /// The candidates' attempts, started.
    let attempts: [String]

    static let password = "three words here"
    static let examiner = "examiner@example.org"

    private static let bank = """
        ::Эссе::Опишите модель нарушителя. {}

        ::Краткий::Поддельные письма называются {=фишинг}
        """

    /// Sets everything up with a daemon of its own, which is stopped again.
    static func found(_ count: Int, in folder: DataFolder) async throws -> Institution {
        try await addExaminer(in: folder)
        let rows = (0..<count).map { "Д-\($0);Соловьёва;Алёна;Игоревна" }
        let csv = (["номер;фамилия;имя;отчество"] + rows).joined(separator: "\n") + "\n"
        let imported = try await folder.command(["contracts", "import", try folder.write(csv, to: "contracts.csv")])
        try #require(imported.status == 0, "\(imported.standardError)")
        let daemon = try await Daemon.start(in: folder)
        let institution = try await open(count, daemon)
        daemon.send(SIGTERM)
        let end = await daemon.end()
        try #require(end.status == 0 && !end.isSignalled)
        return institution
    }

    static func addExaminer(in folder: DataFolder, email: String = examiner) async throws {
        let words = ["accounts", "add", "--role", "examiner", "--email", email]
        let added = try await folder.command(
            words + ["--surname", "Иванова", "--given-name", "Анна"],
            input: "\(password)\n"
        )
        try #require(added.status == 0, "\(added.standardError)")
    }

    /// Reads the consents in force and gives the usual ones.
    static func giveConsents(_ candidate: Client) async throws {
        let texts = try await candidate.get("/v1/consent-texts").json["texts"].array
        for text in texts where ["personal_data", "biometric"].contains(text["kind"].string) {
            let given = try await candidate.post(
                "/v1/me/consents",
                ["kind": text["kind"], "version": text["version"], "sha256": text["ru"]["sha256"]]
            )
            try #require(given.status == 200, "\(given.text)")
        }
    }

    private static func open(_ count: Int, _ daemon: Daemon) async throws -> Institution {
        let staff = try await daemon.logIn(examiner, password)
        _ = try await staff.post("/v1/question-banks/IB/imports", type: "text/plain", Data(bank.utf8))
        let now = Date()
        let published = try await staff.post(
            "/v1/exams",
            [
                "title": "Экзамен", "discipline": "IB", "duration_seconds": 86_400,
                "opens_at": .string(now.addingTimeInterval(-60).formatted(.iso8601)),
                "closes_at": .string(now.addingTimeInterval(86_400).formatted(.iso8601)),
                // In this order: item 1 is the essay, item 2 the short text.
                "sections": [["count": 1, "types": ["essay"]], ["count": 1, "types": ["short_text"]]],
                "shuffle_questions": false, "identification": ["electronic"],
            ]
        )
        let exam = try #require(published.json["id"].string, "\(published.text)")
        var institution = (emails: [String](), attempts: [String]())
        for number in 0..<count {
            let email = "candidate\(number)@example.org"
            let registered = try await daemon.client.post(
                "/v1/accounts",
                [
                    "email": .string(email), "password": .string(password), "surname": "Соловьева",
                    "given_name": "Алена", "patronymic": "Игоревна", "contract_number": "д-\(number)",
                ]
            )
            try #require(registered.status == 201, "\(registered.text)")
            let candidate = try await daemon.logIn(email, password)
            try await giveConsents(candidate)
            let made = try await candidate.post("/v1/exams/\(exam)/attempts")
            let attempt = try #require(made.json["id"].string, "\(made.text)")
            let started = try await candidate.post("/v1/attempts/\(attempt)/start")
            try #require(started.status == 200, "\(started.text)")
            institution.emails.append(email)
            institution.attempts.append(attempt)
        }
        return Institution(
            folder: daemon.folder,
            exam: exam,
            candidates: institution.emails,
            attempts: institution.attempts
        )
    }
}
