/// How a login ended.
public enum LoginOutcome: Sendable {
    /// The provider has identified somebody, and they have access.
    case identified(ExternalIdentity)
    /// No access.
    case refused(LoginRefusal)
}

/// Why a login gives no access.
public enum LoginRefusal: Hashable, Sendable, CustomStringConvertible {
    /// No such login was begun, it was ended already, or it took longer than ten minutes.
    case unknownLogin
    /// Another browser began it.
    case anotherBrowser
    /// Another provider answered (RFC 9207), or one that was configured before.
    case anotherIssuer
    /// The provider refused, in its own word for it: `access_denied` where the person did.
    case provider(String)
    /// The provider does not accept the code: it was used, is too old, or somebody else's.
    case code
    /// The ID token must not be believed.
    case idToken(IDTokenRefusal)
    /// UserInfo speaks of somebody else (OpenID Connect Core 1.0 §5.3.2).
    case anotherSubject
    /// No rule gives the person a role; the subject is there for an administrator who wants to help.
    case noRole(subject: String)

    /// The reason's stable name for logs, without the subject.
    public var description: String {
        switch self {
        case .unknownLogin: "unknown_login"
        case .anotherBrowser: "another_browser"
        case .anotherIssuer: "another_issuer"
        case .provider(let error): "provider:\(error)"
        case .code: "code"
        case .idToken(let refusal): "id_token:\(refusal.rawValue)"
        case .anotherSubject: "another_subject"
        case .noRole: "no_role"
        }
    }
}
