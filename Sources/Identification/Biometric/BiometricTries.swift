public import Foundation

/// Limits guessing by face (NIST SP 800-63B 5.2.3): five failures in a row, then a wait of thirty seconds for each
/// further one, and after ten only a person can help.
public enum BiometricTries: Hashable, Sendable {
    /// A comparison may be made.
    case allowed
    /// A comparison may be made again after so many seconds.
    case wait(seconds: Int)
    /// Only a verifier can identify this candidate now.
    case personNeeded

    /// How many failures in a row need a person, unless a policy says otherwise.
    public static let mostFailures = 10
    /// How many failures in a row cost no wait.
    static let freeFailures = 5

    /// Judges the biometric records of one attempt.
    public static func judge(
        _ records: [IdentificationRecord],
        at now: Date,
        mostFailures: Int = mostFailures
    ) -> BiometricTries {
        // A verifier's match forgives like a comparison's.
        let ordered = records.filter { $0.method != .electronic }.sorted { $0.at < $1.at }
        // A presentation attack that was found out is a failed guess too, though it says nothing about the face.
        let failed = ordered.reversed().prefix { $0.outcome != .match }.filter {
            $0.method == .biometric && ($0.outcome == .nonMatch || $0.findings?.liveness?.outcome == .notLive)
        }
        guard failed.count < mostFailures else { return .personNeeded }
        guard let last = failed.first, failed.count >= freeFailures else { return .allowed }
        let remaining = 30 - now.timeIntervalSince(last.at)
        return remaining > 0 ? .wait(seconds: Int(remaining.rounded(.up))) : .allowed
    }
}
