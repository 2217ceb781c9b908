import Accounts
package import Attestation
package import Cryptography
package import Foundation
import Storage

/// Checks of candidates' devices and connections (row D15). The server measures and judges.
package struct SystemChecks: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// How many checks somebody may begin within an hour: each costs half a megabyte.
    private static let mostInAnHour = 20

    /// Begins a check.
    ///
    /// - Throws: `Refusal` after too many within an hour.
    package func begin(_ principal: Principal) async throws -> SystemCheck {
        let now = services.now()
        let check = SystemCheck(id: services.makeID(at: now), accountID: principal.id, at: now)
        return try await services.database.write { stores in
            let recent = try stores.systemChecks(accountID: principal.id, limit: Self.mostInAnHour)
            if recent.count == Self.mostInAnHour, let oldest = recent.last, now.timeIntervalSince(oldest.at) < 3_600 {
                throw Login.tooMany(3_600 - now.timeIntervalSince(oldest.at))
            }
            try stores.saveSystemCheck(check)
            return check
        }
    }

    /// The random bytes by which the connection is measured, once; the clock runs from here.
    ///
    /// - Throws: `Refusal` where there is no such check, or they were handed out.
    package func payload(of id: UUID, principal: Principal) async throws -> Data {
        let bytes = Data(services.random.bytes(count: SystemCheck.byteCount))
        let digest = SHA256Digest.hash(bytes)
        let services = services
        try await services.database.write { stores in
            let check = try Self.own(id, principal, in: stores)
            // The moment is taken as late as can be: what the server does before is not the connection's.
            guard let serving = check.serving(digest, at: services.now()) else { throw Self.used }
            try stores.saveSystemCheck(serving)
        }
        return bytes
    }

    /// Judges the check by what the server measured and what the device says of its camera and microphone.
    ///
    /// - Throws: `Refusal` where there is no such check, or the hash is not that of the bytes.
    package func judge(
        _ id: UUID,
        showing digest: SHA256Digest,
        _ report: SystemCheck.Report,
        principal: Principal
    ) async throws -> SystemCheck {
        let now = services.now()
        return try await services.database.write { stores in
            guard let judged = try Self.own(id, principal, in: stores).judged(showing: digest, report, at: now) else {
                throw Self.used
            }
            try stores.saveSystemCheck(judged)
            return judged
        }
    }

    /// The own checks, newest first.
    package func checks(of principal: Principal) async throws -> [SystemCheck] {
        try await services.database.read { try $0.systemChecks(accountID: principal.id, limit: 20) }
    }

    private static func own(_ id: UUID, _ principal: Principal, in stores: any Stores) throws -> SystemCheck {
        guard let check = try stores.systemCheck(id), check.accountID == principal.id else {
            throw Refusal.notFound("system_check_unknown", ru: "Такой проверки нет.", en: "There is no such check.")
        }
        return check
    }

    /// What a candidate does who has not passed a check that counts.
    static func advice(for last: SystemCheck?) -> LocalizedText {
        guard let result = last?.result else {
            return LocalizedText(
                ru: "Пройдите проверку устройства и соединения.",
                en: "Make the check of the device and the connection."
            )
        }
        guard !result.findings.isEmpty else {
            return LocalizedText(
                ru: "Проверка устройства устарела: пройдите её ещё раз.",
                en: "The system check is outdated: make it again."
            )
        }
        return LocalizedText(
            ru: result.findings.map(\.message.ru).joined(separator: " "),
            en: result.findings.map(\.message.en).joined(separator: " ")
        )
    }

    private static let used = Refusal(
        .conflict,
        "system_check_used",
        ru: "Эта проверка уже использована или её данные не совпали. Начните новую.",
        en: "This check is used up, or its data do not agree. Begin a new one."
    )
}
