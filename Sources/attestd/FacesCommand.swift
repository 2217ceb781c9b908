import Cryptography
import FaceAnalysis
import Foundation

/// `attestd faces`: shows what the engine finds in pictures, as staff would want to know it before an exam.
enum FacesCommand: Command {
    static let name = "faces"
    static let summary = "Show the faces found in pictures, and whether each picture could serve as a portrait"
    static let operands = "PICTURE…"
    static let options = [CommandOption.config]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        guard !arguments.operands.isEmpty else { throw UsageError("name at least one picture") }
        let composition = try arguments.composition
        let analyzer = try composition.faceAnalyzer(workers: 1)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        var status: Int32 = 0
        for path in arguments.operands {
            do {
                guard let data = FileManager.default.contents(atPath: path) else {
                    throw ConfigurationError("cannot read \(path)")
                }
                let analysis = try await analyzer.analyze(data, embed: .none)
                let assessment = composition.configuration.portrait.assess(analysis)
                let line = try encoder.encode(Line(picture: path, analysis: analysis, assessment: assessment))
                print(String(decoding: line, as: UTF8.self))
            } catch {
                Program.complain("\(path): \(error)")
                status = 1
            }
        }
        return status
    }

    /// One picture's line.
    private struct Line: Encodable {
        var picture: String
        var width: Int
        var height: Int
        var faces: [Face]
        /// Empty where the picture could serve as a portrait.
        var portraitDefects: [String]

        struct Face: Encodable {
            var box: PictureRectangle
            var landmarks: FaceLandmarks
            var confidence: Float
            var interEyeDistance: Float
        }

        init(picture: String, analysis: PictureAnalysis, assessment: PictureAssessment) {
            self.picture = picture
            width = analysis.width
            height = analysis.height
            faces = analysis.faces.map {
                Face(
                    box: $0.box,
                    landmarks: $0.landmarks,
                    confidence: $0.confidence,
                    interEyeDistance: $0.interEyeDistance
                )
            }
            portraitDefects = assessment.defects.map(\.code.rawValue)
        }
    }
}
