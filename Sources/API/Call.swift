import Accounts
import Foundation
import HTTPServer
import TransparencyLog
import Workflows

/// One request on its way to a handler: routed, its caller known, its body checked.
struct Call: Sendable {
    var request: HTTPRequest
    /// Who calls; `nil` only where the endpoint lets anyone in.
    var caller: Principal?
    var language: LocalizedText.Language
    /// Where the request comes from, as throttles know it.
    var clientAddress: String
    /// The body where the endpoint takes JSON; it fits the endpoint's schema.
    var json: JSONValue?

    /// Who calls an endpoint that demands a login.
    var principal: Principal {
        get throws {
            guard let caller else { throw Refusal.loginNeeded }
            return caller
        }
    }

    /// An identifier from the path. Text that is no UUID names nothing.
    func id(_ name: String) throws -> UUID {
        guard let text = request.parameters[name], let id = UUID(uuidString: text) else {
            throw Refusal(
                .notFound,
                "identifier_unknown",
                ru: "Такого идентификатора нет.",
                en: "There is no such identifier."
            )
        }
        return id
    }

    /// The body as a value.
    func body<Value: Decodable>(as type: Value.Type) throws -> Value {
        do {
            return try JSONCoding.decoder().decode(type, from: request.body)
        } catch {
            // The schema let it through, so this is a gap in the schema: still the caller's input, never a crash.
            throw Refusal(
                .unprocessable,
                "body_malformed",
                ru: "Тело запроса не соответствует описанию.",
                en: "The body does not fit the description."
            )
        }
    }

    /// A query parameter; the endpoint's table has checked it.
    func query(_ name: String) -> String? { request.queryValue(name) }

    /// A whole number from the query.
    func number(_ name: String, default fallback: Int) -> Int { query(name).flatMap { Int($0) } ?? fallback }

    /// The device that calls, as its session shows it.
    var device: ClientDevice { ClientDevice(address: clientAddress, userAgent: request.headers["User-Agent"]) }

    /// Whether who calls was shown by the browser's cookie.
    var comesByCookie: Bool { request.headers["Authorization"] == nil && sessionCookie != nil }

    /// The token in the browser's cookie, if any.
    var sessionCookie: String? { request.cookie(SessionCookie.name) }

    /// The key under which a repeated request is known.
    var idempotencyKey: String? { request.headers["Idempotency-Key"] }
}

extension Refusal {
    static let loginNeeded = Refusal(
        .unauthenticated,
        "login_needed",
        ru: "Войдите в учётную запись.",
        en: "Log in first."
    )

    static let roleMissing = Refusal(
        .forbidden,
        "role_missing",
        ru: "Для этого действия у вашей учётной записи нет прав.",
        en: "Your account has not the rights for this."
    )

    static let scopeMissing = Refusal(
        .forbidden,
        "scope_missing",
        ru: "У этого ключа доступа нет такого права.",
        en: "This token has not the right for this."
    )

    static let secondFactorMissing = Refusal(
        .forbidden,
        "second_factor_missing",
        ru: "Сначала подключите второй фактор: без него сотрудникам ничего другого не доступно.",
        en: "Set a second factor up first: without one, staff can do nothing else."
    )

    static let storageFull = Refusal(
        .storageFull,
        "storage_full",
        ru: "На сервере кончилось место, запрос не выполнен. Сообщите администратору и повторите позже.",
        en: "The server's disk is full and the request was not carried out. Tell the administrator; try again later."
    )

    static let internalError = Refusal(
        .internalError,
        "internal_error",
        ru: "Служба не смогла выполнить запрос. Повторите его; если не поможет, сообщите номер запроса.",
        en: "The service could not carry out the request. Try again; if it fails again, report its number."
    )

    static let crossSite = Refusal(
        .forbidden,
        "cross_site_request",
        ru: "Запрос пришёл с другого сайта и отклонён.",
        en: "The request came from another site and was refused."
    )
}
