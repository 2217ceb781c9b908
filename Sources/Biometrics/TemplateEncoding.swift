/// The stored form of a template, version 1. All numbers are little-endian.
///
/// | Bytes | Meaning |
/// | --- | --- |
/// | 4 | `AFTP` |
/// | 1 | version, 1 |
/// | 1 | n, length of the model's id |
/// | n | the model's id, UTF-8 |
/// | 2 | m, number of values |
/// | 4 m | the values, IEEE 754 binary32 |
/// | 4 | CRC-32 (ISO-HDLC) of all bytes before it |
///
/// The check sum finds accidents; against forgery the storage seals what it keeps.
extension FaceTemplate {
    static let magic: [UInt8] = Array("AFTP".utf8)
    static let version: UInt8 = 1

    /// The bytes to store.
    public func encoded() -> [UInt8] {
        var bytes = Self.magic
        bytes.reserveCapacity(12 + modelID.utf8.count + 4 * values.count)
        bytes.append(Self.version)
        bytes.append(UInt8(modelID.utf8.count))
        bytes.append(contentsOf: modelID.utf8)
        bytes.append(littleEndian: UInt16(values.count))
        for value in values { bytes.append(littleEndian: value.bitPattern) }
        bytes.append(littleEndian: CRC32.checksum(of: bytes[...]))
        return bytes
    }

    /// Reads a template back.
    ///
    /// - Throws: `template_version_unknown` when the layout is newer; `template_corrupt` when the bytes are damaged, too
    ///   few or too many; `template_invalid` when they are whole but hold no template.
    public init(decoding bytes: some Collection<UInt8>) throws(BiometricsError) {
        let bytes = Array(bytes)
        guard bytes.count >= 12, bytes.starts(with: Self.magic) else {
            throw BiometricsError(.templateCorrupt, "these bytes are not a template")
        }
        guard bytes[4] == Self.version else {
            throw BiometricsError(.templateVersionUnknown, "template layout \(bytes[4]) is unknown")
        }
        let body = bytes.dropLast(4)
        guard CRC32.checksum(of: body) == bytes.littleEndian(at: body.endIndex, as: UInt32.self) else {
            throw BiometricsError(.templateCorrupt, "the template's check sum is wrong")
        }
        let name = 6..<(6 + Int(bytes[5]))
        guard name.upperBound + 2 <= body.endIndex, let modelID = String(validating: bytes[name], as: UTF8.self) else {
            throw BiometricsError(.templateCorrupt, "the template's model id is damaged")
        }
        let first = name.upperBound + 2
        let count = Int(bytes.littleEndian(at: name.upperBound, as: UInt16.self))
        guard first + 4 * count == body.endIndex else {
            throw BiometricsError(.templateCorrupt, "the template has the wrong number of values")
        }
        let values = (0..<count).map { index in
            Float(bitPattern: bytes.littleEndian(at: first + 4 * index, as: UInt32.self))
        }
        try self.init(modelID: modelID, values: values)
    }
}

extension [UInt8] {
    fileprivate mutating func append(littleEndian number: some FixedWidthInteger) {
        var rest = number
        for _ in 0..<(number.bitWidth / 8) {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    fileprivate func littleEndian<Number: FixedWidthInteger>(at offset: Int, as type: Number.Type) -> Number {
        var number: Number = 0
        for index in (0..<(Number.bitWidth / 8)).reversed() {
            number = number << 8 | Number(truncatingIfNeeded: self[offset + index])
        }
        return number
    }
}
