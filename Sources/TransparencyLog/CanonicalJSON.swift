/// The JSON Canonicalization Scheme (RFC 8785): one value, one sequence of bytes.
public enum CanonicalJSON {
    /// The value's canonical UTF-8 text.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedJSON` for numbers that JSON cannot hold exactly.
    public static func encode(_ value: JSONValue) throws -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(256)
        try write(value, to: &output)
        return output
    }

    /// The value of a JSON text (RFC 8259 with the limits of RFC 7493), canonical or not.
    ///
    /// Refused are repeated keys, unpaired surrogates, numbers beyond binary64, more than 64 levels, and anything
    /// that the grammar does not have.
    ///
    /// - Throws: ``TransparencyLogError`` with code `malformedJSON`.
    public static func decode(_ text: [UInt8]) throws -> JSONValue {
        try text.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(buffer)
            return try parser.document()
        }
    }

    private static func write(_ value: JSONValue, to output: inout [UInt8]) throws {
        switch value {
        case .null: output += "null".utf8
        case .bool(let flag): output += (flag ? "true" : "false").utf8
        case .string(let text): write(text, to: &output)
        case .double(let number): output += try ECMAScriptNumber.text(number).utf8
        case .integer(let number):
            guard number.magnitude < 1 << 53 else {
                throw TransparencyLogError(.malformedJSON, "\(number) is beyond what JSON holds exactly.")
            }
            output += String(number).utf8
        case .array(let elements):
            output.append(0x5b)
            for (place, element) in elements.enumerated() {
                if place > 0 { output.append(0x2c) }
                try write(element, to: &output)
            }
            output.append(0x5d)
        case .object(let members):
            output.append(0x7b)
            // By UTF-16 code units (§3.2.3): neither Swift's order nor that of the UTF-8 bytes.
            let ordered = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            for (place, member) in ordered.enumerated() {
                if place > 0 { output.append(0x2c) }
                write(member.key, to: &output)
                output.append(0x3a)
                try write(member.value, to: &output)
            }
            output.append(0x7d)
        }
    }

    private static func write(_ text: String, to output: inout [UInt8]) {
        output.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5c: output += [0x5c, byte]
            case 0x08: output += #"\b"#.utf8
            case 0x09: output += #"\t"#.utf8
            case 0x0a: output += #"\n"#.utf8
            case 0x0c: output += #"\f"#.utf8
            case 0x0d: output += #"\r"#.utf8
            case 0x00..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                output += #"\u00"#.utf8
                output += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: output.append(byte)
            }
        }
        output.append(0x22)
    }
}
