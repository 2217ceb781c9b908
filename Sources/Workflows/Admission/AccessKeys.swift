import Accounts
package import Attestation
import Cryptography
package import Foundation
import Grading
import Storage
import TransparencyLog

/// Access keys to exams (row A7): issued for a group or a candidate with a window, entered by candidates.
package struct AccessKeys: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// For whom a key is asked.
    package enum Recipient: Sendable {
        /// A group of the register.
        case group(UUID)
        /// The group of a name; the study group where an academic one is called the same.
        case groupNamed(String)
        /// A candidate's account.
        case candidate(UUID)
    }

    /// Issues a key. It is answered once, and never again.
    ///
    /// - Throws: `Refusal` where there is no such exam, group or candidate, or the window is empty.
    package func issue(
        for recipient: Recipient,
        examID: UUID,
        from: Date,
        until: Date,
        principal: Principal
    ) async throws -> (key: AccessKey, text: String) {
        guard from < until else {
            throw Refusal(
                .unprocessable,
                "window_empty",
                ru: "Ключ должен действовать дольше, чем ничего: проверьте начало и конец.",
                en: "The key must be valid for a while: check its begin and end."
            )
        }
        let now = services.now()
        let text = AccessKey.text(services.random.bytes(count: AccessKey.byteCount))
        let id = services.makeID(at: now)
        let key = try await services.database.write { [services] stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            let key = AccessKey(
                id: id,
                examID: examID,
                holder: try Self.holder(recipient, in: stores),
                hash: AccessKey.hash(of: text),
                validFrom: from,
                validUntil: until,
                issuedBy: principal.id,
                at: now
            )
            try stores.insertAccessKey(key)
            try Self.log("access_key", key, by: principal.id, at: now, services, to: stores)
            return key
        }
        return (key, text)
    }

    private static func holder(_ recipient: Recipient, in stores: any Stores) throws -> AccessKey.Holder {
        switch recipient {
        case .candidate(let id):
            guard let account = try stores.account(id), account.roles.contains(.candidate) else {
                throw Refusal.notFound(
                    "candidate_unknown",
                    ru: "Такого обучающегося нет.",
                    en: "There is no such candidate."
                )
            }
            return .candidate(id)
        case .group(let id):
            guard let group = try stores.group(id) else { throw Refusal.unknownGroup }
            return .group(group.id, name: group.name)
        case .groupNamed(let name):
            guard let group = try stores.groups(named: name).first else { throw Refusal.unknownGroup }
            return .group(group.id, name: group.name)
        }
    }

    /// Revokes a key: whoever entered it must enter another one before the start.
    ///
    /// - Throws: `Refusal` where there is no such key, or it is revoked.
    package func revoke(_ id: UUID, examID: UUID, principal: Principal) async throws {
        let now = services.now()
        try await services.database.write { [services] stores in
            guard let key = try stores.accessKeys(examID: examID).first(where: { $0.id == id }) else {
                throw Refusal.notFound("access_key_unknown", ru: "Такого ключа нет.", en: "There is no such key.")
            }
            guard try stores.revokeAccessKey(id, examID: examID, at: now) else {
                throw Refusal(
                    .conflict,
                    "access_key_revoked",
                    ru: "Ключ уже отозван.",
                    en: "The key is revoked already."
                )
            }
            try Self.log("access_key_revocation", key, by: principal.id, at: now, services, to: stores)
        }
    }

    /// The keys of an exam, without what opens it.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func keys(examID: UUID) async throws -> [AccessKey] {
        try await services.database.read { stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            return try stores.accessKeys(examID: examID)
        }
    }

    /// Takes a key that a candidate enters. Wrong ones are slowed down, by person and by network.
    ///
    /// - Throws: `Refusal`, the same for a key that there is not and one that is not for this person or this hour.
    package func enter(_ text: String, examID: UUID, principal: Principal, from address: String) async throws {
        let now = services.now()
        let gate = ThrottleGate("access-key:\(principal.id.lowercased)", from: address)
        let hash = AccessKey.hash(of: text)
        if let wait = try await services.database.read({ try gate.wait(at: now, in: $0) }) {
            throw Login.tooMany(wait.seconds)
        }
        let refusal = try await services.database.write { [services] stores -> Refusal? in
            guard try stores.exam(examID) != nil else { return Refusal.unknownExam }
            if let wait = try gate.enter(at: now, in: stores) { return Login.tooMany(wait.seconds) }
            let groups = Set(try stores.groups(ofAccount: principal.id).map(\.id))
            guard let key = try stores.accessKey(examID: examID, hash: hash),
                key.opens(for: principal.id, in: groups, at: now)
            else { return Self.notAccepted }
            try gate.succeed(in: stores)
            try stores.insertAccessKeyUse(key.id, examID: examID, candidateID: principal.id, at: now)
            try LogBook(vault: services.vault).append(
                "access_key_use",
                recordID: key.id,
                subject: principal.id,
                at: now,
                facts: ["exam": .string(examID.lowercased)],
                personal: [String: String](),
                to: stores
            )
            return nil
        }
        // Thrown after the commit: a wrong guess has to count.
        if let refusal { throw refusal }
    }

    private static func log(
        _ kind: String,
        _ key: AccessKey,
        by actor: UUID,
        at now: Date,
        _ services: Services,
        to stores: any Stores
    ) throws {
        var subject: UUID?
        var group: (id: UUID?, name: String)?
        switch key.holder {
        case .candidate(let id): subject = id
        case .group(let id, let name): group = (id, name)
        }
        var facts: [String: JSONValue] = [
            "exam": .string(key.examID.lowercased), "decided_by": .string(actor.lowercased),
        ]
        facts["group"] = group.map { .string($0.name) }
        facts["group_id"] = group?.id.map { .string($0.lowercased) }
        try LogBook(vault: services.vault).append(
            kind,
            recordID: key.id,
            subject: subject,
            at: now,
            facts: facts,
            personal: [String: String](),
            to: stores
        )
    }

    private static let notAccepted = Refusal(
        .conflict,
        "access_key_not_accepted",
        ru: "Ключ не подошёл: он неверен, не для вас или сейчас не действует. Проверьте его и время экзамена.",
        en: "The key was not accepted: it is wrong, not for you, or not valid now. Check it and the exam's time."
    )
}
