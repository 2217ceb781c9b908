/// Points as exact hundredths.
enum Hundredths {
    /// Reads a decimal number with up to two places.
    static func of(_ text: String) -> Int {
        let parts = text.split(separator: ".")
        let places = parts.count > 1 ? String((parts[1] + "00").prefix(2)) : "00"
        return (Int(parts.first ?? "0") ?? 0) * 100 + (Int(places) ?? 0)
    }

    /// Writes them with two places.
    static func text(_ value: Int) -> String {
        let places = value % 100
        return "\(value / 100).\(places < 10 ? "0" : "")\(places)"
    }
}
