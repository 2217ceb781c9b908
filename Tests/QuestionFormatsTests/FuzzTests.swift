import Foundation
import QuestionBank
import QuestionFormats
import Testing

@Suite("D1: damaged files")
struct FuzzTests {
    /// Files with every construct, in every format.
    static let samples: [(name: String, data: Data)] = {
        var samples: [(String, Data)] = []
        var draw = RandomQuestions(seed: 7)
        let questions = QuestionType.allCases.flatMap { type in (0..<3).map { _ in draw.question(type) } }
        for format in QuestionFormat.allCases {
            if let data = try? written(questions, format).data { samples.append((format.rawValue, data)) }
        }
        for (index, kind) in QTITests.kinds.enumerated() {
            samples.append(("qti item \(index)", Data(QTITests.item(kind.0, kind.1).utf8)))
        }
        samples.append(("package", RawZip.data(UnsafeFileTests.honest)))
        return samples
    }()

    /// Reads, and reads again what could be read; anything but a value or a refusal would end the tests.
    private func survive(_ data: Data) throws {
        do {
            let reading = try Reading(data)
            for format in [QuestionFormat.gift, .moodleXML, .qti30] where !reading.questions.isEmpty {
                _ = try Reading(written(Array(reading.questions.prefix(3)), format).data)
            }
        } catch is FileRefusal {}
    }

    @Test("Cut at any place, files end in a report", arguments: samples.indices)
    func truncation(_ index: Int) throws {
        let data = Self.samples[index].data
        let step = max(data.count / 60, 1)
        for end in stride(from: 0, to: data.count, by: step) { try survive(data.prefix(end)) }
    }

    @Test("With bytes changed, moved, doubled and left out, nothing ends but the item", arguments: samples.indices)
    func mutation(_ index: Int) throws {
        var random = FixedRandom(state: UInt64(index) &* 31 &+ 20_261_121)
        let tokens = [
            "{", "}", "<", ">", "&", "\"", "=", "~", "#", "\\", "]]>", "{1:MC:", "->", "%", "\u{0}", "😀", "<text>",
        ]
        for _ in 0..<80 {
            var bytes = Array(Self.samples[index].data)
            for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let length = min(Int.random(in: 1...40, using: &random), bytes.count - place)
                switch Int.random(in: 0...4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(place..<(place + length))
                case 2: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
                case 3: bytes.insert(contentsOf: Array((tokens.randomElement(using: &random) ?? "").utf8), at: place)
                default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
                }
            }
            try survive(Data(bytes))
        }
    }
}
