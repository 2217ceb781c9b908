import Foundation

/// The cookie that carries a browser's login session. The prefix binds it to this host over a secure connection
/// (RFC 6265bis §4.1.3.2).
enum SessionCookie {
    static let name = "__Host-attestd_session"

    static func set(_ token: String, lifetime: TimeInterval) -> (String, String) {
        ("Set-Cookie", "\(name)=\(token); Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=\(Int(lifetime))")
    }

    static let clear = ("Set-Cookie", "\(name)=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}
