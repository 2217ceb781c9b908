import Archives
public import Foundation
import QuestionBank

/// Reads files of questions in any of the formats, one question at a time.
public struct QuestionFileReader: Sendable {
    /// What a file turned out to be.
    public struct Summary: Hashable, Sendable {
        /// The format, told by the content.
        public var format: QuestionFormat
        /// Whether it is a package (a zip archive with a manifest).
        public var isPackage: Bool
        /// The encoding of the text; nil for packages, whose files have their own.
        public var encoding: String?
        /// Whether the encoding was guessed from the frequencies of letters.
        public var isEncodingGuessed: Bool
    }

    /// Makes a reader.
    public init() {}

    /// Reads a file to its end and delivers what is in it.
    ///
    /// - Throws: ``FileRefusal`` when the file as a whole is unsafe, unreadable or of no known format; what `sink`
    ///   throws, which ends the reading.
    public func read(file: URL, sink: @escaping ReadSink) throws -> Summary {
        try read(ByteSource(file: file), file: file, sink: sink)
    }

    /// Reads bytes in memory, as ``read(file:sink:)`` does a file.
    public func read(_ data: Data, sink: @escaping ReadSink) throws -> Summary {
        try read(ByteSource(data), file: nil, sink: sink)
    }

    private func read(_ source: ByteSource, file: URL?, sink: @escaping ReadSink) throws -> Summary {
        switch try FormatSniffer.family(source) {
        case .gift(let encoding):
            try note(encoding, sink)
            try GIFTReader.read(LineReader(source, encoding: encoding), sink: sink)
            return summary(.gift, encoding)
        case .aiken(let encoding):
            try note(encoding, sink)
            try AikenReader.read(LineReader(source, encoding: encoding), sink: sink)
            return summary(.aiken, encoding)
        case .xml:
            return try XMLDocumentReader.read(source, sink: sink)
        case .archive:
            do {
                let archive = try file.map { try ZipArchive(file: $0) } ?? ZipArchive(data: source.all(limit: 1 << 30))
                return try PackageReader(archive: archive, sink: sink).read()
            } catch let refusal as ArchiveRefusal {
                throw FileRefusal(refusal)
            }
        }
    }

    private func summary(_ format: QuestionFormat, _ encoding: TextEncoding) -> Summary {
        Summary(
            format: format,
            isPackage: false,
            encoding: encoding.name,
            isEncodingGuessed: encoding.basis == .guessed
        )
    }

    private func note(_ encoding: TextEncoding, _ sink: ReadSink) throws {
        guard encoding.basis == .guessed else { return }
        let fault = ItemFault(
            .guessedEncoding,
            ru: "Файл не в UTF-8; по частоте букв принята кодировка \(encoding.name). Проверьте текст.",
            en: "The file is not UTF-8; by its letters it was taken as \(encoding.name). Look at the text."
        )
        try sink(
            .finding(
                ImportFinding(severity: .note, line: 1, title: "", code: fault.code, reason: fault.reason)
            )
        )
    }
}
