import Foundation

/// Detection error trade-off curves as inline SVG: FNMR over FMR, both logarithmic.
public struct DetectionErrorPlot: Sendable {
    /// One curve.
    public struct Curve: Sendable {
        /// Its name in the legend; none where it is empty.
        public var name: String
        /// Its points.
        public var points: [EvaluationReport.Point]

        /// Makes a curve.
        public init(name: String, points: [EvaluationReport.Point]) {
            self.name = name
            self.points = points
        }
    }

    private let label: String
    private let curves: [Curve]

    private static let (width, height, left, top) = (640.0, 420.0, 64.0, 16.0)
    private static let (lowestMatch, lowestNonMatch) = (-5.0, -4.0)

    /// Makes a plot.
    ///
    /// - Parameter label: what the plot shows, for those who do not see it.
    public init(label: String, curves: [Curve]) {
        self.label = label
        self.curves = curves
    }

    private static func x(_ rate: Double) -> Double {
        left + (width - left - 16) * (1 - log10(max(rate, pow(10, lowestMatch))) / lowestMatch)
    }

    private static func y(_ rate: Double) -> Double {
        top + (height - top - 48) * (log10(max(rate, pow(10, lowestNonMatch))) / lowestNonMatch)
    }

    /// The plot.
    public var svg: String {
        var parts = Self.grid
        for (index, curve) in curves.enumerated() {
            // Four colours; what is more is dashed.
            let style = "curve-\(index % 4)\(index < 4 ? "" : " thin")"
            let points = curve.points.map {
                String(format: "%.1f,%.1f", Self.x($0.falseMatchRate), Self.y($0.falseNonMatchRate))
            }
            parts.append("<polyline class=\"curve \(style)\" points=\"\(points.joined(separator: " "))\"/>")
            guard !curve.name.isEmpty else { continue }
            let place = Self.height - 64 - Double(curves.count - 1 - index) * 18
            let start = Self.left + 12
            parts.append(
                "<line class=\"curve \(style)\" x1=\"\(start)\" x2=\"\(start + 24)\" y1=\"\(place)\" y2=\"\(place)\"/>"
                    + "<text x=\"\(start + 32)\" y=\"\(place + 4)\">\(PageStyle.escaped(curve.name))</text>"
            )
        }
        let middle = Self.height / 2 - 20
        parts.append(
            "<text x=\"\(Self.width / 2)\" y=\"\(Self.height - 8)\" text-anchor=\"middle\">false match rate</text>"
                + "<text x=\"16\" y=\"\(middle)\" text-anchor=\"middle\" transform=\"rotate(-90 16 \(middle))\">"
                + "false non-match rate</text>"
        )
        return "<svg viewBox=\"0 0 \(Self.width) \(Self.height)\" role=\"img\" "
            + "aria-label=\"\(PageStyle.escaped(label))\">\(parts.joined())</svg>"
    }

    private static var grid: [String] {
        var parts: [String] = []
        for power in Int(lowestMatch)...0 {
            let place = x(pow(10, Double(power)))
            parts.append(
                "<line class=\"grid\" x1=\"\(place)\" x2=\"\(place)\" y1=\"\(top)\" y2=\"\(height - 48)\"/>"
                    + "<text x=\"\(place)\" y=\"\(height - 30)\" text-anchor=\"middle\">1e\(power)</text>"
            )
        }
        for power in Int(lowestNonMatch)...0 {
            let place = y(pow(10, Double(power)))
            parts.append(
                "<line class=\"grid\" x1=\"\(left)\" x2=\"\(width - 16)\" y1=\"\(place)\" y2=\"\(place)\"/>"
                    + "<text x=\"\(left - 8)\" y=\"\(place + 4)\" text-anchor=\"end\">1e\(power)</text>"
            )
        }
        return parts
    }
}
