import Accounts
package import Attestation
import Cryptography
import Documents
package import Foundation
package import Grading
import Storage
import TransparencyLog

/// A person's own results: the study card (учебная карточка) and extracts from it (row D11; S1 5.26, 5.35).
package struct StudyCard: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// One discipline as a closed sheet has it.
    package struct Line: Sendable {
        package var sheet: GradeSheet
        package var row: SheetRow
    }

    /// The own lines, oldest first; of the sheets of a study group and an academic group for one exam, the former's.
    package func lines(of principal: Principal) async throws -> [Line] {
        try await services.database.read { try Self.lines(of: principal.id, in: $0) }
    }

    private static func lines(of accountID: UUID, in stores: any Stores) throws -> [Line] {
        let closed = try stores.closedRows(of: accountID)
        let studied = Set(closed.filter { $0.sheet.groupKind == .study }.map(\.sheet.examID))
        return closed.filter { $0.sheet.groupKind == .study || !studied.contains($0.sheet.examID) }
            .map { Line(sheet: $0.sheet, row: $0.row) }
    }

    /// Credit units of the disciplines that are passed.
    package static func creditUnits(_ lines: [Line]) -> Points {
        lines.filter { $0.row.mark?.isPositive == true }.reduce(.zero) { $0 + $1.sheet.creditUnits }
    }

    // MARK: - Files

    /// The card as PDF.
    ///
    /// - Throws: `Refusal`, or the error of the library that writes.
    package func document(of principal: Principal) async throws -> Data {
        let lines = try await lines(of: principal)
        let books = Set(lines.map(\.row.recordBook).filter { !$0.isEmpty }).sorted()
        let now = services.now()
        let document = PrintedDocument(
            title: "Учебная карточка",
            createdAt: now,
            footer: "Составлена \(GradeSheetPrint.date(services.day(of: now))) по закрытым ведомостям.",
            blocks: [
                .text(services.grading.institution, size: 12, alignment: .center),
                .space(6),
                .text("УЧЕБНАЯ КАРТОЧКА ОБУЧАЮЩЕГОСЯ", size: 14, isBold: true, alignment: .center),
                .space(8),
                .fields([
                    [.init("Фамилия, имя, отчество", principal.account.name.displayed)],
                    [.init("№ зачётной книжки", books.joined(separator: ", "))],
                ]),
                .space(8),
                .table(PrintedDocument.Table(columns: Self.columns, rows: lines.enumerated().map(Self.cells))),
                .space(8),
                .fields([[.init("Освоено, з.е.", GradeSheetPrint.decimal(Self.creditUnits(lines)))]]),
            ]
        )
        do {
            return try await DocumentPress.shared.pdf(document)
        } catch let error as DocumentError where error == DocumentError(.fontsMissing, "") {
            throw Refusal.fontsMissing
        }
    }

    private static let columns: [PrintedDocument.Table.Column] = [
        .init("№", weight: 0.9, alignment: .center), .init("Дисциплина (модуль)", weight: 6),
        .init("Форма контроля", weight: 2.8), .init("Сем.", weight: 1.3, alignment: .center),
        .init("з.е.", weight: 1.3, alignment: .center), .init("Оценка", weight: 3.6, alignment: .center),
        .init("Дата", weight: 2.9, alignment: .center), .init("Вед. №", weight: 1.8, alignment: .center),
    ]

    private static func cells(_ index: Int, _ line: Line) -> [String] {
        [
            String(index + 1), line.sheet.discipline, line.sheet.control.label, String(line.sheet.semester),
            GradeSheetPrint.decimal(line.sheet.creditUnits), GradeSheetPrint.mark(line.row.mark),
            GradeSheetPrint.date(line.sheet.examDay), String(line.sheet.number),
        ]
    }

    /// The own grades with proofs from the log.
    ///
    /// - Throws: `Refusal` as long as the newest closing is not under a signed checkpoint, which takes seconds.
    package func extract(of principal: Principal) async throws -> GradeExtract {
        try await services.database.read { stores in
            guard let checkpoint = try stores.latestCheckpoint() else { throw Refusal.checkpointMissing }
            let grades = try Self.lines(of: principal.id, in: stores).compactMap { line -> GradeExtract.Line? in
                guard let index = line.sheet.logIndex else { return nil }
                guard index < checkpoint.size, let entry = try stores.logEntries(from: index, limit: 1).first else {
                    throw Refusal.checkpointMissing
                }
                let proof = try Log.inclusionProof(index: index, size: checkpoint.size, in: stores)
                return GradeExtract.Line(
                    statement: String(decoding: try line.row.statement(in: line.sheet), as: UTF8.self),
                    entry: String(decoding: entry.body, as: UTF8.self),
                    index: index,
                    proof: proof.map(\.hex)
                )
            }
            return GradeExtract(checkpoint: checkpoint.encoded, grades: grades)
        }
    }
}

extension Refusal {
    static let checkpointMissing = Refusal(
        .conflict,
        "checkpoint_missing",
        ru: "Запись о ведомости ещё не подписана. Повторите через несколько секунд.",
        en: "The record of the grade sheet is not signed yet. Try again in a few seconds."
    )
}
