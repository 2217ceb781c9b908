import Accounts
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

    /// An accepted portrait.
    package struct Enrolled: Sendable {
        package var portrait: Portrait
        /// What would make a still better picture.
        package var advice: [LocalizedText]
    }

    /// Judges pictures and makes them the candidate's portrait: the first is the one that people see, each one
    /// gives a template. Of refused pictures nothing is stored.
    ///
    /// Several pictures of one sitting make a steadier reference than one; they must all be fit and show one person.
    /// - Throws: `Refusal` with the code `consent_needed` before anything is looked at; with `portrait_refused` and the
    ///   defects; or with a picture's own fault.
    package func enrol(_ pictures: [Data], for principal: Principal) async throws -> Enrolled {
        guard !pictures.isEmpty else { throw Refusal.noPictures }
        let asked = services.now()
        let consent = try await services.database.read { [services] stores in
            try ConsentGate.biometric(of: principal.id, services: services, at: asked, in: stores)
        }
        let analyses = try await recognition.analyze(pictures)
        let templates = try templates(of: analyses)
        guard let face = analyses[0].largestFace else { throw Refusal.noPictures }

        let now = services.now()
        let id = services.makeID(at: now)
        let key = try await services.database.write { [vault = services.vault] stores in
            try ConsentGate.stillHolds(consent, in: stores)
            return try vault.biometricKey(of: principal.id, in: stores)
        }
        let kept = try PictureArchive(pictures.map { PictureArchive.Picture(file: $0) }).encoded()
        let evidence = try await services.evidence.put(key.sealed(kept, purpose: "portrait:\(id.lowercased)"))
        let portrait = Portrait(
            id: id,
            accountID: principal.id,
            createdAt: now,
            modelID: recognition.modelID,
            sealedTemplate: try key.sealed(templates.encoded(), purpose: "template:\(id.lowercased)"),
            evidence: evidence,
            interEyeDistance: face.interEyeDistance,
            pictureSize: .init(width: analyses[0].width, height: analyses[0].height)
        )
        do {
            try await keep(portrait, pictures: pictures.count, under: consent)
        } catch let refusal as Refusal {
            // The consent was taken back meanwhile.
            try await services.evidence.delete(evidence)
            throw refusal
        }
        let advice = recognition.settings.portrait.assess(analyses[0]).advice
        return Enrolled(portrait: portrait, advice: advice.map { LocalizedText($0.advice) })
    }

    private func keep(_ portrait: Portrait, pictures count: Int, under consent: ConsentStatement) async throws {
        try await services.database.write { [vault = services.vault] stores in
            try ConsentGate.stillHolds(consent, in: stores)
            try stores.insertPortrait(portrait)
            try LogBook(vault: vault).append(
                "portrait",
                recordID: portrait.id,
                subject: portrait.accountID,
                at: portrait.createdAt,
                facts: [
                    "evidence_sha256": .string(portrait.evidence.rawValue), "model": .string(portrait.modelID),
                    "pictures": .integer(Int64(count)),
                ],
                personal: [String: String](),
                to: stores
            )
        }
    }

    /// The templates of pictures that are all fit for a portrait and show one person.
    private func templates(of analyses: [PictureAnalysis]) throws -> PortraitTemplates {
        let defects = analyses.flatMap { recognition.settings.portrait.assess($0).defects }
        let templates = analyses.compactMap(\.template)
        guard defects.isEmpty, let first = templates.first, templates.count == analyses.count else {
            var seen: Set<QualityDefect.Code> = []
            throw Refusal(
                .unprocessable,
                "portrait_refused",
                ru: "Снимок не годится для портрета.",
                en: "The picture cannot serve as a portrait.",
                faults: defects.filter { seen.insert($0.code).inserted }.map(\.fault)
            )
        }
        for other in templates.dropFirst() {
            guard try recognition.comparator.compare(reference: first, probe: other).decision == .match else {
                throw Refusal(
                    .unprocessable,
                    "portrait_refused",
                    ru: "На снимках как будто разные люди. Снимите все за один раз.",
                    en: "The pictures seem to show different people. Take all of them in one sitting.",
                    faults: [
                        Refusal.Fault(
                            code: "different_faces",
                            message: LocalizedText(
                                ru: "Лица на снимках слишком непохожи.",
                                en: "The faces in the pictures are too unlike."
                            )
                        )
                    ]
                )
            }
        }
        return PortraitTemplates(templates)
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

extension Refusal {
    /// A set of pictures without any; the interface's table keeps it from coming here.
    static let noPictures = Refusal(
        .unprocessable,
        "no_pictures",
        ru: "Отправьте хотя бы один снимок.",
        en: "Send at least one picture."
    )
}
