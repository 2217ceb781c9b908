import CFaceEngine
import Foundation
import Testing

@testable import FaceAnalysis

@Suite("Network runtimes")
struct NetworkRuntimeTests {
    /// An engine below the Swift interface, so that its runtime can be chosen.
    private struct RawEngine: ~Copyable {
        let pointer: OpaquePointer
        let dimensions: Int

        /// Without `runtime` the engine chooses; throws the code of its error.
        init(
            on runtime: afe_runtime?,
            change: (inout Data) -> Void = { _ in },
            _ models: LoadedModels
        ) throws(Refusal) {
            var weights = models.detectorWeights
            change(&weights)
            var error = afe_error()
            var detectorOptions = models.detector.options
            var embedderOptions = models.embedder.options
            let made = weights.withUnsafeBytes { first in
                models.embedderWeights.withUnsafeBytes { second -> OpaquePointer? in
                    let detector = first.bindMemory(to: UInt8.self)
                    let embedder = second.bindMemory(to: UInt8.self)
                    guard let detectorBytes = detector.baseAddress, let embedderBytes = embedder.baseAddress else {
                        return nil
                    }
                    guard let runtime else {
                        return afe_engine_create(
                            detectorBytes,
                            detector.count,
                            &detectorOptions,
                            embedderBytes,
                            embedder.count,
                            &embedderOptions,
                            &error
                        )
                    }
                    return afe_engine_create_on(
                        runtime,
                        detectorBytes,
                        detector.count,
                        &detectorOptions,
                        embedderBytes,
                        embedder.count,
                        &embedderOptions,
                        &error
                    )
                }
            }
            guard let made else { throw Refusal(code: error.code) }
            pointer = made
            dimensions = models.embedder.dimensions
        }

        deinit { afe_engine_free(pointer) }

        func faces(_ picture: borrowing DecodedPicture) throws(Refusal) -> [(face: afe_face, values: [Float])] {
            var faces = [afe_face](repeating: afe_face(), count: 8)
            var timing = afe_timing()
            var error = afe_error()
            let count = afe_engine_detect(pointer, picture.pointer, &faces, 8, &timing, &error)
            guard count >= 0 else { throw Refusal(code: error.code) }
            var found: [(face: afe_face, values: [Float])] = []
            for face in faces.prefix(Int(count)) {
                let marks = face.landmarks
                let points = [marks.0, marks.1, marks.2, marks.3, marks.4]
                var values = [Float](repeating: 0, count: dimensions)
                guard afe_engine_embed(pointer, picture.pointer, points, &values, &timing, &error) else {
                    throw Refusal(code: error.code)
                }
                found.append((face, values))
            }
            return found
        }
    }

    private struct Refusal: Error, Equatable {
        let code: afe_code
    }

    private static func models() throws -> LoadedModels {
        try LoadedModels(
            manifest: ModelManifest.load(directory: Support.modelsDirectory),
            directory: Support.modelsDirectory,
            digest: Support.digest
        )
    }

    private static func code(on runtime: afe_runtime?, _ models: LoadedModels, change: (inout Data) -> Void)
        -> afe_code
    {
        do throws(Refusal) {
            _ = try RawEngine(on: runtime, change: change, models)
            return AFE_OK
        } catch {
            return error.code
        }
    }

    @Test("the models brought along run on the fast one")
    func fast() throws {
        let engine = try RawEngine(on: nil, Self.models())
        #expect(afe_engine_detector_runtime(engine.pointer) == AFE_RUNTIME_ONEDNN)
        #expect(afe_engine_embedder_runtime(engine.pointer) == AFE_RUNTIME_ONEDNN)
    }

    @Test("both find the same faces and make the same templates")
    func agreement() throws {
        let models = try Self.models()
        let fast = try RawEngine(on: AFE_RUNTIME_ONEDNN, models)
        let general = try RawEngine(on: AFE_RUNTIME_OPENCV, models)
        #expect(afe_engine_detector_runtime(general.pointer) == AFE_RUNTIME_OPENCV)
        #expect(afe_engine_embedder_runtime(general.pointer) == AFE_RUNTIME_OPENCV)
        for name in ["biden", "obama", "obama2", "obama3", "obama_partial_face", "obama_partial_face2"] {
            let picture = try DecodedPicture(Support.photograph(name), limits: PictureLimits())
            let one = try fast.faces(picture)
            let other = try general.faces(picture)
            #expect(one.count == other.count && !one.isEmpty, "\(name)")
            for (left, right) in zip(one, other) {
                let width = right.face.right - right.face.left
                #expect(abs(left.face.score - right.face.score) < 1e-4)
                for side in [\afe_face.left, \.top, \.right, \.bottom, \.landmarks.0.x, \.landmarks.4.y] {
                    #expect(abs(left.face[keyPath: side] - right.face[keyPath: side]) < 1e-4 * width, "\(name)")
                }
                // The chips differ, too, by the difference of the landmarks.
                let largest = zip(left.values, right.values).map { abs($0 - $1) }.max() ?? .infinity
                #expect(largest < 1e-4, "\(name)")
            }
        }
    }

    @Test("an operator that only OpenCV knows takes the whole network there")
    func fallback() throws {
        let models = try Self.models()
        let foreign: (inout Data) -> Void = { bytes in
            while let place = bytes.range(of: Data("Sigmoid".utf8)) {
                bytes.replaceSubrange(place, with: Data("Softmax".utf8))
            }
        }
        let engine = try RawEngine(on: nil, change: foreign, models)
        #expect(afe_engine_detector_runtime(engine.pointer) == AFE_RUNTIME_OPENCV)
        #expect(afe_engine_embedder_runtime(engine.pointer) == AFE_RUNTIME_ONEDNN)
        #expect(Self.code(on: AFE_RUNTIME_ONEDNN, models, change: foreign) == AFE_BAD_MODEL)
    }

    @Test("a file cut short is refused", arguments: [0, 1, 2, 100, 5_000, 1_000_000])
    func cutShort(_ count: Int) throws {
        let models = try Self.models()
        for runtime in [nil, AFE_RUNTIME_ONEDNN, AFE_RUNTIME_OPENCV] {
            // Data of no bytes has no address; one byte more is as little of a network.
            let code = Self.code(on: runtime, models) { $0 = $0.prefix(max(1, count)) }
            #expect(code == AFE_BAD_MODEL)
        }
    }
}
