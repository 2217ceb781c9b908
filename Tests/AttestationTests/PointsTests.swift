import Attestation
import Foundation
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
        "A weight keeps five places",
        arguments: [
            ("33.33333", 3_333_333, "33.33333"), ("-50", -5_000_000, "-50"), ("100", 10_000_000, "100"),
            ("12.5", 1_250_000, "12.5"),
        ]
    )
    func weights(_ text: String, _ units: Int, _ written: String) throws {
        let weight = try #require(Weight(text))
        #expect(weight.units == units)
        #expect(weight.description == written)
    }

    @Test(
        "A weight beyond 100 percent or with letters is refused",
        arguments: ["101", "-100.1", "x", "", "-", "1..2", "1.2.3"]
    )
    func refusesWeights(_ text: String) {
        #expect(Weight(text) == nil)
    }
}
