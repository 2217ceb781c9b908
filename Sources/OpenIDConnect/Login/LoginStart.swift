public import Foundation

/// What begins a login.
public struct LoginStart: Sendable {
    /// Where to send the browser, with status 303. It holds the state and the nonce, and no secret.
    public let url: URL
    /// What to store.
    public let pending: PendingLogin
    /// What ties the login to this browser: without it somebody could finish their own login in another's browser.
    ///
    /// It goes into a cookie `__Host-…`, `Secure`, `HttpOnly`, `SameSite=Lax` (with `Strict` it would not come back from
    /// the provider's site), `Max-Age=600`.
    public let browserToken: String
}
