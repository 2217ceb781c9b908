import Foundation

/// Strict reading of decimal numbers: the whole text must be one number.
enum DecimalText {
    /// The most characters a number may have.
    static let maximumLength = 64

    /// Reads `-12.5`, `3,14`, `1 000`, `6.02e23`; nil for anything else or beyond `Decimal`'s 38 digits.
    ///
    /// `Decimal(string:)` alone accepts `12abc` as 12, hence the check by hand. The comma, spaces between digits
    /// and the typographic minus are how people write numbers in Russian.
    static func parse(_ text: String) -> Decimal? {
        guard text.utf8.count <= maximumLength * 4 else { return nil }
        var scalars = Array(text.trimmingCharacters(in: .whitespacesAndNewlines).unicodeScalars)[...]
        guard !scalars.isEmpty, scalars.count <= maximumLength else { return nil }
        var number = ""
        if let sign = scalars.first, sign == "-" || sign == "+" || sign == "\u{2212}" {
            if sign != "+" { number = "-" }
            scalars = scalars.dropFirst()
        }
        var digits = 0
        var hasSeparator = false
        var previousIsDigit = false
        while let scalar = scalars.first, scalar != "e", scalar != "E" {
            scalars = scalars.dropFirst()
            if isDigit(scalar) {
                number.unicodeScalars.append(scalar)
                digits += 1
                previousIsDigit = true
            } else if !hasSeparator, scalar == "." || scalar == "," {
                if !previousIsDigit { number += "0" }
                guard let next = scalars.first, isDigit(next) else { return nil }
                number += "."
                hasSeparator = true
                previousIsDigit = false
            } else if previousIsDigit, !hasSeparator, [" ", "\u{A0}", "\u{202F}"].contains(scalar),
                let next = scalars.first, isDigit(next)
            {
                previousIsDigit = false
            } else {
                return nil
            }
        }
        guard (1...38).contains(digits) else { return nil }
        if !scalars.isEmpty {
            let exponent = String(String.UnicodeScalarView(scalars.dropFirst()))
            guard exponent.utf8.count <= 4, let value = Int(exponent), (-60...60).contains(value) else { return nil }
            number += "e\(value)"
        }
        guard let decimal = Decimal(string: number), !decimal.isNaN else { return nil }
        return decimal
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }
}

extension KeyedDecodingContainer {
    /// Decodes a decimal number kept as a string, so that no binary fraction comes between.
    func decodeDecimal(forKey key: Key) throws -> Decimal {
        guard let value = DecimalText.parse(try decode(String.self, forKey: key)) else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "Not a decimal number")
        }
        return value
    }
}
