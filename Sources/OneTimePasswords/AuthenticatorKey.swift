import COath
public import Cryptography
public import Foundation

/// The secret that an authenticator app shares with the service, and the codes made of it (TOTP, RFC 6238; the codes of
/// single steps are HOTP's, RFC 4226).
public struct AuthenticatorKey: Sendable {
    /// The hash under the HMAC. Apps take SHA-1 without asking and the others seldom; HMAC does not need SHA-1 to resist
    /// collisions.
    public enum Algorithm: Sendable {
        case sha1
        case sha256
        case sha512

        fileprivate var flag: Int32 {
            switch self {
            case .sha1: 0
            case .sha256: Int32(OATH_TOTP_HMAC_SHA256.rawValue)
            case .sha512: Int32(OATH_TOTP_HMAC_SHA512.rawValue)
            }
        }
    }

    /// How long a code is the current one, in seconds.
    public static let stepSeconds: UInt64 = 30
    /// How many steps a clock may be off, to either side.
    public static let tolerance: UInt64 = 1
    /// The secret's length where we choose it, in bytes (RFC 4226 §4 R6).
    public static let secretLength = 20

    private let secret: SecretBytes
    private let algorithm: Algorithm
    private let digits: Int

    /// A key from its secret; the defaults are what every app does.
    public init(secret: SecretBytes, algorithm: Algorithm = .sha1, digits: Int = 6) {
        self.secret = secret
        self.algorithm = algorithm
        self.digits = digits
    }

    /// A fresh key.
    public static func random() -> AuthenticatorKey {
        AuthenticatorKey(secret: .random(count: secretLength))
    }

    /// The secret's bytes, to be sealed at once.
    public var secretBytes: [UInt8] { secret.withUnsafeBytes { Array($0) } }

    /// The step that a moment falls into.
    public static func step(at time: Date) -> UInt64 {
        UInt64(max(0, time.timeIntervalSince1970)) / stepSeconds
    }

    /// The code of a step.
    ///
    /// - Throws: ``OneTimePasswordError`` where liboath takes neither the number of digits nor the hash.
    public func code(ofStep step: UInt64) throws -> String {
        Oath.ready
        var text = [CChar](repeating: 0, count: digits + 1)
        let code = secret.withUnsafeBytes { bytes in
            oath_totp_generate2(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                bytes.count,
                time_t(clamping: step * Self.stepSeconds),
                UInt32(Self.stepSeconds),
                0,
                UInt32(digits),
                algorithm.flag,
                &text
            )
        }
        guard code == OATH_OK.rawValue else { throw OneTimePasswordError(code: code) }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    }

    /// The step whose code somebody typed, among the current one and its neighbours and behind `lastStep`; `nil` where
    /// it is none of theirs. A code that counted is never taken twice if its step becomes the next `lastStep`.
    ///
    /// - Throws: ``OneTimePasswordError``.
    public func step(of typed: String, at time: Date, after lastStep: UInt64) throws -> UInt64? {
        let typed = Array(typed.filter { !$0.isWhitespace }.utf8)
        let current = Self.step(at: time)
        var found: UInt64?
        // All are compared, whichever fits: the time tells nothing.
        for step in (current - min(current, Self.tolerance))...(current + Self.tolerance) {
            let isSame = constantTimeEqual(typed, Array(try code(ofStep: step).utf8))
            if isSame, step > lastStep { found = step }
        }
        return found
    }

    /// The secret as an app takes it typed.
    public var base32: String {
        get throws { try Base32.encode(secretBytes) }
    }

    /// The secret as an app takes it from a QR code (the key URI format of Google Authenticator).
    ///
    /// - Parameters:
    ///   - issuer: the service's name.
    ///   - account: the login.
    public func uri(issuer: String, account: String) throws -> String {
        let plain = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "!"..."~"))
        func escaped(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }
        return "otpauth://totp/\(escaped(issuer)):\(escaped(account))?secret=\(try base32)"
            + "&issuer=\(escaped(issuer))&algorithm=SHA1&digits=\(digits)&period=\(Self.stepSeconds)"
    }
}

extension AuthenticatorKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The type's name, and nothing else.
    public var description: String { "AuthenticatorKey(hidden)" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no members.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
