import Foundation
import QuestionBank

/// Reads the numbers of a numeric answer: `3`, `3:2`, `1..5` or `*`.
///
/// A range is kept as its middle with half its width, which is how Moodle keeps it too.
enum GIFTNumber {
    static func target(_ text: GIFTText) throws(ItemFault) -> (value: ExactDecimal?, tolerance: ExactDecimal) {
        if text.elementsEqual([GIFTUnit.asterisk]) { return (nil, .zero) }
        if let dots = text.firstPair(GIFTUnit.period, GIFTUnit.period) {
            let minimum = try number(text[..<dots])
            let maximum = try number(text[(dots + 2)...])
            guard minimum <= maximum else {
                throw ItemFault(
                    .invalidRange,
                    ru: "Конец диапазона «\(GIFTAnswerParser.short(text))» меньше его начала.",
                    en: "The range “\(GIFTAnswerParser.short(text))” ends before it begins."
                )
            }
            let two = Decimal(2)
            let middle = (minimum.value + maximum.value) / two
            return (ExactDecimal(middle), ExactDecimal(maximum.value - middle))
        }
        // Some tools escape the colon of the tolerance as well.
        if let colon = text.firstIndex(where: { $0 & 0xFF == GIFTUnit.colon }) {
            let value = try number(text[..<colon])
            let tolerance = try number(text[(colon + 1)...])
            guard tolerance >= .zero else {
                throw ItemFault(
                    .invalidRange,
                    ru: "Погрешность «\(GIFTAnswerParser.short(text))» отрицательна.",
                    en: "The tolerance “\(GIFTAnswerParser.short(text))” is negative."
                )
            }
            return (value, tolerance)
        }
        return (try number(text), .zero)
    }

    private static func number(_ text: GIFTText) throws(ItemFault) -> ExactDecimal {
        guard text.count <= 256, let value = ExactDecimal(text.string) else {
            throw ItemFault(
                .notANumber,
                ru: "«\(GIFTAnswerParser.short(text))» не является числом.",
                en: "“\(GIFTAnswerParser.short(text))” is not a number."
            )
        }
        return value
    }
}
