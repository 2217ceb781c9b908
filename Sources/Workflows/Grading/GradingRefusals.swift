import Attestation
import Grading

extension Refusal {
    static let unknownSheet = notFound("sheet_unknown", ru: "Такой ведомости нет.", en: "There is no such grade sheet.")

    static let unknownRow = notFound(
        "row_unknown",
        ru: "Такой строки в ведомости нет.",
        en: "The grade sheet has no such row."
    )

    static let groupEmpty = Refusal(
        .conflict,
        "group_empty",
        ru: "В группе никого нет: сначала загрузите её состав.",
        en: "Nobody is in the group: import its members first."
    )

    static let sheetExists = Refusal(
        .conflict,
        "sheet_exists",
        ru: "Ведомость этой группы по этому экзамену уже есть.",
        en: "There is a grade sheet of this group for this exam already."
    )

    static let examinerWrong = Refusal(
        .unprocessable,
        "examiner_wrong",
        ru: "Экзаменатором можно указать только сотрудника с правом заполнять ведомости.",
        en: "The examiner must be a member of staff who may fill grade sheets."
    )

    static let otherExaminer = Refusal(
        .forbidden,
        "other_examiner",
        ru: "Эту ведомость заполняет другой экзаменатор.",
        en: "Another examiner fills this grade sheet."
    )

    static let sheetClosed = Refusal(
        .conflict,
        "sheet_closed",
        ru: "Ведомость закрыта и не изменяется. Открыть её снова можно только с указанием причины.",
        en: "The grade sheet is closed and is not changed. It can be opened again only with a reason."
    )

    static let sheetOpen = Refusal(
        .conflict,
        "sheet_open",
        ru: "Ведомость не закрыта.",
        en: "The grade sheet is not closed."
    )

    static func markNotOnScale(_ sheet: GradeSheet) -> Refusal {
        let grades = sheet.grades.map { "«\($0.label)»" }.joined(separator: ", ")
        return Refusal(
            .unprocessable,
            "mark_not_on_scale",
            ru: "Такой оценки в этой ведомости быть не может. Оценки её шкалы: \(grades).",
            en: "The scale of this grade sheet has no such grade. It has: \(grades)."
        )
    }

    static func markFollows(_ mark: SheetMark) -> Refusal {
        Refusal(
            .conflict,
            "mark_follows_from_attempt",
            ru: "Оценка следует из попытки: «\(mark.label)». Изменить её можно пересчётом или по апелляции.",
            en: "The grade follows from the attempt: \(mark.rawValue). It is changed by regrading or by an appeal."
        )
    }

    static func rowsUnmarked(_ rows: [SheetRow], _ waiting: [Int: Consequence.Waiting]) -> Refusal {
        Refusal(
            .conflict,
            "rows_unmarked",
            ru: "Закрыть ведомость нельзя: не у всех есть оценка или отметка.",
            en: "The grade sheet cannot be closed: some have no mark.",
            faults: rows.prefix(100).map { row in
                let reason = waiting[row.position].map { LocalizedText($0.label) }
                return Fault(
                    code: waiting[row.position]?.rawValue ?? "not_filled",
                    message: LocalizedText(
                        ru: "Строка \(row.position): \(reason?.ru ?? "ведомость нужно заполнить").",
                        en: "Row \(row.position): \(reason?.en ?? "the grade sheet is to be filled")."
                    )
                )
            }
        )
    }
}
