import Foundation

extension PresentationReport {
    /// The report as a readable table for a terminal.
    public var table: String {
        var lines = [
            "Subjects       \(subjects), one presentation of each species; \(subjectsWithOtherReference) with another"
                + " picture as reference\(passedOverList)",
            "Frames         \(frames) of 640 × 480",
            "Model          \(modelId)",
            "Data SHA-256   \(dataSha256)",
            "Seed           \(seed)",
            "",
            Self.line("species", "rate", "inconclusive", "checks that failed or could not decide"),
        ]
        for row in rows {
            let name = row.species == .bonaFide ? "BPCER" : "APCER"
            let rate = row.species == .bonaFide ? row.bonaFideError : row.attackError
            lines.append(
                Self.line(
                    row.species.title,
                    "\(name) \(Self.percent(rate))",
                    Self.percent(row.nonResponse),
                    Self.checks(row)
                )
            )
            if row.species == .bonaFide {
                lines.append(Self.line("", "not accepted \(Self.percent(row.notAccepted))", "", ""))
            }
        }
        lines.append("")
        if let worst = worstAttack {
            lines.append("Worst species  \(worst.species.title), APCER \(Self.percent(worst.attackError))")
        }
        lines.append("In brackets the 95 % interval by Clopper and Pearson over subjects.")
        lines += notes.map { "- \($0)" }
        return lines.joined(separator: "\n")
    }

    /// The report as a table for a page of Markdown.
    public var markdown: String {
        var lines = [
            "| Presentation | Subjects | APCER or BPCER | Inconclusive | Checks that failed or could not decide, in presentations |",
            "| --- | --- | --- | --- | --- |",
        ]
        for row in rows {
            let rate =
                row.species == .bonaFide
                ? "BPCER \(Self.percent(row.bonaFideError)); not accepted \(Self.percent(row.notAccepted))"
                : "APCER \(Self.percent(row.attackError))"
            lines.append(
                "| \(row.species.title) | \(row.presentations) | \(rate) | \(Self.percent(row.nonResponse)) "
                    + "| \(Self.checks(row)) |"
            )
        }
        return lines.joined(separator: "\n")
    }

    private var passedOverList: String {
        guard !passedOver.isEmpty else { return "" }
        let parts = passedOver.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return "; passed over: \(parts.joined(separator: ", "))"
    }

    /// What stood against the presentations of a species: the checks that failed, then those that most often could not
    /// decide.
    private static func checks(_ row: Row) -> String {
        let undecided = list(row.undecidedChecks, most: 4)
        let parts = [list(row.failedChecks), undecided.isEmpty ? "" : "undecided: \(undecided)"].filter { !$0.isEmpty }
        return parts.isEmpty ? "–" : parts.joined(separator: "; ")
    }

    private static func list(_ counts: [String: Int], most: Int = .max) -> String {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .prefix(most)
            .map { "\($0.key) \($0.value)" }
            .joined(separator: ", ")
    }

    private static func line(_ columns: String...) -> String {
        zip(columns, [30, 36, 24, 0])
            .map { text, width in text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0) }
            .joined(separator: " ")
    }

    private static func percent(_ rate: ProportionEstimate) -> String {
        String(format: "%.1f %% [%.1f – %.1f]", 100 * rate.value, 100 * rate.low, 100 * rate.high)
    }
}
