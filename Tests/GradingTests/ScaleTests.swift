import Attestation
import Foundation
import Grading
import Testing

@Suite("D4 Scales of disciplines")
struct ScaleTests {
    static let by = UUID()

    static func scale(_ thresholds: [(Int, Grade)], _ lowest: Grade) throws -> GradingScale {
        try #require(
            GradingScale(thresholds: thresholds.map { .init(percent: $0.0, grade: $0.1) }, lowest: lowest)
        )
    }

    @Test("the rating drops what is not whole, and never disagrees with the grade")
    func ratingAgreesWithGrade() throws {
        let scale = try Self.scale([(91, .excellent), (74, .good), (61, .satisfactory)], .unsatisfactory)
        for maximum in [1, 3, 7, 600, 601, 999_983] {
            for awarded in stride(from: 0, through: maximum, by: max(1, maximum / 1_500)) {
                let points = (Points(hundredths: awarded), Points(hundredths: maximum))
                let rating = DisciplineScale.rating(awarded: points.0, maximum: points.1)
                let byRating = scale.thresholds.first { rating >= $0.percent }?.grade ?? scale.lowest
                #expect(byRating == scale.grade(awarded: points.0, maximum: points.1), "\(awarded)/\(maximum)")
            }
        }
        #expect(DisciplineScale.rating(awarded: .zero, maximum: .zero) == 0)
        #expect(DisciplineScale.rating(awarded: Points(hundredths: 6_099), maximum: Points(hundredths: 10_000)) == 60)
    }

    @Test("kinds and grades that do not go together make no scale")
    func mismatch() throws {
        let five = GradingScale.fivePoint
        let pass = GradingScale.passFail
        let mixed = try Self.scale([(80, .good), (50, .passed)], .failed)
        func made(_ kind: DisciplineScale.Kind, _ scale: GradingScale) -> Bool {
            DisciplineScale(discipline: "IB", kind: kind, scale: scale, decidedBy: Self.by, at: .now) != nil
        }
        #expect(made(.fivePoint, five) && made(.passFail, pass) && made(.rating, five) && made(.rating, pass))
        #expect(!made(.fivePoint, pass) && !made(.passFail, five))
        #expect(!made(.fivePoint, mixed) && !made(.passFail, mixed) && !made(.rating, mixed))
    }
}
