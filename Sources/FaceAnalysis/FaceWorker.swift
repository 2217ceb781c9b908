import CFaceEngine
import Foundation

/// One engine on one thread. Being an actor, it cannot be entered by two threads at once.
actor FaceWorker {
    private let executor: WorkerThread
    private let engine: Engine
    nonisolated let runtimes: [ModelDescription.Role: NetworkRuntime]
    private let limits: PictureLimits

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(number: Int, models: LoadedModels, limits: PictureLimits) throws(FaceAnalysisError) {
        executor = WorkerThread(name: "attestd.faces.\(number)")
        let built = try Engine(models)
        runtimes = built.runtimes
        engine = built
        self.limits = limits
    }

    /// Has the work done on the worker's thread, after all that was begun before; returns at once.
    nonisolated func begin(_ work: @escaping @Sendable (isolated FaceWorker) -> Void) {
        executor.begin { self.assumeIsolated(work) }
    }

    func analyze(_ file: Data, embed: EmbedMode) throws(FaceAnalysisError) -> PictureAnalysis {
        var timings = AnalysisTimings()
        let picture = try DecodedPicture(file, limits: limits)
        let info = picture.info
        timings.decode = .nanoseconds(Int64(info.decode_nanoseconds))

        let found = try engine.detect(in: picture, timings: &timings).sorted { $0.area > $1.area }
        var faces: [DetectedFace] = []
        for (index, face) in found.enumerated() {
            let isEmbedded =
                switch embed {
                case .onlyFace: found.count == 1
                case .largest: index == 0
                case .none: false
                }
            faces.append(
                DetectedFace(
                    face,
                    in: info,
                    appearance: index == 0 ? try engine.measure(face, in: picture, timings: &timings) : nil,
                    template: isEmbedded ? try engine.embed(face, in: picture, timings: &timings) : nil
                )
            )
        }
        return PictureAnalysis(
            width: Int(info.width),
            height: Int(info.height),
            brightness: info.brightness,
            contrast: info.contrast,
            faces: faces,
            timings: timings
        )
    }
}
