/// In every turn the tip of the nose moves before the plane of eyes and mouth.
///
/// The median over the upper part of each turn, so that no single frame decides.
enum ParallaxCheck {
    static func find(
        _ seen: [SeenMovement],
        _ trajectory: Trajectory,
        _ settings: LivenessSettings
    ) -> Finding {
        let measured = seen.compactMap { $0.turn(in: trajectory, settings)?.parallax }
        let limit = settings.leastTurnParallax
        guard let least = measured.min() else {
            return Finding(
                .init(.parallax, .notAssessed, limit: limit, detail: "no turn was seen"),
                advice: .movementNotSeen
            )
        }
        // A small turn is no attack.
        let isEnough = least >= limit
        return Finding(
            .init(
                .parallax,
                isEnough ? .passed : .notAssessed,
                measured: least,
                limit: limit,
                detail: "nose before eyes and mouth, least of \(measured.count) turns"
            ),
            advice: isEnough ? nil : .movementNotSeen
        )
    }
}
