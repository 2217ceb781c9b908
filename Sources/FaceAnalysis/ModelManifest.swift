public import Foundation

/// The list of the models in use, `manifest.json` in the folder of the models.
///
/// It names each model's file and digest and what the engine has to know to use it, so that an embedder can be replaced
/// without a change of the program.
public struct ModelManifest: Codable, Equatable, Sendable {
    /// SHA-256 (FIPS 180-4) of some bytes.
    public typealias Digest = @Sendable (Data) -> [UInt8]

    /// The manifest's layout; 1 is the only one.
    public let format: Int
    /// The folder of the weights, relative to the manifest.
    public let directory: String
    /// The models.
    public let models: [ModelDescription]

    /// Reads a manifest; the weights are not touched.
    ///
    /// - Parameter directory: The folder that holds `manifest.json`.
    /// - Throws: `models_missing` when there is no manifest, `models_corrupt` when it cannot be understood.
    public static func load(directory: URL) throws(FaceAnalysisError) -> ModelManifest {
        let file = directory.appending(path: "manifest.json")
        guard let bytes = try? Data(contentsOf: file) else {
            throw FaceAnalysisError(.modelsMissing, "there is no manifest at \(file.path)")
        }
        let manifest: ModelManifest
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            manifest = try decoder.decode(ModelManifest.self, from: bytes)
        } catch {
            throw FaceAnalysisError(.modelsCorrupt, "the manifest cannot be read: \(error)")
        }
        guard manifest.format == 1 else {
            throw FaceAnalysisError(.modelsCorrupt, "manifest format \(manifest.format) is unknown")
        }
        return manifest
    }

    /// The model that finds faces.
    ///
    /// - Throws: `models_corrupt` unless there is exactly one.
    public func detector() throws(FaceAnalysisError) -> ModelDescription { try only(.detector) }

    /// The model that turns a face into a template.
    ///
    /// - Throws: `models_corrupt` unless there is exactly one.
    public func embedder() throws(FaceAnalysisError) -> ModelDescription { try only(.embedder) }

    private func only(_ role: ModelDescription.Role) throws(FaceAnalysisError) -> ModelDescription {
        let candidates = models.filter { $0.role == role }
        guard let model = candidates.first, candidates.count == 1 else {
            throw FaceAnalysisError(.modelsCorrupt, "the manifest has \(candidates.count) models as \(role.rawValue)")
        }
        return model
    }

    /// Reads a model's weights and verifies that they are the ones that the manifest names.
    ///
    /// - Throws: `models_missing` when the file is not there, `models_corrupt` when its size or digest is another.
    public func weights(of model: ModelDescription, directory: URL, digest: Digest) throws(FaceAnalysisError) -> Data {
        let file = directory.appending(path: self.directory).appending(path: model.file)
        guard let bytes = try? Data(contentsOf: file) else {
            throw FaceAnalysisError(.modelsMissing, "there are no weights at \(file.path); run Config/setup")
        }
        guard bytes.count == model.size, digest(bytes).elementsEqual(model.digest) else {
            throw FaceAnalysisError(
                .modelsCorrupt,
                "\(file.path) is not the file that the manifest names; run Config/setup again"
            )
        }
        return bytes
    }
}
