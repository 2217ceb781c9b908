/// When a condition of a candidate's presence begins and ends, so that one bad frame is no event.
///
/// Counting frames alone would depend on how often the page sends them, and time alone on a single frame; a condition
/// therefore needs both. All times are seconds of the server's clock. What is absent when a value is decoded keeps its
/// default; numbers that make no sense are moved to the nearest that do.
public struct PresenceSettings: Hashable, Sendable, Codable {
    /// Nobody in frame. Who bends down for a pen is back within three seconds.
    public var absent = PresenceRule(frames: 2, seconds: 3)
    /// Several people. The face of someone in the background comes and goes in the detector, so one frame between two
    /// may miss it.
    public var severalPeople = PresenceRule(frames: 2, seconds: 1, misses: 1)
    /// Another person: no match may lie between, because a match is the candidate.
    public var otherPerson = PresenceRule(frames: 2, seconds: 1)
    /// The portrait held up to the camera.
    public var suspectedCopy = PresenceRule(frames: 2, seconds: 1)
    /// The face turned away. Looking aside or at the keys for a moment is how people think and type.
    public var turnedAway = PresenceRule(frames: 3, seconds: 5)
    /// The camera covered. A hand that adjusts it is gone within three seconds.
    public var cameraCovered = PresenceRule(frames: 2, seconds: 3)
    /// What ends any condition: frames in a row that show the contrary. Two pictures of the same second are not enough.
    public var ending = PresenceRule(frames: 2, seconds: 1)
    /// How long may pass between two frames before they count as missing: the network stalls and the page tries again
    /// within less.
    public var longestGapSeconds: Double = 30 { didSet { longestGapSeconds = max(longestGapSeconds, 1) } }
    /// How long a frame counts as evidence for or against a condition that has not begun or ended yet.
    public var memorySeconds: Double = 120

    /// The mean luminance of the whole picture, 0 to 255, at or below which a picture without a face shows nothing.
    ///
    /// 97 press photographs were darkened, with a sensor's noise: at a mean of 7 the detector still finds 98 % of the
    /// faces, at 5 it finds 87 %, at 3.5 a quarter.
    public var mostCoveredBrightness: Double = 5
    /// The standard deviation of the luminance of the whole picture, 0 to 255, at or below which a picture without a
    /// face shows nothing, however bright it is: a finger or tape on the lens.
    ///
    /// Drawn even surfaces with a noise of 3 have 3 to 3.9; of the corners of 97 press photographs, which show less
    /// than any whole room, 5 % have as little as 4. Bare walls and covers lit from the side overlap: both are told as
    /// events, one of them by the other's name.
    public var mostCoveredContrast: Double = 4

    /// The defaults.
    public static let standard = PresenceSettings()

    /// Creates settings with the defaults.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case absent, severalPeople, otherPerson, suspectedCopy, turnedAway, cameraCovered, ending
        case longestGapSeconds, memorySeconds, mostCoveredBrightness, mostCoveredContrast
    }

    /// Reads settings; what is absent keeps its default.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func set<Value: Decodable>(_ place: inout Value, _ key: CodingKeys) throws {
            if let value = try values.decodeIfPresent(Value.self, forKey: key) { place = value }
        }
        try set(&absent, .absent)
        try set(&severalPeople, .severalPeople)
        try set(&otherPerson, .otherPerson)
        try set(&suspectedCopy, .suspectedCopy)
        try set(&turnedAway, .turnedAway)
        try set(&cameraCovered, .cameraCovered)
        try set(&ending, .ending)
        try set(&longestGapSeconds, .longestGapSeconds)
        longestGapSeconds = max(longestGapSeconds, 1)
        try set(&memorySeconds, .memorySeconds)
        try set(&mostCoveredBrightness, .mostCoveredBrightness)
        try set(&mostCoveredContrast, .mostCoveredContrast)
    }

    /// Tells whether a picture in which no face was found shows nothing at all.
    ///
    /// - Parameters:
    ///   - brightness: mean luminance of the whole picture, 0 to 255.
    ///   - contrast: standard deviation of the luminance of the whole picture, 0 to 255.
    public func showsNothing(brightness: Double, contrast: Double) -> Bool {
        brightness <= mostCoveredBrightness || contrast <= mostCoveredContrast
    }

    /// The rule by which a condition begins.
    ///
    /// It never takes more misses than an ending has frames: what was seen before an ending cannot count again.
    func beginning(of condition: PresenceCondition) -> PresenceRule {
        var rule =
            switch condition {
            case .absent: absent
            case .severalPeople: severalPeople
            case .otherPerson: otherPerson
            case .suspectedCopy: suspectedCopy
            case .turnedAway: turnedAway
            case .cameraCovered: cameraCovered
            }
        rule.misses = min(rule.misses, ending.frames - 1)
        return rule
    }
}

/// How much evidence is enough: so many frames that show it, over so long, with so many between that show the contrary.
/// Frames that say nothing do not count.
public struct PresenceRule: Hashable, Sendable, Codable {
    /// The least number of frames that show it.
    public var frames: Int { didSet { frames = Self.clamped(frames, from: 1) } }
    /// The least time from the first of them to the last, in seconds.
    public var seconds: Double { didSet { seconds = Self.clamped(seconds) } }
    /// How many frames between them may show the contrary.
    public var misses: Int { didSet { misses = Self.clamped(misses, from: 0) } }

    /// Creates a rule.
    public init(frames: Int, seconds: Double, misses: Int = 0) {
        self.frames = Self.clamped(frames, from: 1)
        self.seconds = Self.clamped(seconds)
        self.misses = Self.clamped(misses, from: 0)
    }

    private enum CodingKeys: String, CodingKey {
        case frames, seconds, misses
    }

    /// Reads a rule; no misses are let through where none are named.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            frames: try values.decode(Int.self, forKey: .frames),
            seconds: try values.decode(Double.self, forKey: .seconds),
            misses: try values.decodeIfPresent(Int.self, forKey: .misses) ?? 0
        )
    }

    // More frames than the monitor remembers could never be reached.
    private static func clamped(_ count: Int, from least: Int) -> Int {
        min(max(count, least), PresenceMonitor.memory / 2)
    }

    private static func clamped(_ seconds: Double) -> Double { seconds > 0 ? min(seconds, 3_600) : 0 }
}
