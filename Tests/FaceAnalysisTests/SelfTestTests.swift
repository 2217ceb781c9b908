import FaceAnalysis
import Foundation
import Testing

@Suite("Self-test")
struct SelfTestTests {
    private func codes(_ genuine: (String, String), _ impostor: (String, String)) async throws
        -> Set<SelfTestReport.Code>
    {
        let pictures = SelfTestPictures(
            genuine: (try Support.photograph(genuine.0), try Support.photograph(genuine.1)),
            impostor: (try Support.photograph(impostor.0), try Support.photograph(impostor.1))
        )
        return Set(try await Support.analyzer().selfTest(pictures).failures.map(\.code))
    }

    @Test("passes with the sample photographs")
    func passes() async throws {
        guard let pictures = try? SelfTestPictures(directory: Support.photographsDirectory) else {
            throw MissingPhotograph(path: Support.photographsDirectory.path)
        }
        let report = try await Support.analyzer().selfTest(pictures)
        #expect(report.isPassed)
        #expect(report.failures.isEmpty)
        #expect(try #require(report.genuineDistance) < 0.371)
        #expect(try #require(report.impostorDistance) > 0.414)
    }

    @Test("fails when a pair lands in the wrong band")
    func wrongBand() async throws {
        #expect(try await codes(("obama", "biden"), ("obama", "biden")) == [.genuineNotMatched])
        #expect(try await codes(("obama", "obama2"), ("obama", "obama3")) == [.impostorNotRejected])
    }

    @Test("raises the alarm when the pictures of a pair are equal")
    func equalPictures() async throws {
        #expect(try await codes(("obama", "obama"), ("obama", "biden")) == [.differentPicturesEqual])
        #expect(
            try await codes(("obama", "obama2"), ("biden", "biden")) == [
                .differentPicturesEqual, .impostorNotRejected,
            ]
        )
    }

    @Test(
        "fails when a picture cannot be judged",
        arguments: [Data(), Data("no picture".utf8), JPEGFixtures.grey.file]
    )
    func unusable(_ file: Data) async throws {
        let good = try Support.photograph("obama")
        let report = try await Support.analyzer().selfTest(
            SelfTestPictures(genuine: (good, file), impostor: (file, good))
        )
        #expect(!report.isPassed)
        #expect(Set(report.failures.map(\.code)) == [.notAssessed])
        #expect(report.genuineDistance == nil)
        #expect(report.impostorDistance == nil)
    }

    @Test("cannot be built without its photographs")
    func missing() {
        #expect(throws: (any Error).self) { try SelfTestPictures(directory: Support.modelsDirectory) }
    }
}
