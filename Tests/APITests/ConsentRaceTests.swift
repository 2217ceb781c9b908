import Accounts
import FaceAnalysis
import Foundation
import Identification
import TestSupport
import Testing
import Workflows

@Suite("B5 A consent that is taken back while pictures are judged")
struct ConsentRaceTests {
    /// Evidence, kept as usual, after which the person takes the consent back: as late as can be.
    private struct InterruptedEvidence: EvidenceStore {
        let kept: any EvidenceStore
        let afterwards: @Sendable () async throws -> Void

        func put(_ ciphertext: Data) async throws -> EvidenceReference {
            let reference = try await kept.put(ciphertext)
            try await afterwards()
            return reference
        }

        func get(_ reference: EvidenceReference) async throws -> Data { try await kept.get(reference) }

        func delete(_ reference: EvidenceReference) async throws { try await kept.delete(reference) }
    }

    /// The service's parts for one candidate who takes the consent back just after a picture was written.
    private func scene(
        _ service: TestService,
        _ candidate: Client
    ) async throws -> (services: Services, recognition: FaceRecognition, principal: Principal) {
        let token = try #require(candidate.token)
        let principal = try #require(
            try await Authentication(service.services).principal(token: token, from: "127.0.0.1")
        )
        let recognition = FaceRecognition(
            service.services,
            analyzer: try TestService.analyzer,
            pictures: try SelfTestPictures(directory: ProjectFiles.photographs)
        )
        try #require(await recognition.readiness.runSelfTest() == [])
        var services = service.services
        services.evidence = InterruptedEvidence(kept: service.services.evidence) {
            _ = try await ConsentRegister(service.services).withdraw(.biometric, principal: principal)
        }
        return (services, recognition, principal)
    }

    @Test("B5: of the portrait nothing is kept")
    func portrait() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let (services, recognition, principal) = try await scene(service, service.candidate(0))
            let refusal = await #expect(throws: Refusal.self) {
                try await PortraitEnrolment(services, recognition).enrol(
                    [ProjectFiles.photograph("obama")],
                    for: principal
                )
            }
            #expect(refusal?.code == "consent_needed")
            #expect(service.folder.files(below: "evidence").isEmpty)
            #expect(try service.rawDatabase().count("portraits") == 0)
            try await service.carryOutErasures()
            #expect(try service.rawDatabase().count("biometric_keys") == 0)
        }
    }

    @Test("B5: of a frame nothing is kept")
    func frame() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let exam = try await service.exam(by: service.staff(.examiner), biometric: true)
            let candidate = try await service.candidate(0)
            try await service.portrait("obama", of: candidate)
            let attempt = try #require(UUID(uuidString: try await service.attempt(exam, by: candidate)))
            let (services, recognition, principal) = try await scene(service, candidate)
            let refusal = await #expect(throws: Refusal.self) {
                try await FrameComparison(services, recognition).judge(
                    [ProjectFiles.photograph("obama2")],
                    attemptID: attempt,
                    principal: principal,
                    idempotencyKey: nil
                )
            }
            #expect(refusal?.code == "consent_needed")
            #expect(service.folder.files(below: "evidence").count == 1, "the portrait, which the erasure takes")
            #expect(try service.rawDatabase().count("identifications WHERE method = 'biometric'") == 0)
            try await service.carryOutErasures()
            #expect(service.folder.files(below: "evidence").isEmpty)
        }
    }
}
