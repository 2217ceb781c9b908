import Attestation
import Foundation
import QuestionBank
import Testing

@Suite struct PointsTests {
    @Test(
        "A decimal string is read to the hundredth and written with two places",
        arguments: [("2", 200, "2.00"), ("1.5", 150, "1.50"), ("0.05", 5, "0.05"), ("-1.25", -125, "-1.25")]
    )
    func readsStrings(_ text: String, _ hundredths: Int, _ written: String) throws {
        let points = try #require(Points(text))
        #expect(points.hundredths == hundredths)
        #expect(points.description == written)
        #expect(String(decoding: try CanonicalJSON.encode(points), as: UTF8.self) == "\"\(written)\"")
    }

    @Test(
        "What is not a decimal with two places is refused",
        arguments: ["", ".", "1.", ".5", "1.234", "1,5", "a", "99999999"]
    )
    func refuses(_ text: String) {
        #expect(Points(text) == nil)
        let json = Data("\"\(text)\"".utf8)
        #expect(throws: DecodingError.self) { try CanonicalJSON.decode(Points.self, from: json) }
    }

    @Test("A share is rounded to the nearest hundredth, halves upwards")
    func shares() {
        #expect(Points.one.share(1, of: 3) == Points(hundredths: 33))
        #expect(Points.one.share(2, of: 3) == Points(hundredths: 67))
        #expect(Points(hundredths: 1).share(1, of: 2) == Points(hundredths: 1))
        #expect(Points.limit.share(3, of: 3) == .limit)
    }

    @Test(
        "A question's points are the nearest number of hundredths, from nothing to the limit",
        arguments: [("1", 100), ("2.5", 250), ("0.333", 33), ("0.335", 34), ("-1", 0), ("1e30", 100_000_000)]
    )
    func nearest(_ number: String, _ hundredths: Int) throws {
        #expect(Points(nearest: try #require(ExactDecimal(number))).hundredths == hundredths)
    }
}
