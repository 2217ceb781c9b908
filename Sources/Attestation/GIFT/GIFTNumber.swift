import Foundation

/// Reads the numbers of a numeric answer: `3`, `3:2`, `1..5` or `*`.
enum GIFTNumber {
    static func target(_ text: GIFTText) throws(GIFTFault) -> NumericAnswer.Target {
        if text.elementsEqual([GIFTUnit.asterisk]) { return .any }
        if let dots = text.firstPair(GIFTUnit.period, GIFTUnit.period) {
            let minimum = try number(text[..<dots])
            let maximum = try number(text[(dots + 2)...])
            guard minimum <= maximum else {
                throw GIFTFault(
                    .invalidRange,
                    ru: "Конец диапазона «\(GIFTAnswerParser.short(text))» меньше его начала.",
                    en: "The range “\(GIFTAnswerParser.short(text))” ends before it begins."
                )
            }
            return .range(minimum: minimum, maximum: maximum)
        }
        // Some tools escape the colon of the tolerance as well.
        if let colon = text.firstIndex(where: { $0 & 0xFF == GIFTUnit.colon }) {
            let value = try number(text[..<colon])
            let tolerance = try number(text[(colon + 1)...])
            guard tolerance >= 0 else {
                throw GIFTFault(
                    .invalidRange,
                    ru: "Погрешность «\(GIFTAnswerParser.short(text))» отрицательна.",
                    en: "The tolerance “\(GIFTAnswerParser.short(text))” is negative."
                )
            }
            return .value(value, tolerance: tolerance)
        }
        return .value(try number(text), tolerance: 0)
    }

    private static func number(_ text: GIFTText) throws(GIFTFault) -> Decimal {
        guard text.count <= 4 * DecimalText.maximumLength, let value = DecimalText.parse(text.string) else {
            throw GIFTFault(
                .notANumber,
                ru: "«\(GIFTAnswerParser.short(text))» не является числом.",
                en: "“\(GIFTAnswerParser.short(text))” is not a number."
            )
        }
        return value
    }
}
