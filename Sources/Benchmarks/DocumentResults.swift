import Evaluation
import Foundation

/// What came of each picture, and the table of it.
struct DocumentResults {
    /// One reading of one picture.
    struct Outcome: Encodable {
        var system: String
        var file: String
        var condition: String
        var known: Bool
        var verdict: Verdict
        var milliseconds: Double
    }

    /// Whether the zone is the one that was drawn. Wrong: all check digits agree, and some letter is another one.
    enum Verdict: String, Encodable {
        case right, notRead = "not_read", wrong
    }

    private let systems: [String]
    private(set) var outcomes: [Outcome] = []

    init(systems: [String]) {
        self.systems = systems
    }

    mutating func add(_ lines: [String]?, of picture: DocumentPictures.Picture, by system: String, milliseconds: Double)
    {
        outcomes.append(
            Outcome(
                system: system,
                file: picture.file,
                condition: picture.condition,
                known: picture.known,
                verdict: lines.map { $0 == picture.lines ? .right : .wrong } ?? .notRead,
                milliseconds: milliseconds
            )
        )
    }

    /// A row for each condition, and sums.
    var markdown: String {
        var conditions: [String] = []
        for outcome in outcomes where !conditions.contains(outcome.condition) { conditions.append(outcome.condition) }
        var rows = [
            "| Pictures | " + systems.map { "\($0): right % | wrong % | ms" }.joined(separator: " | ") + " |",
            "| --- |" + String(repeating: " --- | --- | --- |", count: systems.count),
        ]
        rows += conditions.map { condition in row(condition) { $0.condition == condition } }
        rows.append(row("looked at while it was made, other pictures", \.known))
        rows.append(row("not looked at before", { !$0.known }))
        rows.append(row("all") { _ in true })
        return rows.joined(separator: "\n")
    }

    private func row(_ name: String, _ isOfIt: (Outcome) -> Bool) -> String {
        let own = outcomes.filter(isOfIt)
        let count = own.count / max(1, systems.count)
        let cells = systems.map { system in
            let of = own.filter { $0.system == system }
            let median = Measurement.percentile(of.map(\.milliseconds), 0.5)
            return [Verdict.right, .wrong].map { verdict in share(of.count { $0.verdict == verdict }, of.count) }
                .joined(separator: " | ") + " | " + String(format: "%.0f", median)
        }
        return "| \(name) (\(count)) | \(cells.joined(separator: " | ")) |"
    }

    private func share(_ count: Int, _ trials: Int) -> String {
        let estimate = ProportionEstimate(count: count, of: trials)
        return String(format: "%.0f [%.0f – %.0f]", 100 * estimate.value, 100 * estimate.low, 100 * estimate.high)
    }
}
