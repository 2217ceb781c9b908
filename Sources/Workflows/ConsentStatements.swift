package import Accounts
import Cryptography
package import Foundation
import Storage

/// How statements come in: from the person on the screen, or from staff who hold a signed paper.
extension ConsentRegister {
    /// What a person states on the screen, about the text that was shown.
    package struct OwnStatement: Sendable {
        package var kind: ConsentKind
        /// Given or refused.
        package var decision: ConsentStatement.Decision
        package var version: Int
        /// SHA-256 of the text as it was shown.
        package var digest: String
        package var partners: [String]

        package init(
            kind: ConsentKind,
            decision: ConsentStatement.Decision,
            version: Int,
            digest: String,
            partners: [String]
        ) {
            self.kind = kind
            self.decision = decision
            self.version = version
            self.digest = digest
            self.partners = partners
        }
    }

    /// What a paper states.
    package struct PaperStatement: Sendable {
        package var kind: ConsentKind
        package var decision: ConsentStatement.Decision
        /// The version of the text that the paper carries; for a withdrawal the last one counts.
        package var version: Int?
        package var partners: [String]
        package var representative: ConsentStatement.Representative?
        package var paper: ConsentStatement.Paper

        package init(
            kind: ConsentKind,
            decision: ConsentStatement.Decision,
            version: Int?,
            partners: [String],
            representative: ConsentStatement.Representative?,
            paper: ConsentStatement.Paper
        ) {
            self.kind = kind
            self.decision = decision
            self.version = version
            self.partners = partners
            self.representative = representative
            self.paper = paper
        }

        fileprivate var digest: String {
            let facts = [
                "paper", kind.rawValue, decision.rawValue, version.map(String.init) ?? "", representative?.name ?? "",
                representative?.relationship ?? "", paper.reference, paper.date.description, paper.note ?? "",
            ]
            return SHA256Digest.hash(utf8: (facts + partners).joined(separator: "\n")).hex
        }
    }

    // MARK: - On the screen

    /// Keeps what a person states about the own data. Stating the same twice is one statement.
    ///
    /// - Throws: `Refusal`.
    package func state(_ own: OwnStatement, principal: Principal) async throws -> Standing {
        let now = services.now()
        let id = services.makeID(at: now)
        return try await services.database.write { [services] stores in
            let text = try Self.shownText(own, in: stores)
            let capacity = try ConsentGate.capacity(of: principal.id, services: services, at: now, in: stores)
            // What protects the person needs nobody's leave; distance technology is for the parents to decide (S4 4.5).
            guard capacity == .own || (own.decision == .refused && own.kind != .distanceTechnology) else {
                throw Refusal.representativeNeeded
            }
            let partners = try Self.checkedPartners(own.partners, own.kind, own.decision, services, now, stores)
            let latest = try stores.latestConsent(of: principal.id, own.kind)
            let isRepeated =
                latest?.decision == own.decision && latest?.textVersion == text.version && latest?.partners == partners
            if !isRepeated {
                let statement = ConsentStatement(
                    id: id,
                    accountID: principal.id,
                    kind: own.kind,
                    decision: own.decision,
                    textVersion: text.version,
                    textDigest: own.digest,
                    partners: partners,
                    recordedBy: principal.id,
                    at: now
                )
                try Self.keep(statement, services: services, in: stores)
            }
            return try Self.standing(of: principal.id, services: services, at: now, in: stores)
        }
    }

    /// Takes the own consent back; taking back what is taken back already changes nothing.
    ///
    /// - Throws: `Refusal` where it was never given.
    package func withdraw(_ kind: ConsentKind, principal: Principal) async throws -> Standing {
        let now = services.now()
        let id = services.makeID(at: now)
        return try await services.database.write { [services] stores in
            let latest = try Self.withdrawable(kind, of: principal.id, in: stores)
            let capacity = try ConsentGate.capacity(of: principal.id, services: services, at: now, in: stores)
            guard capacity == .own || kind != .distanceTechnology else { throw Refusal.representativeNeeded }
            if latest.decision != .withdrawn {
                var statement = latest
                statement.id = id
                statement.decision = .withdrawn
                statement.statedBy = .person
                statement.paper = nil
                statement.recordedBy = principal.id
                statement.at = now
                try Self.keep(statement, services: services, in: stores)
            }
            return try Self.standing(of: principal.id, services: services, at: now, in: stores)
        }
    }

    // MARK: - On paper

    /// Keeps what a signed paper states, by the person or by a legal representative.
    ///
    /// - Throws: `Refusal`.
    package func record(
        _ form: PaperStatement,
        of accountID: UUID,
        principal: Principal,
        idempotencyKey: String?
    ) async throws -> Standing {
        let now = services.now()
        let id = services.makeID(at: now)
        let digest = "\(accountID.lowercased):\(form.digest)"
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: digest)
        return try await services.database.write { [services] stores in
            try Self.candidate(accountID, in: stores)
            if try idempotency.earlierResource(in: stores) == nil {
                let statement = try Self.statement(form, id, accountID, principal, services, now, stores)
                try idempotency.note(id, at: now, in: stores)
                try Self.keep(statement, services: services, in: stores)
            }
            return try Self.standing(of: accountID, services: services, at: now, in: stores)
        }
    }

    private static func statement(
        _ form: PaperStatement,
        _ id: UUID,
        _ accountID: UUID,
        _ principal: Principal,
        _ services: Services,
        _ now: Date,
        _ stores: any Stores
    ) throws -> ConsentStatement {
        guard form.paper.date <= services.day(of: now) else { throw paperOfTomorrow }
        let capacity = try ConsentGate.capacity(of: accountID, services: services, at: now, in: stores)
        let protects = form.decision != .given && form.kind != .distanceTechnology
        guard capacity == .own || form.representative != nil || protects else {
            throw Refusal(
                .unprocessable,
                "representative_needed",
                ru: "Обучающемуся нет 18 лет: укажите родителя или законного представителя, подписавшего документ.",
                en: "The candidate is under 18: name the parent or legal representative who signed the paper."
            )
        }
        var version = form.version
        if form.decision == .withdrawn { version = try withdrawable(form.kind, of: accountID, in: stores).textVersion }
        guard let version, let text = try stores.consentText(form.kind, version: version) else { throw textUnknown }
        return ConsentStatement(
            id: id,
            accountID: accountID,
            kind: form.kind,
            decision: form.decision,
            textVersion: version,
            textDigest: text.russianDigest.hex,
            partners: try checkedPartners(form.partners, form.kind, form.decision, services, now, stores),
            statedBy: form.representative.map { .representative($0) } ?? .person,
            paper: form.paper,
            recordedBy: principal.id,
            at: now
        )
    }

    // MARK: - Rules

    private static func shownText(_ own: OwnStatement, in stores: any Stores) throws -> ConsentText {
        let current = try stores.currentConsentTexts().first { $0.kind == own.kind }
        guard let current, current.version == own.version, current.hasDigest(own.digest) else {
            throw Refusal(
                .conflict,
                "consent_text_changed",
                ru: "Текст согласия изменился или показан не полностью. Прочитайте действующий текст и ответьте снова.",
                en: "The consent’s text has changed or was not shown whole. Read the text in force and answer again."
            )
        }
        return current
    }

    private static func withdrawable(
        _ kind: ConsentKind,
        of accountID: UUID,
        in stores: any Stores
    ) throws -> ConsentStatement {
        guard let latest = try stores.latestConsent(of: accountID, kind), latest.decision != .refused else {
            throw Refusal(
                .conflict,
                "consent_not_given",
                ru: "Такого согласия нет, отзывать нечего.",
                en: "There is no such consent to withdraw."
            )
        }
        return latest
    }

    /// A consent to a transfer names to whom; only those can be named whose people may identify today.
    private static func checkedPartners(
        _ names: [String],
        _ kind: ConsentKind,
        _ decision: ConsentStatement.Decision,
        _ services: Services,
        _ now: Date,
        _ stores: any Stores
    ) throws -> [String] {
        guard kind == .partnerTransfer, decision == .given else { return [] }
        let known = try partners(on: services.day(of: now), in: stores)
        let chosen = try names.map { name in
            guard let match = known.first(where: { OrganisationName.folded($0) == OrganisationName.folded(name) })
            else { throw partnersUnknown }
            return match
        }
        guard !chosen.isEmpty else { throw partnersUnknown }
        return Set(chosen).sorted()
    }

    private static let partnersUnknown = Refusal(
        .unprocessable,
        "consent_partners",
        ru: "Назовите организации-партнёров из списка тех, кто сегодня вправе устанавливать личность.",
        en: "Name partner organisations from the list of those that may identify today."
    )

    private static let textUnknown = Refusal(
        .unprocessable,
        "consent_text_unknown",
        ru: "Такой редакции текста согласия нет.",
        en: "There is no such version of the consent’s text."
    )

    private static let paperOfTomorrow = Refusal(
        .unprocessable,
        "paper_date",
        ru: "Дата документа ещё не наступила.",
        en: "The paper’s date has not come yet."
    )
}
