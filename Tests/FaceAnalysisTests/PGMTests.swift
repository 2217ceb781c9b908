import CFaceEngine
import Foundation
import Testing

@testable import FaceAnalysis

@Suite("PGM pictures of data sets")
struct PGMTests {
    private static let limits = PictureLimits(acceptsPGM: true)

    private static func picture(_ header: String, pixels: Int) -> Data {
        Data(header.utf8) + Data((0..<pixels).map { UInt8(truncatingIfNeeded: $0) })
    }

    @Test(
        "A binary PGM is read, with comments and any white space in its header",
        arguments: ["P5\n6 4\n255\n", "P5 6 4 255 ", "P5\n# by hand\n6 # wide\n4\n100\n"]
    )
    func reading(_ header: String) throws {
        let decoded = try DecodedPicture(Self.picture(header, pixels: 24), limits: Self.limits)
        #expect(decoded.info.width == 6 && decoded.info.height == 4)
    }

    @Test(
        "A broken PGM is refused",
        arguments: [
            ("P5\n6 4\n255\n", 23), ("P5\n6 4\n", 24), ("P5", 0), ("P5\n0 4\n255\n", 24), ("P5\n6 4\n65535\n", 48),
            ("P5\n999999999 999999999\n255\n", 24), ("P5\n6 x\n255\n", 24), ("P2\n6 4\n255\n", 24),
        ]
    )
    func broken(_ header: String, _ pixels: Int) {
        #expect(throws: FaceAnalysisError.self) {
            _ = try DecodedPicture(Self.picture(header, pixels: pixels), limits: Self.limits).info
        }
    }

    @Test("What candidates send is never read as PGM")
    func candidates() {
        let error = #expect(throws: FaceAnalysisError.self) {
            _ = try DecodedPicture(Self.picture("P5\n6 4\n255\n", pixels: 24), limits: PictureLimits()).info
        }
        #expect(error?.code == .pictureUnsupportedFormat)
    }
}
