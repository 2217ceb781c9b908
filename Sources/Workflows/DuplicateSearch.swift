import Accounts
import Biometrics
import Cryptography
package import Foundation
import Identification
import Storage
import TransparencyLog

/// Finds the same face under two accounts (row B7): every new portrait is searched for among all the others. What is
/// found waits for a person; nothing is decided by it.
///
/// The database knows which portraits were searched for, so a restart misses none. The templates lie unsealed in this
/// process's memory only.
package actor DuplicateSearch {
    private let services: Services
    private let recognition: FaceRecognition
    private var gallery: TemplateGallery?

    /// Portraits that are read and searched for together.
    private static let pageSize = 256
    /// The most candidates of one search; nobody looks into more at once.
    private static let mostCandidates = 20
    /// How many false findings a whole search for one portrait may be expected to make.
    private static let falseFindings = 0.1

    /// Creates the search; nothing is read yet.
    package init(_ services: Services, _ recognition: FaceRecognition) {
        self.services = services
        self.recognition = recognition
    }

    /// What a round of searches came to.
    package struct Round: Sendable, Equatable {
        /// How many portraits were searched for.
        package var searched = 0
        /// How many findings are new.
        package var found = 0
        /// How many of them are all but identical: copies of one picture, or a model that is out of order.
        package var nearCopies = 0

        /// Creates a value.
        package init(searched: Int = 0, found: Int = 0, nearCopies: Int = 0) {
            self.searched = searched
            self.found = found
            self.nearCopies = nearCopies
        }
    }

    // MARK: - Searching

    /// Searches for the portraits that nobody has searched for yet.
    ///
    /// Where portraits of two people are all but identical the models are tested at once: a stuck embedder looks the
    /// same as a copied picture.
    package func searchNew() async throws -> Round {
        var round = Round()
        let modelID = recognition.modelID
        while !Task.isCancelled {
            let (portraits, fresh) = try await services.database.read { [services] stores in
                let portraits = try stores.unsearchedPortraits(modelID: modelID, limit: Self.pageSize)
                return (portraits, try Self.open(portraits, services: services, in: stores))
            }
            guard !portraits.isEmpty else { break }
            try await passOver(portraits, but: fresh)
            guard let first = fresh.first else { continue }
            let gallery = try await loaded(templateLength: first.template.values.count)
            for reference in fresh { try Self.replace(reference, in: gallery) }
            try await search(for: fresh, in: gallery, &round)
        }
        if round.nearCopies > 0 { await recognition.readiness.runSelfTest() }
        return round
    }

    /// Reads the gallery, which takes a while where there are many portraits; answers how many there are.
    package func load() async throws -> Int {
        guard let first = try await page(after: nil).first else { return 0 }
        return try await loaded(templateLength: first.template.values.count).count
    }

    /// Searches for every portrait again, as after a change of the model or of the thresholds.
    ///
    /// - Parameter progress: is called with how many portraits are done.
    package func searchAll(progress: @Sendable (Int) -> Void) async throws -> Round {
        var round = try await searchNew()
        var last: UUID?
        var done = 0
        while true {
            let page = try await page(after: last)
            guard let end = page.last else { break }
            let gallery = try await loaded(templateLength: end.template.values.count)
            try await search(for: page, in: gallery, &round)
            done += page.count
            progress(done)
            last = end.portrait.accountID
        }
        return round
    }

    /// Forgets people whose biometric data were destroyed.
    package func forget(_ accounts: [UUID]) throws {
        for account in accounts { try gallery?.remove(Self.identifier(account)) }
    }

    /// The largest distance that is reported in a gallery of a size.
    ///
    /// With N portraits a search makes N comparisons, so the false match rate of one comparison must be so much lower
    /// (ISO/IEC 19795-1: false positive identification rate ≈ N · FMR).
    func threshold(forGalleryOf size: Int) -> Float {
        let wanted = Self.falseFindings / Double(max(1, size))
        let rows = recognition.errorRates?.rows ?? []
        // Where no rate so low was measured, the lowest there is: too many findings are better than none.
        let row = rows.first { $0.falseMatchRate <= wanted } ?? rows.last
        return row?.threshold ?? recognition.comparator.thresholds.matchAtOrBelow
    }

    private struct Reference: Sendable {
        var portrait: Portrait
        var template: FaceTemplate
    }

    /// The gallery with every portrait that was searched for or is about to be.
    private func loaded(templateLength: Int) async throws -> TemplateGallery {
        if let gallery { return gallery }
        let made = try TemplateGallery(modelID: recognition.modelID, dimension: templateLength)
        var last: UUID?
        while true {
            let page = try await page(after: last)
            guard let end = page.last else { break }
            try made.append(contentsOf: page.map { (Self.identifier($0.portrait.accountID), $0.template) })
            last = end.portrait.accountID
        }
        gallery = made
        return made
    }

    /// Notes the portraits whose owners do not consent, or are erased: there is nothing to search for.
    private func passOver(_ portraits: [Portrait], but opened: [Reference]) async throws {
        let skipped = Set(portraits.map(\.id)).subtracting(opened.map(\.portrait.id))
        guard !skipped.isEmpty else { return }
        let now = services.now()
        try await services.database.write { stores in
            for id in skipped { try stores.noteSearched(id, at: now) }
        }
    }

    private func page(after accountID: UUID?) async throws -> [Reference] {
        let modelID = recognition.modelID
        return try await services.database.read { [services] stores in
            try Self.open(
                stores.currentPortraits(modelID: modelID, after: accountID, limit: Self.pageSize),
                services: services,
                in: stores
            )
        }
    }

    private static func open(
        _ portraits: [Portrait],
        services: Services,
        in stores: any Stores
    ) throws -> [Reference] {
        try portraits.compactMap { portrait in
            guard try stores.hasConsent(of: portrait.accountID, .biometric),
                let key = try services.vault.existingBiometricKey(of: portrait.accountID, in: stores)
            else { return nil }
            let encoded = try key.opened(portrait.sealedTemplate, purpose: "template:\(portrait.id.lowercased)")
            return Reference(portrait: portrait, template: try PortraitTemplates(decoding: encoded).fused())
        }
    }

    private static func replace(_ reference: Reference, in gallery: TemplateGallery) throws {
        let identifier = identifier(reference.portrait.accountID)
        try gallery.remove(identifier)
        try gallery.append(reference.template, as: identifier)
    }

    private func search(for references: [Reference], in gallery: TemplateGallery, _ round: inout Round) async throws {
        let size = gallery.count
        let threshold = threshold(forGalleryOf: size)
        let copyLimit = recognition.comparator.thresholds.suspectedCopyAtOrBelow
        let now = services.now()
        for reference in references {
            // The person's own portrait is among the candidates.
            let list = try await gallery.candidates(
                for: reference.template,
                limit: Self.mostCandidates + 1,
                within: threshold
            )
            let own = Self.identifier(reference.portrait.accountID)
            let candidates: [(account: UUID, distance: Float)] = list.candidates.compactMap { candidate in
                guard candidate.identifier != own, let account = UUID(bytes: candidate.identifier.bytes) else {
                    return nil
                }
                return (account, candidate.score.distance)
            }
            let found = try await services.database.write { [services] stores -> [FaceDuplicate]? in
                try stores.noteSearched(reference.portrait.id, at: now)
                guard try stores.hasConsent(of: reference.portrait.accountID, .biometric) else { return nil }
                return try candidates.compactMap { other -> FaceDuplicate? in
                    guard try stores.hasConsent(of: other.account, .biometric),
                        let portrait = try stores.currentPortrait(of: other.account)
                    else { return nil }
                    let duplicate = FaceDuplicate(
                        id: services.makeID(at: now),
                        accountID: reference.portrait.accountID,
                        otherAccountID: other.account,
                        portraitID: reference.portrait.id,
                        otherPortraitID: portrait.id,
                        distance: other.distance,
                        threshold: threshold,
                        gallerySize: size,
                        isNearCopy: other.distance <= copyLimit,
                        foundAt: now
                    )
                    return try Self.record(duplicate, services: services, in: stores) ? duplicate : nil
                }
            }
            round.searched += 1
            guard let found else {
                // The consent was taken back while the portrait was searched for.
                try gallery.remove(own)
                continue
            }
            round.found += found.count
            round.nearCopies += found.count(where: \.isNearCopy)
        }
    }

    private static func record(_ duplicate: FaceDuplicate, services: Services, in stores: any Stores) throws -> Bool {
        guard try stores.insertDuplicate(duplicate) else { return false }
        for subject in [duplicate.accountID, duplicate.otherAccountID] {
            try stores.insertBiometricAccess(
                BiometricAccess(
                    actor: nil,
                    subject: subject,
                    what: "template",
                    purpose: "duplicate_search",
                    at: duplicate.foundAt
                )
            )
        }
        try LogBook(vault: services.vault).append(
            "face_duplicate",
            recordID: duplicate.id,
            subject: duplicate.accountID,
            at: duplicate.foundAt,
            facts: ["other": .string(duplicate.otherAccountID.lowercased)],
            personal: ["distance": duplicate.distance, "threshold": duplicate.threshold],
            isBiometric: true,
            to: stores
        )
        return true
    }

    private static func identifier(_ accountID: UUID) -> ReferenceIdentifier {
        withUnsafeBytes(of: accountID.uuid) { bytes in
            // A UUID has as many bytes as an identifier.
            ReferenceIdentifier(bytes: bytes) ?? ReferenceIdentifier(0)
        }
    }
}

extension UUID {
    /// The identifier of sixteen bytes.
    fileprivate init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self = bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
