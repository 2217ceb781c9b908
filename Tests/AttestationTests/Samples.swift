import Attestation
import Foundation

/// Values that several suites share.
enum Samples {
    /// The identifier whose last byte is `number`.
    static func id(_ number: Int) -> UUID {
        let digits = String(number, radix: 16)
        return UUID(uuidString: "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)!
    }

    /// A closure that gives the identifiers 1, 2, 3, ….
    static func counter() -> () -> UUID {
        var next = 0
        return {
            next += 1
            return id(next)
        }
    }

    static func read(_ gift: String) -> ImportReport {
        GIFTReader.read(gift, discipline: "ИБ", makeID: counter())
    }

    /// The only question of a text, for tests that are not about problems.
    static func question(_ gift: String) throws -> Question {
        let report = read(gift)
        guard report.questions.count == 1, report.notReadCount == 0 else { throw Unexpected(report: report) }
        return report.questions[0]
    }

    struct Unexpected: Error {
        let report: ImportReport
    }

    static func seed(_ number: Int) -> TicketSeed {
        var bytes = [UInt8](repeating: 0, count: 32)
        bytes[30] = UInt8(number >> 8 & 0xFF)
        bytes[31] = UInt8(number & 0xFF)
        return try! TicketSeed(bytes: bytes)
    }

    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// The sample bank that comes with the project.
    static func bank() throws -> ImportReport {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Config/samples/question-bank.gift")
        return GIFTReader.read(try Data(contentsOf: file), discipline: "ИБ", makeID: counter())
    }

    /// A ticket of all `questions` in their own order, options unshuffled.
    static func ticket(_ questions: [Question], shuffled: Bool = false) throws -> Ticket {
        let sections = [BlueprintSection(count: questions.count)]
        let blueprint = Blueprint(
            sections: sections,
            shuffleQuestions: false,
            shuffleOptions: shuffled,
            durationSeconds: 3600
        )
        return try Ticket.draw(blueprint: blueprint, bank: questions.map(\.summary), seed: seed(7))
    }
}

/// A small generator for histories; the tests must be the same every time.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
