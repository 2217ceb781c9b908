public import Foundation

/// A file that a candidate uploaded for an item: a photograph of a sheet, a drawing, a document. An answer names it.
public struct AnswerFile: Hashable, Sendable, Identifiable {
    /// The file's identifier.
    public let id: UUID
    /// The attempt.
    public let attemptID: UUID
    /// The item's number on the ticket, from 1.
    public let number: Int
    /// SHA-256 of its bytes in hexadecimal.
    public let sha256: String
    /// How many bytes it has.
    public let byteCount: Int
    /// When it was uploaded, by the server's clock.
    public let uploadedAt: Date
    /// Where its sealed bytes are kept.
    public let evidence: String

    /// The most bytes of a file.
    public static let byteLimit = 20 << 20
    /// The most files of one item; those that an answer no longer names count too.
    public static let itemLimit = 100

    /// Makes a value.
    public init(
        id: UUID,
        attemptID: UUID,
        number: Int,
        sha256: String,
        byteCount: Int,
        uploadedAt: Date,
        evidence: String
    ) {
        self.id = id
        self.attemptID = attemptID
        self.number = number
        self.sha256 = sha256
        self.byteCount = byteCount
        self.uploadedAt = uploadedAt
        self.evidence = evidence
    }
}

extension AnswerProblem {
    /// What is wrong with the files that an answer names; nil where all of them were uploaded for that item.
    public static func missingFile(in answer: Answer, among uploaded: [AnswerFile]) -> AnswerProblem? {
        guard case .files(let files, _) = answer, !Set(files).isSubset(of: uploaded.map(\.id)) else { return nil }
        return AnswerProblem(
            .files,
            ru: "Сначала загрузите файл к этому вопросу, потом сохраните ответ.",
            en: "Upload the file for this item first, then save the answer."
        )
    }
}
