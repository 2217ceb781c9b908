import Cryptography
import Foundation
import TestSupport

@testable import OpenIDConnect

/// An ID token to be: right in every way until a test changes it.
struct TestToken {
    static let issuer = "https://id.example.edu/realms/staff"
    static let clientID = "attestd"
    static let nonce = "n-0S6_WzA2Mj"
    static let accessToken = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"
    static let now = Date(timeIntervalSince1970: 1_800_000_000)

    var claims: [String: Any] = [
        "iss": Self.issuer, "sub": "248289761001", "aud": Self.clientID, "nonce": Self.nonce,
        "iat": 1_800_000_000, "exp": 1_800_000_300,
    ]
    var header = ["alg": "RS256", "kid": "rsa-1"]
    var hasCriticalParameter = false
    var key = TokenKey.rsa
    /// Changes the finished text.
    var finish: (String) -> String = { $0 }

    var text: String {
        let payload = try! JSONSerialization.data(withJSONObject: claims, options: .sortedKeys)
        return finish(key.sign(payload, header, crit: hasCriticalParameter))
    }

    static func part(_ json: String) -> String {
        Base64.encode(Array(json.utf8), .urlSafeUnpadded)
    }
}
