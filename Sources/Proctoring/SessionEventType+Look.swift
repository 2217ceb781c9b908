extension SessionEventType {
    /// Whether a person who watches an exam should be shown it at once: what may be a breach, or may need help. It
    /// decides nothing (row E2).
    public var deservesALook: Bool {
        switch self {
        case .identificationMissed, .attemptFlagged, .writeRefused, .accessRefused, .deviceTakenOver: true
        case .presenceAbsent, .presenceSeveralPeople, .presenceOtherPerson, .presenceSuspectedCopy,
            .presenceTurnedAway, .presenceCameraCovered, .presenceFramesMissing:
            true
        case .tabHidden, .windowBlurred, .fullScreenLeft, .copied, .pasted, .cameraLost, .microphoneLost, .networkLost:
            true
        default: false
        }
    }
}
