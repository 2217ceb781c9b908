package import Attestation
package import Foundation
import QuestionBank
package import QuestionFormats
import Storage

/// What question banks hold, and their files for others (row D1).
package struct QuestionBanks: Sendable {
    let services: Services

    /// The most bytes of an exported file.
    package static let maximumBytes = 512 << 20

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What a discipline's bank holds, of each question the newest version.
    package func summaries(of discipline: String) async throws -> [QuestionSummary] {
        try await services.database.read { try $0.questionSummaries(discipline: discipline) }
    }

    /// A page of a discipline's questions in the order of the bank, of each the newest version.
    package func questions(of discipline: String, after: UUID?, limit: Int) async throws -> [Question] {
        try await services.database.read { try $0.questions(discipline: discipline, after: after, limit: limit) }
    }

    /// The versions of a question, the newest first.
    ///
    /// - Throws: `Refusal` where there is none.
    package func versions(of id: UUID) async throws -> [QuestionVersion] {
        let versions = try await services.database.read { try $0.questionVersions(id) }
        guard !versions.isEmpty else { throw Refusal.unknownQuestion }
        return versions
    }

    /// A discipline's bank as a file of a format, and what the format has no place for.
    ///
    /// - Throws: `Refusal` where the file would be too large.
    package func export(_ discipline: String, as format: QuestionFormat) async throws -> (
        file: Data, losses: [WriteLoss]
    ) {
        let path = FileManager.default.temporaryDirectory.appending(path: "attestd-export-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: path) }
        let writer = try QuestionFileWriter(file: path, format: format)
        var losses: [WriteLoss] = []
        var last: UUID?
        var bytes = 0
        repeat {
            let page = try await services.database.read { [last] stores in
                try stores.questions(discipline: discipline, after: last, limit: 100).map {
                    try Self.whole($0, in: stores)
                }
            }
            for question in page {
                losses += try writer.add(question.content)
                question.content.eachFile { bytes += $0.data.count }
            }
            guard bytes <= Self.maximumBytes else { throw Self.tooLarge }
            last = page.last?.id
        } while last != nil
        try writer.finish()
        let size = try path.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        guard size <= Self.maximumBytes else { throw Self.tooLarge }
        return (try Data(contentsOf: path), losses)
    }

    /// The question with its files and what others know it by.
    private static func whole(_ question: Question, in stores: any Stores) throws -> Question {
        var question = question
        question.content.discipline = question.discipline
        question.content.version = question.version
        try question.content.attachFiles { digest in
            guard let data = try stores.questionFile(sha256: digest) else {
                throw TicketError(.questionMissing, "A file of question \(question.id) is missing.")
            }
            return data
        }
        return question
    }

    private static let tooLarge = Refusal(
        .conflict,
        "export_too_large",
        ru: "База с рисунками больше 512 МиБ: выгрузить её одним файлом нельзя.",
        en: "The bank with its pictures is larger than 512 MiB and cannot be exported as one file."
    )
}

extension BankQuestion {
    /// Looks at every file of the question.
    func eachFile(_ look: (MediaFile) -> Void) {
        var copy = self
        copy.changeTexts { text in text.files.forEach(look) }
    }
}

extension Refusal {
    static let unknownQuestion = Refusal(
        .notFound,
        "question_unknown",
        ru: "Такого вопроса нет.",
        en: "There is no such question."
    )

    /// Why a file of questions is not read at all.
    init(_ refusal: FileRefusal) {
        self.init(
            .unprocessable,
            "question_file_refused",
            ru: refusal.reason.ru,
            en: refusal.reason.en,
            faults: [
                Fault(
                    code: refusal.code.rawValue,
                    message: LocalizedText(ru: refusal.reason.ru, en: refusal.reason.en)
                )
            ]
        )
    }
}
