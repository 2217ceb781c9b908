import FaceAnalysis
import Foundation

/// The quality of one picture as a table for a person.
struct QualityTable {
    var picture: String
    var analysis: PictureAnalysis
    var assessment: QualityAssessment

    /// The table, and below it what to do about each fault.
    var text: String {
        let rows = [["measure", "raw", "unit", "value", "limit", "verdict"]] + assessment.components.map(row)
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).enumerated()
                .map { column, cell in pad(cell.0, to: cell.1, isNumber: [1, 3].contains(column)) }
                .joined(separator: "  ")
                .trimmingCharacters(in: .whitespaces)
        }
        let faces = analysis.faces.count == 1 ? "1 face" : "\(analysis.faces.count) faces"
        let verdict = assessment.isAccepted ? "accepted" : "refused"
        let title = "\(picture): \(analysis.width) x \(analysis.height), \(faces), \(verdict)"
        let sentences =
            assessment.defects.map { "refused, \($0.code.rawValue): \($0.advice.english)" }
            + assessment.advice.map { "advice, \($0.code.rawValue): \($0.advice.english)" }
        return ([title] + (lines + sentences).map { "  \($0)" }).joined(separator: "\n")
    }

    private func row(_ component: QualityComponent) -> [String] {
        var limit: [String] = []
        if let least = component.limit?.atLeast { limit.append(">= \(Self.number(least))") }
        if let most = component.limit?.atMost { limit.append("<= \(Self.number(most))") }
        if component.limit?.isAdvisory == true { limit.append("(advisory)") }
        return [
            component.measure.name, Self.number(component.raw), component.measure.unit, "\(component.value)",
            limit.isEmpty ? "-" : limit.joined(separator: " "), component.verdict.rawValue,
        ]
    }

    private func pad(_ cell: String, to width: Int, isNumber: Bool) -> String {
        let blanks = String(repeating: " ", count: width - cell.count)
        return isNumber ? blanks + cell : cell + blanks
    }

    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        let places = abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : abs(value) >= 1 ? 2 : 3
        let text = String(format: "%.\(places)f", value)
        guard text.contains(".") else { return text }
        return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
    }
}
