import Attestation
import Cryptography
package import Foundation
import QuestionBank
package import QuestionFormats
import Storage

/// Brings files of questions into a discipline's bank (row D1).
///
/// A question that is there already, by the identifier of its source or else by its title in its topic, is left alone
/// where nothing about it has changed, and becomes a new version where something has; tickets keep the version that they
/// were drawn with.
package struct QuestionImports: Sendable {
    let services: Services

    /// The most bytes of a file.
    package static let maximumBytes = 64 << 20
    /// How many findings of each kind a report lists; the rest are counted.
    package static let listLimit = 1_000

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What came of an import.
    package struct Report: Sendable {
        /// What was read and what was not.
        package var file: CheckReport
        /// How many questions are new.
        package var added = 0
        /// How many were there and are a version newer.
        package var renewed = 0
        /// How many were there as they are.
        package var unchanged = 0
    }

    /// Reads a file of any of the formats, told by its content, into the bank of a discipline.
    ///
    /// - Throws: `Refusal` where the file as a whole is unsafe, unreadable or of no known format; nothing of it is
    ///   stored then.
    package func run(_ file: Data, discipline: String) async throws -> Report {
        let spooled = try await Self.read(file, discipline: discipline)
        var report = Report(file: spooled.report)
        let now = services.now()
        // Identifiers rise with the file's order, so a bank reads in the order it was written in.
        let generator = UUIDv7Generator(random: services.random)
        var seen: [String: Int] = [:]
        while true {
            let questions = try spooled.spool.next()
            if questions.isEmpty { return report }
            let batch = questions.map { question in
                let identity = Question.identity(of: question)
                let place = seen[identity, default: 0] + 1
                seen[identity] = place
                return (question, place > 1 ? "\(identity)\u{1F}#\(place)" : identity)
            }
            let counts = try await services.database.write { stores in
                try batch.reduce(into: [Fate: Int]()) { counts, item in
                    let fate = try Self.store(
                        item.0,
                        identity: item.1,
                        discipline,
                        at: now,
                        in: stores,
                        makeID: { generator.make(at: now) }
                    )
                    counts[fate, default: 0] += 1
                }
            }
            report.added += counts[.added, default: 0]
            report.renewed += counts[.renewed, default: 0]
            report.unchanged += counts[.unchanged, default: 0]
        }
    }

    /// Makes the one question of a file the newest version of a question in the bank.
    ///
    /// - Returns: the version, and whether it is new.
    /// - Throws: `Refusal` where the question is unknown, or the file is refused or does not hold just one question whole.
    package func edit(_ id: UUID, _ file: Data) async throws -> (version: Int, isNew: Bool) {
        let spooled = try await Self.read(file, discipline: nil)
        let questions = try spooled.spool.next()
        guard questions.count == 1, spooled.report.isWhole, let content = questions.first else {
            throw Self.notOneQuestion(spooled.report)
        }
        let now = services.now()
        return try await services.database.write { stores in
            guard let newest = try stores.questionVersions(id).first?.question else { throw Refusal.unknownQuestion }
            var question = newest
            question.content = content
            question.content.discipline = nil
            let digest = try Question.digest(of: content)
            guard try Question.digest(of: newest.content) != digest else { return (newest.version, false) }
            question.version += 1
            try question.content.detachFiles { try stores.insertQuestionFile($0.data, sha256: $0.sha256) }
            let identity = try stores.identity(ofQuestion: id)
            try stores.insertQuestions([BankEntry(question, identity: identity, addedAt: now)])
            return (question.version, true)
        }
    }

    private enum Fate {
        case added, renewed, unchanged
    }

    private static func store(
        _ content: BankQuestion,
        identity: String,
        _ discipline: String,
        at now: Date,
        in stores: any Stores,
        makeID: () -> UUID
    ) throws -> Fate {
        let known = try stores.knownQuestion(discipline: discipline, identity: identity)
        if let known, try known.digest == Question.digest(of: content) { return .unchanged }
        var content = content
        content.discipline = nil
        try content.detachFiles { try stores.insertQuestionFile($0.data, sha256: $0.sha256) }
        let question = Question(
            id: known?.id ?? makeID(),
            version: (known?.version ?? 0) + 1,
            discipline: discipline,
            content: content
        )
        try stores.insertQuestions([BankEntry(question, identity: identity, addedAt: now)])
        return known == nil ? .added : .renewed
    }

    // MARK: - Reading

    /// Files are read one after the other, on a thread of their own.
    private static let queue = DispatchQueue(label: "attestd.question-files", qos: .utility)

    /// A file that was read; nothing is changed in it any more while it is handed from the thread that read it.
    private struct Spooled: @unchecked Sendable {
        var spool: QuestionSpool
        var report: CheckReport
    }

    private static func read(_ file: Data, discipline: String?) async throws -> Spooled {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { try spool(file, discipline: discipline) })
            }
        }
    }

    private static func spool(_ file: Data, discipline: String?) throws -> Spooled {
        let collected = Collected(spool: try QuestionSpool())
        do {
            let summary = try QuestionFileReader().read(file) { try collected.take($0, discipline: discipline) }
            collected.report.format = summary.format
            collected.report.isPackage = summary.isPackage
            collected.report.encoding = summary.encoding
            collected.report.isEncodingGuessed = summary.isEncodingGuessed
        } catch let refusal as FileRefusal {
            throw Refusal(refusal)
        }
        try collected.spool.rewind()
        return Spooled(spool: collected.spool, report: collected.report)
    }

    private final class Collected {
        let spool: QuestionSpool
        var report = CheckReport(file: "")

        init(spool: QuestionSpool) {
            self.spool = spool
        }

        func take(_ event: ReadEvent, discipline: String?) throws {
            report.add(event)
            guard case .question(let question, let origin) = event else { return }
            try spool.add(question)
            if let discipline, let other = question.discipline, other != discipline {
                report.add(.finding(Self.note(question, origin, Self.otherDiscipline(other))))
            }
            if question.points.value != Points(nearest: question.points).decimal {
                report.add(.finding(Self.note(question, origin, Self.roundedPoints(question.points))))
            }
        }

        private static func otherDiscipline(_ code: String) -> (code: String, reason: BilingualReason) {
            (
                "other_discipline",
                BilingualReason(
                    ru: "В файле указана дисциплина «\(code)»; вопрос добавлен в базу, в которую загружен файл.",
                    en: "The file names the discipline “\(code)”; the question was added to the bank of the import."
                )
            )
        }

        private static func roundedPoints(_ points: ExactDecimal) -> (code: String, reason: BilingualReason) {
            (
                "points_rounded",
                BilingualReason(
                    ru: "Баллы \(points) в билетах округляются до сотых: \(Points(nearest: points)).",
                    en: "On tickets \(points) points are rounded to hundredths: \(Points(nearest: points))."
                )
            )
        }

        private static func note(
            _ question: BankQuestion,
            _ origin: Origin,
            _ what: (code: String, reason: BilingualReason)
        ) -> ImportFinding {
            ImportFinding(
                severity: .note,
                file: origin.file,
                line: origin.line,
                title: question.title,
                code: ImportFinding.Code(rawValue: what.code),
                reason: what.reason
            )
        }
    }

    private static func notOneQuestion(_ report: CheckReport) -> Refusal {
        let lines = report.notRead + report.partlyRead
        return Refusal(
            .unprocessable,
            "not_one_question",
            ru: "В файле должен быть ровно один вопрос, прочитанный без потерь; прочитано: \(report.readCount).",
            en: "The file must hold exactly one question that is read whole; it held \(report.readCount).",
            faults: lines.prefix(20).map {
                Refusal.Fault(code: $0.code, message: LocalizedText(ru: $0.reason.ru, en: $0.reason.en))
            }
        )
    }
}
