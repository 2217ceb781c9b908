import FaceAnalysis
import Foundation
import Testing

@Suite("Quality limits in the configuration")
struct QualityConfigurationTests {
    /// Stands for the service's configuration, which turns snake case into camel case as it reads.
    private struct Settings: Decodable {
        var portrait: PictureRequirements

        enum CodingKeys: String, CodingKey { case portrait }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            portrait =
                try values.decodeIfPresent(PictureRequirements.self, forKey: .portrait, configuration: .portrait)
                ?? .portrait
        }
    }

    private static func portrait(_ text: String, convertsKeys: Bool = true) throws -> PictureRequirements {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        if convertsKeys { decoder.keyDecodingStrategy = .convertFromSnakeCase }
        return try decoder.decode(Settings.self, from: Data(text.utf8)).portrait
    }

    @Test("nothing named changes nothing", arguments: ["{}", "{ portrait: {} }"])
    func nothing(_ text: String) throws {
        #expect(try Self.portrait(text) == .portrait)
    }

    @Test("a measure that is named changes alone, and only in what is named", arguments: [true, false])
    func overrides(convertsKeys: Bool) throws {
        let text = """
            { portrait: {
                inter_eye_distance: { at_least: 120 },
                sharpness: { advisory: true },
                background_uniformity: { at_most: 10, advisory: false },
                leftward_crop_of_the_face_image: { off: true },
                head_pose_pitch: null,
                luminance_mean: { at_most: 200 },
            } }
            """
        var expected = PictureRequirements.portrait
        expected[.interEyeDistance]?.atLeast = 120
        expected[.sharpness]?.isAdvisory = true
        expected[.backgroundUniformity] = QualityLimit(atMost: 10)
        expected[.leftwardCrop] = nil
        expected[.headPosePitch] = nil
        expected[.luminanceMean]?.atMost = 200
        let changed = try Self.portrait(text, convertsKeys: convertsKeys)
        #expect(changed == expected)
        #expect(changed[.luminanceMean]?.atLeast == PictureRequirements.portrait[.luminanceMean]?.atLeast)
    }

    @Test(
        "what makes no sense is an error that names the place",
        arguments: [
            ("{ inter_eye_distanse: { at_least: 90 } }", "interEyeDistanse", "no such measure"),
            ("{ single_face_present: null }", "singleFacePresent", "always required"),
            ("{ inter_eye_distance: { at_most: 90 } }", "interEyeDistance.atMost", "at_least"),
            ("{ background_uniformity: { at_least: 30 } }", "backgroundUniformity.atLeast", "at_most"),
            ("{ inter_eye_distance: { at_least: -1 } }", "interEyeDistance.atLeast", "must be"),
            ("{ dynamic_range: { at_least: 9 } }", "dynamicRange.atLeast", "must be 0.0 to 8.0 bits"),
            ("{ sharpness: { at_least: NaN } }", "sharpness.atLeast", ""),
            ("{ sharpness: { at_least: \"much\" } }", "sharpness.atLeast", ""),
            ("{ sharpness: { atleast_: 1 } }", "sharpness", "at_least, at_most, advisory and off"),
            ("{ sharpness: 0.1 }", "sharpness", ""), ("{ sharpness: { off: true, at_least: 1 } }", "sharpness", "off"),
            ("{ luminance_mean: { at_least: 220 } }", "luminanceMean", "below at_most"),
            ("{ sharpness: { advisory: 1 } }", "sharpness.advisory", ""), ("[]", "", ""),
        ]
    )
    func nonsense(_ limits: String, _ place: String, _ reason: String) {
        let error = #expect(throws: DecodingError.self) {
            _ = try Self.portrait("{ portrait: \(limits) }")
        }
        let context: DecodingError.Context? =
            switch error {
            case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context),
                .keyNotFound(_, let context):
                context
            default: nil
            }
        let path = context?.codingPath.map(\.stringValue).joined(separator: ".") ?? "none"
        #expect(path.hasPrefix(place.isEmpty ? "portrait" : "portrait.\(place)"), "\(path)")
        #expect(reason.isEmpty || context?.debugDescription.contains(reason) == true, "\(String(describing: context))")
    }

    @Test("a limit on a measure that has none by default needs a number")
    func advisoryAlone() throws {
        var requirements = PictureRequirements.portrait
        requirements[.sharpness] = nil
        let decoder = JSONDecoder()
        let text = Data(#"{ "sharpness": { "advisory": true } }"#.utf8)
        #expect(throws: DecodingError.self) {
            _ = try decoder.decode(PictureRequirements.self, from: text, configuration: requirements)
        }
    }

    @Test("comes back from JSON whole; without defaults a measure left out is an error", arguments: [true, false])
    func codable(convertsKeys: Bool) throws {
        let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
        if convertsKeys {
            encoder.keyEncodingStrategy = .convertToSnakeCase
            decoder.keyDecodingStrategy = .convertFromSnakeCase
        }
        for requirements in [PictureRequirements.portrait, .probe, PictureRequirements(limits: [:])] {
            let bytes = try encoder.encode(requirements)
            #expect(try decoder.decode(PictureRequirements.self, from: bytes) == requirements)
        }
        #expect(throws: DecodingError.self) { _ = try decoder.decode(PictureRequirements.self, from: Data("{}".utf8)) }
    }
}
