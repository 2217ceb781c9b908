/// A model that an analyzer runs, as reports and records name it.
public struct ModelInUse: Equatable, Hashable, Sendable, Codable {
    /// The model's name in the manifest.
    public let id: String
    /// The version of its weights.
    public let version: String
    /// What it is for.
    public let role: ModelDescription.Role
    /// SHA-256 of its weights in hexadecimal digits; verified when they were loaded.
    public let sha256: String

    init(_ model: ModelDescription) {
        id = model.id
        version = model.version
        role = model.role
        sha256 = model.sha256
    }
}
