/// Enough frames, often enough, within the time. Too few decide nothing: a slow connection is no attack.
enum CaptureCheck {
    static func find(_ frames: [LivenessFrame], _ settings: LivenessSettings) -> Finding {
        func short(
            _ measured: Double,
            _ limit: Double,
            _ detail: String,
            _ advice: LivenessAssessment.Advice
        ) -> Finding {
            Finding(.init(.capture, .notAssessed, measured: measured, limit: limit, detail: detail), advice: advice)
        }
        let count = Double(frames.count)
        guard frames.count >= settings.leastFrames else {
            return short(count, Double(settings.leastFrames), "frames", .tooFewFrames)
        }
        guard frames.count <= settings.mostFrames else {
            return short(count, Double(settings.mostFrames), "frames", .tooSlow)
        }
        let times = frames.map(\.capturedAt)
        let span = times[times.count - 1] - times[0]
        // Written so that a time that is not a number decides nothing.
        guard span >= settings.leastSpan else { return short(span, settings.leastSpan, "seconds", .tooFewFrames) }
        guard span <= settings.mostSpan else { return short(span, settings.mostSpan, "seconds", .tooSlow) }
        let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
        let widest = gaps.allSatisfy(\.isFinite) ? gaps.max() ?? .infinity : .infinity
        guard widest <= settings.mostGap else {
            return short(widest, settings.mostGap, "seconds between two frames", .tooFewFrames)
        }
        let usual = Statistics.median(gaps) ?? .infinity
        guard usual <= settings.mostInterval else {
            return short(usual, settings.mostInterval, "seconds between two frames, median", .tooFewFrames)
        }
        return Finding(
            .init(.capture, .passed, measured: widest, limit: settings.mostGap, detail: "seconds between two frames")
        )
    }
}
