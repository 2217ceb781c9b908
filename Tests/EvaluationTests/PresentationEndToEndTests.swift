import Cryptography
import Evaluation
import FaceAnalysis
import Foundation
import Liveness
import Testing

@Suite("Presentations from a photograph to the verdict")
struct PresentationEndToEndTests {
    private static let project = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let challenge: [LivenessMovement] = [.turnLeft, .lookUp]
    private static let analyzer = Result { () throws(FaceAnalysisError) in
        try FaceAnalyzer(
            models: project.appending(path: "Models"),
            workers: 1,
            mostWaiting: 1000,
            digest: { SHA256Digest.hash($0).bytes }
        )
    }

    private static func subject(_ name: String) async throws -> PresentationSubject {
        let file = project.appending(path: "SampleImages/photographs/\(name).jpg")
        let picture = try Data(contentsOf: file)
        let face = try #require(await analyzer.get().analyze(picture, embed: .largest).largestFace)
        return PresentationSubject(
            name: name,
            picture: picture,
            landmarks: face.landmarks,
            reference: try #require(face.template)
        )
    }

    @Test("The same seed gives the same files, another seed others")
    func reproducible() async throws {
        let (person, other) = (try await Self.subject("obama"), try await Self.subject("biden"))
        let first = try PresentationStudio(person, other: other, seed: 3).frames(.stillPrint, challenge: [])
        let again = try PresentationStudio(person, other: other, seed: 3).frames(.stillPrint, challenge: [])
        let another = try PresentationStudio(person, other: other, seed: 4).frames(.stillPrint, challenge: [])
        #expect(first == again)
        #expect(first.first?.file != another.first?.file)
        #expect(Set(first.map(\.file)).count == first.count)
        #expect(zip(first.dropFirst(), first).allSatisfy { $0.capturedAt > $1.capturedAt })
    }

    // The species of which none has passed yet; the evaluation's command presents all of them to many faces.
    @Test(
        "A person passes, attacks do not",
        arguments: [
            PresentationSpecies.bonaFide, .stillPrint, .tiltedPrint, .replay, .splicedPersons, .reorderedFrames,
        ]
    )
    func verdicts(_ species: PresentationSpecies) async throws {
        let (person, other) = (try await Self.subject("obama"), try await Self.subject("biden"))
        let studio = try PresentationStudio(person, other: other, seed: 11)
        let files = try studio.frames(species, challenge: Self.challenge)
        #expect((30...80).contains(files.count))
        let analyzer = try Self.analyzer.get()
        let frames = try await LivenessFrame.analyzing(files, analyzer: analyzer)
        let assessment = LivenessAssessor(comparator: analyzer.comparator).assess(
            frames,
            challenge: LivenessChallenge(movements: Self.challenge),
            reference: person.reference
        )
        #expect((assessment.outcome == .live) == (species == .bonaFide), "\(assessment)")
    }
}
