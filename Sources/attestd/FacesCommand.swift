import Cryptography
import FaceAnalysis
import Foundation

/// `attestd faces`: shows what the engine finds in pictures, as staff would want to know it before an exam.
enum FacesCommand: Command {
    static let name = "faces"
    static let summary = "Show the faces found in pictures, and what each picture is worth as a portrait or a frame"
    static let operands = "PICTURE…"
    static let options = [
        CommandOption.config,
        CommandOption(name: "as", value: "USE", summary: "The limits: portrait (default) or probe"),
        CommandOption(name: "format", value: "FORMAT", summary: "json (default, a line for each picture) or table"),
    ]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        guard !arguments.operands.isEmpty else { throw UsageError("name at least one picture") }
        let use = try arguments.choice("as", of: ["portrait", "probe"])
        let format = try arguments.choice("format", of: ["json", "table"])
        let composition = try arguments.composition
        let requirements =
            use == "probe" ? composition.configuration.probe : composition.configuration.portrait
        let analyzer = try composition.faceAnalyzer(workers: 1)
        var status: Int32 = 0
        for path in arguments.operands {
            do {
                guard let data = FileManager.default.contents(atPath: path) else {
                    throw ConfigurationError("cannot read \(path)")
                }
                let analysis = try await analyzer.analyze(data, embed: .none)
                let assessment = requirements.assess(analysis)
                switch format {
                case "table":
                    print(QualityTable(picture: path, analysis: analysis, assessment: assessment).text)
                default:
                    print(try Line(picture: path, analysis: analysis, assessment: assessment).json())
                }
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
        /// What every measure gave; in a picture with no face or several only that.
        var quality: [Component]
        /// Why the picture is refused; empty where it may be used.
        var defects: [String]
        /// What would make it better.
        var advice: [String]

        struct Face: Encodable {
            var box: PictureRectangle
            var landmarks: FaceLandmarks
            var confidence: Float
            var interEyeDistance: Float
        }

        struct Component: Encodable {
            var measure: String
            /// Left out where it could not be measured.
            var raw: Double?
            var unit: String
            var value: Int
            var atLeast: Double?
            var atMost: Double?
            var verdict: String
        }

        init(picture: String, analysis: PictureAnalysis, assessment: QualityAssessment) {
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
            quality = assessment.components.map {
                Component(
                    measure: $0.measure.name,
                    raw: $0.raw.isFinite ? $0.raw : nil,
                    unit: $0.measure.unit,
                    value: $0.value,
                    atLeast: $0.limit?.atLeast,
                    atMost: $0.limit?.atMost,
                    verdict: $0.verdict.rawValue
                )
            }
            defects = assessment.defects.map(\.code.rawValue)
            advice = assessment.advice.map(\.code.rawValue)
        }

        func json() throws -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            encoder.keyEncodingStrategy = .convertToSnakeCase
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

extension Arguments {
    /// The value of an option that takes one of a few words; the first where it was not given.
    ///
    /// - Throws: `UsageError`.
    fileprivate func choice(_ name: String, of words: [String]) throws -> String {
        guard let word = self[name] else { return words[0] }
        guard words.contains(word) else { throw UsageError("--\(name) takes \(words.joined(separator: " or "))") }
        return word
    }
}
