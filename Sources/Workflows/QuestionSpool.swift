import Foundation
import QuestionBank

/// Questions of an import on their way into the bank: in a file without a name, so that a big bank with pictures takes
/// no memory, and nothing is stored of a file that is refused half way.
final class QuestionSpool {
    private let handle: FileHandle
    private let encoder = JSONEncoder()

    /// - Throws: where the folder for temporary files cannot be written to.
    init() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "attestd-import-\(UUID().uuidString)").path
        // Only this process may read it: it holds the keys of an exam.
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forUpdatingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown) }
        try FileManager.default.removeItem(atPath: path)
        self.handle = handle
    }

    deinit { try? handle.close() }

    /// Puts a question behind the others.
    func add(_ question: BankQuestion) throws {
        let bytes = try encoder.encode(question)
        var length = UInt32(bytes.count).bigEndian
        try handle.write(contentsOf: Data(bytes: &length, count: 4) + bytes)
    }

    /// Goes back to the first question.
    func rewind() throws { try handle.seek(toOffset: 0) }

    /// The next questions, few and small enough for one transaction; empty at the end.
    func next() throws -> [BankQuestion] {
        var questions: [BankQuestion] = []
        var size = 0
        while questions.count < 200, size < 4 << 20, let head = try handle.read(upToCount: 4), head.count == 4 {
            let length = head.reduce(0) { $0 << 8 | Int($1) }
            guard let bytes = try handle.read(upToCount: length), bytes.count == length else {
                throw CocoaError(.fileReadCorruptFile)
            }
            size += length
            questions.append(try JSONDecoder().decode(BankQuestion.self, from: bytes))
        }
        return questions
    }
}
