import Accounts
import Cryptography
package import Foundation
package import Retention
import Storage
import TransparencyLog

/// Erases people: on request, after a withdrawal, when nothing needs their data any more (row F3).
///
/// What the identification log says stays, under the pseudonym: its entries commit to ciphertexts of which the key is
/// destroyed, so all proofs hold. The order of the work survives a crash at any moment: keys and rows in one
/// transaction, then files, then what the database's files still hold of them, then the certificate's entry in the log.
package struct PersonErasures: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// A demand with what it would come to.
    package struct Plan: Sendable {
        package var erasure: PersonErasure
        /// What there is now, or was when it was destroyed.
        package var inventory: [PersonalDataLine]
        /// What keeps the data for now.
        package var holds: Set<RetentionHold>
    }

    // MARK: - Asking

    /// A candidate asks to be erased. Who has asked already is shown the open demand.
    package func request(by principal: Principal) async throws -> Plan {
        try await request(principal.id, .request, by: principal)
    }

    /// Asks for a person to be erased.
    ///
    /// - Throws: `Refusal` where there is no such candidate.
    package func request(
        _ accountID: UUID,
        _ ground: PersonErasure.Ground,
        by principal: Principal
    ) async throws -> Plan {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let account = try stores.account(accountID) else { throw Refusal.unknownAccount }
            guard !account.roles.areStaff else { throw Self.staff }
            let earlier = try stores.personErasures(of: accountID).first { $0.state != .refused }
            if let earlier { return try Self.plan(earlier, in: stores) }
            return try Self.plan(
                Self.insert(accountID, ground, by: principal.id, at: now, services, in: stores),
                in: stores
            )
        }
    }

    /// Who withdraws the consent to all processing asks for this too. Runs inside a write transaction.
    static func request(after statement: ConsentStatement, services: Services, in stores: any Stores) throws {
        guard try stores.personErasures(of: statement.accountID).allSatisfy({ $0.state == .refused }) else { return }
        _ = try insert(
            statement.accountID,
            .consentWithdrawn,
            by: statement.recordedBy,
            at: statement.at,
            services,
            in: stores
        )
    }

    private static func insert(
        _ accountID: UUID,
        _ ground: PersonErasure.Ground,
        by author: UUID,
        at now: Date,
        _ services: Services,
        in stores: any Stores
    ) throws -> PersonErasure {
        let erasure = PersonErasure(
            id: services.makeID(at: now),
            accountID: accountID,
            ground: ground,
            requestedBy: author,
            requestedAt: now
        )
        try stores.insertPersonErasure(erasure)
        try LogBook(vault: services.vault).append(
            "erasure_request",
            recordID: erasure.id,
            subject: accountID,
            at: now,
            facts: ["ground": .string(ground.rawValue), "by": .string(author.lowercased)],
            personal: [String: String](),
            to: stores
        )
        return erasure
    }

    // MARK: - Reading

    /// One demand with what it comes to.
    ///
    /// - Throws: `Refusal` where there is none.
    package func plan(_ id: UUID) async throws -> Plan {
        try await services.database.read { stores in
            guard let erasure = try stores.personErasure(id) else { throw Self.unknown }
            return try Self.plan(erasure, in: stores)
        }
    }

    /// A page of demands, newest first.
    package func erasures(before: UUID?, limit: Int) async throws -> [PersonErasure] {
        try await services.database.read { try $0.personErasures(before: before, limit: limit) }
    }

    /// A candidate's own demands.
    package func own(_ principal: Principal) async throws -> [PersonErasure] {
        try await services.database.read { try $0.personErasures(of: principal.id) }
    }

    private static func plan(_ erasure: PersonErasure, in stores: any Stores) throws -> Plan {
        let isOpen = erasure.destroyedAt == nil
        return Plan(
            erasure: erasure,
            inventory: isOpen ? try stores.personalDataInventory(of: erasure.accountID) : erasure.inventory,
            holds: isOpen ? try stores.retentionHolds(of: erasure.accountID) : []
        )
    }

    /// Documents that the law demands of an erased person, opened for whoever needs to show one; reading is recorded.
    ///
    /// - Throws: `Refusal` where there is no such demand.
    package func archive(
        of id: UUID,
        purpose: String,
        by principal: Principal
    ) async throws -> [(document: ArchivedDocument, text: String)] {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let erasure = try stores.personErasure(id) else { throw Self.unknown }
            let documents = try stores.archivedDocuments(of: id)
            let record = SealedRecord(
                kind: "archive_read",
                timestamp: now,
                subject: erasure.accountID.lowercased,
                facts: [
                    "record": .string(id.lowercased), "by": .string(principal.id.lowercased),
                    "purpose": .string(purpose), "documents": .integer(Int64(documents.count)),
                ]
            )
            try LogBook.append(record, of: id, to: stores)
            return try documents.map { document in
                let bytes = try services.vault.open(document.sealed, purpose: Self.archivePurpose)
                return (document, String(decoding: bytes, as: UTF8.self))
            }
        }
    }

    static let archivePurpose = MasterKeyUse(.archivedDocuments)

    // MARK: - Deciding

    /// What an officer decides.
    package enum Decision: Sendable {
        /// The person is to be erased.
        case approved(order: OrderReference?, commission: [UUID])
        /// The person is not, for this reason: the law's clause.
        case refused(String)
    }

    /// Decides about a demand; nobody decides about their own.
    ///
    /// - Throws: `Refusal`.
    package func decide(_ id: UUID, _ decision: Decision, by principal: Principal) async throws -> Plan {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard var erasure = try stores.personErasure(id) else { throw Self.unknown }
            guard erasure.state == .requested else { throw Self.decided }
            erasure.decidedBy = principal.id
            erasure.decidedAt = now
            switch decision {
            case .approved(let order, let commission):
                for member in commission where try stores.account(member)?.roles.areStaff != true {
                    throw Refusal.commissionUnknown
                }
                erasure.state = .approved
                erasure.order = order
                erasure.commission = commission
            case .refused(let clause):
                erasure.state = .refused
                erasure.refusal = clause
            }
            try stores.updatePersonErasure(erasure)
            try LogBook(vault: services.vault).append(
                "erasure_decision",
                recordID: id,
                subject: erasure.accountID,
                at: now,
                facts: ["decision": .string(erasure.state.rawValue), "by": .string(principal.id.lowercased)],
                personal: ["refusal": erasure.refusal ?? ""],
                to: stores
            )
            return try Self.plan(erasure, in: stores)
        }
    }

    // MARK: - Carrying out

    /// Takes all approved demands as far as they go.
    ///
    /// - Returns: the people whose rows were destroyed in this round, so that copies in memory go too.
    @discardableResult
    package func work() async throws -> [UUID] {
        var destroyed: [UUID] = []
        for erasure in try await services.database.read({ try $0.unfinishedPersonErasures() }) {
            if erasure.state == .approved, try await destroy(erasure.id) { destroyed.append(erasure.accountID) }
        }
        try await RetentionRuns(services).deleteFiles()
        try await clear()
        return destroyed
    }

    private func destroy(_ id: UUID) async throws -> Bool {
        let password = try await NewPassword(services: services).unusable()
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard var erasure = try stores.personErasure(id), erasure.state == .approved,
                try stores.retentionHolds(of: erasure.accountID).isEmpty
            else { return false }
            let account = try stores.account(erasure.accountID)
            try Self.destroy(&erasure, of: account, password.phc, at: now, services, in: stores)
            return true
        }
    }

    /// Destroys keys and rows. Runs inside a write transaction.
    static func destroy(
        _ erasure: inout PersonErasure,
        of account: Account?,
        _ unusablePassword: String,
        at now: Date,
        _ services: Services,
        in stores: any Stores
    ) throws {
        if let email = account?.email.value { try stores.setThrottle(nil, for: Login.throttleKey(email)) }
        erasure.inventory = try stores.personalDataInventory(of: erasure.accountID)
        erasure.files = try stores.erasePerson(
            erasure.accountID,
            for: erasure.id,
            unusablePassword: unusablePassword,
            at: now,
            seal: { services.vault.seal($0, purpose: Self.archivePurpose) }
        )
        erasure.state = .clearing
        erasure.destroyedAt = now
        try stores.updatePersonErasure(erasure)
    }

    /// Leaves nothing in the database's own files, and writes down what was done.
    private func clear() async throws {
        let (waiting, mayRebuild) = try await services.database.read { stores in
            (
                try stores.unfinishedPersonErasures().filter { $0.state == .clearing },
                try !stores.isAnyAttemptUnderWay()
            )
        }
        // Nobody can save an answer while the file is written anew.
        guard !waiting.isEmpty, mayRebuild else { return }
        try await services.database.rebuild()
        guard try await services.database.scrub() else { return }
        let now = services.now()
        try await services.database.write { stores in
            for erasure in waiting where try !stores.hasFilesToDestroy(for: erasure.id) {
                guard var current = try stores.personErasure(erasure.id), current.state == .clearing else { continue }
                // No key is made for the person again: the entry seals nothing.
                let record = SealedRecord(
                    kind: "erasure",
                    timestamp: now,
                    subject: current.accountID.lowercased,
                    facts: Self.facts(of: current)
                )
                current.logIndex = try LogBook.append(record, of: current.id, to: stores)
                current.state = .completed
                current.completedAt = now
                try stores.updatePersonErasure(current)
            }
        }
    }

    private static func facts(of erasure: PersonErasure) -> [String: JSONValue] {
        func counts(_ value: (PersonalDataLine) -> Int) -> JSONValue {
            .object(
                Dictionary(
                    uniqueKeysWithValues: erasure.inventory.filter { value($0) > 0 }.map {
                        ($0.category.rawValue, .integer(Int64(value($0))))
                    }
                )
            )
        }
        var facts: [String: JSONValue] = [
            "record": .string(erasure.id.lowercased), "what": "person", "ground": .string(erasure.ground.rawValue),
            "destroyed": counts(\.erased), "kept": counts(\.kept), "files": .integer(Int64(erasure.files)),
        ]
        facts["decided_by"] = erasure.decidedBy.map { .string($0.lowercased) }
        facts["order"] = erasure.order.map { ["number": .string($0.number), "date": .string($0.date)] }
        if !erasure.commission.isEmpty {
            facts["commission"] = .array(erasure.commission.map { .string($0.lowercased) })
        }
        return facts
    }

    // MARK: - Refusals

    static let unknown = Refusal.notFound(
        "erasure_unknown",
        ru: "Такого требования об уничтожении нет.",
        en: "There is no such demand for erasure."
    )

    private static let decided = Refusal(
        .conflict,
        "erasure_decided",
        ru: "По этому требованию уже принято решение.",
        en: "This demand is decided already."
    )

    private static let staff = Refusal(
        .unprocessable,
        "erasure_of_staff",
        ru: "Данные сотрудников так не уничтожаются: их решения остаются подписанными. Отключите учётную запись.",
        en: "Staff are not erased: their decisions stay attributed. Disable the account."
    )
}
