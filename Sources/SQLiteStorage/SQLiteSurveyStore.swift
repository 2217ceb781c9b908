import Foundation
import Surveys

extension SQLiteStores: SurveyStore {
    func insertSurvey(_ survey: Survey) throws {
        try connection.run(
            "INSERT INTO surveys (id, year, document) VALUES (?, ?, ?)",
            [.id(survey.id), .integer(Int64(survey.year)), .json(survey)]
        )
    }

    func survey(_ id: UUID) throws -> Survey? {
        try connection.first("SELECT document FROM surveys WHERE id = ?", [.id(id)]) {
            try $0.json(0, as: Survey.self)
        }
    }

    func surveys() throws -> [Survey] {
        try connection.query("SELECT document FROM surveys ORDER BY year DESC, id DESC LIMIT 500") {
            try $0.json(0, as: Survey.self)
        }
    }

    func insertSurveyParticipant(_ accountID: UUID, of survey: UUID, sealedToken: Data) throws -> Bool {
        try connection.run(
            "INSERT OR IGNORE INTO survey_participants (survey_id, account_id, sealed_token) VALUES (?, ?, ?)",
            [.id(survey), .id(accountID), .blob(sealedToken)]
        ) == 1
    }

    func sealedSurveyToken(of accountID: UUID, survey: UUID) throws -> Data? {
        let found = try connection.first(
            "SELECT sealed_token FROM survey_participants WHERE survey_id = ? AND account_id = ?",
            [.id(survey), .id(accountID)]
        ) { $0.isNull(0) ? nil : $0.blob(0) }
        return found ?? nil
    }

    func replaceSealedSurveyToken(_ sealed: Data, of accountID: UUID, survey: UUID) throws {
        try connection.run(
            "UPDATE survey_participants SET sealed_token = ? WHERE survey_id = ? AND account_id = ?",
            [.blob(sealed), .id(survey), .id(accountID)]
        )
    }

    func insertSurveyToken(hash: Data, audience: Survey.Audience, of survey: UUID) throws {
        try connection.run(
            "INSERT INTO survey_tokens (hash, survey_id, audience) VALUES (?, ?, ?)",
            [.blob(hash), .id(survey), .text(audience.rawValue)]
        )
    }

    func takeSurveyToken(hash: Data, of survey: UUID) throws -> Survey.Audience? {
        let audience = try connection.first(
            "SELECT audience FROM survey_tokens WHERE hash = ? AND survey_id = ?",
            [.blob(hash), .id(survey)]
        ) { try $0.value(0, as: Survey.Audience.self) }
        try connection.run("DELETE FROM survey_tokens WHERE hash = ? AND survey_id = ?", [.blob(hash), .id(survey)])
        return audience
    }

    func insertSurveyAnswers(
        _ answers: [String: Survey.Answer],
        id: UUID,
        audience: Survey.Audience,
        of survey: UUID
    ) throws {
        try connection.run(
            "INSERT INTO survey_answers (id, survey_id, audience, document) VALUES (?, ?, ?, ?)",
            [.id(id), .id(survey), .text(audience.rawValue), .json(answers)]
        )
    }

    func surveyAnswers(of survey: UUID) throws -> [Survey.Audience: [[String: Survey.Answer]]] {
        let rows = try connection.query(
            "SELECT audience, document FROM survey_answers WHERE survey_id = ? ORDER BY id",
            [.id(survey)]
        ) { (try $0.value(0, as: Survey.Audience.self), try $0.json(1, as: [String: Survey.Answer].self)) }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    func surveyReminder(of year: Int) throws -> Date? {
        try connection.first("SELECT at FROM survey_reminders WHERE year = ?", [.integer(Int64(year))]) { $0.time(0) }
    }

    func noteSurveyReminder(of year: Int, at: Date) throws {
        try connection.run(
            "INSERT OR REPLACE INTO survey_reminders (year, at) VALUES (?, ?)",
            [.integer(Int64(year)), .time(at)]
        )
    }
}
