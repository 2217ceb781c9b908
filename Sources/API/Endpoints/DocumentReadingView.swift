import IdentityDocuments
import Workflows

/// What software read in the picture of a document, for the verifier to compare (row C4).
struct DocumentReadingView: Encodable {
    var found: Bool
    var advice: String
    var document: DocumentBody?
    var findings: [FindingView]
    var repairs: [Repair]

    struct Repair: Encodable {
        var line: Int
        var column: Int
        var from: String
        var to: String
    }

    init(_ suggestion: CaseReading.Suggestion?, _ language: LocalizedText.Language) {
        found = suggestion != nil
        advice = CaseReading.advice(for: suggestion).text(in: language)
        document = suggestion.map { DocumentBody($0.form) }
        findings = suggestion?.findings.map { FindingView($0, language) } ?? []
        repairs =
            suggestion?.repairs.map {
                Repair(line: $0.line, column: $0.column, from: $0.from, to: $0.to)
            } ?? []
    }

    static let schema = Schema.named(
        "DocumentReading",
        .object([
            .init(
                "found",
                .boolean,
                "Whether a machine-readable zone was read of which all check digits agree (ICAO Doc 9303-3)."
            ),
            .init("advice", .text(), "What the verifier does now."),
            .init(
                "document",
                DocumentBody.schema,
                "The document as the zone has it, a suggestion: the verifier compares it with the picture and sends it as "
                    + "the form. No check digit protects the names.",
                required: false
            ),
            .init("findings", .array(of: FindingView.schema, count: 0...100), "What software finds about it."),
            .init(
                "repairs",
                .array(
                    of: .object([
                        .init("line", .integer(1...3), "The line."),
                        .init("column", .integer(1...44), "The character."),
                        .init("from", .text(), "What was read."),
                        .init("to", .text(), "What it was taken for, so that the check digits agree."),
                    ]),
                    count: 0...100
                ),
                "Look-alike characters that were put right."
            ),
        ])
    )
}
