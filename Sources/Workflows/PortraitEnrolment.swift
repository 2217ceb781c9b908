import Biometrics
import FaceAnalysis
package import Foundation
package import Identification
import Storage
import TransparencyLog

/// Takes a candidate's photo-portrait (row B1): checks it, refuses it with the reason, or keeps it sealed.
package struct PortraitEnrolment: Sendable {
    let services: Services
    let recognition: FaceRecognition

    /// Creates the workflow.
    package init(_ services: Services, _ recognition: FaceRecognition) {
        self.services = services
        self.recognition = recognition
    }

    /// Judges a picture and makes it the candidate's portrait. Of a refused picture nothing is stored.
    ///
    /// - Throws: `Refusal` with the code `portrait_refused` and the defects, or with the picture's own fault.
    package func enrol(_ picture: Data, for principal: Principal) async throws -> Portrait {
        let analysis = try await recognition.analyze(picture)
        let defects = recognition.settings.portrait.assess(analysis).defects
        guard defects.isEmpty, let face = analysis.largestFace, let template = face.template else {
            throw Refusal(
                .unprocessable,
                "portrait_refused",
                ru: "Снимок не годится для портрета.",
                en: "The picture cannot serve as a portrait.",
                faults: defects.map(\.fault)
            )
        }
        let now = services.now()
        let id = services.makeID(at: now)
        let key = try await services.database.write { [vault = services.vault] stores in
            try vault.personKey(of: principal.id, in: stores)
        }
        let evidence = try await services.evidence.put(key.sealed(picture, purpose: "portrait:\(id.lowercased)"))
        let portrait = Portrait(
            id: id,
            accountID: principal.id,
            createdAt: now,
            modelID: template.modelID,
            sealedTemplate: key.sealed(Data(template.encoded()), purpose: "template:\(id.lowercased)"),
            evidence: evidence,
            interEyeDistance: face.interEyeDistance,
            pictureSize: .init(width: analysis.width, height: analysis.height)
        )
        try await services.database.write { [vault = services.vault] stores in
            try stores.insertPortrait(portrait)
            try LogBook(vault: vault).append(
                "portrait",
                recordID: portrait.id,
                subject: portrait.accountID,
                at: now,
                facts: ["evidence_sha256": .string(evidence.rawValue), "model": .string(portrait.modelID)],
                personal: [String: String](),
                to: stores
            )
        }
        return portrait
    }

    /// The candidate's portrait.
    ///
    /// - Throws: `Refusal` where there is none.
    package func current(of principal: Principal) async throws -> Portrait {
        guard let portrait = try await services.database.read({ try $0.currentPortrait(of: principal.id) }) else {
            throw Refusal(
                .notFound,
                "portrait_missing",
                ru: "Портрет ещё не загружен.",
                en: "There is no portrait yet."
            )
        }
        return portrait
    }
}
