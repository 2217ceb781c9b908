import Foundation
import Storage

/// The `Idempotency-Key` of one request: a repeated request finds what the first one made.
struct Idempotency: Sendable {
    var accountID: UUID
    var key: String?
    /// Identifies the request; the same key with another request is refused.
    var digest: String

    /// What the key made before, if anything.
    ///
    /// - Throws: `Refusal` where the key was used for another request.
    func earlierResource(in stores: any Stores) throws -> UUID? {
        guard let key, let earlier = try stores.idempotentResult(of: accountID, key: key) else { return nil }
        guard earlier.requestDigest == digest else {
            throw Refusal(
                .conflict,
                "idempotency_key_reused",
                ru: "Этот Idempotency-Key уже использован для другого запроса.",
                en: "This Idempotency-Key was used for another request."
            )
        }
        return earlier.resourceID
    }

    /// Notes what the request made. A second request that was under way at the same time fails here and stores nothing.
    func note(_ resourceID: UUID, at time: Date, in stores: any Stores) throws {
        guard let key else { return }
        guard try earlierResource(in: stores) == nil else {
            throw Refusal(
                .conflict,
                "request_in_progress",
                ru: "Такой же запрос уже выполнен. Повторите его, чтобы получить ответ.",
                en: "The same request has been carried out meanwhile. Repeat it to get its answer."
            )
        }
        try stores.insertIdempotentResult(
            IdempotentResult(requestDigest: digest, resourceID: resourceID),
            of: accountID,
            key: key,
            at: time
        )
    }
}
