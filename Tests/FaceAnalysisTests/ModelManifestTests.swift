import Biometrics
import Foundation
import Testing

@testable import FaceAnalysis

@Suite("Model manifest")
struct ModelManifestTests {
    /// A copy of the models' folder that may be damaged; gone when the closure ends.
    private func withCopy(_ body: (URL) throws -> Void) throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID().uuidString)")
        let weights = copy.appending(path: "weights")
        try FileManager.default.createDirectory(at: weights, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: copy) }
        try FileManager.default.copyItem(
            at: Support.modelsDirectory.appending(path: "manifest.json"),
            to: copy.appending(path: "manifest.json")
        )
        let manifest = try ModelManifest.load(directory: Support.modelsDirectory)
        for model in manifest.models {
            try FileManager.default.copyItem(
                at: Support.modelsDirectory.appending(path: "weights").appending(path: model.file),
                to: weights.appending(path: model.file)
            )
        }
        try body(copy)
    }

    private func code(_ directory: URL) -> FaceAnalysisError.Code? {
        do throws(FaceAnalysisError) {
            _ = try LoadedModels(
                manifest: ModelManifest.load(directory: directory),
                directory: directory,
                digest: Support.digest
            )
            return nil
        } catch {
            return error.code
        }
    }

    @Test("names one detector and one embedder with its thresholds")
    func contents() throws {
        let manifest = try ModelManifest.load(directory: Support.modelsDirectory)
        #expect(try manifest.detector().id == "centerface")
        let embedder = try manifest.embedder()
        #expect(embedder.id == "dlib-resnet-v1-mirror")
        #expect(embedder.thresholds?.matchAtOrBelow == 0.369)
        #expect(embedder.thresholds?.nonMatchAbove == 0.4132)
        let analyzer = try Support.analyzer()
        #expect(analyzer.modelID == embedder.id)
        #expect(analyzer.thresholds.matchAtOrBelow == 0.369)
        #expect(analyzer.models.map(\.id) == ["centerface", "dlib-resnet-v1-mirror"])
        #expect(analyzer.models.map(\.sha256) == [try manifest.detector().sha256, embedder.sha256])
    }

    @Test("the thresholds in force are rows of the measured table, and the band between them decides nothing")
    func table() throws {
        let analyzer = try Support.analyzer()
        let table = try #require(analyzer.errorRates)
        #expect(table.row(forFalseMatchRate: 1e-3)?.threshold == analyzer.thresholds.matchAtOrBelow)
        #expect(table.row(forFalseMatchRate: 1e-2)?.threshold == analyzer.thresholds.nonMatchAbove)
        #expect(analyzer.thresholds.matchAtOrBelow < analyzer.thresholds.nonMatchAbove)
        #expect(table.rows.last?.falseMatchRate ?? 1 <= 1e-4)
        for row in table.rows { #expect(row.falseMatchInterval.contains(row.falseMatchRate)) }
    }

    @Test("the calibrated probability speaks for one person at a match, for two at a non-match")
    func calibration() throws {
        let analyzer = try Support.analyzer()
        let calibration = try #require(analyzer.calibration)
        func probability(_ distance: Float) -> Double {
            calibration.sameSourceProbability(of: ComparisonScore(distance: distance))
        }
        #expect(probability(analyzer.thresholds.matchAtOrBelow) > 0.8)
        #expect(probability(analyzer.thresholds.nonMatchAbove.nextUp) < 0.5)
        #expect(probability(0) < 1 && probability(2) > 0)
    }

    @Test("a manifest without table and calibration still loads, and has none")
    func withoutTable() throws {
        try withCopy { copy in
            try change(copy) { embedder in
                embedder["calibration"] = nil
                embedder["thresholds"] = ["match_at_or_below": 0.4, "non_match_above": 0.5]
            }
            let models = try load(copy)
            #expect(models.thresholds.matchAtOrBelow == 0.4)
            #expect(models.errorRates == nil && models.calibration == nil)
        }
    }

    @Test("thresholds that were measured with other weights are refused, but not where they are to be measured anew")
    func otherWeights() throws {
        try withCopy { copy in
            try change(copy) { embedder in
                var thresholds = embedder["thresholds"] as? [String: Any] ?? [:]
                thresholds["measured_with"] = [
                    ["id": "dlib-resnet-v1-mirror", "sha256": String(repeating: "0", count: 64)]
                ]
                embedder["thresholds"] = thresholds
            }
            #expect(code(copy) == .modelsCorrupt)
            let models = try load(copy, isToBeCalibrated: true)
            #expect(models.errorRates == nil && models.calibration == nil)
            // Nothing matches and nothing is refused until it was measured.
            for distance in [0.01, 0.3, 1, 2] as [Float] {
                #expect(models.thresholds.decision(for: ComparisonScore(distance: distance)) == .inconclusive)
            }
            try change(copy) { $0["thresholds"] = nil }
            #expect(code(copy) == .modelsCorrupt)
            #expect(throws: Never.self) { try load(copy, isToBeCalibrated: true) }
        }
    }

    @Test("a table or a calibration that contradicts itself is refused")
    func brokenTable() throws {
        let row: [String: Any] = [
            "false_match_rate": 0.01, "threshold": 0.41, "false_match_interval": [0.009, 0.011],
            "false_non_match_rate": 0.01, "false_non_match_interval": [0, 0.1],
        ]
        for (key, value) in [
            ("threshold", 3), ("false_match_rate", 0), ("false_match_interval", [0.2]),
            ("false_match_interval", [0.2, 0.1]), ("false_non_match_rate", 2),
        ] as [(String, Any)] {
            try withCopy { copy in
                try change(copy) { embedder in
                    var thresholds = embedder["thresholds"] as? [String: Any] ?? [:]
                    thresholds["table"] = [row.merging([key: value]) { $1 }]
                    embedder["thresholds"] = thresholds
                }
                #expect(code(copy) == .modelsCorrupt, "\(key) = \(value)")
            }
        }
        for (slope, lowest, highest) in [(1.0, -1.0, 1.0), (-1, 1, -1), (-1, 1, 2)] {
            try withCopy { copy in
                try change(copy) { embedder in
                    embedder["calibration"] = [
                        "intercept": 1, "slope": slope, "lowest_log_likelihood_ratio": lowest,
                        "highest_log_likelihood_ratio": highest,
                    ]
                }
                #expect(code(copy) == .modelsCorrupt, "slope \(slope), \(lowest) to \(highest)")
            }
        }
    }

    /// Changes the embedder's entry of a copy.
    private func change(_ copy: URL, _ body: (inout [String: Any]) -> Void) throws {
        let file = copy.appending(path: "manifest.json")
        var content = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        var models = try #require(content["models"] as? [[String: Any]])
        let place = try #require(models.firstIndex { $0["role"] as? String == "embedder" })
        body(&models[place])
        content["models"] = models
        try JSONSerialization.data(withJSONObject: content).write(to: file)
    }

    private func load(_ directory: URL, isToBeCalibrated: Bool = false) throws -> LoadedModels {
        try LoadedModels(
            manifest: ModelManifest.load(directory: directory),
            directory: directory,
            isToBeCalibrated: isToBeCalibrated,
            digest: Support.digest
        )
    }

    @Test("the weights must be the ones it names, to the last bit")
    func changedWeights() throws {
        try withCopy { copy in
            #expect(code(copy) == nil)
            let file = copy.appending(path: "weights/dlib_face_recognition_resnet_model_v1.onnx")
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: file)
            #expect(code(copy) == .modelsCorrupt)
            try bytes.dropLast().write(to: file)
            #expect(code(copy) == .modelsCorrupt)
            try FileManager.default.removeItem(at: file)
            #expect(code(copy) == .modelsMissing)
        }
    }

    @Test("a manifest that lacks something is refused")
    func changedManifest() throws {
        try withCopy { copy in
            let file = copy.appending(path: "manifest.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            for (found, replacement) in [
                ("\"format\": 1", "\"format\": 2"), ("\"role\": \"detector\"", "\"role\": \"embedder\""),
                ("\"role\": \"detector\"", "\"role\": \"oracle\""),
                ("\"match_at_or_below\": 0.3690", "\"match_at_or_below\": 0.5"), ("\"length\": 128,", ""),
                ("\"width\": 150", "\"width\": 151"), ("[75.0, 79.22], ", ""), ("\"longer_side\": 320,", ""),
                ("{", "["),
            ] {
                let changed = text.replacingOccurrences(of: found, with: replacement)
                #expect(changed != text, "\(found) is in the manifest")
                try Data(changed.utf8).write(to: file)
                #expect(code(copy) == .modelsCorrupt, "\(found) -> \(replacement)")
            }
            try FileManager.default.removeItem(at: file)
            #expect(code(copy) == .modelsMissing)
        }
    }

    @Test("bytes that are no network are refused with a code")
    func noNetwork() throws {
        try withCopy { copy in
            // Digest and size agree, so the bytes reach the engine.
            let file = copy.appending(path: "weights/centerface.onnx")
            let size = try Data(contentsOf: file).count
            let detector = try ModelManifest.load(directory: copy).detector()
            for filling in [0, 0x41, 0xFF] as [UInt8] {
                let garbage = Data(repeating: filling, count: size)
                try garbage.write(to: file)
                let models = try LoadedModels(
                    manifest: ModelManifest.load(directory: copy),
                    directory: copy,
                    digest: { $0.count == size ? detector.digest : Support.digest($0) }
                )
                #expect(throws: FaceAnalysisError(.modelsCorrupt, "")) { _ = try Engine(models) }
            }
        }
    }
}
