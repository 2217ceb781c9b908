import Foundation

/// Identifiers as they stand in columns: 36 characters in lower case (RFC 9562 §4).
///
/// Foundation reads and writes them by way of `sscanf` and `snprintf`, which was a sixth of an export's time.
enum IdentifierText {
    private static let dashes = [8, 13, 18, 23]

    /// An identifier's text.
    static func text(_ id: UUID) -> String {
        withUnsafeBytes(of: id.uuid) { bytes in
            String(unsafeUninitializedCapacity: 36) { text in
                func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
                var place = 0
                for byte in bytes {
                    if place == 8 || place == 13 || place == 18 || place == 23 {
                        text[place] = UInt8(ascii: "-")
                        place += 1
                    }
                    text[place] = digit(byte >> 4)
                    text[place + 1] = digit(byte & 15)
                    place += 2
                }
                return place
            }
        }
    }

    /// The identifier of a text; `nil` where it is none. Capital letters are read too.
    static func identifier(_ text: UnsafeBufferPointer<UInt8>) -> UUID? {
        guard text.count == 36, dashes.allSatisfy({ text[$0] == UInt8(ascii: "-") }) else { return nil }
        var id: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        let isRead = withUnsafeMutableBytes(of: &id) { bytes in
            var place = 0
            for number in bytes.indices {
                if place == 8 || place == 13 || place == 18 || place == 23 { place += 1 }
                guard let high = value(text[place]), let low = value(text[place + 1]) else { return false }
                bytes[number] = high << 4 | low
                place += 2
            }
            return true
        }
        return isRead ? UUID(uuid: id) : nil
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x37
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}
