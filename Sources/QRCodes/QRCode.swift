import CQREncode

/// A text as a QR code (ISO/IEC 18004), with error correction level M: up to 15 % of it may be unreadable.
public struct QRCode: Sendable {
    /// How many modules a side has, without the quiet zone.
    public let side: Int
    /// Whether each module is dark, row by row from the top.
    public let isDark: [Bool]

    /// The most bytes of a text; a code of more is hard to read from a screen.
    public static let byteLimit = 400
    /// How many light modules surround the code (ISO/IEC 18004, 6.3.8).
    public static let quietZone = 4

    /// The smallest code of a text in UTF-8; `nil` for an empty text, one with U+0000, one beyond ``byteLimit``, and where
    /// libqrencode has no memory.
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.byteLimit, !text.utf8.contains(0),
            let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M)
        else { return nil }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        // The lowest bit of each byte is the module's colour.
        isDark = (0..<side * side).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// The code as SVG, one unit a module, dark on white with its quiet zone; each row's dark runs are one path.
    public var svg: String {
        var path = ""
        for row in 0..<side {
            var column = 0
            while column < side {
                let start = column
                while column < side, isDark[row * side + column] { column += 1 }
                if column > start {
                    path += "M\(start + Self.quietZone) \(row + Self.quietZone)h\(column - start)v1h-\(column - start)z"
                } else {
                    column += 1
                }
            }
        }
        let whole = side + 2 * Self.quietZone
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(whole) \(whole)" shape-rendering="crispEdges">\
            <path fill="#fff" d="M0 0h\(whole)v\(whole)h-\(whole)z"/><path d="\(path)"/></svg>
            """
    }
}
