import Accounts
import Cryptography
import Documents
package import Foundation
import Retention
import Storage
import TransparencyLog

/// Certificates of destruction for signature (акт об уничтожении персональных данных), with what Roskomnadzor's order
/// 179 of 28.10.2022 asks for, and the entry of the log that anybody can hold them against.
package struct DestructionCertificates: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// The certificate of an erased person, as PDF.
    ///
    /// - Throws: `Refusal` where there is none yet.
    package func person(_ id: UUID) async throws -> Data {
        let content = try await services.database.read { [services] stores in
            guard let erasure = try stores.personErasure(id) else { throw PersonErasures.unknown }
            guard erasure.state == .completed, let completedAt = erasure.completedAt else { throw Self.notYet }
            return Content(
                number: id.lowercased,
                subject: "учётная запись \(erasure.accountID.lowercased)",
                reason: erasure.ground.russian,
                order: erasure.order,
                rows: erasure.inventory.filter { $0.erased > 0 }.map { [$0.category.russian, String($0.erased)] },
                files: erasure.files,
                kept: erasure.inventory.filter { $0.kept > 0 }.map {
                    [$0.category.russian, String($0.kept), $0.ground ?? ""]
                },
                completedAt: completedAt,
                commission: try Self.names([erasure.decidedBy].compactMap(\.self) + erasure.commission, in: stores),
                entry: try Self.entry(erasure.logIndex, in: stores),
                institution: services.grading.institution
            )
        }
        return try await press(content)
    }

    /// The certificate of a run of retention, as PDF.
    ///
    /// - Throws: `Refusal` where there is none yet.
    package func run(_ id: UUID) async throws -> Data {
        let content = try await services.database.read { [services] stores in
            guard let run = try stores.retentionRun(id), run.state == .completed, let completedAt = run.completedAt
            else { throw Self.notYet }
            return Content(
                number: id.lowercased,
                subject: "перечень — в журнале событий, запись указана ниже",
                reason: "истечение сроков хранения (152-ФЗ, ст. 21 ч. 4)",
                order: run.order,
                rows: run.lines.filter { $0.destroyed > 0 }.map { [$0.kind.russian, String($0.destroyed)] },
                files: run.lines.reduce(0) { $0 + $1.files },
                kept: run.lines.filter { $0.held + $0.kept > 0 }.map {
                    [$0.kind.russian, String($0.held + $0.kept), "приостановлено: апелляция, проверка или запрет"]
                },
                completedAt: completedAt,
                commission: try Self.names([run.approvedBy].compactMap(\.self) + run.commission, in: stores),
                entry: try Self.entry(run.logIndex, in: stores),
                institution: services.grading.institution
            )
        }
        return try await press(content)
    }

    private struct Content: Sendable {
        var number: String
        var subject: String
        var reason: String
        var order: OrderReference?
        var rows: [[String]]
        var files: Int
        var kept: [[String]]
        var completedAt: Date
        var commission: [String]
        var entry: [[PrintedDocument.Field]]
        var institution: String
    }

    private static func names(_ accounts: [UUID], in stores: any Stores) throws -> [String] {
        var seen: Set<UUID> = []
        return try accounts.filter { seen.insert($0).inserted }.map { try stores.account($0)?.name.displayed ?? "" }
    }

    private static func entry(_ index: UInt64?, in stores: any Stores) throws -> [[PrintedDocument.Field]] {
        guard let index else { return [] }
        var fields = [[PrintedDocument.Field("Запись журнала №", String(index))]]
        if let checkpoint = try stores.latestCheckpoint(), checkpoint.size > index {
            fields.append([.init("Контрольная точка: записей", String(checkpoint.size))])
            fields.append([.init("Корневой хеш", Base64.encode(checkpoint.root.bytes))])
        }
        return fields
    }

    private func press(_ content: Content) async throws -> Data {
        let day = services.day(of: content.completedAt)
        let date = String(format: "%02d.%02d.%04d", day.day, day.month, day.year)
        var blocks: [PrintedDocument.Block] = [
            .text(content.institution, size: 12, alignment: .center),
            .space(6),
            .text("АКТ ОБ УНИЧТОЖЕНИИ ПЕРСОНАЛЬНЫХ ДАННЫХ", size: 14, isBold: true, alignment: .center),
            .text("№ \(content.number)", size: 10, alignment: .center),
            .space(8),
            .fields(
                [
                    [.init("Субъект персональных данных", content.subject)],
                    [.init("Причина уничтожения", content.reason)],
                    [.init("Основание", content.order.map { "приказ № \($0.number) от \($0.date)" } ?? "")],
                    [.init("Информационная система", "attestd, идентификация и аттестация")],
                    [
                        .init(
                            "Способ",
                            "уничтожение ключей шифрования, перезапись строк базы данных, удаление файлов"
                        )
                    ],
                    [.init("Дата уничтожения", date), .init("Файлов уничтожено", String(content.files))],
                ]
            ),
            .space(8),
            .text("Уничтожены:", isBold: true),
            .table(
                .init(
                    columns: [
                        .init("Категория персональных данных", weight: 8),
                        .init("Записей", weight: 2, alignment: .right),
                    ],
                    rows: content.rows
                )
            ),
        ]
        if !content.kept.isEmpty {
            blocks += [
                .space(8), .text("Остаются:", isBold: true),
                .table(
                    .init(
                        columns: [
                            .init("Категория", weight: 5), .init("Записей", weight: 1.6, alignment: .right),
                            .init("Основание", weight: 5),
                        ],
                        rows: content.kept
                    )
                ),
            ]
        }
        blocks += [.space(8), .fields(content.entry), .space(12)]
        blocks.append(
            .signatures(content.commission.map { PrintedDocument.Signature(office: "Член комиссии", name: $0) })
        )
        do {
            return try await DocumentPress.shared.pdf(
                PrintedDocument(
                    title: "Акт об уничтожении персональных данных",
                    createdAt: content.completedAt,
                    footer: "Срок хранения акта — три года (приказ Роскомнадзора от 28.10.2022 № 179).",
                    blocks: blocks
                )
            )
        } catch let error as DocumentError where error == DocumentError(.fontsMissing, "") {
            throw Refusal.fontsMissing
        }
    }

    private static let notYet = Refusal(
        .conflict,
        "certificate_not_ready",
        ru: "Акт составляется, когда уничтожение закончено.",
        en: "There is a certificate once the destruction is completed."
    )
}
