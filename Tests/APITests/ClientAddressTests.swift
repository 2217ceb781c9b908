import Foundation
import HTTPServer
import Testing

@testable import API

@Suite("A2: whose tries are throttled")
struct ClientAddressTests {
    @Test(
        "Behind a proxy its own word counts, which is the last; without one nobody's",
        arguments: [
            ([], "10.0.0.1", "10.0.0.1"),
            (["203.0.113.7"], "203.0.113.7", "10.0.0.1"),
            (["198.51.100.1, 203.0.113.7"], "203.0.113.7", "10.0.0.1"),
            (["198.51.100.1", "203.0.113.7"], "203.0.113.7", "10.0.0.1"),
            (["2001:db8::1"], "2001:db8::1", "10.0.0.1"),
            (["no address"], "10.0.0.1", "10.0.0.1"),
            (["203.0.113.7,"], "203.0.113.7", "10.0.0.1"),
            ([String(repeating: "1", count: 1_000)], "10.0.0.1", "10.0.0.1"),
        ] as [([String], String, String)]
    )
    func addresses(_ forwarded: [String], _ behindProxy: String, _ direct: String) {
        var headers = HTTPHeaders()
        for value in forwarded { headers.add("X-Forwarded-For", value) }
        let request = HTTPRequest(
            method: .post,
            target: "/v1/login",
            headers: headers,
            remoteAddress: "10.0.0.1"
        )
        #expect(ClientAddress.of(request, isBehindProxy: true) == behindProxy)
        #expect(ClientAddress.of(request, isBehindProxy: false) == direct)
    }
}
