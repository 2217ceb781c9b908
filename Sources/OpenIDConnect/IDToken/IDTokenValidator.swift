import Cryptography
import Foundation

/// Judges ID tokens by OpenID Connect Core 1.0 §3.1.3.7.
struct IDTokenValidator: Sendable {
    let issuer: String
    let clientID: String
    /// Audiences that a token may have beside this client.
    let trustedAudiences: Set<String>
    /// How long ago the person may have proved who they are, in seconds.
    let maximumAge: Int?

    /// By how many seconds clocks may differ.
    static let clockTolerance: TimeInterval = 60
    static let maximumLength = 32 * 1024

    /// What one login expects of its token.
    struct Expectation: Sendable {
        let nonce: String
        /// The access token that came along.
        let accessToken: String?
        let now: Date
    }

    /// Judges a token by a provider's keys.
    func verdict(on text: String, keys: JSONWebKeySet, expecting expectation: Expectation) -> IDTokenVerdict {
        guard text.utf8.count <= Self.maximumLength else { return .refused(.tooLong) }
        let dots = text.utf8.count { $0 == UInt8(ascii: ".") }
        // Five parts are a JWE (RFC 7516 §3.1).
        guard dots != 4 else { return .refused(.encrypted) }
        guard let token = SignedToken(compact: text) else { return .refused(Self.unreadable(text)) }
        if let refusal = signatureRefusal(token, keys) { return .refused(refusal) }
        guard let claims = try? JSONDecoder().decode(JSONValue.self, from: token.payload),
            case .object = claims
        else { return .refused(.malformed) }
        if let refusal = partyRefusal(claims) ?? timeRefusal(claims, expectation) ?? bindingRefusal(claims, expectation)
        {
            return .refused(refusal)
        }
        // Core §2: at most 255 ASCII characters.
        guard let subject = claims["sub"]?.text, (1...255).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ (0x20...0x7e).contains($0) })
        else { return .refused(.subject) }
        // Some providers write 0 where they do not know.
        let proved = claims["auth_time"]?.date.flatMap { $0.timeIntervalSince1970 > 0 ? $0 : nil }
        return .accepted(IDToken(subject: subject, authenticatedAt: proved, claims: claims))
    }

    /// libcjose does not even read a token with an algorithm unknown to it: tells such from broken ones.
    private static func unreadable(_ text: String) -> IDTokenRefusal {
        guard let header = text.split(separator: ".", omittingEmptySubsequences: false).first,
            let bytes = try? Base64.decode(String(header), .urlSafeUnpadded),
            let object = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)),
            let algorithm = object["alg"]?.text
        else { return .malformed }
        return SignatureAlgorithm(rawValue: algorithm) == nil ? .algorithm : .malformed
    }

    private func signatureRefusal(_ token: borrowing SignedToken, _ keys: JSONWebKeySet) -> IDTokenRefusal? {
        guard !token.hasCriticalParameters else { return .criticalHeader }
        guard let algorithm = token.algorithm.flatMap(SignatureAlgorithm.init) else { return .algorithm }
        let candidates = keys.candidates(keyID: token.keyID, algorithm: algorithm)
        guard !candidates.isEmpty else { return .unknownKey }
        if let length = algorithm.signatureLength, token.signatureLength != length { return .signature }
        for key in candidates where token.isSigned(by: key) { return nil }
        // Without a name for it, another key is one that we may not have seen yet.
        return token.keyID == nil ? .unknownKey : .signature
    }

    private func partyRefusal(_ claims: JSONValue) -> IDTokenRefusal? {
        guard claims["iss"]?.text == issuer else { return .issuer }
        guard let audiences = claims["aud"]?.texts, audiences.contains(clientID),
            audiences.allSatisfy({ $0 == clientID || trustedAudiences.contains($0) })
        else { return .audience }
        if let party = claims["azp"] {
            guard party.text == clientID else { return .authorizedParty }
        } else if audiences.count > 1 {
            return .authorizedParty
        }
        return nil
    }

    private func timeRefusal(_ claims: JSONValue, _ expectation: Expectation) -> IDTokenRefusal? {
        let tolerance = Self.clockTolerance
        guard let end = claims["exp"]?.date, expectation.now < end.addingTimeInterval(tolerance) else {
            return .expired
        }
        let soon = expectation.now.addingTimeInterval(tolerance)
        guard let issued = claims["iat"]?.date, issued <= soon else { return .issuedAt }
        if let start = claims["nbf"] {
            guard let date = start.date, date <= soon else { return .notYetValid }
        }
        if let maximumAge {
            guard let proved = claims["auth_time"]?.date, proved <= soon,
                expectation.now.timeIntervalSince(proved) <= TimeInterval(maximumAge) + tolerance
            else { return .authenticationTooOld }
        }
        return nil
    }

    private func bindingRefusal(_ claims: JSONValue, _ expectation: Expectation) -> IDTokenRefusal? {
        guard let nonce = claims["nonce"]?.text,
            constantTimeEqual(Array(nonce.utf8), Array(expectation.nonce.utf8))
        else { return .nonce }
        if let hash = claims["at_hash"] {
            guard let accessToken = expectation.accessToken, hash.text == Self.leftHalfHash(accessToken) else {
                return .accessTokenHash
            }
        }
        return nil
    }

    /// `at_hash` for the algorithms with SHA-256, which all allowed ones are (Core §3.1.3.6).
    static func leftHalfHash(_ accessToken: String) -> String {
        Base64.encode(SHA256Digest.hash(utf8: accessToken).bytes.prefix(16), .urlSafeUnpadded)
    }
}
