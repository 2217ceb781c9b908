package import FaceAnalysis
package import Foundation
import Storage
import TransparencyLog

/// Whether the service can be trusted with identifications now (fails closed).
///
/// A known pair of the same and of different persons must land in its band at the start and every hour; until then,
/// and after a failure, the service is not ready.
package actor Readiness {
    private let services: Services
    private let pictures: SelfTestPictures?
    private var lastPassed: Date?
    private var failures: [String] = ["the models' self-test has not run yet"]

    /// How long a passed self-test counts, in seconds: an hour and some minutes for the next one to finish.
    private static let validity: TimeInterval = 3_900

    /// Creates the watch.
    ///
    /// - Parameter pictures: the known pictures; without them the service never becomes ready.
    package init(_ services: Services, pictures: SelfTestPictures?) {
        self.services = services
        self.pictures = pictures
        if pictures == nil { failures = ["the self-test's photographs are missing: run Config/setup"] }
    }

    /// Runs the self-test and answers what is wrong, if anything.
    @discardableResult
    package func runSelfTest() async -> [String] {
        guard let pictures else { return failures }
        let report = await services.faces.selfTest(pictures)
        failures = report.failures.map { "\($0.code.rawValue): \($0.reason)" }
        lastPassed = failures.isEmpty ? services.now() : nil
        return failures
    }

    /// When the models last passed.
    ///
    /// - Throws: `Refusal` where the service is not ready. The reason names no scores: everybody may ask.
    package func check() async throws -> Date {
        guard failures.isEmpty, let lastPassed, services.now().timeIntervalSince(lastPassed) < Self.validity else {
            throw Refusal(
                .unavailable,
                "not_ready",
                ru: "Служба не готова: самопроверка моделей не пройдена. Подробности в журнале службы.",
                en: "Not ready: the models have not passed their self-test. The service's log says more."
            )
        }
        _ = try await services.database.read { try $0.logSize() }
        return lastPassed
    }
}
