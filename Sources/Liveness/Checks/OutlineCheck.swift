/// In a turn the outline of the head moves against the nose about eyes and mouth, and keeps its breadth while they
/// draw together.
///
/// The outline lies behind the plane of eyes and mouth as the nose lies before it. That of a print lies in the plane.
enum OutlineCheck {
    static func find(
        _ seen: [SeenMovement],
        _ trajectory: Trajectory,
        _ settings: LivenessSettings
    ) -> Finding {
        let measured = seen.compactMap { $0.turn(in: trajectory, settings) }.map(depth)
        let limit = settings.leastOutlineDepth
        guard let least = measured.min() else {
            return Finding(
                .init(.outline, .notAssessed, limit: limit, detail: "no turn was seen"),
                advice: .movementNotSeen
            )
        }
        let state: LivenessAssessment.Check.State =
            least >= limit ? .passed : least < settings.flatOutlineDepth ? .failed : .notAssessed
        return Finding(
            .init(
                .outline,
                state,
                measured: least,
                limit: limit,
                detail: "outline behind the face over nose before it, least of \(measured.count) turns"
            ),
            advice: state == .notAssessed ? .movementNotSeen : nil
        )
    }

    /// How far the outline moves and broadens for each part that the nose moves.
    static func depth(_ turn: SeenTurn) -> Double {
        // A turn is seen from a tenth on; less is noise over noise.
        (turn.outlineShift + turn.outlineBroadening) / max(0.05, turn.parallax)
    }
}
