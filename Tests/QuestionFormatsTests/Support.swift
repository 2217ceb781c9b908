import Foundation
import QuestionBank
import QuestionFormats
import Testing

/// What reading gave.
struct Reading {
    var questions: [BankQuestion] = []
    var topics: [Topic] = []
    var findings: [ImportFinding] = []
    var summary: QuestionFileReader.Summary?

    /// The codes of what was not read as it stood.
    var codes: [String] { findings.map(\.code.rawValue) }
    var notRead: [ImportFinding] { findings.filter { $0.severity == .notRead } }

    init(_ data: Data) throws {
        var reading = Reading()
        let summary = try QuestionFileReader().read(data) { event in
            switch event {
            case .question(let question, _): reading.questions.append(question)
            case .topic(let topic, _): reading.topics.append(topic)
            case .finding(let finding): reading.findings.append(finding)
            }
        }
        self = reading
        self.summary = summary
    }

    init(_ text: String) throws {
        try self.init(Data(text.utf8))
    }

    private init() {}

    /// The only question, read without findings but notes.
    func only(_ location: SourceLocation = #_sourceLocation) throws -> BankQuestion {
        #expect(findings.allSatisfy { $0.severity == .note }, "\(findings)", sourceLocation: location)
        #expect(questions.count == 1, sourceLocation: location)
        return try #require(questions.first, sourceLocation: location)
    }
}

/// A folder that goes away with the test.
final class TemporaryFolder {
    let url = FileManager.default.temporaryDirectory.appending(path: "questions-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// Writes questions in a format and answers the bytes with the losses.
func written(_ questions: [BankQuestion], _ format: QuestionFormat) throws -> (data: Data, losses: [WriteLoss]) {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "bank")
    let writer = try QuestionFileWriter(file: file, format: format)
    var losses: [WriteLoss] = []
    for question in questions { losses += try writer.add(question) }
    try writer.finish()
    return (try Data(contentsOf: file), losses)
}

/// SplitMix64, so that every run draws the same.
struct FixedRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// The lines in which the JSON of two lists of questions differs, for messages.
func difference(_ left: [BankQuestion], _ right: [BankQuestion]) -> String {
    func lines(_ questions: [BankQuestion]) -> [String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let data = (try? encoder.encode(questions)) ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
    return lines(left).difference(from: lines(right)).prefix(12).map { change in
        switch change {
        case .insert(_, let line, _): "+ " + line
        case .remove(_, let line, _): "- " + line
        }
    }.joined(separator: "\n")
}
