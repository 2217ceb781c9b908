public import Foundation
public import QuestionBank

/// Writes questions into a file of one of the formats, one at a time.
///
/// The file appears when ``finish()`` has succeeded, in place of one that was there.
public final class QuestionFileWriter {
    private enum Body {
        case gift(GIFTWriter)
        case aiken
        case moodle(MoodleXMLWriter)
        case qti(QTIPackageWriter)
    }

    private var body: Body
    private let file: URL
    private let part: URL
    private let handle: FileHandle?

    /// Begins a file.
    ///
    /// - Throws: when the folder cannot be written to.
    public init(file: URL, format: QuestionFormat) throws {
        self.file = file
        part = file.deletingLastPathComponent().appending(path: ".\(file.lastPathComponent).\(UUID().uuidString)")
        switch format {
        case .gift: body = .gift(GIFTWriter())
        case .aiken: body = .aiken
        case .moodleXML: body = .moodle(MoodleXMLWriter())
        case .qti21: body = .qti(try QTIPackageWriter(file: part, version: .v21))
        case .qti22: body = .qti(try QTIPackageWriter(file: part, version: .v22))
        case .qti30: body = .qti(try QTIPackageWriter(file: part, version: .v30))
        }
        if case .qti = body {
            handle = nil
        } else {
            try Data().write(to: part)
            handle = try FileHandle(forWritingTo: part)
        }
        if case .moodle = body { try handle?.write(contentsOf: MoodleXMLWriter.head) }
    }

    deinit {
        try? handle?.close()
        try? FileManager.default.removeItem(at: part)
    }

    /// Writes one question and names what the format has no place for.
    public func add(_ question: BankQuestion) throws -> [WriteLoss] {
        var losses = LossList()
        do {
            switch body {
            case .gift(var writer):
                let text = try writer.text(question, losses: &losses)
                body = .gift(writer)
                try handle?.write(contentsOf: Data(text.utf8))
            case .aiken:
                try handle?.write(contentsOf: Data(AikenWriter.text(question, losses: &losses).utf8))
            case .moodle(var writer):
                let data = try writer.data(question, losses: &losses)
                body = .moodle(writer)
                try handle?.write(contentsOf: data)
            case .qti(let writer):
                try writer.add(question, losses: &losses)
            }
        } catch let reason as Unwritable {
            return [WriteLoss(title: question.title, isLeftOut: true, code: reason.code, reason: reason.reason)]
        }
        return losses.losses.map {
            WriteLoss(title: question.title, isLeftOut: false, code: $0.code, reason: $0.reason)
        }
    }

    /// Writes what is said about a topic, and names it as lost where the format has no place for it.
    public func add(_ topic: Topic) throws -> [WriteLoss] {
        if case .moodle(var writer) = body {
            let data = writer.data(topic)
            body = .moodle(writer)
            try handle?.write(contentsOf: data)
            return []
        }
        return [
            WriteLoss(
                title: topic.path.last ?? "",
                isLeftOut: true,
                code: "topic_info",
                reason: BilingualReason(
                    ru: "Описание темы не записано.",
                    en: "The description of the topic was left out."
                )
            )
        ]
    }

    /// Ends the file and puts it in its place.
    ///
    /// - Throws: when it cannot be written.
    public func finish() throws {
        switch body {
        case .gift, .aiken: break
        case .moodle: try handle?.write(contentsOf: MoodleXMLWriter.tail)
        case .qti(let writer): try writer.finish()
        }
        try handle?.synchronize()
        guard rename(part.path, file.path) == 0 else {
            throw CocoaError(.fileWriteUnknown)
        }
    }
}
