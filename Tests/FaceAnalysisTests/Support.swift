import Cryptography
import FaceAnalysis
import Foundation

/// What the tests share: the models, the photographs and one analyzer with two workers.
enum Support {
    static let projectDirectory = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let modelsDirectory = projectDirectory.appending(path: "Models")
    static let photographsDirectory = projectDirectory.appending(path: "SampleImages/photographs")

    static let digest: ModelManifest.Digest = { SHA256Digest.hash($0).bytes }

    private static let shared = Result { () throws(FaceAnalysisError) in
        try FaceAnalyzer(models: modelsDirectory, workers: 2, mostWaiting: 1000, digest: digest)
    }

    static func analyzer() throws -> FaceAnalyzer { try shared.get() }

    static func photograph(_ name: String) throws -> Data {
        let file = photographsDirectory.appending(path: "\(name).jpg")
        guard let bytes = try? Data(contentsOf: file) else { throw MissingPhotograph(path: file.path) }
        return bytes
    }
}

/// The photographs are not part of the sources; without them these tests must fail, not pass unseen.
struct MissingPhotograph: Error, CustomStringConvertible {
    let path: String

    var description: String { "\(path) is not there: run Config/setup, which fetches the photographs" }
}
