public import Foundation

/// A question on its way into the bank, with what it is known by there.
public struct BankEntry: Hashable, Sendable {
    /// The question.
    public var question: Question
    /// By what it is known again when its file is imported once more; one question of a discipline has it.
    public var identity: String
    /// See ``Question/digest(of:)``.
    public var digest: String
    /// When it was added.
    public var addedAt: Date

    /// Makes an entry.
    ///
    /// - Parameter identity: where it is not ``Question/identity(of:)``: several questions of a file may have one title.
    /// - Throws: `EncodingError`, which does not happen with values that were read.
    public init(_ question: Question, identity: String? = nil, addedAt: Date) throws {
        self.question = question
        self.identity = identity ?? Question.identity(of: question.content)
        digest = try Question.digest(of: question.content)
        self.addedAt = addedAt
    }
}

/// The highest version of a question that is in the bank.
public struct KnownQuestion: Hashable, Sendable {
    /// The question.
    public var id: UUID
    /// Its highest version.
    public var version: Int
    /// The digest of that version's content.
    public var digest: String

    /// Makes a value.
    public init(id: UUID, version: Int, digest: String) {
        self.id = id
        self.version = version
        self.digest = digest
    }
}

/// A version of a question as it is listed.
public struct QuestionVersion: Hashable, Sendable {
    /// The question in this version.
    public var question: Question
    /// When it was added; nil where the database of then did not keep it.
    public var addedAt: Date?

    /// Makes a value.
    public init(question: Question, addedAt: Date?) {
        self.question = question
        self.addedAt = addedAt
    }
}
