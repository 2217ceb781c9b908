public import Biometrics
import Cryptography
public import FaceAnalysis
public import Foundation

/// The templates of the pictures of an evaluation, and what became of those that have none.
public struct PictureTemplates: Sendable {
    /// A template for each picture, `nil` for a failure to enrol.
    public var templates: [FaceTemplate?]
    /// How many pictures failed, by reason: an error's code or `no_face`.
    public var failures: [String: Int]
    /// SHA-256 over the pictures' names and contents, so that a report names its data.
    public var dataDigest: String
    /// SHA-256 of each picture's file, in the order of the list's pictures; empty where they were not read.
    public var pictureDigests: [String]

    /// Templates that were made elsewhere, in the order of the list's pictures.
    public init(
        templates: [FaceTemplate?],
        failures: [String: Int],
        dataDigest: String,
        pictureDigests: [String] = []
    ) {
        self.templates = templates
        self.failures = failures
        self.dataDigest = dataDigest
        self.pictureDigests = pictureDigests
    }

    /// Analyses all pictures, as many at once as the analyzer has workers; of several faces the largest counts.
    ///
    /// - Parameter progress: is called with how many are done, not for each.
    /// - Throws: `EvaluationError` where a picture cannot be read from the disk.
    public static func make(
        of list: PairList,
        in root: URL,
        analyzer: FaceAnalyzer,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws -> PictureTemplates {
        var templates = [FaceTemplate?](repeating: nil, count: list.pictures.count)
        var digests = [String](repeating: "", count: list.pictures.count)
        var failures: [String: Int] = [:]
        var done = 0
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            var next = 0
            func addOne() {
                guard next < list.pictures.count else { return }
                let (place, file) = (next, root.appending(path: list.pictures[next]))
                next += 1
                group.addTask { try await analyze(place, file, analyzer) }
            }
            for _ in 0..<(analyzer.workerCount * 2) { addOne() }
            while let outcome = try await group.next() {
                templates[outcome.place] = outcome.template
                digests[outcome.place] = outcome.digest
                if let failure = outcome.failure { failures[failure, default: 0] += 1 }
                done += 1
                progress(done)
                addOne()
            }
        }
        let manifest = zip(list.pictures, digests).map { "\($0) \($1)" }.sorted().joined(separator: "\n")
        return PictureTemplates(
            templates: templates,
            failures: failures,
            dataDigest: SHA256Digest.hash(utf8: manifest).hex,
            pictureDigests: digests
        )
    }

    private struct Outcome: Sendable {
        var place: Int
        var digest: String
        var template: FaceTemplate?
        var failure: String?
    }

    private static func analyze(_ place: Int, _ file: URL, _ analyzer: FaceAnalyzer) async throws -> Outcome {
        guard let data = FileManager.default.contents(atPath: file.path) else {
            throw EvaluationError("cannot read \(file.path)")
        }
        var outcome = Outcome(place: place, digest: SHA256Digest.hash(data).hex)
        do {
            outcome.template = try await analyzer.analyze(data, embed: .largest).template
            if outcome.template == nil { outcome.failure = "no_face" }
        } catch {
            outcome.failure = error.code.rawValue
        }
        return outcome
    }
}
