import Accounts
import Cryptography
import Documents
import Foundation
import Identification
import TransparencyLog

/// How an export's order becomes a source of rows and a writer of them.
struct ExportForms {
    let services: Services
    let job: ExportJob

    var style: RegisterStyle {
        RegisterStyle(
            language: LocalizedText.Language(rawValue: job.order.language) ?? .ru,
            zone: services.timeZone
        )
    }

    /// The rows that were asked for, as of the export's beginning.
    var source: any RegisterSource {
        let startedAt = job.startedAt ?? job.requestedAt
        switch job.order.register {
        case .identifications:
            return IdentificationRows(filter: job.order.filter, vault: services.vault, logSize: job.logSize ?? 0)
        case .consents: return ConsentRows(filter: job.order.filter, until: startedAt)
        case .orders: return OrderRows(validOn: nil)
        case .responsiblePersons: return OrderRows(validOn: services.day(of: startedAt))
        }
    }

    /// A writer for the order's format, which gives what it writes to `file`.
    func writer(for file: ExportFile, staging: URL, isNew: Bool) throws -> any RowWriter {
        let source = source
        switch job.order.format {
        case .jsonl: return JSONLinesWriter(source.columns) { try file.take($0) }
        case .csv:
            let form = CSVForm(
                separator: job.order.csv.usesSemicolons ? ";" : ",",
                hasByteOrderMark: job.order.csv.hasByteOrderMark
            )
            return try CSVWriter(source.columns, form, style, isNew: isNew) { try file.take($0) }
        case .xlsx:
            return try WorkbookRows(
                source.title,
                source.columns,
                style,
                createdAt: job.startedAt ?? job.requestedAt,
                staging: staging
            ) { try file.take(contentsOf: $0) }
        case .pdf:
            let printed = source.columns.indices.filter { source.columns[$0].weight != nil }
            return try PrintedRows(heading(source), printed: printed, style) { try file.take($0) }
        case .bundle: preconditionFailure("bundles are not written row by row")
        }
    }

    // MARK: - Paper

    private func heading(_ source: any RegisterSource) -> PrintedRegister.Heading {
        let language = style.language
        let at = job.startedAt ?? job.requestedAt
        let institution = services.grading.institution
        var below = [period]
        below.append(
            LocalizedText(
                ru: "Составлен \(style.text(at)) (\(style.zoneName(at: at)))",
                en: "Made \(style.text(at)) (\(style.zoneName(at: at)))"
            ).text(in: language)
        )
        return PrintedRegister.Heading(
            title: source.title.text(in: language),
            above: institution.isEmpty ? [] : [institution],
            below: below,
            footer: footer,
            page: language == .en ? "page" : "стр.",
            createdAt: at,
            columns: source.columns.filter { $0.weight != nil }.map {
                .init(
                    $0.title.text(in: language),
                    weight: $0.weight ?? 1,
                    alignment: $0.isCentred ? .center : .left
                )
            }
        )
    }

    private var period: String {
        let filter = job.order.filter
        let from = filter.from.map { style.text($0) }
        let until = filter.until.map { style.text($0) }
        let text: LocalizedText =
            switch (from, until) {
            case (let from?, let until?):
                LocalizedText(ru: "за период с \(from) до \(until)", en: "from \(from) until \(until)")
            case (let from?, nil): LocalizedText(ru: "за период с \(from)", en: "from \(from)")
            case (nil, let until?): LocalizedText(ru: "за период до \(until)", en: "until \(until)")
            case (nil, nil): LocalizedText(ru: "за всё время", en: "of all time")
            }
        return text.text(in: style.language)
    }

    /// The state of the log that the register was made from.
    private var footer: String {
        guard let checkpoint = job.checkpoint.flatMap({ try? Checkpoint(encoded: $0) }) else { return "" }
        let root = checkpoint.root.hex
        return LocalizedText(
            ru: "Журнал \(checkpoint.origin), записей: \(checkpoint.size), корень SHA-256: \(root)",
            en: "Log \(checkpoint.origin), entries: \(checkpoint.size), root SHA-256: \(root)"
        ).text(in: style.language)
    }
}
