import Biometrics
import Evaluation
import FaceAnalysis
import Foundation
import Testing

@Suite("Calibration studies")
struct CalibrationStudyTests {
    private static let models: [ModelInUse] = {
        let text = """
            [{"id": "finder", "version": "1", "role": "detector", "sha256": "00"},
             {"id": "m", "version": "1", "role": "embedder", "sha256": "11"}]
            """
        return (try? JSONDecoder().decode([ModelInUse].self, from: Data(text.utf8))) ?? []
    }()

    /// People in directions of their own with pictures around them, the same in every run.
    private static func dataSet(_ name: String, people: Int, seed: UInt64) throws -> CalibrationStudy.DataSet {
        var state = seed
        func noise() -> Float {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(state >> 40) / Float(1 << 24) - 0.5
        }
        var files: [String] = []
        var templates: [String: FaceTemplate] = [:]
        for person in 0..<people {
            let direction = (0..<16).map { _ in noise() }
            for picture in 0..<3 {
                let file = "p\(person)/\(picture).jpg"
                let values = direction.map { $0 + 0.5 * noise() }
                let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
                files.append(file)
                templates[file] = try FaceTemplate(modelID: "m", values: values.map { $0 / length })
            }
        }
        let root = FileManager.default.temporaryDirectory.appending(path: "attestd-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        for file in files {
            let place = root.appending(path: file)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data().write(to: place)
        }
        let list = try PairList.folders(in: root)
        let found = PictureTemplates(
            templates: list.pictures.map { templates[$0] },
            failures: [:],
            dataDigest: "digest of \(name)"
        )
        return .init(name: name, list: list, found: found)
    }

    private static func result(_ sets: [CalibrationStudy.DataSet]) throws -> CalibrationResult {
        try CalibrationStudy(matchRate: 1e-2, nonMatchRate: 1e-1).result(sets, modelID: "m", models: models)
    }

    /// One study for all tests that look at its result only.
    private static let study = Result { () throws -> (CalibrationStudy.DataSet, CalibrationResult) in
        let set = try dataSet("one", people: 60, seed: 1)
        return (set, try result([set]))
    }

    @Test("Each row keeps its rate, and thresholds stand where they were asked for")
    func rows() throws {
        let (set, result) = try Self.study.get()
        let trials = try ListComparisons(set.list, set.found.templates, by: .templates).trials
        let curve = try ErrorRateCurve(trials)
        // 15 930 non-mated comparisons reach down to 3e-4.
        #expect(result.table.rows.map(\.falseMatchRate) == [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4])
        for row in result.table.rows {
            #expect(curve.falseMatchRate(at: row.threshold) <= row.falseMatchRate)
            #expect(abs(curve.falseNonMatchRate(at: row.threshold) - row.falseNonMatchRate) < 1e-12)
            #expect(row.falseMatchInterval.contains(curve.falseMatchRate(at: row.threshold)))
        }
        #expect(result.match.falseMatchRate == 1e-2 && result.nonMatch.falseMatchRate == 1e-1)
        #expect(result.match.threshold < result.nonMatch.threshold)
        #expect(result.calibration.slope < 0)
    }

    @Test("Two sets are compared within each, never across")
    func sets() throws {
        let (one, other) = (
            try Self.dataSet("one", people: 20, seed: 1), try Self.dataSet("other", people: 15, seed: 2)
        )
        let result = try Self.result([one, other])
        #expect(result.sets.map(\.name) == ["one", "other"])
        #expect(result.sets.map(\.nonMatedComparisons) == [20 * 19 / 2 * 9, 15 * 14 / 2 * 9])
        #expect(result.sets.map(\.matedComparisons) == [60, 45])
        // Thirty-five people of both sets: the limits of the probability say so.
        #expect(abs(result.calibration.supported.upperBound - log(35.0 / 3)) < 1e-12)
        #expect(result.dataSha256.count == 64)
        #expect(result.summary.contains("other: 45 pictures of 15 people"))
    }

    @Test("Too few comparisons for a threshold are refused")
    func tooFew() throws {
        let set = try Self.dataSet("few", people: 6, seed: 1)
        #expect(throws: EvaluationError.self) {
            try CalibrationStudy().result([set], modelID: "m", models: Self.models)
        }
        for (match, nonMatch) in [(0, 1e-2), (1e-2, 1e-3), (1e-3, 1), (.nan, 1e-2)] {
            #expect(throws: EvaluationError.self) { try CalibrationStudy(matchRate: match, nonMatchRate: nonMatch) }
        }
    }

    private static let manifest = """
        {
          "format": 1,  "directory" : "weights",
          "packages": {"odd \\"key\\" }": [1, 2.50, {"a":[]}], "é": "\\u00e9 ]"},
          "models": [
            { "id": "finder", "thresholds": {"stay": true} },
            {
              "id": "m",
              "thresholds": {
                "match_at_or_below": 0.5
              },
              "note": "last"
            }
          ],
          "files": [{"id": "mrz", "file": "mrz.traineddata", "source": {"package": "p", "member": "m/mrz"}}]
        }

        """

    @Test("Writing changes the two values and no other byte, and a second time nothing")
    func manifestUpdate() throws {
        let result = try Self.study.get().1
        let updated = try result.updating(manifest: Self.manifest)
        #expect(try result.updating(manifest: updated) == updated)

        let start = try #require(Self.manifest.range(of: "{\n        \"match_at_or_below\": 0.5\n      }"))
        let head = String(Self.manifest[..<start.lowerBound])
        let tail = Self.manifest[start.upperBound...]
        let note = try #require(tail.range(of: "\"note\": \"last\""))
        #expect(updated.hasPrefix(head))
        #expect(updated.hasSuffix(tail[note.upperBound...]))
        #expect(updated.contains(",\n      \"note\": \"last\",\n      \"calibration\": {"))

        let content = try #require(try JSONSerialization.jsonObject(with: Data(updated.utf8)) as? [String: Any])
        let models = try #require(content["models"] as? [[String: Any]])
        #expect((models[0]["thresholds"] as? [String: Bool]) == ["stay": true])
        let thresholds = try #require(models[1]["thresholds"] as? [String: Any])
        #expect((thresholds["table"] as? [[String: Any]])?.count == result.table.rows.count)
        #expect(((thresholds["measured_with"] as? [[String: String]])?.last?["sha256"]) == "11")
        let calibration = try #require(models[1]["calibration"] as? [String: Any])
        let slope = try #require(calibration["slope"] as? Double)
        #expect(abs(slope - result.calibration.slope) < 1e-3)
    }

    @Test(
        "A text that is no manifest of this embedder is not written to",
        arguments: ["", "[]", "{}", "{\"models\": []}", "{\"models\": [{\"id\": \"n\"}]}", "{\"models\": [{\"id\": "]
    )
    func foreignManifest(_ text: String) throws {
        let result = try Self.study.get().1
        #expect(throws: (any Error).self) { try result.updating(manifest: text) }
    }
}
