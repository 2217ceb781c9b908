import Accounts
import Biometrics
import Cryptography
import FaceAnalysis
package import Foundation
package import Identification
import Storage

/// Takes what a visual identification is judged by: the document's particulars, its picture, the person's picture
/// (row C4). Pictures are shown to a person; they are compared only with consent.
package struct CaseMaterial: Sendable {
    let services: Services
    let recognition: FaceRecognition
    let settings: VisualSettings

    /// Creates the workflow.
    package init(_ services: Services, _ recognition: FaceRecognition, _ settings: VisualSettings = VisualSettings()) {
        self.services = services
        self.recognition = recognition
        self.settings = settings
    }

    /// Keeps the document as it was typed in, by the candidate or by the verifier who has the case.
    ///
    /// - Throws: `Refusal`.
    package func setForm(_ form: DocumentForm, caseID: UUID, principal: Principal) async throws -> VisualCase {
        let now = services.now()
        return try await services.database.write { [services, settings] stores in
            let present = try Self.touchable(caseID, principal, at: now, settings, in: stores)
            let key = try services.vault.personKey(of: present.subject, in: stores)
            let sealed = key.sealed(try JSONEncoder().encode(form), purpose: Self.formPurpose(caseID))
            return try CaseChange.of(present, in: stores) { visualCase throws(VisualCase.Refusal) in
                try visualCase.changing { $0.sealedForm = sealed }
            }
        }
    }

    /// Keeps a picture in place of the one before, and compares the faces where that is consented to.
    ///
    /// - Throws: `Refusal` where the file is no picture, or the case has ended.
    package func setPicture(
        _ kind: VisualCase.PictureKind,
        _ file: Data,
        caseID: UUID,
        principal: Principal
    ) async throws -> VisualCase {
        try await PictureCheck.check(file)
        let now = services.now()
        let key = try await services.database.write { [services, settings] stores in
            let present = try Self.touchable(caseID, principal, at: now, settings, in: stores)
            return try services.vault.personKey(of: present.subject, in: stores)
        }
        let sealed = key.sealed(file, purpose: Self.picturePurpose(caseID, kind))
        let reference = try await services.evidence.put(sealed)
        let changed = try await services.database.write { [settings] stores in
            let present = try Self.touchable(caseID, principal, at: now, settings, in: stores)
            return try CaseChange.of(present, in: stores) { visualCase throws(VisualCase.Refusal) in
                try visualCase.changing {
                    $0.pictures[kind] = reference
                    $0.sealedScores = nil
                }
            }
        }
        return try await withScores(changed)
    }

    /// The case's document, opened.
    static func form(of visualCase: VisualCase, _ key: SealingKey) throws -> DocumentForm? {
        guard let sealed = visualCase.sealedForm else { return nil }
        let bytes = try key.opened(sealed, purpose: formPurpose(visualCase.id))
        return try JSONDecoder().decode(DocumentForm.self, from: bytes)
    }

    /// A picture of the case, opened.
    func picture(_ kind: VisualCase.PictureKind, of visualCase: VisualCase, _ key: SealingKey) async throws -> Data? {
        guard let reference = visualCase.pictures[kind] else { return nil }
        let purpose = Self.picturePurpose(visualCase.id, kind)
        return try key.opened(try await services.evidence.get(reference), purpose: purpose)
    }

    // MARK: - Scores beside the pictures

    /// The case with the scores of its pictures. They help the verifier and decide nothing, so whatever keeps them
    /// from being made keeps nobody from deciding.
    private func withScores(_ visualCase: VisualCase) async throws -> VisualCase {
        let subject = visualCase.subject
        let ground = try await services.database.write { [services] stores -> ScoreGround? in
            guard try stores.hasConsent(of: subject, .biometric),
                let key = try services.vault.existingPersonKey(of: subject, in: stores)
            else { return nil }
            return ScoreGround(
                personKey: key,
                biometricKey: try services.vault.biometricKey(of: subject, in: stores),
                portrait: try stores.currentPortrait(of: subject)
            )
        }
        guard let ground, let scores = try await scores(of: visualCase, ground) else { return visualCase }
        let bytes = try JSONEncoder().encode(scores)
        let sealed = ground.biometricKey.sealed(bytes, purpose: Self.scorePurpose(visualCase.id))
        let now = services.now()
        return try await services.database.write { stores in
            guard let present = try stores.visualCase(visualCase.id), present.pictures == visualCase.pictures,
                !present.state.isClosed
            else { return visualCase }
            try stores.insertBiometricAccess(
                BiometricAccess(actor: nil, subject: subject, what: "template", purpose: "verification", at: now)
            )
            return try CaseChange.of(present, in: stores) { visualCase throws(VisualCase.Refusal) in
                try visualCase.changing { $0.sealedScores = sealed }
            }
        }
    }

    private struct ScoreGround: Sendable {
        var personKey: SealingKey
        var biometricKey: SealingKey
        var portrait: Portrait?
    }

    private func scores(of visualCase: VisualCase, _ ground: ScoreGround) async throws -> VisualScores? {
        var templates: [(name: String, template: FaceTemplate)] = []
        var scores = VisualScores(pairs: [], quality: [], unseen: [])
        for kind in VisualCase.PictureKind.allCases {
            guard let file = try await picture(kind, of: visualCase, ground.personKey) else { continue }
            guard let analysis = try? await recognition.analyze(file, embed: .largest) else { return nil }
            if kind == .live { scores.quality = recognition.settings.probe.assess(analysis).facts }
            if let template = analysis.template {
                templates.append((kind.rawValue, template))
            } else {
                scores.unseen.append(kind.rawValue)
            }
        }
        if let portrait = ground.portrait, portrait.modelID == recognition.modelID {
            let bytes = try ground.biometricKey.opened(
                portrait.sealedTemplate,
                purpose: "template:\(portrait.id.lowercased)"
            )
            templates.append(("portrait", try PortraitTemplates(decoding: bytes).fused()))
        }
        for (place, first) in templates.enumerated() {
            for second in templates.dropFirst(place + 1) {
                let comparison = try recognition.comparator.compare(reference: second.template, probe: first.template)
                scores.pairs.append(
                    VisualScores.Pair(
                        first: first.name,
                        second: second.name,
                        distance: comparison.score.distance,
                        sameSourceProbability: recognition.calibration?.sameSourceProbability(of: comparison.score)
                    )
                )
            }
        }
        return scores
    }

    /// The scores of a case, opened.
    static func scores(of visualCase: VisualCase, _ biometricKey: SealingKey?) throws -> VisualScores? {
        guard let sealed = visualCase.sealedScores, let biometricKey else { return nil }
        let bytes = try biometricKey.opened(sealed, purpose: scorePurpose(visualCase.id))
        return try JSONDecoder().decode(VisualScores.self, from: bytes)
    }

    // MARK: - Parts

    /// The case, where it is the principal's own or in the principal's hands, with the lock prolonged.
    private static func touchable(
        _ id: UUID,
        _ principal: Principal,
        at now: Date,
        _ settings: VisualSettings,
        in stores: any Stores
    ) throws -> VisualCase {
        guard let visualCase = try stores.visualCase(id) else { throw Refusal.unknownCase }
        if visualCase.subject == principal.id { return visualCase }
        guard principal.may(.verifyIdentity) else { throw Refusal.unknownCase }
        return try CaseChange.of(visualCase, in: stores) { visualCase throws(VisualCase.Refusal) in
            try visualCase.touched(by: principal.id, at: now, lock: settings.lock)
        }
    }

    private static func formPurpose(_ id: UUID) -> String { "visual-form:\(id.lowercased)" }
    private static func scorePurpose(_ id: UUID) -> String { "visual-scores:\(id.lowercased)" }
    static func picturePurpose(_ id: UUID, _ kind: VisualCase.PictureKind) -> String {
        "visual-\(kind.rawValue):\(id.lowercased)"
    }
}

/// How alike the faces of a case's pictures are; beside the pictures, for the verifier only.
package struct VisualScores: Sendable, Codable {
    /// Each two pictures that show a face.
    package var pairs: [Pair]
    /// The quality of the live picture.
    package var quality: [QualityFact]
    /// Pictures in which no face was found.
    package var unseen: [String]

    /// Two pictures compared.
    package struct Pair: Sendable, Codable {
        /// `live` or `document`.
        package var first: String
        /// `document` or `portrait`.
        package var second: String
        /// Dissimilarity score: Euclidean distance of the templates.
        package var distance: Float
        /// How probable one person is, where both cases are equally likely beforehand; photographs in documents are
        /// small and old, so it says less there than between live pictures.
        package var sameSourceProbability: Double?
    }
}
