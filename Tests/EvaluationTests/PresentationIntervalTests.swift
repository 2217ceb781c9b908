import Evaluation
import Testing

@Suite("Intervals of shares")
struct PresentationIntervalTests {
    @Test(
        "Clopper and Pearson's ends are those of published tables",
        arguments: [
            (0, 20, 0.0, 0.16843), (1, 20, 0.00127, 0.24873), (0, 100, 0.0, 0.03622), (5, 10, 0.18709, 0.81291),
            (10, 10, 0.69150, 1.0), (10, 100, 0.04900, 0.17622), (0, 1, 0.0, 0.975), (81, 263, 0.25274, 0.36762),
        ]
    )
    func published(_ count: Int, _ trials: Int, _ low: Double, _ high: Double) {
        let estimate = ProportionEstimate(count: count, of: trials)
        #expect(abs(estimate.value - Double(count) / Double(trials)) < 1e-12)
        #expect(abs(estimate.low - low) < 1e-5)
        #expect(abs(estimate.high - high) < 1e-5)
    }

    @Test("Without trials nothing is known, with many the interval is narrow")
    func extremes() {
        let none = ProportionEstimate(count: 0, of: 0)
        #expect(none.value == 0 && none.low == 0 && none.high == 1)
        let many = ProportionEstimate(count: 1_000, of: 10_000)
        #expect(many.low > 0.094 && many.low < 0.1 && many.high > 0.1 && many.high < 0.107)
    }
}
