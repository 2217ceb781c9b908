import Cryptography
public import Foundation

/// The 32 bytes from which a ticket is drawn.
public struct TicketSeed: Hashable, Sendable {
    /// The number of bytes.
    public static let byteCount = 32
    /// The least number of bytes of an exam's secret.
    public static let secretByteCount = 32

    /// The bytes.
    public let bytes: [UInt8]

    /// Makes a seed from its bytes.
    ///
    /// - Throws: ``TicketError`` with code `invalidSeed` unless there are 32.
    public init(bytes: some Sequence<UInt8>) throws(TicketError) {
        self.bytes = Array(bytes)
        guard self.bytes.count == Self.byteCount else {
            throw TicketError(.invalidSeed, "A seed has \(Self.byteCount) bytes.")
        }
    }

    /// Makes a seed from 64 hexadecimal digits.
    ///
    /// - Throws: ``TicketError`` with code `invalidSeed`.
    public init(hex: String) throws(TicketError) {
        let digits = hex.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 2 * Self.byteCount, !digits.contains(nil) else {
            throw TicketError(.invalidSeed, "A seed is written as \(2 * Self.byteCount) hexadecimal digits.")
        }
        let values = digits.compactMap(\.self)
        bytes = stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }

    /// The seed of one attempt's ticket.
    ///
    /// SHA-256 over four fields, each preceded by its length in bytes as a 32-bit big-endian number: the ASCII text
    /// `attestd ticket seed v1`, the exam's secret, the exam's identifier (16 bytes), the attempt's identifier
    /// (16 bytes). The lengths keep fields from running into each other, the text keeps the digest from meaning
    /// anything elsewhere.
    ///
    /// - Throws: ``TicketError`` with code `secretTooShort` when the secret has fewer than 32 bytes.
    public static func derive(
        examSecret: some DataProtocol,
        examID: UUID,
        attemptID: UUID
    ) throws(TicketError) -> TicketSeed {
        try derive("attestd ticket seed v1", secret: examSecret, [examID.bytes, attemptID.bytes])
    }

    /// SHA-256 over a text that says what the seed is for, the exam's secret and further fields, each preceded by its
    /// length in bytes as a 32-bit big-endian number.
    ///
    /// - Throws: ``TicketError`` with code `secretTooShort` when the secret has fewer than 32 bytes.
    static func derive(
        _ purpose: String,
        secret: some DataProtocol,
        _ fields: [[UInt8]]
    ) throws(TicketError) -> TicketSeed {
        guard secret.count >= secretByteCount else {
            throw TicketError(.secretTooShort, "An exam's secret has at least \(secretByteCount) bytes.")
        }
        var message: [UInt8] = []
        for field in [Array(purpose.utf8), Array(secret)] + fields {
            message += UInt32(field.count).bigEndianBytes
            message += field
        }
        return try TicketSeed(bytes: SHA256Digest.hash(message).bytes)
    }

    /// The bytes as lower-case hexadecimal digits.
    public var hex: String { Hex.encode(bytes) }
}

extension TicketSeed: Codable {
    /// Reads hexadecimal digits.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when they are not a seed.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        do throws(TicketError) {
            try self.init(hex: text)
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: error.reason, underlyingError: error)
            )
        }
    }

    /// Writes hexadecimal digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}

extension UUID {
    /// The 16 bytes in the order of RFC 9562.
    var bytes: [UInt8] { withUnsafeBytes(of: uuid) { Array($0) } }
}

extension FixedWidthInteger {
    /// The bytes, the most significant first.
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}
