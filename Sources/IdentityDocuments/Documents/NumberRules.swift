import Accounts

/// Whether series and number are possible for the kind of document.
enum NumberRules {
    /// Longer ones do not occur.
    static let longest = 30

    static func findings(_ document: IdentityDocument) -> [DocumentFinding] {
        guard document.has(.number) else { return [] }
        guard let format = NumberFormat.of(document.kind) else { return freeForm(document) }
        let isSeriesFit = format.admits(series: document.number.series) || !document.has(.series)
        guard isSeriesFit, format.admits(number: document.number.number) else {
            return [
                DocumentFinding(
                    .numberForm,
                    .error,
                    isSeriesFit ? .number : .series,
                    ru: "Серия и номер не похожи на этот вид документа: должны быть \(format.text.ru).",
                    en: "Series and number do not look like this kind of document: it has \(format.text.en)."
                )
            ]
        }
        var findings: [DocumentFinding] = []
        if document.number.number.allSatisfy({ $0 == "0" }) {
            findings.append(unusual(.number, ru: "Номер из одних нулей.", en: "The number is all zeros."))
        }
        if document.kind == .russianPassport { findings += russianSeries(document) }
        return findings
    }

    private static func freeForm(_ document: IdentityDocument) -> [DocumentFinding] {
        let parts = [(DocumentField.series, document.number.series ?? ""), (.number, document.number.number)]
        return parts.compactMap { field, text in
            let isFit = text.count <= longest && text.allSatisfy { $0.isLetter || $0.isNumber || "-/.".contains($0) }
            guard !isFit else { return nil }
            return DocumentFinding(
                .numberForm,
                .error,
                field,
                ru:
                    "В поле «\(field.label.ru)» могут стоять буквы, цифры, дефис, точка и косая черта, не больше \(longest).",
                en: "The \(field.label.en) has letters, digits, hyphens, dots and slashes, at most \(longest)."
            )
        }
    }

    /// The series' first two digits are the region's code (OKATO), the other two the year in which the form was printed,
    /// which differs from the year of issue by a few years at most.
    private static func russianSeries(_ document: IdentityDocument) -> [DocumentFinding] {
        guard let series = document.number.series, let region = Int(series.prefix(2)), let year = Int(series.suffix(2))
        else { return [] }
        var findings: [DocumentFinding] = []
        if !regions.contains(region) {
            findings.append(
                unusual(
                    .series,
                    ru: "Первые две цифры серии не похожи на код региона.",
                    en: "The first two digits of the series are no region's code."
                )
            )
        }
        if let issued = document.issueDate {
            // Forms of 1997 to 1999 have 97 to 99.
            let printed = year >= 97 ? 1900 + year : 2000 + year
            if !(issued.year - 5...issued.year + 1).contains(printed) {
                findings.append(
                    unusual(
                        .series,
                        ru: "Год в серии (\(printed)) далёк от года выдачи.",
                        en: "The year in the series (\(printed)) is far from the year of issue."
                    )
                )
            }
        }
        return findings
    }

    private static func unusual(_ field: DocumentField, ru: String, en: String) -> DocumentFinding {
        DocumentFinding(
            .numberUnusual,
            .warning,
            field,
            ru: ru + " Сверьте с документом.",
            en: en + " Compare with the document."
        )
    }

    /// Codes of regions in OKATO (OK 019-95), with 09 and 39 as met in passports of the Crimea.
    private static let regions: Set<Int> = [
        1, 3, 4, 5, 7, 8, 9, 10, 11, 12, 14, 15, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 32, 33, 34, 35,
        36,
        37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 49, 50, 52, 53, 54, 55, 56, 57, 58, 60, 61, 63, 64, 65, 66, 67, 68,
        69,
        70, 71, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98,
        99,
    ]
}
