import Accounts
import Cryptography
import Documents
package import Foundation
import Storage
package import Surveys
import TransparencyLog

/// The yearly survey (row F6; S3 20): everybody is asked once, and nobody can tell who said what.
///
/// A person who is logged in gets one random token and hands it in with the answers without being logged in. Only the
/// token's hash is kept, until it is used, and neither it nor the answers stand beside an account or a time.
///
/// Whoever loses the token gets another in its place, as long as nobody has answered by it: the hash of a person's token
/// is sealed under that person's key. Opened, it says whether the person has answered, and never what: answers keep
/// nothing of the token.
package struct SurveyDesk: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// All surveys, newest first.
    package func surveys() async throws -> [Survey] {
        try await services.database.read { try $0.surveys() }
    }

    /// One survey.
    ///
    /// - Throws: `Refusal` where there is none.
    package func survey(_ id: UUID) async throws -> Survey {
        try await services.database.read { stores in
            guard let survey = try stores.survey(id) else { throw Self.unknown }
            return survey
        }
    }

    /// Opens a survey for a period.
    ///
    /// - Throws: `Refusal` where the period or the questions are none.
    package func open(_ draft: Survey, by principal: Principal) async throws -> Survey {
        guard draft.opensAt < draft.closesAt, Set(draft.questions.map(\.id)).count == draft.questions.count,
            draft.questions.allSatisfy({ question in
                (question.kind == .choice) == (question.russianChoices.count >= 2)
                    && question.russianChoices.count == question.englishChoices.count
            })
        else {
            throw Refusal(
                .unprocessable,
                "survey_unfit",
                ru: "Проверьте опрос: начало раньше конца, имена вопросов разные, у вопросов с выбором не меньше двух "
                    + "вариантов на обоих языках.",
                en: "Check the survey: it begins before it ends, questions have different names, and choices come in "
                    + "at least two and in both languages."
            )
        }
        let now = services.now()
        let survey = Survey(
            id: services.makeID(at: now),
            year: draft.year,
            russianTitle: draft.russianTitle,
            englishTitle: draft.englishTitle,
            opensAt: draft.opensAt,
            closesAt: draft.closesAt,
            smallestGroup: draft.smallestGroup,
            questions: draft.questions
        )
        return try await services.database.write { [services] stores in
            try stores.insertSurvey(survey)
            try LogBook(vault: services.vault).append(
                "survey",
                recordID: survey.id,
                subject: nil,
                at: now,
                facts: ["year": .integer(Int64(survey.year)), "by": .string(principal.id.lowercased)],
                personal: [String: String](),
                to: stores
            )
            return survey
        }
    }

    /// Gives a person the one token with which answers are handed in; it cannot be given twice, since nobody knows
    /// whose is whose.
    ///
    /// - Throws: `Refusal`.
    package func token(for id: UUID, principal: Principal) async throws -> String {
        let now = services.now()
        let token = SessionToken.random().text
        return try await services.database.write { [vault = services.vault] stores in
            guard let survey = try stores.survey(id) else { throw Self.unknown }
            guard survey.isOpen(at: now) else { throw Self.closed }
            let hash = Self.hash(token)
            let key = try vault.personKey(of: principal.id, in: stores)
            let sealed = key.sealed(hash, purpose: Self.purpose(id))
            guard try stores.insertSurveyParticipant(principal.id, of: id, sealedToken: sealed) else {
                throw Refusal(
                    .conflict,
                    "survey_token_given",
                    ru: "Вы уже получили талон этого опроса. Если вы его потеряли и ещё не ответили, попросите замену: "
                        + "прежний талон перестанет действовать.",
                    en:
                        "You have your token for this survey already. If you have lost it and not answered yet, ask for "
                        + "a replacement: the earlier token will be void."
                )
            }
            try stores.insertSurveyToken(hash: hash, audience: Self.audience(of: principal), of: id)
            return token
        }
    }

    /// Gives a person another token in place of a lost one, which is void from then on.
    ///
    /// - Throws: `Refusal` where none was given, or answers came by it.
    package func replacement(for id: UUID, principal: Principal) async throws -> String {
        let now = services.now()
        let token = SessionToken.random().text
        return try await services.database.write { [vault = services.vault] stores in
            guard let survey = try stores.survey(id) else { throw Self.unknown }
            guard survey.isOpen(at: now) else { throw Self.closed }
            guard let sealed = try stores.sealedSurveyToken(of: principal.id, survey: id),
                let key = try vault.existingPersonKey(of: principal.id, in: stores)
            else { throw Self.notGiven }
            let lost = try key.opened(sealed, purpose: Self.purpose(id))
            guard try stores.takeSurveyToken(hash: lost, of: id) != nil else { throw Self.answered }
            let hash = Self.hash(token)
            let next = key.sealed(hash, purpose: Self.purpose(id))
            try stores.replaceSealedSurveyToken(next, of: principal.id, survey: id)
            try stores.insertSurveyToken(hash: hash, audience: Self.audience(of: principal), of: id)
            return token
        }
    }

    private static func audience(of principal: Principal) -> Survey.Audience {
        principal.account.roles.areStaff ? .staff : .candidates
    }

    private static func purpose(_ id: UUID) -> String { "survey token:\(id.lowercased)" }

    /// Takes somebody's answers.
    ///
    /// - Throws: `Refusal`.
    package func answer(_ id: UUID, token: String, answers: [String: Survey.Answer]) async throws {
        let now = services.now()
        // Random and not by time: identifiers that rise would tell in which order the answers came.
        let answerID = UUID()
        try await services.database.write { stores in
            guard let survey = try stores.survey(id) else { throw Self.unknown }
            guard survey.isOpen(at: now) else { throw Self.closed }
            guard survey.accepts(answers) else {
                throw Refusal(
                    .unprocessable,
                    "survey_answers_unfit",
                    ru: "Ответы не подходят к вопросам: шкала — от 1 до 5, выбор — номер варианта с нуля.",
                    en: "The answers do not fit the questions: scales go from 1 to 5, choices count from 0."
                )
            }
            guard let audience = try stores.takeSurveyToken(hash: Self.hash(token), of: id) else {
                throw Refusal(
                    .unprocessable,
                    "survey_token_unknown",
                    ru: "Такого талона нет или по нему уже ответили.",
                    en: "There is no such token, or it has been used."
                )
            }
            try stores.insertSurveyAnswers(answers, id: answerID, audience: audience, of: id)
        }
    }

    private static func hash(_ token: String) -> Data { Data(SHA256Digest.hash(utf8: "survey:\(token)").bytes) }

    // MARK: - Results

    /// What a survey came to; before it is closed nothing is told, or two looks would show one answer.
    ///
    /// - Throws: `Refusal`.
    package func results(_ id: UUID) async throws -> (survey: Survey, results: SurveyResults) {
        let now = services.now()
        return try await services.database.read { stores in
            guard let survey = try stores.survey(id) else { throw Self.unknown }
            guard now >= survey.closesAt else {
                throw Refusal(
                    .conflict,
                    "survey_open",
                    ru: "Итоги видны после окончания опроса.",
                    en: "Results are shown once the survey is closed."
                )
            }
            return (survey, SurveyResults(survey, answers: try stores.surveyAnswers(of: id)))
        }
    }

    /// The results as CSV.
    package func csv(_ id: UUID) async throws -> Data {
        let (survey, results) = try await results(id)
        let rows = Self.rows(results).map { $0.map { SpreadsheetTable.Cell.text($0) } }
        return SpreadsheetTable(
            name: "Опрос \(survey.year)",
            createdAt: survey.closesAt,
            titles: Self.titles,
            rows: rows
        ).csv
    }

    /// The results as PDF.
    package func pdf(_ id: UUID) async throws -> Data {
        let (survey, results) = try await results(id)
        let document = PrintedDocument(
            title: "Итоги опроса",
            createdAt: survey.closesAt,
            footer: "Опрос анонимный; группы меньше \(survey.smallestGroup) человек не показаны.",
            blocks: [
                .text(services.grading.institution, size: 12, alignment: .center), .space(6),
                .text(survey.russianTitle, size: 14, isBold: true, alignment: .center),
                .text("\(survey.year) год", size: 11, alignment: .center), .space(8),
                .table(
                    .init(
                        columns: [
                            .init(Self.titles[0], weight: 2.4), .init(Self.titles[1], weight: 6),
                            .init(Self.titles[2], weight: 1.6, alignment: .right),
                            .init(Self.titles[3], weight: 1.6, alignment: .right), .init(Self.titles[4], weight: 5),
                        ],
                        rows: Self.rows(results)
                    )
                ),
            ]
        )
        do {
            return try await DocumentPress.shared.pdf(document)
        } catch let error as DocumentError where error == DocumentError(.fontsMissing, "") {
            throw Refusal.fontsMissing
        }
    }

    private static let titles = ["Кто", "Вопрос", "Ответили", "Среднее", "Ответы"]

    private static func rows(_ results: SurveyResults) -> [[String]] {
        results.groups.flatMap { group -> [[String]] in
            let who = group.audience == .staff ? "сотрудники" : "обучающиеся"
            guard group.answered != nil else { return [[who, "ответов мало, не показаны", "", "", ""]] }
            return group.questions.map { line in
                let counts: String =
                    switch line.question.kind {
                    case .scale: line.counts.enumerated().map { "\($0 + 1) — \($1)" }.joined(separator: "; ")
                    case .choice:
                        zip(line.question.russianChoices, line.counts).map { "\($0) — \($1)" }.joined(separator: "; ")
                    case .text: line.texts.joined(separator: " | ")
                    }
                let mean = line.meanHundredths.map { "\($0 / 100),\($0 % 100 / 10)\($0 % 10)" } ?? ""
                return [who, line.question.russian, line.count.map(String.init) ?? "мало", mean, counts]
            }
        }
    }

    // MARK: - Reminding

    /// Reminds compliance officers from October on, once a month, that the year has no survey yet.
    package func remind() async throws {
        let now = services.now()
        let day = services.day(of: now)
        guard day.month >= 10 else { return }
        try await services.database.write { [services] stores in
            guard try !stores.surveys().contains(where: { $0.year == day.year }) else { return }
            if let last = try stores.surveyReminder(of: day.year), now.timeIntervalSince(last) < 30 * 86_400 { return }
            let text = LocalizedText(
                ru: "За \(day.year) год ещё нет опроса о качестве служб: его проводят ежегодно. Откройте опрос.",
                en: "There is no survey of the services' quality for \(day.year) yet: it is held every year. Open one."
            )
            let officers = try stores.accounts(AccountFilter(role: .complianceOfficer, isDisabled: false, limit: 100))
            for officer in officers {
                try NoticeBoard(services)
                    .post(text, to: officer.id, topic: "survey", about: officer.id, at: now, in: stores)
            }
            if !officers.isEmpty { try stores.noteSurveyReminder(of: day.year, at: now) }
        }
    }

    // MARK: - Refusals

    private static let unknown = Refusal.notFound(
        "survey_unknown",
        ru: "Такого опроса нет.",
        en: "There is no such survey."
    )

    private static let notGiven = Refusal(
        .conflict,
        "survey_token_not_given",
        ru: "Талон этого опроса вам не выдавали, или выдали до обновления службы, и найти его нельзя. Получите талон.",
        en: "You were given no token for this survey, or before the service could replace one. Get a token."
    )

    private static let answered = Refusal(
        .conflict,
        "survey_answered",
        ru: "По вашему талону уже ответили. Второй раз ответить нельзя.",
        en: "Answers came by your token already. Nobody answers twice."
    )

    private static let closed = Refusal(
        .conflict,
        "survey_closed",
        ru: "Опрос сейчас не принимает ответов.",
        en: "The survey takes no answers now."
    )
}
