package import Accounts
import Cryptography
package import Foundation
import Identification
import Storage
import TransparencyLog

/// Consents and refusals (rows B5, C8, F4; S1 6.7, S4 4.5, 4.6): texts, and statements about them.
///
/// A statement becomes a record and a log entry together. A biometric consent that ends has everything destroyed that
/// was taken under it (see `Erasure`).
package struct ConsentRegister: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    // MARK: - Texts

    /// The texts that are in force, by kind.
    package func texts() async throws -> [ConsentText] {
        try await services.database.read { try $0.currentConsentTexts() }
    }

    /// Publishes the next version of a text. What was consented to before stays on record word by word.
    ///
    /// - Parameter requiresRenewal: whether earlier consents count no more.
    package func publish(
        _ kind: ConsentKind,
        russian: String,
        english: String,
        requiresRenewal: Bool,
        principal: Principal
    ) async throws -> ConsentText {
        let now = services.now()
        let id = services.makeID(at: now)
        return try await services.database.write { [services] stores in
            let last = try stores.currentConsentTexts().first { $0.kind == kind }
            let text = ConsentText(
                kind: kind,
                version: (last?.version ?? 0) + 1,
                russian: russian,
                english: english,
                requiresRenewal: requiresRenewal,
                publishedAt: now,
                publishedBy: principal.id
            )
            try stores.insertConsentText(text)
            try LogBook(vault: services.vault).append(
                "consent_text",
                recordID: id,
                subject: nil,
                at: now,
                facts: [
                    "consent": .string(kind.rawValue), "version": .integer(Int64(text.version)),
                    "ru_sha256": .string(text.russianDigest.hex), "en_sha256": .string(text.englishDigest.hex),
                    "by": .string(principal.id.lowercased), "requires_renewal": .bool(requiresRenewal),
                ],
                personal: [String: String](),
                to: stores
            )
            return text
        }
    }

    /// Publishes the program's templates for the kinds that have no text yet. They are logged when somebody consents:
    /// the entry of a consent names the digest of its text.
    package func publishTemplates() async throws {
        let now = services.now()
        try await services.database.write { stores in
            let present = Set(try stores.currentConsentTexts().map(\.kind))
            for kind in ConsentKind.allCases where !present.contains(kind) {
                let template = ConsentTemplate.text(of: kind)
                try stores.insertConsentText(
                    ConsentText(
                        kind: kind,
                        version: 1,
                        russian: template.ru,
                        english: template.en,
                        publishedAt: now,
                        publishedBy: nil
                    )
                )
            }
        }
    }

    // MARK: - Where a person stands

    /// A person's consents.
    package struct Standing: Sendable {
        /// Each kind that has a text.
        package var consents: [State]
        /// Whether a legal representative decides for the person.
        package var capacity: ConsentCapacity
        /// The partner organisations that may be named: those with people who may identify today.
        package var partners: [String]
        /// Everything that was ever stated, oldest first.
        package var history: [ConsentStatement]
    }

    /// One kind of consent.
    package struct State: Sendable {
        package var text: ConsentText
        package var latest: ConsentStatement?
        /// Whether it is given and counts.
        package var isInForce: Bool
    }

    /// Where an account stands.
    ///
    /// - Throws: `Refusal` where there is no such candidate.
    package func standing(of accountID: UUID) async throws -> Standing {
        let now = services.now()
        return try await services.database.read { [services] stores in
            try Self.candidate(accountID, in: stores)
            return try Self.standing(of: accountID, services: services, at: now, in: stores)
        }
    }

    static func standing(
        of accountID: UUID,
        services: Services,
        at now: Date,
        in stores: any Stores
    ) throws -> Standing {
        Standing(
            consents: try stores.currentConsentTexts().map { text in
                State(
                    text: text,
                    latest: try stores.latestConsent(of: accountID, text.kind),
                    isInForce: try stores.hasConsent(of: accountID, text.kind)
                )
            },
            capacity: try ConsentGate.capacity(of: accountID, services: services, at: now, in: stores),
            partners: try partners(on: services.day(of: now), in: stores),
            history: try stores.consents(of: accountID)
        )
    }

    /// The partner organisations whose people may identify on a day, by name.
    static func partners(on day: CalendarDay, in stores: any Stores) throws -> [String] {
        var filter = OrderFilter(limit: 1_000)
        filter.ofPartners = true
        filter.scope = .identification
        filter.validOn = day
        var named: [String: String] = [:]
        for name in try stores.orders(filter).compactMap(\.partnerOrganisation) {
            named[OrganisationName.folded(name)] = name
        }
        return named.values.sorted()
    }

    @discardableResult
    static func candidate(_ accountID: UUID, in stores: any Stores) throws -> Account {
        guard let account = try stores.account(accountID), account.roles.contains(.candidate) else {
            throw Refusal.notFound(
                "candidate_unknown",
                ru: "Такого обучающегося нет.",
                en: "There is no such candidate."
            )
        }
        return account
    }

    // MARK: - Keeping a statement

    /// Keeps a statement with its log entry, and does what follows from it. Runs inside a write transaction.
    static func keep(_ statement: ConsentStatement, services: Services, in stores: any Stores) throws {
        try stores.insertConsent(statement)
        try LogBook(vault: services.vault).append(
            "consent",
            recordID: statement.id,
            subject: statement.accountID,
            at: statement.at,
            facts: [
                "consent": .string(statement.kind.rawValue), "decision": .string(statement.decision.rawValue),
                "stated_by": .string(statement.statedBy.word), "on_paper": .bool(statement.paper != nil),
                "text_version": .integer(Int64(statement.textVersion)),
                "text_sha256": .string(statement.textDigest), "by": .string(statement.recordedBy.lowercased),
            ],
            personal: Particulars(statement),
            to: stores
        )
        if statement.kind == .personalData, statement.decision == .withdrawn {
            try PersonErasures.request(after: statement, services: services, in: stores)
        }
        guard statement.kind == .biometric else { return }
        switch statement.decision {
        case .given: try Erasure.consentGivenAnew(by: statement, in: stores)
        case .refused, .withdrawn: try Erasure.request(after: statement, services: services, in: stores)
        }
    }

    /// What of a statement names people; sealed for the person in the log.
    private struct Particulars: Encodable, Sendable {
        var representative: ConsentStatement.Representative?
        var paper: ConsentStatement.Paper?
        var partners: [String]

        init(_ statement: ConsentStatement) {
            if case .representative(let someone) = statement.statedBy { representative = someone }
            paper = statement.paper
            partners = statement.partners
        }
    }
}
