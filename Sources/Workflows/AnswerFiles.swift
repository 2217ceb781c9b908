import Accounts
package import Attestation
import Cryptography
package import Foundation
import Grading
import Identification
import Proctoring
import QuestionBank
import Storage

/// Files that candidates upload for open questions: photographs of their sheets, drawings, documents (S2 5.1.3.4). They
/// are sealed under the candidate's key.
package struct AnswerFiles: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Takes a file for an item. The same bytes for the same item are the same file.
    ///
    /// It counts once an answer names it; whether that answer came in time is judged there, so a file is taken as long
    /// as the attempt is not handed in.
    ///
    /// - Throws: `Refusal`.
    package func upload(
        _ bytes: Data,
        number: Int,
        attemptID: UUID,
        principal: Principal
    ) async throws -> (file: AnswerFile, isNew: Bool) {
        try await upload(bytes, number: number, attemptID: attemptID, candidateID: principal.id) { file, _, isNew, _ in
            (file, isNew)
        }
    }

    /// Takes a file for an item of a candidate's attempt.
    ///
    /// - Parameter stored: runs in the transaction in which the file is stored, or found where it is there already.
    /// - Throws: `Refusal`, and what `stored` throws: then nothing is kept.
    func upload<Result: Sendable>(
        _ bytes: Data,
        number: Int,
        attemptID: UUID,
        candidateID: UUID,
        stored: @escaping @Sendable (AnswerFile, Attempt, _ isNew: Bool, any Stores) throws -> Result
    ) async throws -> Result {
        let now = services.now()
        guard !bytes.isEmpty else { throw Self.empty }
        let digest = SHA256Digest.hash(bytes).hex
        let (known, key) = try await services.database.write { [services] stores -> (Result?, SealingKey) in
            let attempt = try Self.open(attemptID, number, candidateID: candidateID, at: now, services, in: stores)
            try Self.requireAccepted(bytes, number, of: attempt, in: stores)
            let known = try Self.known(digest, number, of: attempt, in: stores)
            return (
                try known.map { try stored($0, attempt, false, stores) },
                try services.vault.personKey(of: candidateID, in: stores)
            )
        }
        if let known { return known }
        let id = services.makeID(at: now)
        let reference = try await services.evidence.put(key.sealed(bytes, purpose: Self.purpose(id)))
        let file = AnswerFile(
            id: id,
            attemptID: attemptID,
            number: number,
            sha256: digest,
            byteCount: bytes.count,
            uploadedAt: now,
            evidence: reference.rawValue
        )
        return try await services.database.write { [services] stores in
            let attempt = try Self.open(attemptID, number, candidateID: candidateID, at: now, services, in: stores)
            if let known = try Self.known(digest, number, of: attempt, in: stores) {
                return try stored(known, attempt, false, stores)
            }
            try stores.insertAnswerFile(file)
            return try stored(file, attempt, true, stores)
        }
    }

    /// The files of an attempt in the order in which they came.
    ///
    /// - Throws: `Refusal`.
    package func list(attemptID: UUID, principal: Principal) async throws -> [AnswerFile] {
        try await services.database.read { stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            return try stores.answerFiles(attemptID: attempt.id)
        }
    }

    /// The bytes of a file, for its candidate and for staff that may look at attempts, which is recorded (row F5).
    ///
    /// - Throws: `Refusal`; also where the candidate's key is destroyed.
    package func bytes(of id: UUID, attemptID: UUID, principal: Principal) async throws -> Data {
        let (file, key, candidate) = try await services.database.read { [vault = services.vault] stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            guard let file = try stores.answerFiles(attemptID: attempt.id).first(where: { $0.id == id }),
                let key = try vault.existingPersonKey(of: attempt.candidateID, in: stores)
            else { throw Self.unknown }
            return (file, key, attempt.candidateID)
        }
        let journal = AccessJournal(services)
        try await journal.noteWork("answer_file", of: [candidate], task: attemptID, isEach: true, by: principal)
        return try await opened(file, key)
    }

    /// What is wrong with an answer to an item, its files included.
    static func problems(
        with answer: Answer,
        toItem number: Int,
        of attempt: Attempt,
        in stores: any Stores
    ) throws -> [AnswerProblem] {
        let problems = attempt.ticket?.problems(with: answer, toItem: number) ?? []
        guard problems.isEmpty, let open = try response(toItem: number, of: attempt, in: stores) else {
            return problems
        }
        let excess = open.excess(of: answer)
        guard excess.isEmpty, case .files = answer else { return excess }
        let uploaded = try stores.answerFiles(attemptID: attempt.id).filter { $0.number == number }
        return [AnswerProblem.missingFile(in: answer, among: uploaded)].compactMap(\.self)
    }

    /// What an open question asks for; nil for other items, whose answers are saved without looking at the question.
    private static func response(
        toItem number: Int,
        of attempt: Attempt,
        in stores: any Stores
    ) throws -> OpenResponse? {
        guard let item = attempt.ticket?.item(number), item.type.needsPerson,
            case .open(let open) = try AttemptGrading.question(of: item, in: stores).content.interaction
        else { return nil }
        return open
    }

    /// What the answer that counts still lacks of what its question asks for; empty for closed questions.
    ///
    /// - Throws: `Refusal`.
    package func shortfalls(of answer: Answer, number: Int, attemptID: UUID, principal: Principal) async throws
        -> [AnswerProblem]
    {
        switch answer {
        case .essay, .files: break
        default: return []
        }
        return try await services.database.read { stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            return try Self.response(toItem: number, of: attempt, in: stores)?.shortfalls(of: answer) ?? []
        }
    }

    // MARK: - For graders

    /// The files that the answer to a work names, in its order.
    static func files(of work: OpenWork, in stores: any Stores) throws -> [AnswerFile] {
        guard case .files(let named, _)? = try stores.answer(attemptID: work.attemptID, number: work.number)?.answer
        else { return [] }
        let uploaded = try stores.answerFiles(attemptID: work.attemptID).filter { $0.number == work.number }
        return named.compactMap { id in uploaded.first { $0.id == id } }
    }

    /// The bytes of a file of a work's answer, for a grader who may look at that work; it is recorded (row F5).
    func bytes(of id: UUID, in work: OpenWork, by principal: Principal) async throws -> Data {
        let (file, key, candidate) = try await services.database.read { [vault = services.vault] stores in
            guard let file = try Self.files(of: work, in: stores).first(where: { $0.id == id }),
                let attempt = try stores.attempt(work.attemptID),
                let key = try vault.existingPersonKey(of: attempt.candidateID, in: stores)
            else { throw Self.unknown }
            return (file, key, attempt.candidateID)
        }
        let journal = AccessJournal(services)
        try await journal.noteWork("answer_file", of: [candidate], task: work.attemptID, isEach: true, by: principal)
        return try await opened(file, key)
    }

    private func opened(_ file: AnswerFile, _ key: SealingKey) async throws -> Data {
        guard let reference = EvidenceReference(rawValue: file.evidence) else { throw Self.unknown }
        return try key.opened(try await services.evidence.get(reference), purpose: Self.purpose(file.id))
    }

    // MARK: - Steps

    /// - Throws: `Refusal` where the question takes no such file.
    private static func requireAccepted(
        _ bytes: Data,
        _ number: Int,
        of attempt: Attempt,
        in stores: any Stores
    ) throws {
        guard let wanted = try response(toItem: number, of: attempt, in: stores)?.files else { return }
        guard ContentKind(bytes).isAccepted(by: wanted.types) else {
            let types = wanted.types.joined(separator: ", ")
            throw Refusal(
                .unprocessable,
                "file_type",
                ru: "Этот вопрос принимает только файлы: \(types).",
                en: "This question takes only files of these types: \(types)."
            )
        }
        guard bytes.count <= wanted.maximumBytes ?? .max else {
            let limit = wanted.maximumBytes ?? 0
            throw Refusal(
                .unprocessable,
                "file_too_large",
                ru: "Файл больше, чем допускает вопрос (байт: \(limit)). Уменьшите его и загрузите снова.",
                en: "The file is larger than the question allows (\(limit) bytes): make it smaller."
            )
        }
    }

    /// A candidate's attempt whose item takes files now.
    static func open(
        _ attemptID: UUID,
        _ number: Int,
        candidateID: UUID,
        at now: Date,
        _ services: Services,
        in stores: any Stores
    ) throws -> Attempt {
        guard let found = try stores.attempt(attemptID) else { throw Refusal.unknownAttempt }
        guard found.candidateID == candidateID else { throw Refusal.otherCandidate }
        let attempt = found.settled(at: now)
        guard let item = attempt.ticket?.item(number) else {
            guard attempt.ticket != nil else { throw Refusal(AnswerRefusal.notStarted) }
            throw Refusal(.notFound, "item_unknown", ru: "В билете нет такого вопроса.", en: "No such item.")
        }
        guard item.type.needsPerson else {
            throw Refusal(
                .conflict,
                "item_takes_no_files",
                ru: "К этому вопросу файлы не прикладывают.",
                en: "This item takes no files."
            )
        }
        guard attempt.state.isUnderWay || attempt.state == .timedOut else { throw Refusal.attemptClosed }
        return attempt
    }

    private static func known(
        _ digest: String,
        _ number: Int,
        of attempt: Attempt,
        in stores: any Stores
    ) throws -> AnswerFile? {
        let files = try stores.answerFiles(attemptID: attempt.id).filter { $0.number == number }
        if let file = files.first(where: { $0.sha256 == digest }) { return file }
        guard files.count < AnswerFile.itemLimit else {
            throw Refusal(
                .conflict,
                "too_many_files",
                ru: "К одному вопросу можно загрузить не больше \(AnswerFile.itemLimit) файлов.",
                en: "At most \(AnswerFile.itemLimit) files may be uploaded for one item."
            )
        }
        return nil
    }

    private static func purpose(_ id: UUID) -> String { "answer file:\(id.lowercased)" }

    private static let empty = Refusal(
        .unprocessable,
        "file_empty",
        ru: "Файл пуст: выберите его ещё раз.",
        en: "The file is empty: choose it again."
    )

    private static let unknown = Refusal(
        .notFound,
        "file_unknown",
        ru: "Такого файла нет.",
        en: "There is no such file."
    )
}
