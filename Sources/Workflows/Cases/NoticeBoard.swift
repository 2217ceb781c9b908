package import Cases
import Cryptography
package import Foundation
import Storage

/// Notices to people: what was decided about them, what changed, what is asked of them. Their words are sealed under
/// the person's key; reading one may be what a term counts from (S1 7.6).
package struct NoticeBoard: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A notice with its words; nil where the person's key is destroyed.
    package struct Letter: Sendable {
        package var notice: Notice
        package var text: LocalizedText?
    }

    private struct Words: Codable {
        var ru: String
        var en: String
    }

    /// Gives somebody a notice, inside the transaction of what it tells of.
    func post(
        _ text: LocalizedText,
        to account: UUID,
        topic: String,
        about: UUID,
        step: String? = nil,
        at now: Date,
        in stores: any Stores
    ) throws {
        let id = services.makeID(at: now)
        let key = try services.vault.personKey(of: account, in: stores)
        let sealed = key.sealed(
            try JSONEncoder().encode(Words(ru: text.ru, en: text.en)),
            purpose: Self.purpose(id)
        )
        try stores.insertNotice(
            Notice(id: id, accountID: account, topic: topic, about: about, step: step, sealed: sealed, at: now)
        )
    }

    /// A page of the own notices, newest first. Listing is not reading.
    package func notices(of principal: Principal, before: UUID?, limit: Int) async throws -> [Letter] {
        try await services.database.read { [vault = services.vault] stores in
            let notices = try stores.notices(accountID: principal.id, before: before, limit: limit)
            let key = notices.isEmpty ? nil : try vault.existingPersonKey(of: principal.id, in: stores)
            return try notices.map { try Self.letter($0, key) }
        }
    }

    /// Notes that the person has read a notice, and what follows from that. Reading twice changes nothing.
    ///
    /// - Throws: `Refusal` where there is no such notice for the person.
    package func read(_ id: UUID, principal: Principal) async throws -> Letter {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let notice = try stores.notice(id), notice.accountID == principal.id else { throw Self.unknown }
            if try stores.noteReading(of: id, at: now), notice.topic == CaseKeeper.topic, let step = notice.step {
                try CaseKeeper(services: services).noteReading(of: step, caseID: notice.about, at: now, in: stores)
            }
            let key = try services.vault.existingPersonKey(of: principal.id, in: stores)
            return try Self.letter(try stores.notice(id) ?? notice, key)
        }
    }

    private static func letter(_ notice: Notice, _ key: SealingKey?) throws -> Letter {
        guard let key else { return Letter(notice: notice, text: nil) }
        let words = try JSONDecoder().decode(Words.self, from: key.opened(notice.sealed, purpose: purpose(notice.id)))
        return Letter(notice: notice, text: LocalizedText(ru: words.ru, en: words.en))
    }

    private static func purpose(_ id: UUID) -> String { "notice:\(id.lowercased)" }

    private static let unknown = Refusal.notFound(
        "notice_unknown",
        ru: "Такого уведомления нет.",
        en: "There is no such notice."
    )
}
