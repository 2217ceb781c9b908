import Foundation
import Testing

@testable import SQLiteStorage

@Suite("Identifiers in columns")
struct IdentifierTextTests {
    private static func read(_ text: String) -> UUID? {
        Array(text.utf8).withUnsafeBufferPointer { IdentifierText.identifier($0) }
    }

    @Test("an identifier is written and read as Foundation writes and reads it")
    func asFoundation() {
        for _ in 0..<1_000 {
            let id = UUID()
            #expect(IdentifierText.text(id) == id.uuidString.lowercased())
            #expect(Self.read(id.uuidString) == id)
            #expect(Self.read(id.uuidString.lowercased()) == id)
        }
    }

    @Test(
        "what is no identifier is not read as one",
        arguments: [
            "", "0193", "0193b0a4-7c1e-7000-8000-00000000000", "0193b0a4-7c1e-7000-8000-0000000000000",
            "0193b0a4-7c1e-7000-8000-00000000000g", "0193b0a4+7c1e-7000-8000-000000000000",
            "0193b0a47-c1e-7000-8000-000000000000", "0193b0a4-7c1e-7000-8000-0000000000é",
            "-193b0a4-7c1e-7000-8000-000000000000",
        ]
    )
    func refused(_ text: String) {
        #expect(Self.read(text) == nil)
    }
}
