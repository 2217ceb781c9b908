/// Order statistics of small samples.
enum Statistics {
    /// The middle value, or the mean of the two middle ones; `nil` of nothing.
    static func median(_ values: [Double]) -> Double? { quantile(values, 0.5) }

    /// The value below which a share of all lies, interpolated; `nil` of nothing or where a value is not finite.
    static func quantile(_ values: [Double], _ share: Double) -> Double? {
        guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
        let sorted = values.sorted()
        let place = min(1, max(0, share)) * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }

    /// The median of each value and its two neighbours; one wild value leaves no trace.
    static func smoothed(_ values: [Double]) -> [Double] {
        values.indices.map { index in
            let window = values[max(0, index - 1)...min(values.count - 1, index + 1)]
            return median(Array(window)) ?? .nan
        }
    }
}
