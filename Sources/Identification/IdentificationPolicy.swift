public import Foundation

/// Which identifications a procedure needs before it starts, and how fresh they must be (row A3).
public struct IdentificationPolicy: Hashable, Sendable, Codable {
    /// The methods that are all needed.
    public var methods: [IdentificationMethod]
    /// How old a biometric or visual match may be at the start, in seconds.
    public var validForSeconds: Int
    /// Whether a biometric match counts only with a liveness challenge passed (row B4): a comparison alone cannot tell
    /// a person from a photograph held up to the camera.
    public var requiresLiveness: Bool

    /// Login and a live comparison not older than ten minutes.
    public static let electronicAndBiometric = IdentificationPolicy(
        methods: [.electronic, .biometric],
        validForSeconds: 600
    )

    /// Creates a policy.
    public init(methods: [IdentificationMethod], validForSeconds: Int, requiresLiveness: Bool = true) {
        self.methods = methods
        self.validForSeconds = validForSeconds
        self.requiresLiveness = requiresLiveness
    }

    enum CodingKeys: String, CodingKey {
        case methods
        case validForSeconds = "valid_for_seconds"
        case requiresLiveness = "requires_liveness"
    }

    /// Reads a policy. One that was kept before liveness was known does not ask for it.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        methods = try values.decode([IdentificationMethod].self, forKey: .methods)
        validForSeconds = try values.decode(Int.self, forKey: .validForSeconds)
        requiresLiveness = try values.decodeIfPresent(Bool.self, forKey: .requiresLiveness) ?? false
    }

    /// Tells what is still missing of a candidate's identification, in the policy's order; nothing missing means
    /// that the procedure may start.
    ///
    /// - Parameters:
    ///   - records: the identifications of this attempt. The login session that asks stands for `electronic`.
    ///   - now: the server's time.
    public func missing(given records: [IdentificationRecord], at now: Date) -> [IdentificationMethod] {
        methods.filter { method in
            guard method != .electronic else { return false }
            // The newest verdict counts: a match that a later non-match contradicts identifies nobody.
            let verdicts = records.filter { $0.method == method && $0.outcome != .inconclusive }
            guard let latest = verdicts.max(by: { $0.at < $1.at }), latest.outcome == .match else { return true }
            guard method == .biometric, requiresLiveness else { return !isFresh(latest, at: now) }
            let challenges = records.filter { record in
                guard record.method == method, let liveness = record.findings?.liveness?.outcome else { return false }
                return record.outcome != .inconclusive || liveness == .notLive
            }
            guard let live = challenges.max(by: { $0.at < $1.at }), live.outcome == .match else { return true }
            return live.findings?.liveness?.outcome != .live || !isFresh(live, at: now)
        }
    }

    /// Tells whether a liveness challenge is what the candidate needs next.
    public func needsLiveness(given records: [IdentificationRecord], at now: Date) -> Bool {
        requiresLiveness && missing(given: records, at: now).contains(.biometric)
    }

    private func isFresh(_ record: IdentificationRecord, at now: Date) -> Bool {
        now.timeIntervalSince(record.at) <= Double(validForSeconds)
    }
}
