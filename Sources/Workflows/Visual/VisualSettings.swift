package import Foundation

/// How visual identification is run, from the configuration.
package struct VisualSettings: Sendable {
    /// How long a case stays with a verifier who does nothing, in seconds.
    package var lock: TimeInterval
    /// Which share of the matches a second verifier looks over, 0 to 1, drawn at random.
    package var secondVerifierShare: Double

    /// Creates settings.
    package init(lock: TimeInterval = 600, secondVerifierShare: Double = 0) {
        self.lock = lock
        self.secondVerifierShare = secondVerifierShare
    }
}
