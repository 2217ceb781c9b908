import Cryptography
package import Foundation
package import Grading
import Storage
import TransparencyLog
import Webhooks

/// Which other systems are told what happens (row E5).
package struct WebhookRegister: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Registers a receiver. Its key is told now and never again.
    ///
    /// - Returns: the receiver, and the key as receivers' libraries take it.
    /// - Throws: `Refusal` where the address is not one that messages are sent to.
    package func register(
        url: String,
        kinds: Set<OutboxMessage.Kind>,
        by principal: Principal
    ) async throws -> (receiver: WebhookReceiver, secret: String) {
        guard services.webhooks.receiver(url) != nil else { throw Refusal.receiverWrong }
        let now = services.now()
        let id = services.makeID(at: now)
        let key = Data(services.random.bytes(count: MessageCode.keyByteCount))
        let receiver = WebhookReceiver(
            id: id,
            url: url,
            kinds: kinds,
            sealedKey: services.vault.seal(key, purpose: Self.purpose(id)),
            createdBy: principal.id,
            createdAt: now
        )
        try await services.database.write { [services] stores in
            try stores.saveReceiver(receiver)
            try Self.log("registered", receiver, by: principal.id, at: now, services, to: stores)
        }
        return (receiver, "whsec_\(key.base64EncodedString())")
    }

    /// All receivers, newest first.
    package func receivers() async throws -> [WebhookReceiver] {
        try await services.database.read { try $0.receivers() }
    }

    /// Sends a receiver nothing any more.
    ///
    /// - Throws: `Refusal` where there is none such.
    package func end(_ id: UUID, by principal: Principal) async throws {
        let now = services.now()
        try await services.database.write { [services] stores in
            guard var receiver = try stores.receiver(id), receiver.endedAt == nil else {
                throw Refusal.unknownReceiver
            }
            receiver.endedAt = now
            try stores.saveReceiver(receiver)
            try Self.log("ended", receiver, by: principal.id, at: now, services, to: stores)
        }
    }

    /// A page of a receiver's messages, newest first.
    ///
    /// - Throws: `Refusal` where there is no such receiver.
    package func messages(of id: UUID, before: UUID?, limit: Int) async throws -> [OutboxMessage] {
        try await services.database.read { stores in
            guard try stores.receiver(id) != nil else { throw Refusal.unknownReceiver }
            return try stores.messages(receiverID: id, before: before, limit: limit)
        }
    }

    /// Has a message tried again that was given up or waits.
    ///
    /// - Throws: `Refusal`.
    package func retry(_ messageID: UUID, of receiverID: UUID) async throws {
        let now = services.now()
        try await services.database.write { stores in
            guard let message = try stores.message(messageID), message.receiverID == receiverID else {
                throw Refusal.unknownMessage
            }
            try stores.saveMessage(message.retried(at: now))
        }
    }

    static func purpose(_ receiverID: UUID) -> MasterKeyUse { MasterKeyUse(.webhookKeys, receiverID.lowercased) }

    private static func log(
        _ action: String,
        _ receiver: WebhookReceiver,
        by account: UUID,
        at now: Date,
        _ services: Services,
        to stores: any Stores
    ) throws {
        try LogBook(vault: services.vault).append(
            "webhook",
            recordID: receiver.id,
            subject: nil,
            at: now,
            facts: [
                "action": .string(action), "decided_by": .string(account.lowercased),
                "url_sha256": .string(SHA256Digest.hash(utf8: receiver.url).hex),
            ],
            personal: [String: String](),
            to: stores
        )
    }
}

/// Sends what waits in the outbox.
package struct WebhookDispatch: Sendable {
    private let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Tries what is due, one message after the other. A message whose delivery could not be noted is sent again: at
    /// least once, and the receiver knows it by its identifier.
    ///
    /// - Returns: how many were delivered and how many failed.
    @discardableResult
    package func send(limit: Int = 50) async throws -> (delivered: Int, failed: Int) {
        var counts = (delivered: 0, failed: 0)
        let start = services.now()
        let due = try await services.database.read { try $0.dueMessages(at: start, limit: limit) }
        for message in due {
            let outcome = try await attempt(message)
            let now = services.now()
            let next: OutboxMessage
            switch outcome {
            case .delivered:
                next = message.delivered(at: now)
                counts.delivered += 1
            case .refused(let status):
                next = message.failed("status \(status)", at: now)
                counts.failed += 1
            case .unreachable(let reason):
                next = message.failed(reason, at: now)
                counts.failed += 1
            }
            try await services.database.write { try $0.saveMessage(next) }
        }
        return counts
    }

    private func attempt(_ message: OutboxMessage) async throws -> DeliveryOutcome {
        guard let receiver = try await services.database.read({ try $0.receiver(message.receiverID) }),
            receiver.endedAt == nil
        else { return .unreachable("the receiver is ended") }
        guard let url = services.webhooks.receiver(receiver.url) else {
            return .unreachable("the address is not allowed any more")
        }
        let key = try services.vault.open(receiver.sealedKey, purpose: WebhookRegister.purpose(receiver.id))
        let signed = WebhookMessage(id: message.id.lowercased, at: services.now(), body: message.body)
        return await services.webhooks.send(signed, to: url, key: key)
    }
}

extension Refusal {
    static let receiverWrong = Refusal(
        .unprocessable,
        "receiver_wrong",
        ru: "Адрес должен начинаться с https:// и не содержать имени пользователя.",
        en: "The address must begin with https:// and hold no user name."
    )

    static let unknownReceiver = notFound(
        "receiver_unknown",
        ru: "Такого получателя нет.",
        en: "There is no such receiver."
    )

    static let unknownMessage = notFound(
        "message_unknown",
        ru: "Такого сообщения нет.",
        en: "There is no such message."
    )
}
