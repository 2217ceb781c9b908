import Biometrics
import Testing

@Suite("Face template")
struct FaceTemplateTests {
    /// A template of 128 values, different for each seed.
    static func template(_ seed: Int = 1, modelID: String = "model-a", count: Int = 128) throws -> FaceTemplate {
        let values = (0..<count).map { index in Float((index * 31 + seed * 17) % 97) - 48 }
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return try FaceTemplate(modelID: modelID, values: values.map { $0 / length })
    }

    @Test(
        "refuses what is no direction",
        arguments: [
            [], [0, 0], [0.5, 0.5], [1.01, 0], [.nan, 1], [.infinity, 0], [1, .nan], [-.infinity, .infinity],
        ] as [[Float]]
    )
    func refusesInvalidValues(_ values: [Float]) {
        #expect(throws: BiometricsError(.templateInvalid, "")) {
            try FaceTemplate(modelID: "model-a", values: values)
        }
    }

    @Test("refuses a model id that is empty or too long", arguments: ["", String(repeating: "x", count: 256)])
    func refusesModelID(_ id: String) {
        #expect(throws: BiometricsError(.templateInvalid, "")) { try FaceTemplate(modelID: id, values: [1]) }
    }

    @Test("comes back from its stored form bit by bit", arguments: [1, 2, 127, 128, 512])
    func roundTrip(_ count: Int) throws {
        let template = try Self.template(count, modelID: "модель-1", count: count)
        let decoded = try FaceTemplate(decoding: template.encoded())
        #expect(decoded == template)
        #expect(decoded.values.map(\.bitPattern) == template.values.map(\.bitPattern))
    }

    @Test("has the documented stored form")
    func layout() throws {
        let template = try FaceTemplate(modelID: "m", values: [1, 0])
        #expect(template.encoded().dropLast(4) == [65, 70, 84, 80, 1, 1, 109, 2, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0])
    }

    @Test("notices a change of any single byte")
    func tampering() throws {
        let bytes = try Self.template().encoded()
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 0x10
            #expect(throws: BiometricsError.self, "byte \(index)") { try FaceTemplate(decoding: changed) }
        }
    }

    @Test("notices missing and added bytes")
    func wrongLength() throws {
        let bytes = try Self.template().encoded()
        for count in bytes.indices {
            #expect(throws: BiometricsError(.templateCorrupt, "")) { try FaceTemplate(decoding: bytes.prefix(count)) }
        }
        #expect(throws: BiometricsError(.templateCorrupt, "")) { try FaceTemplate(decoding: bytes + [0]) }
    }

    @Test("tells a newer layout from damage")
    func newerVersion() throws {
        var bytes = try Self.template().encoded()
        bytes[4] = 2
        #expect(throws: BiometricsError(.templateVersionUnknown, "")) { try FaceTemplate(decoding: bytes) }
    }

    @Test("does not show its values in its description")
    func descriptionIsDiscreet() throws {
        let template = try FaceTemplate(modelID: "m", values: [0.6, 0.8])
        #expect("\(template)" == "FaceTemplate(m, 2 values)")
    }
}
