import Foundation
import TestSupport
import Testing

@Suite("D11: attestd extract verify")
struct ExtractCommandTests {
    /// Runs the command on a file with a text.
    private func verify(_ text: String, key: String = SampleExtract.key) async throws -> Program.End {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await Program(["extract", "verify", "--key", key, file.path]).end()
    }

    @Test("D11: an extract verifies with nothing but the file and the log's public key")
    func good() async throws {
        let end = try await verify(SampleExtract.file)
        #expect(end.status == 0)
        #expect(end.standardOutput.contains("verified: Соловьёва Алёна Игоревич"))
        #expect(end.standardOutput.contains("отлично"))
    }

    @Test("D11: a changed extract, another key and another file are refused")
    func bad() async throws {
        let better = SampleExtract.file.replacing("Соловьёва", with: "Воробьёва")
        #expect(try await verify(better).status == 1)
        let other = SampleExtract.key.replacing("attestd.test", with: "attestd.other")
        #expect(try await verify(SampleExtract.file, key: other).status == 2, "the key's id belongs to its name")
        #expect(try await verify("{}").status == 1)
        #expect(try await Program(["extract", "verify", "/nowhere.json"]).end().status == 2)
    }
}
