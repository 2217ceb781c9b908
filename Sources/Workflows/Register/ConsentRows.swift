import Accounts
import Foundation
import Identification
import Storage

/// The register of consents, refusals and withdrawals (row F4), in the order in which they came.
struct ConsentRows: RegisterSource {
    let filter: IdentificationFilter
    /// What was stated later is left out.
    let until: Date

    let title = LocalizedText(ru: "Реестр согласий и отказов", en: "Register of consents and refusals")

    let columns: [RegisterColumn] = [
        .init("number", ru: "№", en: "No.", width: 9, weight: 1, isCentred: true),
        .init("at", ru: "Дата и время", en: "Date and time", width: 20, weight: 2.4, isCentred: true),
        .init("subject_name", ru: "Обучающийся", en: "Candidate", width: 34, weight: 4.6),
        .init("subject", ru: "Учётная запись", en: "Account", width: 37),
        .init("kind", ru: "Согласие на", en: "Consent to", width: 40, weight: 4.6),
        .init("decision", ru: "Решение", en: "Decision", width: 12, weight: 1.8, isCentred: true),
        .init("text_version", ru: "Редакция текста", en: "Text version", width: 10, weight: 1.4, isCentred: true),
        .init("text_sha256", ru: "SHA-256 текста", en: "Text SHA-256", width: 66),
        .init("stated_by", ru: "Кто заявил", en: "Stated by", width: 34, weight: 3.4),
        .init("paper", ru: "Бумажный документ", en: "Paper", width: 30, weight: 2.8),
        .init("partners", ru: "Организации", en: "Organisations", width: 40),
        .init("recorded_by", ru: "Кто внёс", en: "Recorded by", width: 34, weight: 3.4),
        .init("id", ru: "Запись", en: "Record", width: 37),
        .init("log_index", ru: "Запись журнала №", en: "Log entry No.", width: 14, weight: 1.8, isCentred: true),
    ]

    func count(in stores: any Stores) throws -> Int { try stores.consentCount(filter, until: until) }

    func page(
        after mark: RegisterMark?,
        limit: Int,
        names: inout NameBook,
        in stores: any Stores
    ) throws -> RegisterPage {
        let found = try stores.consents(filter, until: until, after: mark?.number, limit: limit)
        let rows = try found.map { try Self.row($0.statement, &names, in: stores) }
        let end = found.count == limit ? found.last : nil
        return RegisterPage(rows: rows, mark: end.map { RegisterMark(number: $0.number) })
    }

    private static func row(
        _ statement: ConsentStatement,
        _ names: inout NameBook,
        in stores: any Stores
    ) throws -> [RegisterValue] {
        let subject = try names.name(of: statement.accountID, in: stores)?.displayed
        let statedBy: String? =
            switch statement.statedBy {
            case .person: subject
            case .representative(let person): "\(person.name) (\(person.relationship))"
            }
        return [
            .empty,
            .time(statement.at),
            RegisterValue(subject),
            .text(statement.accountID.lowercased),
            .code(statement.kind.rawValue, statement.kind.label),
            .code(statement.decision.rawValue, statement.decision.label),
            .number(statement.textVersion),
            .text(statement.textDigest),
            RegisterValue(statedBy),
            RegisterValue(statement.paper.map { "\($0.reference), \($0.date)" }),
            RegisterValue(statement.partners.isEmpty ? nil : statement.partners.joined(separator: "; ")),
            RegisterValue(try names.name(of: statement.recordedBy, in: stores)?.displayed),
            .text(statement.id.lowercased),
            try stores.logPlaces(of: statement.id).first.map { .number(Int($0)) } ?? .empty,
        ]
    }
}
