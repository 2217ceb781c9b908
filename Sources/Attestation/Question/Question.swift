import Cryptography
public import Foundation
public import QuestionBank

/// A question of the bank, in one version.
///
/// A version never changes: an edited question is a new version under the same identifier, and tickets keep theirs.
public struct Question: Hashable, Sendable, Identifiable {
    /// The question's identifier, the same in all versions.
    public var id: UUID
    /// The version, from 1.
    public var version: Int
    /// The code of the discipline.
    public var discipline: String
    /// What is asked, with the key. The bytes of its files are kept apart, see ``MediaFile/storedAs``.
    public var content: BankQuestion

    /// Makes a question.
    public init(id: UUID, version: Int = 1, discipline: String, content: BankQuestion) {
        self.id = id
        self.version = version
        self.discipline = discipline
        self.content = content
    }

    /// The topic as one text.
    public var topic: String { TopicPath.text(content.topic) }

    /// SHA-256 of what makes one version differ from another: all of the content but where it is kept and the number
    /// that its source gave it.
    ///
    /// - Throws: `EncodingError`, which does not happen with values that were read.
    public static func digest(of content: BankQuestion) throws -> String {
        var content = content
        content.discipline = nil
        content.version = nil
        content.detachFiles { _ in }
        return SHA256Digest.hash(try CanonicalJSON.encode(content)).hex
    }

    /// By what a question is known again when its file is imported once more: the identifier of its source, or else its
    /// title in its topic.
    public static func identity(of content: BankQuestion) -> String {
        if let id = content.externalID { return "id:\(id)" }
        return "title:\(TopicPath.text(content.topic))\u{1F}\(content.title)"
    }
}

extension Question: Codable {
    enum CodingKeys: String, CodingKey {
        case id, version, discipline, content
    }

    /// Reads a question; also one of before 2026-11-21, when the bank had fewer kinds.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard container.contains(.content) else {
            self = try QuestionFirstForm(from: decoder).question
            return
        }
        id = try container.decode(UUID.self, forKey: .id)
        version = try container.decode(Int.self, forKey: .version)
        discipline = try container.decode(String.self, forKey: .discipline)
        content = try container.decode(BankQuestion.self, forKey: .content)
    }
}
