/// The check digit of machine-readable zones: weights 7, 3, 1, modulo 10 (ICAO Doc 9303-3 section 4.9).
///
/// It catches every wrong digit. It cannot tell characters whose values differ by ten: `<`, 0, A, K and U; 1, B, L and
/// V; and so on.
public enum MRZCheckDigit {
    /// The check digit of upper-case letters, digits and `<`; `nil` where another character stands among them.
    public static func digit(of text: some Sequence<Character>) -> Int? {
        var sum = 0
        for (place, character) in text.enumerated() {
            guard let value = value(of: character) else { return nil }
            sum += value * weights[place % 3]
        }
        return sum % 10
    }

    private static let weights = [7, 3, 1]

    static func value(of character: Character) -> Int? {
        guard let byte = character.asciiValue else { return nil }
        switch byte {
        case 0x30...0x39: return Int(byte) - 0x30
        case 0x41...0x5A: return Int(byte) - 0x41 + 10
        case 0x3C: return 0
        default: return nil
        }
    }
}
