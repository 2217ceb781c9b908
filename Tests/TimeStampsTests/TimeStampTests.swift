import Foundation
import TestSupport
import Testing
import TimeStamps

@Suite("F2 Time stamps (RFC 3161) from openssl's authority")
struct TimeStampTests {
    private static let digest = [UInt8](0..<32)

    private func trust(_ file: URL) throws -> TrustedAuthorities {
        try TrustedAuthorities(pem: try Data(contentsOf: file))
    }

    private func expect(_ code: TimeStampError.Code, _ body: () async throws -> Void) async {
        await #expect(throws: TimeStampError(code, "")) { try await body() }
    }

    @Test("A stamp verifies at once and when it was kept, by the root or the authority's own certificate")
    func genuine() async throws {
        let authority = try TestAuthority()
        let before = Date().addingTimeInterval(-2)
        for certificate in [authority.root, authority.own] {
            let trusted = try trust(certificate)
            let kept = try await TimeStampAuthority(url: authority.url, trusted: trusted).stamp(sha256: Self.digest)
            let stamp = try TimeStamp(kept: kept, sha256: Self.digest, trusted: trusted)
            #expect(stamp.time >= before && stamp.time <= Date())
        }
    }

    @Test("A stamp of something else, by somebody else, or altered anywhere is refused")
    func forged() async throws {
        let authority = try TestAuthority()
        let trusted = try trust(authority.root)
        let kept = try await TimeStampAuthority(url: authority.url, trusted: trusted).stamp(sha256: Self.digest)
        await expect(.notAuthentic) {
            _ = try TimeStamp(kept: kept, sha256: Self.digest.reversed(), trusted: trusted)
        }
        await expect(.notAuthentic) {
            _ = try TimeStamp(kept: kept, sha256: Self.digest, trusted: try trust(authority.other))
        }
        let stranger = TimeStampAuthority(url: authority.url, trusted: try trust(authority.other))
        await expect(.notAuthentic) { _ = try await stranger.stamp(sha256: Self.digest) }
        await expect(.notAuthentic) { _ = try TimeStamp(kept: kept + [0], sha256: Self.digest, trusted: trusted) }
        await expect(.notAuthentic) { _ = try TimeStamp(kept: Data(), sha256: Self.digest, trusted: trusted) }
        let genuine = try TimeStamp(kept: kept, sha256: Self.digest, trusted: trusted).time
        for place in kept.indices {
            var changed = kept
            changed[place] ^= 0x01
            // What is not signed may change: the enclosed certificate's order of fields, the status text. The moment not.
            let stamp = try? TimeStamp(kept: changed, sha256: Self.digest, trusted: trusted)
            #expect(stamp == nil || stamp?.time == genuine, "byte \(place)")
        }
    }

    @Test(
        "An authority that answers another request, with an error or with something else is refused",
        arguments: [
            (TestAuthority.Mode.otherNonce, TimeStampError.Code.notAuthentic), (.httpError, .unreachable),
            (.garbage, .notAuthentic),
        ]
    )
    func badAuthority(_ mode: TestAuthority.Mode, _ code: TimeStampError.Code) async throws {
        let authority = try TestAuthority(mode)
        let client = TimeStampAuthority(url: authority.url, trusted: try trust(authority.root))
        await expect(code) { _ = try await client.stamp(sha256: Self.digest) }
    }

    @Test("Nobody at the address is told apart, and no certificate is no trust")
    func absent() async throws {
        let authority = try TestAuthority()
        let nobody = TimeStampAuthority(url: "http://127.0.0.1:1/", trusted: try trust(authority.root))
        await expect(.unreachable) { _ = try await nobody.stamp(sha256: Self.digest) }
        await expect(.certificate) { _ = try TrustedAuthorities(pem: Data("no certificate".utf8)) }
        await expect(.certificate) { _ = try TrustedAuthorities(pem: Data()) }
    }
}
