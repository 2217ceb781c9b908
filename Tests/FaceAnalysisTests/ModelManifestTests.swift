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
        #expect(embedder.thresholds?.matchAtOrBelow == 0.371)
        #expect(embedder.thresholds?.nonMatchAbove == 0.414)
        let analyzer = try Support.analyzer()
        #expect(analyzer.modelID == embedder.id)
        #expect(analyzer.thresholds.matchAtOrBelow == 0.371)
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
                ("\"role\": \"detector\"", "\"role\": \"oracle\""), ("0.371", "0.5"), ("\"length\": 128,", ""),
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
