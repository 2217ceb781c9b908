import CFaceEngine

/// What runs a network.
public enum NetworkRuntime: String, Sendable, Codable, CaseIterable {
    /// Fast, but only for the operators of the models that are brought along.
    case oneDNN = "onednn"
    /// For any other model put in place by manifest.
    case openCV = "opencv"

    init(_ runtime: afe_runtime) {
        self = runtime == AFE_RUNTIME_ONEDNN ? .oneDNN : .openCV
    }
}
