import Biometrics
import Foundation

/// The templates of a portrait: one of each picture that it was made of.
///
/// They are kept apart, and distances are averaged: that keeps the stated false match rate, which fused templates would
/// raise, and halves the false non-match rate just the same (`Models/README.md`).
struct PortraitTemplates: Sendable {
    /// The templates, all of one model, at least one.
    let templates: [FaceTemplate]

    init(_ templates: [FaceTemplate]) {
        self.templates = templates
    }

    /// The bytes to seal: a template's own form, or a JSON array of such forms.
    func encoded() throws -> Data {
        if let only = templates.first, templates.count == 1 { return Data(only.encoded()) }
        return try JSONEncoder().encode(templates.map { Data($0.encoded()) })
    }

    /// Reads what ``encoded()`` made.
    ///
    /// - Throws: `BiometricsError` or `DecodingError` where the bytes are something else.
    init(decoding bytes: Data) throws {
        // A template's own form begins with a letter.
        guard bytes.first == UInt8(ascii: "[") else {
            templates = [try FaceTemplate(decoding: bytes)]
            return
        }
        templates = try JSONDecoder().decode([Data].self, from: bytes).map { try FaceTemplate(decoding: $0) }
    }

    /// One template of all, to be searched for and to be followed by.
    func fused() throws -> FaceTemplate { try FaceTemplate.fused(templates) }

    /// The mean distance of probes of one moment from all templates.
    ///
    /// - Throws: `BiometricsError` where they are of different models or there are none.
    func score(of probes: [FaceTemplate]) throws -> ComparisonScore {
        let scores = try templates.flatMap { template in try probes.map { try ComparisonScore(template, $0) } }
        guard let mean = ComparisonScore.mean(of: scores) else {
            throw BiometricsError(.templateInvalid, "there is nothing to compare")
        }
        return mean
    }
}
