import Evaluation
import Foundation
import Testing

@Suite("Lists of pairs")
struct PairListTests {
    @Test("LFW's own format: folds, one person, two persons")
    func lfw() throws {
        let text = """
            2\t1
            Ann_Bee\t1\t2
            Ann_Bee\t1\tCee_Dee\t10
            Cee_Dee\t3\t10
            Ann_Bee\t2\tEff\t1

            """
        let list = try PairList.file(text, source: "pairs.txt")
        #expect(
            list.pictures == [
                "Ann_Bee/Ann_Bee_0001.jpg", "Ann_Bee/Ann_Bee_0002.jpg", "Cee_Dee/Cee_Dee_0010.jpg",
                "Cee_Dee/Cee_Dee_0003.jpg", "Eff/Eff_0001.jpg",
            ]
        )
        #expect(list.subjects == [0, 0, 1, 1, 2])
        let pairs = try #require(list.pairs)
        #expect(pairs.map(\.isMated) == [true, false, true, false])
        #expect(pairs.map(\.fold) == [0, 0, 1, 1])
        #expect(pairs.map(\.second) == [1, 2, 2, 4])
    }

    @Test("LFW's view 1 has no folds")
    func view() throws {
        let list = try PairList.file("1\nA\t1\t2\nA\t1\tB\t1", source: "x")
        #expect(list.pairs?.map(\.fold) == [nil, nil])
    }

    @Test("CSV with and without a heading; the folder is the person unless it contradicts the truth")
    func csv() throws {
        let list = try PairList.file("a,b,same\r\np/1.jpg, p/2.jpg,1\np/1.jpg,q/1.jpg,false\n", source: "x")
        #expect(list.pairs?.map(\.isMated) == [true, false])
        #expect(list.subjects == [0, 0, 1])
        let flat = try PairList.file("1.jpg,2.jpg,yes\n1.jpg,3.jpg,no", source: "x")
        #expect(Set(flat.subjects).count == 3)
    }

    @Test(
        "What cannot be read is named by its line",
        arguments: [
            ("", "empty"), ("1\nA\t1", "promises"), ("1\nA\t1\nB\t2", "line 2"), ("x\nA\t1\t2", "line 1"),
            ("2\t1\nA\t1\t2", "promises"), ("1\nA\tx\t2\nA\t1\tB\t1", "line 2"), ("a,b", "line 1"),
            ("a,b,1\nc,d,maybe", "line 2"),
        ]
    )
    func broken(_ text: String, _ reason: String) {
        let error = #expect(throws: EvaluationError.self) { try PairList.file(text, source: "x") }
        #expect(error?.description.contains(reason) == true)
    }

    @Test("A folder for each person; other files are left alone, one person alone is no evaluation")
    func folders() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        for path in ["b/2.PNG", "a/1.jpg", "a/notes.txt", "README"] {
            let file = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data().write(to: file)
        }
        let list = try PairList.folders(in: root)
        #expect(list.pictures == ["a/1.jpg", "b/2.PNG"])
        #expect(list.pairs == nil)
        try FileManager.default.removeItem(at: root.appending(path: "b"))
        #expect(throws: EvaluationError.self) { try PairList.folders(in: root) }
    }
}
