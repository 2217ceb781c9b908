/// Any key, to find those that nobody knows.
private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init?(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) { nil }
}

extension Decoder {
    /// A container that refuses keys nobody knows: a misspelt setting must not be silently without effect.
    func strictContainer<Key: CodingKey & CaseIterable & RawRepresentable<String>>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        let known = Set(Key.allCases.map(\.rawValue))
        for key in try container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
            throw DecodingError.dataCorrupted(
                .init(codingPath: codingPath + [key], debugDescription: "there is no such setting")
            )
        }
        return try container(keyedBy: type)
    }
}

extension KeyedDecodingContainer {
    /// What a setting should be, told at its place.
    func refusal(_ key: Key, _ reason: String) -> DecodingError {
        .dataCorruptedError(forKey: key, in: self, debugDescription: reason)
    }
}
