public import Attestation

/// What the catalogue says of a type of session events.
public struct EventDescription: Hashable, Sendable {
    /// How much attention one such event deserves by itself; patterns of them are the matter of ``FlagRule``.
    public var severity: EventSeverity
    /// What happened, in a few words.
    public var label: BilingualText
    /// The accommodation under which it is no matter at all (row D6).
    public var silencedBy: Silence?
    /// Whether who watches an exam is shown it at once: what may be a breach, or may need help. It decides nothing.
    public var deservesALook: Bool

    /// What silences an event.
    public enum Silence: String, Hashable, Sendable, Codable, CaseIterable {
        /// An assistant may be in frame.
        case assistant
        /// The clock stands: a break, or a pause by the examiner.
        case pause
    }

    init(_ severity: EventSeverity, _ ru: String, _ en: String, silencedBy: Silence? = nil, look: Bool = false) {
        self.severity = severity
        label = BilingualText(ru: ru, en: en)
        self.silencedBy = silencedBy
        deservesALook = look
    }
}
