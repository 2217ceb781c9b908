/// Capture times that rise: no camera takes two frames at once, or one before the last.
enum CaptureOrderCheck {
    static func find(_ frames: [LivenessFrame]) -> Finding {
        let times = frames.map(\.capturedAt)
        guard times.count >= 2, times.allSatisfy(\.isFinite) else {
            return Finding(.init(.captureOrder, .notAssessed, detail: "no capture times"), advice: .tooFewFrames)
        }
        let least = zip(times.dropFirst(), times).map { $0 - $1 }.min() ?? 0
        return Finding(
            .init(
                .captureOrder,
                least > 0 ? .passed : .failed,
                measured: least,
                limit: 0,
                detail: "seconds from a frame to the next, at least"
            )
        )
    }
}
