public import Foundation

/// Which identifications a procedure needs before it starts, and how fresh they must be (row A3).
public struct IdentificationPolicy: Hashable, Sendable, Codable {
    /// The methods that are all needed.
    public var methods: [IdentificationMethod]
    /// How old a biometric or visual match may be at the start, in seconds.
    public var validForSeconds: Int

    /// Login and a live comparison not older than ten minutes.
    public static let electronicAndBiometric = IdentificationPolicy(
        methods: [.electronic, .biometric],
        validForSeconds: 600
    )

    /// Creates a policy.
    public init(methods: [IdentificationMethod], validForSeconds: Int) {
        self.methods = methods
        self.validForSeconds = validForSeconds
    }

    enum CodingKeys: String, CodingKey {
        case methods
        case validForSeconds = "valid_for_seconds"
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
            let latest = records.filter { $0.method == method && $0.outcome != .inconclusive }.max { $0.at < $1.at }
            guard let latest, latest.outcome == .match else { return true }
            return now.timeIntervalSince(latest.at) > Double(validForSeconds)
        }
    }
}
