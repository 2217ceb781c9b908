import Foundation

/// In a turn the nose moves by as much as a head's relief does when the face is narrowed so far.
///
/// A turn by an angle narrows the face by its cosine and moves the nose by its height over the plane of eyes and mouth
/// times the tangent. A print that is flat or slightly bent must be turned much further than a head to move what a
/// detector takes for the nose, and narrows accordingly.
enum ReliefCheck {
    static func find(
        _ seen: [SeenMovement],
        _ trajectory: Trajectory,
        _ settings: LivenessSettings
    ) -> Finding {
        let measured = seen.compactMap { $0.turn(in: trajectory, settings) }.map(relief)
        let limit = settings.leastTurnRelief
        guard let least = measured.min() else {
            return Finding(
                .init(.relief, .notAssessed, limit: limit, detail: "no turn was seen"),
                advice: .movementNotSeen
            )
        }
        let state: LivenessAssessment.Check.State =
            least >= limit ? .passed : least < settings.flatTurnRelief ? .failed : .notAssessed
        return Finding(
            .init(
                .relief,
                state,
                measured: least,
                limit: limit,
                detail: "height of the nose in distances between the eyes, least of \(measured.count) turns"
            ),
            advice: state == .notAssessed ? .movementNotSeen : nil
        )
    }

    /// The height of the nose; the angle is taken as 10° at least, because less is not told from noise.
    static func relief(_ turn: SeenTurn) -> Double {
        let cosine = min(cos(10 * Double.pi / 180), exp(turn.narrowing))
        return turn.parallax / tan(acos(cosine))
    }
}
