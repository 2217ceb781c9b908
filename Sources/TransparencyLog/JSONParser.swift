/// A strict reader of JSON (RFC 8259) over UTF-8.
struct JSONParser {
    private static let deepest = 64

    private let text: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    /// The one value that the whole text holds.
    mutating func document() throws -> JSONValue {
        let result = try value(depth: 0)
        skipSpace()
        guard place == text.count else { throw failure("something follows the value") }
        return result
    }

    private mutating func value(depth: Int) throws -> JSONValue {
        guard depth <= Self.deepest else { throw failure("it is too deep") }
        skipSpace()
        switch peek() {
        case 0x7b: return try object(depth)
        case 0x5b: return try array(depth)
        case 0x22: return .string(try string())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6e: return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(_ depth: Int) throws -> JSONValue {
        place += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if take(0x7d) { return .object(members) }
        while true {
            skipSpace()
            let key = try string()
            skipSpace()
            guard take(0x3a) else { throw failure("a colon is missing") }
            guard members.updateValue(try value(depth: depth + 1), forKey: key) == nil else {
                throw failure("a key comes twice")
            }
            skipSpace()
            if take(0x7d) { return .object(members) }
            guard take(0x2c) else { throw failure("a comma is missing") }
        }
    }

    private mutating func array(_ depth: Int) throws -> JSONValue {
        place += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take(0x5d) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(0x5d) { return .array(elements) }
            guard take(0x2c) else { throw failure("a comma is missing") }
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            guard take(word.utf8Start[offset]) else { throw failure("an unknown word stands there") }
        }
        return value
    }

    // MARK: Texts

    private mutating func string() throws -> String {
        guard take(0x22) else { throw failure("a quotation mark is missing") }
        let start = place
        while let byte = peek(), byte != 0x22, byte != 0x5c, byte >= 0x20 { place += 1 }
        if peek() == 0x22 {
            // No escapes: the usual case.
            defer { place += 1 }
            return try utf8(text[start..<place])
        }
        var bytes = Array(text[start..<place])
        while let byte = peek() {
            place += 1
            switch byte {
            case 0x22: return try utf8(bytes)
            case 0x5c: try escape(into: &bytes)
            case 0x00..<0x20: throw failure("a control character stands in a text")
            default: bytes.append(byte)
            }
        }
        throw failure("a text does not end")
    }

    private mutating func escape(into bytes: inout [UInt8]) throws {
        guard let byte = peek() else { throw failure("a text does not end") }
        place += 1
        switch byte {
        case 0x22, 0x5c, 0x2f: bytes.append(byte)
        case 0x62: bytes.append(0x08)
        case 0x66: bytes.append(0x0c)
        case 0x6e: bytes.append(0x0a)
        case 0x72: bytes.append(0x0d)
        case 0x74: bytes.append(0x09)
        case 0x75:
            var code = UInt32(try hexadecimal())
            if (0xd800..<0xdc00).contains(code) {
                guard take(0x5c), take(0x75) else { throw failure("a surrogate is alone") }
                let low = UInt32(try hexadecimal())
                guard (0xdc00..<0xe000).contains(low) else { throw failure("a surrogate is alone") }
                code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw failure("a surrogate is alone") }
            bytes += UTF8.encode(scalar) ?? .init()
        default: throw failure("an unknown escape stands in a text")
        }
    }

    private mutating func hexadecimal() throws -> UInt16 {
        var code: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure("an escape has four hexadecimal digits")
            }
            place += 1
            code = code << 4 | UInt16(digit)
        }
        return code
    }

    private func utf8(_ bytes: some Sequence<UInt8>) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw failure("a text is not UTF-8") }
        return text
    }

    // MARK: Numbers

    private mutating func number() throws -> JSONValue {
        let start = place
        let isNegative = take(0x2d)
        guard let first = peek(), isDigit(first) else { throw failure("no value stands there") }
        let digitsStart = place
        skipDigits()
        if first == 0x30 && place - digitsStart > 1 { throw failure("a number begins with a needless zero") }
        var isWhole = true
        if take(0x2e) {
            isWhole = false
            try digits()
        }
        if peek() == 0x65 || peek() == 0x45 {
            isWhole = false
            place += 1
            if !take(0x2b) { _ = take(0x2d) }
            try digits()
        }
        let written = String(decoding: text[start..<place], as: UTF8.self)
        let isMinusZero = isNegative && first == 0x30
        if isWhole, !isMinusZero, let whole = Int64(written), whole.magnitude < 1 << 53 { return .integer(whole) }
        guard let number = Double(written), number.isFinite else { throw failure("a number is too large") }
        return .double(number)
    }

    private mutating func digits() throws {
        guard let byte = peek(), isDigit(byte) else { throw failure("a number lacks digits") }
        skipDigits()
    }

    private mutating func skipDigits() {
        while let byte = peek(), isDigit(byte) { place += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    // MARK: Passing over

    /// Where the texts of the named members of the whole text's object stand; nil for one that is missing, has an
    /// escape or is no text.
    ///
    /// Grammar and depth are checked as ever. Values are not built, so that neither repeated keys of inner objects nor
    /// bytes that are no UTF-8 are noticed: it is for texts that ``document()`` has accepted once.
    mutating func texts(of names: [StaticString]) throws -> [Range<Int>?] {
        var found = [Range<Int>?](repeating: nil, count: names.count)
        skipSpace()
        guard take(0x7b) else { throw failure("it is no object") }
        skipSpace()
        if take(0x7d) { return found }
        while true {
            skipSpace()
            let key = try skipString()
            skipSpace()
            guard take(0x3a) else { throw failure("a colon is missing") }
            skipSpace()
            if peek() == 0x22, let name = names.firstIndex(where: { isName($0, at: key) }) {
                guard found[name] == nil else { throw failure("a key comes twice") }
                let value = try skipString()
                found[name] = text[value].contains(0x5c) ? nil : value
            } else {
                try skipValue(depth: 1)
            }
            skipSpace()
            if take(0x7d) { break }
            guard take(0x2c) else { throw failure("a comma is missing") }
        }
        skipSpace()
        guard place == text.count else { throw failure("something follows the value") }
        return found
    }

    private func isName(_ name: StaticString, at range: Range<Int>) -> Bool {
        name.utf8CodeUnitCount == range.count
            && UnsafeBufferPointer(start: name.utf8Start, count: range.count).elementsEqual(text[range])
    }

    private mutating func skipValue(depth: Int) throws {
        guard depth <= Self.deepest else { throw failure("it is too deep") }
        skipSpace()
        switch peek() {
        case 0x7b: try skipContainer(depth, isObject: true)
        case 0x5b: try skipContainer(depth, isObject: false)
        case 0x22: _ = try skipString()
        case 0x74: _ = try word("true", .null)
        case 0x66: _ = try word("false", .null)
        case 0x6e: _ = try word("null", .null)
        default: _ = try number()
        }
    }

    private mutating func skipContainer(_ depth: Int, isObject: Bool) throws {
        let end: UInt8 = isObject ? 0x7d : 0x5d
        place += 1
        skipSpace()
        if take(end) { return }
        while true {
            if isObject {
                skipSpace()
                _ = try skipString()
                skipSpace()
                guard take(0x3a) else { throw failure("a colon is missing") }
            }
            try skipValue(depth: depth + 1)
            skipSpace()
            if take(end) { return }
            guard take(0x2c) else { throw failure("a comma is missing") }
        }
    }

    /// Passes over a text and answers where its content stands.
    private mutating func skipString() throws -> Range<Int> {
        guard take(0x22) else { throw failure("a quotation mark is missing") }
        let start = place
        while let byte = peek() {
            place += 1
            switch byte {
            case 0x22: return start..<place - 1
            case 0x5c: place += 1
            case 0x00..<0x20: throw failure("a control character stands in a text")
            default: break
            }
        }
        throw failure("a text does not end")
    }

    // MARK: Bytes

    private func peek() -> UInt8? { place < text.count ? text[place] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { place += 1 }
    }

    private func failure(_ what: String) -> TransparencyLogError {
        TransparencyLogError(.malformedJSON, "The text is no JSON: \(what), at byte \(place).")
    }
}
