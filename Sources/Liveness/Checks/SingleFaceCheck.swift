import FaceAnalysis

/// One face, and one only, in nearly all frames.
enum SingleFaceCheck {
    static func find(_ frames: [LivenessFrame], _ settings: LivenessSettings) -> Finding {
        let usable = frames.filter { frame in
            frame.faces.count == 1 && FaceShape.normalized(frame.faces[0].landmarks) != nil
        }
        let crowded = frames.filter { $0.faces.count > 1 }.count
        let share = frames.isEmpty ? 0 : Double(usable.count) / Double(frames.count)
        let isEnough = share >= settings.leastSingleFaceShare
        return Finding(
            .init(
                .singleFace,
                isEnough ? .passed : .notAssessed,
                measured: share,
                limit: settings.leastSingleFaceShare,
                detail: "share of frames with exactly one face"
            ),
            advice: isEnough ? nil : crowded * 2 > frames.count - usable.count ? .severalFaces : .noFace
        )
    }
}
