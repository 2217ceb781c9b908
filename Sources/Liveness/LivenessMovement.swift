/// A movement of the head that a challenge asks for.
///
/// Directions are the person's own: a turn to the left goes towards the right side of a picture that is not mirrored.
public enum LivenessMovement: String, Codable, CaseIterable, Sendable {
    /// Turn the head to one's left.
    case turnLeft = "turn_left"
    /// Turn the head to one's right.
    case turnRight = "turn_right"
    /// Raise the chin.
    case lookUp = "look_up"
    /// Lower the chin.
    case lookDown = "look_down"
    /// Bring the face closer to the camera.
    case comeCloser = "come_closer"
    /// Take the face away from the camera.
    case moveAway = "move_away"

    /// Whether the head turns aside, which shows its depth.
    ///
    /// A nod shows it too, but not clearly enough: on drawn presentations the nose of a head that nods moves before the
    /// plane of eyes and mouth by 0.03 to 0.15 of the eyes' distance, that of a print that is tilted or bent by 0.03 to
    /// 0.14.
    public var isTurn: Bool { self == .turnLeft || self == .turnRight }

    /// What the movement looks like in a mirrored picture.
    public var mirrored: LivenessMovement {
        switch self {
        case .turnLeft: .turnRight
        case .turnRight: .turnLeft
        default: self
        }
    }
}
