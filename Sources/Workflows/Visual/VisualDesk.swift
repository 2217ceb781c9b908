import Accounts
import Cryptography
package import Foundation
package import Identification
package import IdentityDocuments
import Proctoring
import Storage

/// Visual identification as verifiers do it (rows C1, C2, C4, C5): the queue, taking a case, looking at it.
package struct VisualDesk: Sendable {
    let services: Services
    let material: CaseMaterial
    let settings: VisualSettings

    /// Creates the workflow.
    package init(_ services: Services, _ recognition: FaceRecognition, _ settings: VisualSettings = VisualSettings()) {
        self.services = services
        self.settings = settings
        material = CaseMaterial(services, recognition, settings)
    }

    /// A case as it stands in the queue.
    package struct Line: Sendable {
        package var visualCase: VisualCase
        package var subjectName: String
        /// How long the candidate has waited, in seconds.
        package var waited: TimeInterval
    }

    /// Everything that the verifier looks at.
    package struct Details: Sendable {
        package var line: Line
        package var form: DocumentForm?
        package var findings: [DocumentFinding]
        /// Which pictures there are: `document`, `live`, `portrait`.
        package var pictures: [String]
        package var scores: VisualScores?
        /// What must be looked at before the person counts as identified.
        package var checklist: [VisualCheck]
        /// By what the verifier acts; `nil` where nothing valid is registered today, and nothing can be decided.
        package var authorityID: UUID?
    }

    // MARK: - The queue

    /// Cases in the order of their numbers. Partners see those of candidates who consented to them (row C8).
    package func list(_ filter: VisualCaseFilter, principal: Principal) async throws -> [Line] {
        let now = services.now()
        return try await services.database.read { [services] stores in
            try stores.visualCases(filter).compactMap { visualCase in
                guard try VerifierRights.mayKnow(visualCase, principal, services, at: now, in: stores) else {
                    return nil
                }
                return try Self.line(visualCase, at: now, in: stores)
            }
        }
    }

    /// Takes a case, or goes on with one that was taken.
    ///
    /// - Throws: `Refusal`.
    package func take(_ caseID: UUID, principal: Principal) async throws -> Details {
        let now = services.now()
        return try await services.database.write { [services, settings] stores in
            let present = try Self.known(caseID, principal, services, at: now, in: stores)
            guard try VerifierRights.authority(of: principal, services, at: now, in: stores) != nil else {
                throw Refusal.authorityMissing
            }
            try VerifierRights.checkOther(present.subject, than: principal, in: stores)
            let taken = try CaseChange.of(present, in: stores) { visualCase throws(VisualCase.Refusal) in
                try visualCase.taking(by: principal.id, at: now, lock: settings.lock)
            }
            if present.holder?.verifierID != principal.id {
                try CaseEvents(services: services).report(.verificationTaken, taken, at: now, in: stores)
            }
            return try details(taken, principal, at: now, in: stores)
        }
    }

    /// Gives a case back to the queue, where it keeps its place.
    ///
    /// - Throws: `Refusal`.
    package func handBack(_ caseID: UUID, principal: Principal) async throws -> Line {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let present = try Self.known(caseID, principal, services, at: now, in: stores)
            let returned = try CaseChange.of(present, in: stores) { visualCase throws(VisualCase.Refusal) in
                try visualCase.handingBack(by: principal.id, at: now)
            }
            try CaseEvents(services: services).report(.verificationReturned, returned, at: now, in: stores)
            return try Self.line(returned, at: now, in: stores)
        }
    }

    /// Gives cases back whose verifiers have gone away; answers how many.
    package func releaseExpired() async throws -> Int {
        let now = services.now()
        guard try await services.database.read({ try !$0.expiredVisualCases(at: now, limit: 1).isEmpty }) else {
            return 0
        }
        return try await services.database.write { [services] stores in
            let expired = try stores.expiredVisualCases(at: now, limit: 100)
            for visualCase in expired {
                guard let released = visualCase.released(at: now), try stores.updateVisualCase(released) else {
                    continue
                }
                try CaseEvents(services: services).report(.verificationReturned, released, at: now, in: stores)
            }
            return expired.count
        }
    }

    /// Keeps with the case where the video link is.
    ///
    /// - Throws: `Refusal`.
    package func setConference(_ url: String?, caseID: UUID, principal: Principal) async throws -> Details {
        if let url {
            guard let parsed = URL(string: url), parsed.scheme == "https", parsed.host() != nil, parsed.user() == nil
            else {
                throw Refusal(
                    .unprocessable,
                    "conference_url_unusable",
                    ru: "Ссылка на видеовстречу должна начинаться с https:// и не содержать пароля.",
                    en: "The link to the video meeting must begin with https:// and hold no password."
                )
            }
        }
        let now = services.now()
        return try await services.database.write { [services, settings] stores in
            let held = try Self.held(caseID, principal, services, at: now, settings, in: stores)
            let changed = try CaseChange.of(held, in: stores) { visualCase throws(VisualCase.Refusal) in
                try visualCase.changing { $0.conferenceURL = url }
            }
            return try details(changed, principal, at: now, in: stores)
        }
    }

    // MARK: - Looking

    /// Everything about a case that the principal has taken. Looking is recorded (row F5).
    ///
    /// - Throws: `Refusal`.
    package func details(of caseID: UUID, principal: Principal) async throws -> Details {
        let now = services.now()
        return try await services.database.write { [services, settings] stores in
            let held = try Self.held(caseID, principal, services, at: now, settings, in: stores)
            return try details(held, principal, at: now, in: stores)
        }
    }

    /// A picture of a case that the principal has taken: `document`, `live` or `portrait`. Looking is recorded.
    ///
    /// - Throws: `Refusal`.
    package func picture(_ name: String, of caseID: UUID, principal: Principal) async throws -> Data {
        let now = services.now()
        let (visualCase, personKey, biometricKey, portrait) = try await services.database.write {
            [services, settings] stores in
            let held = try Self.held(caseID, principal, services, at: now, settings, in: stores)
            try AccessJournal(services).note(
                BiometricAccess(
                    actor: principal.id,
                    subject: held.subject,
                    what: name,
                    purpose: "verification",
                    at: now,
                    task: caseID
                ),
                in: stores
            )
            return (
                held, try services.vault.existingPersonKey(of: held.subject, in: stores),
                try services.vault.existingBiometricKey(of: held.subject, in: stores),
                try stores.currentPortrait(of: held.subject)
            )
        }
        if let kind = VisualCase.PictureKind(rawValue: name), let personKey {
            if let file = try await material.picture(kind, of: visualCase, personKey) { return file }
        } else if name == "portrait", let portrait, let biometricKey {
            let sealed = try await services.evidence.get(portrait.evidence)
            let archive = try biometricKey.opened(sealed, purpose: "portrait:\(portrait.id.lowercased)")
            if let first = try PictureArchive(decoding: archive).pictures.first { return first.file }
        }
        throw Refusal.notFound("picture_unknown", ru: "Такого снимка нет.", en: "There is no such picture.")
    }

    private func details(
        _ visualCase: VisualCase,
        _ principal: Principal,
        at now: Date,
        in stores: any Stores
    ) throws -> Details {
        let subject = visualCase.subject
        guard let account = try stores.account(subject) else { throw Refusal.unknownCase }
        let key = try services.vault.existingPersonKey(of: subject, in: stores)
        let form = try key.flatMap { try CaseMaterial.form(of: visualCase, $0) }
        let scores = try CaseMaterial.scores(
            of: visualCase,
            services.vault.existingBiometricKey(of: subject, in: stores)
        )
        for (isShown, what) in [(form != nil, "document_form"), (scores != nil, "scores")] where isShown {
            try AccessJournal(services).note(
                BiometricAccess(
                    actor: principal.id,
                    subject: subject,
                    what: what,
                    purpose: "verification",
                    at: now,
                    task: visualCase.id
                ),
                in: stores
            )
        }
        let hasPortrait = try stores.currentPortrait(of: subject) != nil
        return Details(
            line: try Self.line(visualCase, at: now, in: stores),
            form: form,
            findings: form?.findings(of: account.name, on: services.day(of: now)) ?? [],
            pictures: visualCase.pictures.keys.map(\.rawValue).sorted() + (hasPortrait ? ["portrait"] : []),
            scores: scores,
            checklist: VerifierRights.checklist(form: form, hasPortrait: hasPortrait),
            authorityID: try VerifierRights.authority(of: principal, services, at: now, in: stores)
        )
    }

    // MARK: - Parts

    static func line(_ visualCase: VisualCase, at now: Date, in stores: any Stores) throws -> Line {
        Line(
            visualCase: visualCase,
            subjectName: try stores.account(visualCase.subject)?.name.displayed ?? "",
            waited: (visualCase.closedAt ?? now).timeIntervalSince(visualCase.openedAt)
        )
    }

    /// A case that the principal may know of.
    static func known(
        _ id: UUID,
        _ principal: Principal,
        _ services: Services,
        at now: Date,
        in stores: any Stores
    ) throws -> VisualCase {
        guard let visualCase = try stores.visualCase(id),
            try VerifierRights.mayKnow(visualCase, principal, services, at: now, in: stores)
        else { throw Refusal.unknownCase }
        return visualCase
    }

    /// A case in the principal's hands, with the lock prolonged.
    static func held(
        _ id: UUID,
        _ principal: Principal,
        _ services: Services,
        at now: Date,
        _ settings: VisualSettings,
        in stores: any Stores
    ) throws -> VisualCase {
        let visualCase = try known(id, principal, services, at: now, in: stores)
        return try CaseChange.of(visualCase, in: stores) { visualCase throws(VisualCase.Refusal) in
            try visualCase.touched(by: principal.id, at: now, lock: settings.lock)
        }
    }
}
