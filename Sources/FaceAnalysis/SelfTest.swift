import Biometrics
public import Foundation

/// Pictures whose comparison is known: two of one person and two of different persons.
public struct SelfTestPictures: Equatable, Sendable {
    /// Two different pictures of one person.
    public let genuine: [Data]
    /// A picture each of two persons.
    public let impostor: [Data]

    /// Takes pictures.
    public init(genuine: (Data, Data), impostor: (Data, Data)) {
        self.genuine = [genuine.0, genuine.1]
        self.impostor = [impostor.0, impostor.1]
    }

    /// Reads the sample photographs.
    ///
    /// - Parameter directory: The folder of the photographs that the set-up fetched.
    /// - Throws: The file system's error when one of them is not there.
    public init(directory: URL) throws {
        func read(_ name: String) throws -> Data { try Data(contentsOf: directory.appending(path: name)) }
        try self.init(
            genuine: (read("obama.jpg"), read("obama2.jpg")),
            impostor: (read("obama.jpg"), read("biden.jpg"))
        )
    }
}

/// Whether the engine still tells persons apart.
public struct SelfTestReport: Equatable, Sendable {
    /// The distance of the two pictures of one person, when it could be measured.
    public let genuineDistance: Float?
    /// The distance of the pictures of two persons, when it could be measured.
    public let impostorDistance: Float?
    /// What is wrong; the engine may be used only when this is empty.
    public let failures: [Failure]

    /// Whether the engine may be used.
    public var isPassed: Bool { failures.isEmpty }

    /// One thing that is wrong.
    public struct Failure: Equatable, Hashable, Sendable {
        /// What is wrong, as a stable word.
        public let code: Code
        /// What is wrong, for a person.
        public let reason: String
    }

    /// What can be wrong, as stable words.
    public enum Code: String, Codable, CaseIterable, Sendable {
        /// Two pictures of one person do not match.
        case genuineNotMatched = "genuine_not_matched"
        /// Two persons are not told apart.
        case impostorNotRejected = "impostor_not_rejected"
        /// Two different pictures came out all but equal: the embedder is stuck or the pictures are the same.
        case differentPicturesEqual = "different_pictures_equal"
        /// A picture could not be analysed or had not exactly one face.
        case notAssessed = "not_assessed"
    }
}

extension FaceAnalyzer {
    /// Compares two pairs of pictures whose outcome is known.
    ///
    /// Run it at the start and every hour. It never throws: whatever keeps it from a verdict is a failure.
    public func selfTest(_ pictures: SelfTestPictures) async -> SelfTestReport {
        var failures: [SelfTestReport.Failure] = []
        let genuine = await distance(pictures.genuine, &failures)
        let impostor = await distance(pictures.impostor, &failures)
        for (name, pair, comparison) in [
            ("genuine", pictures.genuine, genuine), ("impostor", pictures.impostor, impostor),
        ] {
            guard let comparison else { continue }
            if comparison.isSuspectedCopy || Set(pair).count < pair.count {
                failures.append(
                    SelfTestReport.Failure(
                        code: .differentPicturesEqual,
                        reason: "\(name) pair: distance \(comparison.distance)"
                    )
                )
            }
        }
        if let genuine, genuine.decision != .match {
            failures.append(
                SelfTestReport.Failure(code: .genuineNotMatched, reason: "distance \(genuine.distance)")
            )
        }
        if let impostor, impostor.decision != .nonMatch {
            failures.append(
                SelfTestReport.Failure(code: .impostorNotRejected, reason: "distance \(impostor.distance)")
            )
        }
        return SelfTestReport(
            genuineDistance: genuine?.distance,
            impostorDistance: impostor?.distance,
            failures: failures
        )
    }

    private func distance(_ pair: [Data], _ failures: inout [SelfTestReport.Failure]) async -> Comparison? {
        func fail(_ reason: String) -> Comparison? {
            failures.append(SelfTestReport.Failure(code: .notAssessed, reason: reason))
            return nil
        }
        var templates: [FaceTemplate] = []
        for picture in pair {
            do throws(FaceAnalysisError) {
                guard let template = try await analyze(picture).template else {
                    return fail("a picture has not exactly one face")
                }
                templates.append(template)
            } catch {
                return fail(error.description)
            }
        }
        guard templates.count == 2 else { return fail("a pair has \(templates.count) pictures") }
        do throws(BiometricsError) {
            return try comparator.compare(reference: templates[0], probe: templates[1])
        } catch {
            return fail(error.description)
        }
    }
}
