/// The biometric template of one face: a direction in the space of one model (ISO/IEC 2382-37, 37.03.22).
///
/// Templates of different models cannot be compared, so a template carries its model's id.
/// A template is personal data of a special kind: it has no readable description.
public struct FaceTemplate: Equatable, Sendable, CustomStringConvertible {
    /// The model that made the template, as its manifest names it.
    public let modelID: String
    /// The coordinates; the vector has unit length.
    public let values: [Float]

    /// How far the length may be from one, because the values are rounded to 32 bits.
    static let lengthTolerance: Float = 1e-3
    /// More values than any known embedder has.
    static let mostValues = 65_535

    /// Makes a template of a vector that already has unit length.
    ///
    /// - Throws: `template_invalid` when the model's id is empty or longer than 255 bytes, when there are no values,
    ///   when one is not finite, or when the vector's length differs from one by more than 0.001.
    public init(modelID: String, values: [Float]) throws(BiometricsError) {
        guard !modelID.isEmpty, modelID.utf8.count <= 255 else {
            throw BiometricsError(.templateInvalid, "a template needs a model id of 1 to 255 bytes")
        }
        guard !values.isEmpty, values.count <= Self.mostValues else {
            throw BiometricsError(.templateInvalid, "a template needs 1 to \(Self.mostValues) values")
        }
        var squares: Float = 0
        for value in values { squares += value * value }
        // Written so that a NaN among the values fails too.
        guard abs(squares.squareRoot() - 1) <= Self.lengthTolerance else {
            throw BiometricsError(.templateInvalid, "the vector is not of unit length")
        }
        self.modelID = modelID
        self.values = values
    }

    /// The model and the number of values, never the values.
    public var description: String { "FaceTemplate(\(modelID), \(values.count) values)" }
}
