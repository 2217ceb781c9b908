import Accounts
package import Attestation
import Cases
import Cryptography
package import Foundation
import Identification
import Proctoring
import Storage

/// Sheets that candidates photograph, scans, materials of a defence: taken while the form takes them, sealed, bound to
/// attempt and item.
package struct AnswerSheets: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Takes a file. The same file for the same item again answers the first one.
    ///
    /// - Parameter item: the item of the ticket; 0 for the materials of a defence.
    /// - Throws: `Refusal` where the file is no picture and no PDF, or it comes too late, which is recorded.
    package func take(_ file: Data, item: Int, attemptID: UUID, principal: Principal) async throws -> AnswerSheet {
        let now = services.now()
        if !file.starts(with: Data("%PDF-".utf8)) { try await PictureCheck.check(file) }
        let digest = SHA256Digest.hash(file).hex
        let key = try await services.database.write { [services] stores -> Result<SealingKey, Refusal> in
            do {
                _ = try Self.open(attemptID, item, principal, services, at: now, in: stores)
            } catch let refusal as Refusal where refusal.code == Self.late.code {
                return .failure(refusal)
            }
            return .success(try services.vault.personKey(of: principal.id, in: stores))
        }
        let id = services.makeID(at: now)
        let sealed = try key.get().sealed(file, purpose: Self.purpose(attemptID))
        let evidence = try await services.evidence.put(sealed)
        return try await services.database.write { [services] stores in
            let attempt = try Self.open(attemptID, item, principal, services, at: now, in: stores)
            let sheets = try stores.sheets(attemptID: attemptID)
            if let earlier = sheets.first(where: { $0.item == item && $0.digest == digest }) { return earlier }
            guard sheets.count < AnswerSheet.mostOfAttempt else { throw Self.tooMany }
            let sheet = AnswerSheet(
                id: id,
                attemptID: attemptID,
                item: item,
                digest: digest,
                evidence: evidence.rawValue,
                byteCount: file.count,
                at: now
            )
            try stores.insertSheet(sheet)
            try EventRecorder(services: services, stores: stores).record(
                .sheetReceived,
                attempt: attempt,
                at: now,
                facts: ["item": String(item), "sha256": digest, "bytes": String(file.count)]
            )
            return sheet
        }
    }

    /// The sheets of an attempt in the order in which they came.
    ///
    /// - Throws: `Refusal`.
    package func sheets(attemptID: UUID, principal: Principal) async throws -> [AnswerSheet] {
        try await services.database.read { stores in
            try stores.sheets(attemptID: AttemptAccess.visible(attemptID, to: principal, in: stores).id)
        }
    }

    /// The file of a sheet, for its candidate and for staff that may look at attempts, which is recorded (row F5).
    ///
    /// - Throws: `Refusal`.
    package func file(_ sheetID: UUID, attemptID: UUID, principal: Principal) async throws -> Data {
        let (evidence, key, candidate) = try await services.database.read { [vault = services.vault] stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            guard let sheet = try stores.sheets(attemptID: attemptID).first(where: { $0.id == sheetID }),
                let evidence = EvidenceReference(rawValue: sheet.evidence),
                let key = try vault.existingPersonKey(of: attempt.candidateID, in: stores)
            else {
                throw Refusal.notFound("sheet_unknown", ru: "Такого листа нет.", en: "There is no such sheet.")
            }
            return (evidence, key, attempt.candidateID)
        }
        let journal = AccessJournal(services)
        try await journal.noteWork("answer_file", of: [candidate], task: attemptID, isEach: true, by: principal)
        return try key.opened(try await services.evidence.get(evidence), purpose: Self.purpose(attemptID))
    }

    /// The own attempt, where its form takes sheets now.
    private static func open(
        _ attemptID: UUID,
        _ item: Int,
        _ principal: Principal,
        _ services: Services,
        at now: Date,
        in stores: any Stores
    ) throws -> Attempt {
        let found = try AttemptAccess.own(attemptID, of: principal, in: stores)
        let attempt = try AttemptKeeper(services: services).settle(found, at: now, in: stores)
        let form = try stores.examForm(examID: attempt.examID)
        guard form.takesSheets else { throw notTaken }
        let isDecided = try !stores.gradeChanges(attemptID: attemptID).isEmpty
        let phase = FormPhase.phase(of: attempt, form, isDecided: isDecided, at: now)
        guard phase.takesSheets(form) else {
            try EventRecorder(services: services, stores: stores)
                .recordRefusedWrite(of: "sheet", to: attempt, reason: phase.kind.rawValue, at: now)
            throw late
        }
        let items = form.kind == .defence ? 0...0 : 1...max(1, attempt.ticket?.items.count ?? 1)
        guard items.contains(item) else {
            throw Refusal.notFound("item_unknown", ru: "В билете нет такого вопроса.", en: "No such item.")
        }
        return attempt
    }

    private static func purpose(_ attemptID: UUID) -> String { "sheet:\(attemptID.lowercased)" }

    private static let notTaken = Refusal(
        .conflict,
        "form_takes_no_sheets",
        ru: "В этой форме экзамена файлы не отправляются.",
        en: "Exams of this form take no files."
    )

    private static let late = Refusal(
        .conflict,
        "sheets_closed",
        ru: "Сейчас листы не принимаются: время их отправки ещё не началось или уже вышло. Попытка отправки записана; "
            + "если была причина, сообщите экзаменатору.",
        en:
            "No sheets are taken now: the time for sending them has not begun or is over. The try is recorded; if there "
            + "was a reason, tell the examiner."
    )

    private static let tooMany = Refusal(
        .conflict,
        "sheets_too_many",
        ru: "Листов больше не принимается.",
        en: "No more sheets are taken."
    )
}
