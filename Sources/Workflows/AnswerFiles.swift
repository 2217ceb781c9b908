import Accounts
package import Attestation
import Cryptography
package import Foundation
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
        let now = services.now()
        guard !bytes.isEmpty else { throw Self.empty }
        let digest = SHA256Digest.hash(bytes).hex
        let (known, key) = try await services.database.write { [services] stores in
            let attempt = try Self.open(attemptID, number, principal, at: now, services, in: stores)
            let known = try Self.known(digest, number, of: attempt, in: stores)
            return (known, try services.vault.personKey(of: principal.id, in: stores))
        }
        if let known { return (known, false) }
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
            let attempt = try Self.open(attemptID, number, principal, at: now, services, in: stores)
            if let known = try Self.known(digest, number, of: attempt, in: stores) { return (known, false) }
            try stores.insertAnswerFile(file)
            return (file, true)
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

    /// The bytes of a file, for its candidate and for staff that may look at attempts.
    ///
    /// - Throws: `Refusal`; also where the candidate's key is destroyed.
    package func bytes(of id: UUID, attemptID: UUID, principal: Principal) async throws -> Data {
        let (file, key) = try await services.database.read { [vault = services.vault] stores in
            let attempt = try AttemptAccess.visible(attemptID, to: principal, in: stores)
            guard let file = try stores.answerFiles(attemptID: attempt.id).first(where: { $0.id == id }),
                let key = try vault.existingPersonKey(of: attempt.candidateID, in: stores)
            else { throw Self.unknown }
            return (file, key)
        }
        guard let reference = EvidenceReference(rawValue: file.evidence) else { throw Self.unknown }
        return try key.opened(try await services.evidence.get(reference), purpose: Self.purpose(id))
    }

    /// What is wrong with an answer to an item, its files included.
    static func problems(
        with answer: Answer,
        toItem number: Int,
        of attempt: Attempt,
        in stores: any Stores
    ) throws -> [AnswerProblem] {
        let problems = attempt.ticket?.problems(with: answer, toItem: number) ?? []
        guard problems.isEmpty, case .files = answer else { return problems }
        let uploaded = try stores.answerFiles(attemptID: attempt.id).filter { $0.number == number }
        return [AnswerProblem.missingFile(in: answer, among: uploaded)].compactMap(\.self)
    }

    // MARK: - Steps

    private static func open(
        _ attemptID: UUID,
        _ number: Int,
        _ principal: Principal,
        at now: Date,
        _ services: Services,
        in stores: any Stores
    ) throws -> Attempt {
        let found = try AttemptAccess.own(attemptID, of: principal, in: stores)
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
