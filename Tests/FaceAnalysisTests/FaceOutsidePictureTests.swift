import Foundation
import Testing

@testable import FaceAnalysis

@Suite("A face at the edge of a tiny picture")
struct FaceOutsidePictureTests {
    @Test("A face of which nothing lies in the picture is a finding, no fault of the engine, and is fit for nothing")
    func outside() async throws {
        // Found by fuzzing: the detector sees the edge of a face whose points all lie outside these 4 × 4 pixels.
        let pixels = try #require(Data(base64Encoded: "UDUKNCA0Cjc0IDQKNjU1iJCYNzQgNAo2NTWIkJggQDWIkJj4"))
        let analyzer = try FaceAnalyzer(
            models: Support.modelsDirectory,
            workers: 1,
            limits: PictureLimits(acceptsPGM: true),
            digest: Support.digest
        )
        let analysis = try await analyzer.analyze(pixels, embed: .largest)
        #expect(!PictureRequirements.portrait.assess(analysis).isAccepted)
        #expect(!PictureRequirements.probe.assess(analysis).isAccepted)
    }
}
