/// Numbers as ECMAScript's Number::toString writes them, which RFC 8785 §3.2.2.3 asks for.
enum ECMAScriptNumber {
    /// The text of a finite number.
    static func text(_ number: Double) throws -> String {
        guard number.isFinite else {
            throw TransparencyLogError(.malformedJSON, "JSON has no number \(number).")
        }
        if number == 0 { return "0" }
        let sign = number < 0 ? "-" : ""
        let (digits, point) = decimal(number.magnitude)
        return sign + layout(digits, point)
    }

    /// The shortest digits that read back as the number, without zeros at either end, and where the point stands:
    /// the value is 0.digits × 10^point.
    private static func decimal(_ number: Double) -> (digits: String, point: Int) {
        // Swift's description has the shortest digits, the closest among the shortest; only its layout differs.
        let parts = number.description.split(separator: "e")
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = mantissa[0]
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        let all = whole + fraction
        let significant = all.drop { $0 == "0" }
        let point = whole.count - (all.count - significant.count) + exponent
        var digits = String(significant)
        while digits.hasSuffix("0") { digits.removeLast() }
        return (digits, point)
    }

    /// Steps 6 to 12 of Number::toString; `point` is the standard's n.
    private static func layout(_ digits: String, _ point: Int) -> String {
        let zeros = { (count: Int) in String(repeating: "0", count: count) }
        switch point {
        case digits.count...21 where digits.count <= 21:
            return digits + zeros(point - digits.count)
        case 1...21:
            return "\(digits.prefix(point)).\(digits.dropFirst(point))"
        case -5...0:
            return "0." + zeros(-point) + digits
        default:
            let exponent = point - 1
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return "\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
        }
    }
}
