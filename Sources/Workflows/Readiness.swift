import FaceAnalysis
package import Foundation
import Storage
import TransparencyLog

/// Whether the service can be trusted with identifications now (fails closed).
///
/// A known pair of the same and of different persons must land in its band at the start and every hour. Until then, and
/// from the moment they do not, the service is not ready and compares nobody: cases go to people.
package actor Readiness {
    private let services: Services
    private let analyzer: FaceAnalyzer
    private let pictures: SelfTestPictures?
    private var lastPassed: Date?
    private var failures: [String] = []

    /// How often the models are tested, in seconds.
    package static let interval: TimeInterval = 3_600
    /// How long a passed self-test counts, in seconds: the interval and some minutes for a busy hour.
    private static let validity: TimeInterval = 3_900

    /// Creates the watch.
    ///
    /// - Parameter pictures: the known pictures; without them the service never becomes ready.
    init(_ services: Services, analyzer: FaceAnalyzer, pictures: SelfTestPictures?) {
        self.services = services
        self.analyzer = analyzer
        self.pictures = pictures
    }

    /// Whether the last passed self-test is so old, or absent, that another is due.
    package var isSelfTestDue: Bool {
        guard let lastPassed else { return true }
        return services.now().timeIntervalSince(lastPassed) >= Self.interval
    }

    /// Runs the self-test and answers what is wrong, if anything.
    ///
    /// Where no verdict was reached (too busy, say) the last one counts until it is too old.
    @discardableResult
    package func runSelfTest() async -> [String] {
        guard let pictures else { return ["the self-test's photographs are missing: run Config/setup"] }
        let report = await analyzer.selfTest(pictures)
        let reasons = report.failures.map { "\($0.code.rawValue): \($0.reason)" }
        if report.isPassed {
            (failures, lastPassed) = ([], services.now())
        } else if report.failures.contains(where: { $0.code != .notAssessed }) {
            (failures, lastPassed) = (reasons, nil)
        }
        return reasons
    }

    /// When the models last passed, where the database answers too.
    ///
    /// - Throws: `Refusal` where the service is not ready. The reason names no scores: everybody may ask.
    package func check() async throws -> Date {
        let passed = try requireTrustedModels()
        _ = try await services.database.read { try $0.logSize() }
        return passed
    }

    /// Makes sure that the models may judge people; answers when they last passed.
    ///
    /// - Throws: `Refusal` where they may not.
    @discardableResult
    package func requireTrustedModels() throws -> Date {
        guard failures.isEmpty, let lastPassed, services.now().timeIntervalSince(lastPassed) < Self.validity else {
            throw Refusal(
                .unavailable,
                "not_ready",
                ru: "Служба не готова сравнивать лица: самопроверка моделей не пройдена. "
                    + "Личность может подтвердить уполномоченное лицо.",
                en: "Not ready to compare faces: the models have not passed their self-test. "
                    + "A verifier can confirm the identity."
            )
        }
        return lastPassed
    }
}
