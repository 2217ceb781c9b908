import Accounts
import Attestation
import Documents
package import Foundation
import Grading

/// Grade sheets as files: for signature, and for the dean's office (S2 4.8.5, 4.8.6).
package struct GradeSheetFiles: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// The formats.
    package enum Format: String, Sendable, CaseIterable {
        /// For printing and signing.
        case pdf
        /// Comma-separated values.
        case csv
        /// A workbook.
        case xlsx
    }

    /// A sheet as a file.
    ///
    /// - Throws: `Refusal`, or the error of the library that writes.
    package func file(_ id: UUID, _ format: Format, for principal: Principal) async throws -> Data {
        let entry = try await GradeSheets(services).sheet(id, isFile: true, for: principal)
        let sheet = GradeSheetPrint(entry: entry, institution: services.grading.institution, services.timeZone)
        do {
            switch format {
            case .pdf: return try await DocumentPress.shared.pdf(sheet.document)
            case .csv: return sheet.table.csv
            case .xlsx: return try await DocumentPress.shared.workbook(sheet.table)
            }
        } catch let error as DocumentError where error == DocumentError(.fontsMissing, "") {
            throw Refusal.fontsMissing
        }
    }
}

extension Refusal {
    static let fontsMissing = Refusal(
        .unavailable,
        "fonts_missing",
        ru: "Печатные формы сейчас не составить: на сервере нет шрифтов. Сообщите администратору.",
        en: "Printed forms cannot be made: the server lacks fonts. Tell the administrator."
    )
}

/// What a grade sheet looks like.
struct GradeSheetPrint {
    let sheet: GradeSheet
    let rows: [SheetRow]
    let institution: String
    let zone: TimeZone

    init(entry: GradeSheets.Entry, institution: String, _ zone: TimeZone) {
        sheet = entry.sheet
        rows = entry.rows
        self.institution = institution
        self.zone = zone
    }

    // MARK: - Paper

    /// The sheet for printing.
    var document: PrintedDocument {
        let kind =
            sheet.control == .exam ? "ЭКЗАМЕНАЦИОННАЯ" : sheet.control == .pass ? "ЗАЧЁТНАЯ" : "ЗАЧЁТНО-ЭКЗАМЕНАЦИОННАЯ"
        let state = sheet.state == .closed ? "" : " (не закрыта)"
        return PrintedDocument(
            title: "Ведомость № \(sheet.number)",
            createdAt: sheet.closedAt ?? sheet.createdAt,
            footer: footer,
            blocks: [
                .text(institution, size: 12, alignment: .center),
                .space(6),
                .text("\(kind) ВЕДОМОСТЬ № \(sheet.number)\(state)", size: 14, isBold: true, alignment: .center),
                .text(sheet.groupKind.genitive, size: 10.5, alignment: .center),
                .space(8),
                .fields(heading),
                .space(8),
                .table(PrintedDocument.Table(columns: columns, rows: rows.map(cells))),
                .space(10),
                .fields(totals),
                .space(10),
                .signatures(signatures),
            ]
        )
    }

    private var heading: [[PrintedDocument.Field]] {
        let amount = "\(Self.decimal(sheet.creditUnits)) з.е." + (sheet.hours.map { " / \($0) ч" } ?? "")
        return [
            [.init("Факультет", sheet.faculty), .init("Группа", sheet.groupName)],
            [.init("Учебный год", sheet.academicYear), .init("Семестр", String(sheet.semester))],
            [.init("Дисциплина (модуль)", sheet.discipline)],
            [.init("Трудоёмкость", amount), .init("Форма контроля", sheet.control.label)],
            [.init("Экзаменатор", sheet.examinerName.displayed), .init("Дата", Self.date(sheet.examDay))],
        ]
    }

    private var columns: [PrintedDocument.Table.Column] {
        var columns: [PrintedDocument.Table.Column] = [
            .init("№ п/п", weight: 1.1, alignment: .center),
            .init("Фамилия, имя, отчество", weight: 7.4),
            .init("№ зачётной книжки", weight: 3, alignment: .center),
        ]
        if sheet.showsRating { columns.append(.init("Баллы", weight: 2.2, alignment: .center)) }
        columns.append(.init("Оценка", weight: 6, alignment: .center))
        columns.append(.init("Подпись экзаменатора", weight: 3.6, alignment: .center))
        return columns
    }

    private func cells(of row: SheetRow) -> [String] {
        var cells = [String(row.position), row.name.displayed, row.recordBook]
        if sheet.showsRating { cells.append(row.rating.map(String.init) ?? "") }
        return cells + [Self.mark(row.mark), ""]
    }

    private var totals: [[PrintedDocument.Field]] {
        func count(_ marks: SheetMark...) -> String {
            String(rows.count { row in row.mark.map(marks.contains) == true })
        }
        var fields: [PrintedDocument.Field] = [.init("Число обучающихся", String(rows.count))]
        fields += sheet.grades.map { .init("«\($0.label)»", count(SheetMark($0))) }
        fields.append(.init("Не явились", count(.notAppeared, .notAppearedExcused)))
        for mark in [SheetMark.notTakenPlace, .notAdmitted] where rows.contains(where: { $0.mark == mark }) {
            fields.append(.init(mark == .notTakenPlace ? "Не состоялась" : "Не допущены", count(mark)))
        }
        let perLine = 2
        return stride(from: 0, to: fields.count, by: perLine).map { start in
            Array(fields[start..<min(start + perLine, fields.count)])
        }
    }

    private var signatures: [PrintedDocument.Signature] {
        var signatures = [PrintedDocument.Signature(office: "Экзаменатор", name: sheet.examinerName.withInitials)]
        if sheet.groupKind == .academic {
            signatures.append(.init(office: "Декан факультета (директор колледжа)", name: ""))
        }
        return signatures
    }

    private var footer: String {
        guard let closedAt = sheet.closedAt, sheet.state == .closed else {
            return "Проект ведомости: подписывается после закрытия."
        }
        let time = closedAt.formatted(
            Date.VerbatimFormatStyle(
                format:
                    "\(day: .twoDigits).\(month: .twoDigits).\(year: .defaultDigits) в \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)",
                timeZone: zone,
                calendar: Calendar(identifier: .gregorian)
            )
        )
        return "Ведомость \(sheet.id.lowercased), закрыта \(time), редакция \(sheet.version)."
    }

    // MARK: - Tables

    /// The sheet for the dean's office.
    var table: SpreadsheetTable {
        SpreadsheetTable(
            name: "Ведомость \(sheet.number)",
            createdAt: sheet.closedAt ?? sheet.createdAt,
            preamble: [
                [.text(institution)],
                [.text("Ведомость №"), .number(sheet.number)],
                [.text("Группа"), .text(sheet.groupName)],
                [.text("Дисциплина"), .text(sheet.discipline)],
                [.text("Форма контроля"), .text(sheet.control.label)],
                [.text("Экзаменатор"), .text(sheet.examinerName.displayed)],
                [.text("Дата"), .text(Self.date(sheet.examDay))],
            ],
            titles: [
                "№ ведомости", "Редакция", "Группа", "Дисциплина", "Форма контроля", "Дата", "№ п/п", "Фамилия", "Имя",
                "Отчество", "№ зачётной книжки", "Баллы", "Оценка", "Код оценки", "Задолженность",
            ],
            rows: rows.map { row in
                [
                    .number(sheet.number), .number(sheet.version), .text(sheet.groupName), .text(sheet.discipline),
                    .text(sheet.control.label), .text(Self.date(sheet.examDay)), .number(row.position),
                    .text(row.name.surname), .text(row.name.givenName), .text(row.name.patronymic ?? ""),
                    .text(row.recordBook), sheet.showsRating ? row.rating.map { .number($0) } ?? .empty : .empty,
                    .text(row.mark?.label ?? ""), .text(row.mark?.rawValue ?? ""),
                    .text(row.mark?.debt.label.ru ?? ""),
                ]
            }
        )
    }

    // MARK: - Texts

    /// «отлично (5)».
    static func mark(_ mark: SheetMark?) -> String {
        guard let mark else { return "" }
        return mark.grade?.number.map { "\(mark.label) (\($0))" } ?? mark.label
    }

    /// `31.01.2026`, as Russian papers have it.
    static func date(_ day: CalendarDay) -> String {
        day.description.split(separator: "-").reversed().joined(separator: ".")
    }

    /// `3` or `1,5`.
    static func decimal(_ points: Points) -> String {
        var text = points.description
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text.replacing(".", with: ",")
    }
}

extension PersonName {
    /// «Фамилия И. О.».
    var withInitials: String {
        let initials = [givenName, patronymic].compactMap { $0?.first }.map { "\($0)." }
        return ([surname] + initials).joined(separator: " ")
    }
}
