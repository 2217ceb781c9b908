import Accounts
import HTTPServer
import Workflows

/// What ties a login by the institution's provider to the browser that began it.
enum ProviderLoginCookie {
    static let name = "__Host-attestd_login"

    /// `Lax`: with `Strict` it would not come back from the provider's site.
    static func set(_ token: String) -> (String, String) {
        let seconds = Int(PendingProviderLogin.lifetime)
        return ("Set-Cookie", "\(name)=\(token); Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=\(seconds)")
    }

    static let clear = ("Set-Cookie", "\(name)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// What makes a browser known with the account that logged in by it last (OWASP's "device cookie"). It opens nothing.
enum DeviceCookie {
    static let name = "__Host-attestd_device"

    static func set(_ secret: String) -> (String, String) {
        let seconds = Int(KnownDevice.lifetime)
        return ("Set-Cookie", "\(name)=\(secret); Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=\(seconds)")
    }
}

/// The ticket for the second step of a login, where the first one ended in a redirect: no secret goes into an address.
enum LoginTicketCookie {
    static let name = "__Host-attestd_ticket"

    static func set(_ ticket: String) -> (String, String) {
        let seconds = Int(LoginTicket.lifetime)
        return ("Set-Cookie", "\(name)=\(ticket); Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=\(seconds)")
    }

    static let clear = ("Set-Cookie", "\(name)=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}
