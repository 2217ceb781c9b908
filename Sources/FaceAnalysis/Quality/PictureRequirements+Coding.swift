public import Foundation

// In a configuration a measure stands by its name with a limit on its raw number:
//
//     portrait: { inter_eye_distance: { at_least: 100 }, sharpness: { advisory: true }, background_uniformity: null }
//
// What is not named keeps its default: of a measure that is not named the whole limit, of one that is named the ends
// and the severity that are not named.

extension PictureRequirements: DecodableWithConfiguration {
    /// Reads changes to requirements.
    ///
    /// - Parameter defaults: What holds where nothing is named.
    /// - Throws: `DecodingError` that names the place: at a measure that nobody knows, at a limit that makes no sense.
    public init(from decoder: any Decoder, configuration defaults: PictureRequirements) throws {
        self = defaults
        let values = try decoder.container(keyedBy: NameKey.self)
        for key in values.allKeys {
            guard let measure = QualityMeasure(rawValue: key.name) else {
                throw DecodingError.dataCorruptedError(forKey: key, in: values, debugDescription: "no such measure")
            }
            guard measure != .singleFacePresent else {
                throw DecodingError.dataCorruptedError(
                    forKey: key,
                    in: values,
                    debugDescription: "exactly one face is always required"
                )
            }
            if try values.decodeNil(forKey: key) {
                self[measure] = nil
            } else {
                let fields = try values.nestedContainer(keyedBy: NameKey.self, forKey: key)
                self[measure] = try Self.limit(fields, of: measure, default: defaults[measure])
            }
        }
    }

    private static func limit(
        _ fields: KeyedDecodingContainer<NameKey>,
        of measure: QualityMeasure,
        default given: QualityLimit?
    ) throws -> QualityLimit? {
        var limit = given ?? QualityLimit()
        var isOff = false
        for key in fields.allKeys {
            func number(_ isTaken: Bool) throws -> Double {
                let bounds = measure.definition.bounds
                let number = try fields.decode(Double.self, forKey: key)
                guard isTaken else {
                    throw fields.nonsense(key, "\(measure.name) takes \(bounds.takesAtMost ? "at_most" : "at_least")")
                }
                // Not a number is in no range.
                guard bounds.range.contains(number) else {
                    let range = bounds.range
                    throw fields.nonsense(key, "must be \(range.lowerBound) to \(range.upperBound) \(measure.unit)")
                }
                return number
            }
            switch key.name {
            case "at_least": limit.atLeast = try number(measure.definition.bounds.takesAtLeast)
            case "at_most": limit.atMost = try number(measure.definition.bounds.takesAtMost)
            case "advisory": limit.isAdvisory = try fields.decode(Bool.self, forKey: key)
            case "off": isOff = try fields.decode(Bool.self, forKey: key)
            default: throw fields.nonsense(key, "a limit has at_least, at_most, advisory and off")
            }
        }
        if isOff {
            guard fields.allKeys.count == 1 else {
                throw fields.nonsense(nil, "a limit that is off has nothing else")
            }
            return nil
        }
        guard limit.atLeast != nil || limit.atMost != nil else {
            throw fields.nonsense(nil, "a limit has at_least or at_most")
        }
        if let least = limit.atLeast, let most = limit.atMost, least >= most {
            throw fields.nonsense(nil, "at_least must be below at_most")
        }
        return limit
    }
}

extension PictureRequirements: Codable {
    /// Reads requirements that name every measure, as they are written; `null` is a measure without a limit.
    ///
    /// - Throws: `DecodingError` that names the place. A measure that is not named is an error: without defaults it
    ///   would silently not be judged.
    public init(from decoder: any Decoder) throws {
        let named = Set(try decoder.container(keyedBy: NameKey.self).allKeys.map(\.name))
        for measure in QualityMeasure.allCases where measure != .singleFacePresent && !named.contains(measure.name) {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(measure.name) is missing")
            )
        }
        try self.init(from: decoder, configuration: PictureRequirements(limits: [:]))
    }

    /// Writes the limit of every measure.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: NameKey.self)
        for measure in QualityMeasure.allCases where measure != .singleFacePresent {
            guard let limit = self[measure] else {
                try values.encodeNil(forKey: NameKey(measure.name))
                continue
            }
            var fields = values.nestedContainer(keyedBy: NameKey.self, forKey: NameKey(measure.name))
            try fields.encodeIfPresent(limit.atLeast, forKey: NameKey("at_least"))
            try fields.encodeIfPresent(limit.atMost, forKey: NameKey("at_most"))
            if limit.isAdvisory { try fields.encode(true, forKey: NameKey("advisory")) }
        }
    }
}

/// Any key; `name` is in snake case, whether or not the decoder has turned the keys into camel case.
private struct NameKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) {
        stringValue = name
    }

    init?(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) { nil }

    var name: String {
        stringValue.reduce(into: "") { name, letter in
            if letter.isUppercase { name += "_" }
            name += letter.lowercased()
        }
    }
}

extension KeyedDecodingContainer {
    fileprivate func nonsense(_ key: Key?, _ reason: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath + (key.map { [$0] } ?? []), debugDescription: reason))
    }
}
