package import Attestation
package import Cryptography
package import Foundation
import Proctoring
import Storage

/// Photographs for open questions from a phone, beside the device that sits the exam (S2 5.1.3.4, issue: photo answers).
///
/// The secret travels in the fragment of an address, which browsers send to nobody; it is exchanged once. What comes of
/// it is narrow: files for one item of one attempt, a few of them, for minutes, and only while the attempt goes on.
package struct PhoneUploads: Sendable {
    let services: Services
    private let files: AnswerFiles

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
        files = AnswerFiles(services)
    }

    /// A link that was made; its secret is shown once and never stored.
    package struct Issue: Sendable {
        package var link: PhoneLink
        package var secret: SessionToken
    }

    /// A right to upload, opened by a secret.
    package struct Opening: Sendable {
        package var link: PhoneLink
        package var token: SessionToken
    }

    /// Makes a link for an item of the own attempt, in place of any older one of that attempt.
    ///
    /// - Throws: `Refusal`.
    package func issue(number: Int, attemptID: UUID, principal: Principal) async throws -> Issue {
        let now = services.now()
        let secret = SessionToken.random(from: services.random)
        let link = PhoneLink(
            id: services.makeID(at: now),
            attemptID: attemptID,
            candidateID: principal.id,
            number: number,
            secretHash: secret.hashedForStorage.hex,
            expiresAt: now + PhoneLink.lifetime
        )
        try await services.database.write { [services] stores in
            _ = try AnswerFiles.open(attemptID, number, candidateID: principal.id, at: now, services, in: stores)
            try stores.replacePhoneLinks(with: link)
        }
        return Issue(link: link, secret: secret)
    }

    /// Exchanges the secret for a token, once.
    ///
    /// - Throws: `Refusal`; a secret that is unknown, used or too old gets one answer.
    package func open(secret text: String) async throws -> Opening {
        let now = services.now()
        guard let secret = try? SessionToken(text: text) else { throw Self.over }
        let token = SessionToken.random(from: services.random)
        let link = try await services.database.write { [services] stores in
            guard var link = try stores.phoneLink(secretHash: secret.hashedForStorage.hex), link.mayOpen(at: now) else {
                throw Self.over
            }
            try Self.requireOpen(link, at: now, services, in: stores)
            link.tokenHash = token.hashedForStorage.hex
            try stores.updatePhoneLink(link)
            return link
        }
        return Opening(link: link, token: token)
    }

    /// Takes a photograph and tells the page that waits for it.
    ///
    /// - Throws: `Refusal`.
    package func upload(_ bytes: Data, token text: String) async throws -> (file: AnswerFile, filesLeft: Int) {
        let now = services.now()
        guard let hash = (try? SessionToken(text: text))?.hashedForStorage.hex else { throw Self.over }
        let link = try await services.database.read { [services] stores in
            guard let link = try stores.phoneLink(tokenHash: hash), link.mayUpload(at: now) else { throw Self.over }
            try Self.requireOpen(link, at: now, services, in: stores)
            return link
        }
        return try await files.upload(
            bytes,
            number: link.number,
            attemptID: link.attemptID,
            candidateID: link.candidateID
        ) { [services] file, attempt, isNew, stores in
            // Two files at one moment must not both be the last one.
            guard var link = try stores.phoneLink(tokenHash: hash), link.mayUpload(at: now) else { throw Self.over }
            link.filesLeft -= 1
            try stores.updatePhoneLink(link)
            if isNew {
                try EventRecorder(services: services, stores: stores).record(
                    .sheetReceived,
                    attempt: attempt,
                    at: now,
                    facts: ["number": String(file.number), "file": file.id.lowercased, "from": "phone"]
                )
            }
            return (file, link.filesLeft)
        }
    }

    /// - Throws: `Refusal` where the attempt takes nothing any more; a paused one does.
    private static func requireOpen(
        _ link: PhoneLink,
        at now: Date,
        _ services: Services,
        in stores: any Stores
    ) throws {
        let attempt = try AnswerFiles.open(
            link.attemptID,
            link.number,
            candidateID: link.candidateID,
            at: now,
            services,
            in: stores
        )
        guard attempt.state.isUnderWay else { throw over }
    }

    private static let over = Refusal(
        .forbidden,
        "phone_link_over",
        ru: "Ссылка больше не действует. Вернитесь к экзамену на компьютере и покажите новый код.",
        en: "This link works no longer. Go back to the exam on the computer and show a new code."
    )
}
