import Accounts
package import DocumentReading
package import Foundation
import Identification
package import IdentityDocuments
import Storage

/// Reads the machine-readable zone from the document's picture of a case (row C4). What comes of it is a suggestion that
/// the verifier compares with the document and sends back as the form, or not; nothing of it is kept, nothing is decided
/// by it.
package struct CaseReading: Sendable {
    let services: Services
    let desk: VisualDesk
    let reader: DocumentReader?

    /// Creates the workflow.
    ///
    /// - Parameter reader: `nil` where its model is not installed.
    package init(_ services: Services, desk: VisualDesk, reader: DocumentReader?) {
        self.services = services
        self.desk = desk
        self.reader = reader
    }

    /// What was read.
    package struct Suggestion: Sendable {
        /// The form as it could be filled in, with the zone.
        package var form: DocumentForm
        /// What software finds about the document and the account's name.
        package var findings: [DocumentFinding]
        /// Characters that were put right so that the check digits agree.
        package var repairs: [MRZRepair]
    }

    /// Reads the zone; `nil` where the picture shows none of which all check digits agree. That the picture was opened is
    /// recorded like a look at it.
    ///
    /// - Throws: `Refusal` where the case is not in the principal's hands or there is no picture of the document.
    package func read(_ caseID: UUID, principal: Principal) async throws -> Suggestion? {
        guard let reader else { throw Self.unavailable }
        let file = try await desk.picture("document", of: caseID, principal: principal)
        let day = services.day(of: services.now())
        let reading: MRZReading?
        do {
            reading = try await reader.read(file, on: day)
        } catch {
            throw error.code == .busy ? Self.busy : Self.unreadable
        }
        guard let reading, let zone = reading.zone else { return nil }
        let form = Self.form(zone)
        let name = try await services.database.read { stores in
            try stores.visualCase(caseID).flatMap { try stores.account($0.subject)?.name }
        }
        guard let name else { throw Refusal.unknownCase }
        return Suggestion(form: form, findings: form.findings(of: name, on: day), repairs: reading.repairs)
    }

    /// What the verifier does with what was read, or with nothing.
    package static func advice(for suggestion: Suggestion?) -> LocalizedText {
        suggestion == nil
            ? LocalizedText(
                ru:
                    "Машиночитаемую зону прочитать не удалось. Введите её с документа вручную или попросите снять страницу "
                    + "ещё раз: целиком, прямо, при ровном свете, без бликов и пальцев на нижних строках.",
                en:
                    "The machine-readable zone could not be read. Type it in from the document, or ask for another picture "
                    + "of the page: all of it, straight, in even light, without glare or fingers on the lowest lines."
            )
            : LocalizedText(
                ru: "Сверьте каждое поле с документом и сохраните форму, если всё верно: прочитанное — подсказка, а "
                    + "контрольные цифры не защищают имена.",
                en: "Compare every field with the document and save the form if all of it is right: what was read is a "
                    + "suggestion, and no check digit protects the names."
            )
    }

    /// What a zone tells, as the fields of the form. The zone says nothing of languages and of translations.
    static func form(_ zone: MachineReadableZone) -> DocumentForm {
        let kind = zone.documentKind ?? .other
        return DocumentForm(
            document: IdentityDocument(
                kind: kind,
                number: DocumentNumber(series: zone.series, number: zone.documentNumber, kind: kind),
                country: zone.issuer,
                issueDate: zone.issueDate?.date,
                expiryDate: zone.expiryDate?.date,
                holder: holder(zone),
                birthDate: zone.birthDate.date
            ),
            zone: zone.lines.joined(separator: "\n")
        )
    }

    /// The names in the zone. A Russian internal passport's are in a code that can be turned back, with the patronymic
    /// behind the given name; elsewhere nothing tells a patronymic from a second given name.
    private static func holder(_ zone: MachineReadableZone) -> PersonName {
        let names = zone.names
        guard zone.format == .russianPassport else {
            return PersonName(
                surname: names.primary.joined(separator: " "),
                givenName: names.secondary.joined(separator: " ")
            )
        }
        let decoded = names.secondary.map { RussianPassportCode.name($0) ?? $0 }
        let patronymic = decoded.dropFirst().joined(separator: " ")
        return PersonName(
            surname: names.primary.map { RussianPassportCode.name($0) ?? $0 }.joined(separator: " "),
            givenName: decoded.first ?? "",
            patronymic: patronymic.isEmpty ? nil : patronymic
        )
    }

    private static let unavailable = Refusal(
        .unavailable,
        "document_reading_unavailable",
        ru: "Чтение машиночитаемой зоны не установлено. Введите данные документа вручную.",
        en: "Reading of machine-readable zones is not installed. Type in the document's particulars."
    )

    private static let busy = Refusal(
        .unavailable,
        "document_reading_busy",
        ru: "Сейчас читается слишком много снимков. Повторите через несколько секунд или введите данные вручную.",
        en: "Too many pictures are being read. Try again in a few seconds, or type in the particulars."
    )

    private static let unreadable = Refusal(
        .unprocessable,
        "picture_unreadable",
        ru: "Снимок документа не открывается. Сделайте его ещё раз или введите данные вручную.",
        en: "The picture of the document does not open. Take it again, or type in the particulars."
    )
}
