import Attestation
import Foundation
import QuestionBank
import QuestionFormats

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

    /// What a file held.
    struct ReadBank {
        var questions: [Question] = []
        var notReadCount = 0
    }

    static func read(_ gift: String) throws -> ReadBank { try read(Data(gift.utf8)) }

    static func read(_ file: Data) throws -> ReadBank {
        final class Collected {
            var bank = ReadBank()
        }
        let collected = Collected()
        let makeID = counter()
        _ = try QuestionFileReader().read(file) { event in
            switch event {
            case .question(let content, _):
                collected.bank.questions.append(Question(id: makeID(), discipline: "ИБ", content: content))
            case .finding(let finding): collected.bank.notReadCount += finding.severity == .notRead ? 1 : 0
            case .topic: break
            }
        }
        return collected.bank
    }

    /// The only question of a text, for tests that are not about problems.
    static func question(_ gift: String) throws -> Question {
        let bank = try read(gift)
        guard bank.questions.count == 1, bank.notReadCount == 0 else { throw Unexpected(bank: bank) }
        return bank.questions[0]
    }

    /// A question of any kind.
    static func asking(_ interaction: Interaction, number: Int = 1) -> Question {
        let prompt = RichText(interaction.type == .cloze ? "Текст {#1} {#2} {#3}" : "Вопрос?")
        return Question(
            id: id(number),
            discipline: "ИБ",
            content: BankQuestion(title: "Название", prompt: prompt, interaction: interaction)
        )
    }

    struct Unexpected: Error {
        let bank: ReadBank
    }

    static func seed(_ number: Int) -> TicketSeed {
        var bytes = [UInt8](repeating: 0, count: 32)
        bytes[30] = UInt8(number >> 8 & 0xFF)
        bytes[31] = UInt8(number & 0xFF)
        return try! TicketSeed(bytes: bytes)
    }

    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// The sample bank that comes with the project.
    static func bank() throws -> ReadBank {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Config/samples/question-bank.gift")
        return try read(try Data(contentsOf: file))
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
        let plan = try TicketPlanner(blueprint: blueprint, bank: questions.map(\.summary))
            .plan(examID: id(0xE1), secret: secret)
        return try TicketDealer(plan: plan, secret: secret).ticket(set: 0, place: 0, seed: seed(7))
    }

    static let secret = Data(0..<32)

    /// The first ticket of a blueprint over some questions.
    static func deal(_ blueprint: Blueprint, _ questions: [Question], seed: TicketSeed) throws -> Ticket {
        let plan = try TicketPlanner(blueprint: blueprint, bank: questions.map(\.summary))
            .plan(examID: id(0xE1), secret: secret)
        return try TicketDealer(plan: plan, secret: secret).ticket(set: 0, place: 0, seed: seed)
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
