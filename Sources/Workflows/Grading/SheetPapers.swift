package import Accounts
import Attestation
import Cryptography
package import Foundation
package import Grading
import Identification
import Storage
import TransparencyLog

/// Signed grade sheets that come back on paper (row D8; S2 4.8.5–7).
package struct SheetPapers: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// The papers of a sheet, oldest first.
    ///
    /// - Throws: `Refusal` where there is no such sheet.
    package func papers(of id: UUID) async throws -> [SheetPaper] {
        try await services.database.read { stores in
            guard try stores.sheet(id) != nil else { throw Refusal.unknownSheet }
            return try stores.papers(of: id)
        }
    }

    /// Records that the signed print of a sheet's last closing came back.
    ///
    /// - Parameter day: on which day; nil for today.
    /// - Throws: `Refusal` where the sheet is open, the paper is recorded, or the day is none that it can be.
    package func record(
        _ id: UUID,
        receivedOn day: CalendarDay?,
        comment: String?,
        by principal: Principal
    ) async throws -> SheetPaper {
        let now = services.now()
        let today = services.day(of: now)
        return try await services.database.write { [services] stores in
            guard let sheet = try stores.sheet(id) else { throw Refusal.unknownSheet }
            guard sheet.state == .closed, let closedAt = sheet.closedAt else { throw Refusal.sheetOpen }
            guard try !stores.papers(of: id).contains(where: { $0.version == sheet.version }) else {
                throw Self.recorded
            }
            let received = day ?? today
            guard received <= today, received >= services.day(of: closedAt) else { throw Self.wrongDay }
            let paper = SheetPaper(
                sheetID: id,
                version: sheet.version,
                receivedOn: received,
                dueOn: sheet.signingDeadline(services.grading.calendar)?.day,
                receivedBy: principal.id,
                at: now,
                comment: comment
            )
            try stores.savePaper(paper)
            try log(paper, "received", by: principal.id, at: now, to: stores)
            return paper
        }
    }

    /// Adds the scan of a paper. Its bytes are sealed; there is one for each paper.
    ///
    /// - Throws: `Refusal`.
    package func addScan(_ bytes: Data, of id: UUID, version: Int, by principal: Principal) async throws -> SheetPaper {
        let now = services.now()
        let known: Set<ContentKind> = [.pdf, .jpeg, .png]
        guard known.contains(ContentKind(bytes)) else { throw Self.noScan }
        _ = try await services.database.read { try Self.paper(id, version, in: $0) }
        let sealed = services.vault.seal(bytes, purpose: Self.purpose(id, version))
        let reference = try await services.evidence.put(sealed)
        return try await services.database.write { stores in
            let scan = SheetPaper.Scan(
                sha256: SHA256Digest.hash(bytes).hex,
                byteCount: bytes.count,
                evidence: reference.rawValue,
                by: principal.id,
                at: now
            )
            guard let paper = try Self.paper(id, version, in: stores).scanned(scan) else { throw Self.scanned }
            try stores.savePaper(paper)
            try log(paper, "scanned", by: principal.id, at: now, to: stores)
            return paper
        }
    }

    /// The scan of a paper; whose grades it shows is recorded (row F5).
    ///
    /// - Throws: `Refusal` where there is none.
    package func scan(of id: UUID, version: Int, for principal: Principal) async throws -> Data {
        let (paper, people) = try await services.database.read { stores in
            (try Self.paper(id, version, in: stores), try stores.sheetRows(of: id).compactMap(\.candidateID))
        }
        guard let scan = paper.scan, let reference = EvidenceReference(rawValue: scan.evidence) else {
            throw Self.unknown
        }
        try await AccessJournal(services).noteWork("grades", of: people, task: id, isEach: true, by: principal)
        return try services.vault.open(try await services.evidence.get(reference), purpose: Self.purpose(id, version))
    }

    private static func paper(_ id: UUID, _ version: Int, in stores: any Stores) throws -> SheetPaper {
        guard let paper = try stores.papers(of: id).first(where: { $0.version == version }) else { throw unknown }
        return paper
    }

    private static func purpose(_ id: UUID, _ version: Int) -> MasterKeyUse {
        MasterKeyUse(.sheetScans, "\(id.lowercased):\(version)")
    }

    private func log(
        _ paper: SheetPaper,
        _ action: String,
        by account: UUID,
        at now: Date,
        to stores: any Stores
    ) throws {
        var facts: [String: JSONValue] = [
            "action": .string(action), "version": .integer(Int64(paper.version)),
            "received_on": .string(paper.receivedOn.description), "decided_by": .string(account.lowercased),
        ]
        facts["scan_sha256"] = paper.scan.map { .string($0.sha256) }
        try LogBook(vault: services.vault).append(
            "grade_sheet_paper",
            recordID: paper.sheetID,
            subject: nil,
            at: now,
            facts: facts,
            personal: [String: String](),
            to: stores
        )
    }

    private static let unknown = Refusal.notFound(
        "paper_unknown",
        ru: "Такого бланка или его скана нет.",
        en: "There is no such paper, or it has no scan."
    )

    private static let recorded = Refusal(
        .conflict,
        "paper_recorded",
        ru: "Подписанная ведомость этой редакции уже принята.",
        en: "The signed sheet of this version has been recorded already."
    )

    private static let scanned = Refusal(
        .conflict,
        "paper_scanned",
        ru: "Скан уже приложен и не заменяется.",
        en: "There is a scan already, and it is not replaced."
    )

    private static let wrongDay = Refusal(
        .unprocessable,
        "paper_day",
        ru: "Бланк не мог вернуться до закрытия ведомости или в будущем: проверьте день.",
        en: "The paper cannot have come back before the sheet was closed, or in the future: check the day."
    )

    private static let noScan = Refusal(
        .unprocessable,
        "scan_type",
        ru: "Скан — файл PDF, JPEG или PNG.",
        en: "A scan is a file of PDF, JPEG or PNG."
    )
}
