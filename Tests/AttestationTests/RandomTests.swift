import Attestation
import Cryptography
import Foundation
import QuestionBank
import Testing

@Suite struct RandomTests {
    @Test("Words are the big-endian words of SHA-256 over seed and counter")
    func words() throws {
        var random = DeterministicRandom(seed: Samples.seed(3))
        for counter in 0..<3 {
            let block = Samples.seed(3).bytes + [0, 0, 0, 0, 0, 0, 0, UInt8(counter)]
            let digest = SHA256Digest.hash(block).bytes
            for word in 0..<8 {
                let expected = digest[(4 * word)..<(4 * word + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                #expect(random.word() == expected)
            }
        }
    }

    @Test("A bound of one gives zero and uses nothing")
    func boundOfOne() {
        var random = DeterministicRandom(seed: Samples.seed(3))
        var other = random
        #expect(random.number(below: 1) == 0)
        #expect(random.permutation(1) == [0])
        #expect(random.permutation(0) == [])
        #expect(random.word() == other.word())
    }

    @Test("Numbers below a bound are uniform", arguments: [2, 3, 7, 10, 100])
    func uniformNumbers(_ bound: Int) {
        var random = DeterministicRandom(seed: Samples.seed(bound))
        var counts = [Int](repeating: 0, count: bound)
        for _ in 0..<(200 * bound) { counts[random.number(below: bound)] += 1 }
        #expect(chiSquare(counts) < limit(degrees: bound - 1))
    }

    @Test("Every order of four options is as likely as any other, over tickets of different seeds")
    func uniformOrders() throws {
        let bank = [QuestionSummary(id: Samples.id(1), topic: "", type: .singleChoice, optionCount: 4)]
        let blueprint = Blueprint(sections: [BlueprintSection(count: 1)], durationSeconds: 600)
        let source = try TicketSource(blueprint: blueprint, bank: bank)
        var counts: [[Int]: Int] = [:]
        for number in 0..<4_800 {
            counts[source.draw(seed: Samples.seed(number)).items[0].optionOrder, default: 0] += 1
        }
        #expect(counts.count == 24)
        #expect(chiSquare(Array(counts.values)) < limit(degrees: 23))
    }

    @Test("Every question and every place on the ticket is as likely as any other")
    func uniformQuestions() throws {
        let bank = (1...10).map { QuestionSummary(id: Samples.id($0), topic: "", type: .trueFalse) }
        let blueprint = Blueprint(sections: [BlueprintSection(count: 3)], durationSeconds: 600)
        let source = try TicketSource(blueprint: blueprint, bank: bank)
        var drawn = [Int](repeating: 0, count: 10)
        var first = [Int](repeating: 0, count: 10)
        for number in 0..<4_000 {
            let ticket = source.draw(seed: Samples.seed(number))
            for item in ticket.items { drawn[Int(item.questionID.uuid.15) - 1] += 1 }
            first[Int(ticket.items[0].questionID.uuid.15) - 1] += 1
        }
        #expect(chiSquare(first) < limit(degrees: 9))
        #expect(chiSquare(drawn) < limit(degrees: 9))
    }

    private func chiSquare(_ counts: [Int]) -> Double {
        let expected = Double(counts.reduce(0, +)) / Double(counts.count)
        return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    }

    /// The 99.9 % quantile of chi-square by Wilson and Hilferty.
    private func limit(degrees: Int) -> Double {
        let n = Double(degrees)
        let base = 1 - 2 / (9 * n) + 3.09 * (2 / (9 * n)).squareRoot()
        return n * base * base * base
    }
}
