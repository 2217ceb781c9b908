public import TransparencyLog

/// The witnesses whose cosignatures count, and how many of them are asked for.
public struct TrustedWitnesses: Sendable {
    /// Their keys, each once; a name stands for one witness.
    public let keys: [CosignatureVerifier]
    /// How many must have cosigned.
    public let threshold: Int

    /// Nobody is asked for.
    public init() {
        keys = []
        threshold = 0
    }

    /// Witnesses of different names and keys, of which so many must have cosigned; all of them by default.
    ///
    /// - Returns: nil where two are the same, or more are asked for than there are.
    public init?(_ keys: [CosignatureVerifier], threshold: Int? = nil) {
        let threshold = threshold ?? keys.count
        guard Set(keys.map(\.name)).count == keys.count, Set(keys.map(\.key)).count == keys.count,
            (1...max(1, keys.count)).contains(threshold), !keys.isEmpty
        else { return nil }
        self.keys = keys
        self.threshold = threshold
    }
}
