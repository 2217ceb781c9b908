import Accounts
import Foundation
import Identification
import IdentityDocuments
import Storage

/// The identification log as rows, oldest first, up to the size of the log that the export tells of.
///
/// Numbers of documents are masked; addresses and devices are left out: an inspection does not ask for them.
struct IdentificationRows: RegisterSource {
    let filter: IdentificationFilter
    let vault: Vault
    /// Records that came into the log later are left out.
    let logSize: UInt64

    let title = LocalizedText(ru: "Журнал идентификации личности", en: "Identification log")

    let columns: [RegisterColumn] = [
        .init("number", ru: "№", en: "No.", width: 9, weight: 1.1, isCentred: true),
        .init("at", ru: "Дата и время", en: "Date and time", width: 20, weight: 2.4, isCentred: true),
        .init("subject_name", ru: "Обучающийся", en: "Candidate", width: 34, weight: 4.6),
        .init("subject", ru: "Учётная запись", en: "Account", width: 37),
        .init("procedure", ru: "Процедура", en: "Procedure", width: 28, weight: 3),
        .init("moment", ru: "Когда", en: "Moment", width: 24),
        .init("attempt_id", ru: "Попытка", en: "Attempt", width: 37),
        .init("method", ru: "Способ", en: "Method", width: 16, weight: 2.6, isCentred: true),
        .init("outcome", ru: "Результат", en: "Outcome", width: 26, weight: 3),
        .init("reason", ru: "Причина", en: "Reason", width: 24),
        .init("tries", ru: "Попыток", en: "Tries", width: 9),
        .init("operator_name", ru: "Уполномоченное лицо", en: "Verifier", width: 34, weight: 3.8),
        .init("operator_id", ru: "Учётная запись уполномоченного лица", en: "Verifier's account", width: 37),
        .init("authority", ru: "Основание", en: "Authority", width: 34, weight: 3),
        .init("document_kind", ru: "Документ", en: "Document", width: 30),
        .init("masked_document_number", ru: "Номер документа", en: "Document number", width: 18),
        .init("distance", ru: "Расстояние", en: "Distance", width: 12),
        .init("match_at_or_below", ru: "Порог совпадения", en: "Match threshold", width: 12),
        .init("non_match_above", ru: "Порог несовпадения", en: "Non-match threshold", width: 12),
        .init("model_id", ru: "Модель", en: "Model", width: 20),
        .init("evidence_sha256", ru: "SHA-256 снимка", en: "Evidence SHA-256", width: 66),
        .init("erased_at", ru: "Уничтожено", en: "Erased", width: 20),
        .init("id", ru: "Запись", en: "Record", width: 37),
        .init("log_index", ru: "Запись журнала №", en: "Log entry No.", width: 14, weight: 1.8, isCentred: true),
    ]

    func count(in stores: any Stores) throws -> Int { try stores.identificationCount(filter, atMost: .max) }

    func page(
        after mark: RegisterMark?,
        limit: Int,
        names: inout NameBook,
        in stores: any Stores
    ) throws -> RegisterPage {
        let page = try stores.identificationLines(filter, after: mark?.place, limit: limit)
        var orders: [UUID: Order] = [:]
        var rows: [[RegisterValue]] = []
        rows.reserveCapacity(page.count)
        for placed in page {
            let record = placed.record
            if let index = placed.logIndex, index >= logSize { continue }
            // Only a document's number is asked for of what is sealed.
            let hasDocument = record.circumstances.documentKind != nil
            let line = IdentificationRegister.Line(
                record: record,
                personal: hasDocument ? try LogBook(vault: vault).personalCircumstances(of: record, in: stores) : nil,
                subjectName: try names.name(of: record.subject, in: stores),
                operatorName: try names.name(of: record.circumstances.operatorID, in: stores),
                logIndex: placed.logIndex
            )
            if let id = record.circumstances.authorityID, orders[id] == nil { orders[id] = try stores.order(id) }
            rows.append(Self.row(line, record.circumstances.authorityID.flatMap { orders[$0] }))
        }
        let end = page.count == limit ? page.last?.record : nil
        return RegisterPage(
            rows: rows,
            mark: end.map { RegisterMark(place: RegisterPlace(at: $0.at, id: $0.id)) }
        )
    }

    private static func row(_ line: IdentificationRegister.Line, _ order: Order?) -> [RegisterValue] {
        let record = line.record
        let circumstances = record.circumstances
        let comparison = record.comparison
        return [
            .empty,  // The number, which the writer gives.
            .time(record.at),
            RegisterValue(line.subjectName?.displayed),
            RegisterValue(record.subject?.lowercased),
            circumstances.procedure.map { .code($0.rawValue, $0.label) } ?? .empty,
            .code(circumstances.moment.rawValue, circumstances.moment.label),
            RegisterValue(record.attemptID?.lowercased),
            .code(record.method.rawValue, record.method.label),
            .code(record.outcome.rawValue, record.outcome.label),
            .text(record.reason),
            .number(record.tries),
            RegisterValue(line.operatorName?.displayed),
            RegisterValue(circumstances.operatorID?.lowercased),
            order.map { RegisterValue.text(OrderRows.reference($0)) } ?? .empty,
            circumstances.documentKind.map { code in
                .code(code, DocumentKind(rawValue: code).map { LocalizedText($0.label) } ?? .init(ru: code, en: code))
            } ?? .empty,
            RegisterValue(line.personal?.maskedNumber),
            comparison.map { .decimal(Self.rounded($0.distance)) } ?? .empty,
            comparison.map { .decimal(Self.rounded($0.matchAtOrBelow)) } ?? .empty,
            comparison.map { .decimal(Self.rounded($0.nonMatchAbove)) } ?? .empty,
            RegisterValue(comparison?.modelID),
            RegisterValue(record.evidence?.rawValue),
            RegisterValue(record.erasedAt),
            .text(record.id.lowercased),
            line.logIndex.map { .number(Int($0)) } ?? .empty,
        ]
    }

    /// Six decimals are more than a distance is exact to.
    private static func rounded(_ value: Float) -> Double { (Double(value) * 1e6).rounded() / 1e6 }
}

extension LocalizedText {
    /// A text of the documents' domain.
    fileprivate init(_ text: IdentityDocuments.BilingualText) {
        self.init(ru: text.ru, en: text.en)
    }
}
