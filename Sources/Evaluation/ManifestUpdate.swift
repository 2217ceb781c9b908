import Biometrics
import FaceAnalysis
import Foundation

extension CalibrationResult {
    /// The text of a manifest with this result in the place of its embedder's thresholds and calibration; every other
    /// byte stays.
    ///
    /// - Throws: `EvaluationError` where the text is no manifest or names another embedder.
    public func updating(manifest text: String) throws -> String {
        let updated = try Self.replacing("thresholds", with: thresholdsText, of: modelID, in: text)
        return try Self.replacing("calibration", with: calibrationText, of: modelID, in: updated)
    }

    private static func replacing(
        _ key: String,
        with value: String,
        of modelID: String,
        in text: String
    ) throws -> String {
        let json = JSONText(text)
        guard let models = try json.members(json.root()).first(where: { $0.key == "models" }) else {
            throw EvaluationError("the manifest has no models")
        }
        for model in try json.elements(models.value) {
            let members = try json.members(model)
            guard let id = members.first(where: { $0.key == "id" }), json.text(id.value) == "\"\(modelID)\"",
                let last = members.last
            else { continue }
            var bytes = json.bytes
            if let old = members.first(where: { $0.key == key }) {
                bytes.replaceSubrange(old.value, with: Array(value.utf8))
            } else {
                bytes.insert(contentsOf: Array(",\n      \"\(key)\": \(value)".utf8), at: last.value.upperBound)
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        throw EvaluationError("the manifest has no model \(modelID)")
    }

    /// The value of `thresholds`, with one row of the table a line.
    private var thresholdsText: String {
        let rows = table.rows.map { row in
            "{\"false_match_rate\": \(Self.number(row.falseMatchRate)), \"threshold\": \(Self.distance(row.threshold)), "
                + "\"false_match_interval\": \(Self.interval(row.falseMatchInterval)), "
                + "\"false_non_match_rate\": \(Self.number(row.falseNonMatchRate)), "
                + "\"false_non_match_interval\": \(Self.interval(row.falseNonMatchInterval))}"
        }
        let measuredWith = models.map { "{\"id\": \(Self.string($0.id)), \"sha256\": \"\($0.sha256)\"}" }
        return Self.object([
            ("distance", Self.string("euclidean distance of templates of unit length")),
            ("match_at_or_below", Self.distance(match.threshold)),
            ("match_false_match_rate", Self.number(match.falseMatchRate)),
            ("non_match_above", Self.distance(nonMatch.threshold)),
            ("non_match_false_match_rate", Self.number(nonMatch.falseMatchRate)),
            ("source", Self.string("attestd models calibrate; pictures compared within each set")),
            ("data_sets", Self.array(sets.map(Self.setText))),
            ("data_sha256", "\"\(dataSha256)\""),
            ("bootstrap_replicates", "\(bootstrapReplicates)"),
            ("measured_with", Self.array(measuredWith)),
            ("table", Self.array(rows)),
        ])
    }

    /// The value of `calibration`.
    private var calibrationText: String {
        let bins = quality.reliability.map { bin in
            "{\"probability\": \(Self.interval(bin.probability)), \"predicted\": \(Self.number(bin.predicted)), "
                + "\"observed\": \(Self.number(bin.observed)), \"mated\": \(bin.mated), \"non_mated\": \(bin.nonMated)}"
        }
        return Self.object([
            (
                "method",
                Self.string(
                    "logistic regression of the log-likelihood ratio on the distance, people counted alike; limits by "
                        + "the rule of three over people"
                )
            ),
            ("intercept", Self.decimals(calibration.intercept)),
            ("slope", Self.decimals(calibration.slope)),
            ("lowest_log_likelihood_ratio", Self.decimals(calibration.supported.lowerBound)),
            ("highest_log_likelihood_ratio", Self.decimals(calibration.supported.upperBound)),
            ("cross_validated_cost_bits", Self.number(quality.cost)),
            ("cross_validated_minimum_cost_bits", Self.number(quality.minimumCost)),
            ("cross_validated_brier_score", Self.number(quality.brierScore)),
            ("reliability", Self.array(bins)),
        ])
    }

    /// A set with the rates that the threshold for a match has on it alone.
    private static func setText(_ set: SetSummary) -> String {
        func rate(_ estimate: ThresholdRates.Estimate?) -> String { estimate.map { number($0.value) } ?? "null" }
        let match = set.check.points.first
        return "{\"name\": \(string(set.name)), \"pictures\": \(set.pictures), \"people\": \(set.subjects), "
            + "\"mated_pairs\": \(set.matedComparisons), \"non_mated_pairs\": \(set.nonMatedComparisons), "
            + "\"false_match_rate\": \(rate(match?.falseMatchRate)), "
            + "\"false_non_match_rate\": \(rate(match?.falseNonMatchRate))}"
    }

    // MARK: - JSON in the manifest's layout

    private static func object(_ members: [(String, String)]) -> String {
        "{\n" + members.map { "        \"\($0.0)\": \($0.1)" }.joined(separator: ",\n") + "\n      }"
    }

    private static func array(_ elements: [String]) -> String {
        "[\n" + elements.map { "          \($0)" }.joined(separator: ",\n") + "\n        ]"
    }

    private static func string(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20: String(format: "\\u%04x", scalar.value)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    private static func distance(_ threshold: Float) -> String { String(format: "%.4f", threshold) }

    private static func decimals(_ value: Double) -> String { String(format: "%.4f", value) }

    /// Three significant digits.
    private static func number(_ value: Double) -> String { String(format: "%.3g", value) }

    private static func interval(_ range: ClosedRange<Double>) -> String {
        "[\(number(range.lowerBound)), \(number(range.upperBound))]"
    }
}
