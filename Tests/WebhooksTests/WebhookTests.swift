import Cryptography
import Foundation
import Glibc
import TestSupport
import Testing
import Webhooks

@Suite("E5 Webhooks")
struct WebhookTests {
    static let key = Data(repeating: 7, count: 32)
    static let message = WebhookMessage(
        id: "msg_1",
        at: Date(timeIntervalSince1970: 1_772_442_000),
        body: Data(#"{"type":"grade_sheet.closed"}"#.utf8)
    )

    @Test("HMAC-SHA-256 agrees with RFC 4231, test case 1, with the key filled up with zeros")
    func publishedCode() {
        // HMAC fills shorter keys up with zeros itself, so the published code is that of the filled key.
        let key = Data(repeating: 0x0B, count: 20) + Data(repeating: 0, count: 12)
        let code = MessageCode.code(of: Data("Hi There".utf8), key: key)
        #expect(Hex.encode(code) == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    }

    @Test("the signature agrees with the example of Standard Webhooks")
    func signature() throws {
        // The specification's own key has 24 bytes; filled up with zeros it gives the same codes.
        let secret = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let message = WebhookMessage(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at: Date(timeIntervalSince1970: 1_614_265_330),
            body: Data(#"{"test": 2432232314}"#.utf8)
        )
        let key = secret + Data(repeating: 0, count: 32 - secret.count)
        #expect(message.signature(key: key) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("a receiver gets the body with identifier, time and a signature that it can check")
    func delivered() async throws {
        let receiver = try WebhookReceiver(tls: true)
        let sender = WebhookSender(certificateFile: receiver.certificate?.path, allowsPrivateAddresses: true)
        let url = try #require(sender.receiver("https://localhost:\(receiver.port)/grades"))
        #expect(await sender.send(Self.message, to: url, key: Self.key) == .delivered)
        let request = try #require(receiver.requests().first)
        #expect(request.path == "/grades")
        #expect(Data(request.body.utf8) == Self.message.body)
        #expect(request.headers["webhook-id"] == "msg_1")
        #expect(request.headers["webhook-timestamp"] == "1772442000")
        let signed = Data("msg_1.1772442000.\(request.body)".utf8)
        let code = Data(MessageCode.code(of: signed, key: Self.key)).base64EncodedString()
        #expect(request.headers["webhook-signature"] == "v1,\(code)")
        #expect(request.headers["content-type"] == "application/json")
    }

    @Test("anything but a status of 200 to 299 is no delivery, and redirects are not followed")
    func refused() async throws {
        let receiver = try WebhookReceiver()
        let sender = WebhookSender(allowsPrivateAddresses: true)
        for (path, outcome) in [
            ("/status/503", DeliveryOutcome.refused(status: 503)), ("/redirect", .refused(status: 302)),
            ("/status/204", .delivered),
        ] {
            let url = try #require(sender.receiver("http://127.0.0.1:\(receiver.port)\(path)"))
            #expect(await sender.send(Self.message, to: url, key: Self.key) == outcome)
        }
        #expect(try receiver.requests().count == 3)
    }

    @Test("a certificate that nobody vouches for, and a name that leads to this machine, get nothing")
    func guarded() async throws {
        let receiver = try WebhookReceiver(tls: true)
        let address = "https://localhost:\(receiver.port)/"
        let trusting = WebhookSender(certificateFile: receiver.certificate?.path, allowsPrivateAddresses: false)
        let url = try #require(trusting.receiver(address))
        let inside = await trusting.send(Self.message, to: url, key: Self.key)
        #expect(inside == .unreachable("the name leads into a private network"))
        let strict = WebhookSender(allowsPrivateAddresses: true)
        guard case .unreachable = await strict.send(Self.message, to: url, key: Self.key) else {
            Issue.record("an unknown certificate was trusted")
            return
        }
        #expect(try receiver.requests().isEmpty)
    }

    static let addresses: [(text: String, isPublic: Bool)] = [
        ("8.8.8.8", true), ("77.88.8.8", true), ("10.0.0.1", false), ("127.0.0.1", false), ("169.254.169.254", false),
        ("172.16.0.1", false), ("172.32.0.1", true), ("192.168.1.1", false), ("100.64.0.1", false),
        ("0.0.0.0", false), ("224.0.0.1", false), ("255.255.255.255", false), ("198.51.100.7", false), ("::1", false),
        ("::", false), ("fe80::1", false), ("fc00::1", false), ("fd12::1", false), ("2a02:6b8::feed:0ff", true),
        ("::ffff:127.0.0.1", false), ("::ffff:8.8.8.8", true), ("64:ff9b::10.0.0.1", false), ("2002:7f00:1::", false),
        ("2001:db8::1", false), ("2001::1", false), ("ff02::1", false),
    ]

    @Test("addresses of the Internet are told from those that are not", arguments: addresses)
    func address(text: String, isPublic: Bool) throws {
        var bytes = [UInt8](repeating: 0, count: 16)
        let family = text.contains(":") ? AF_INET6 : AF_INET
        try #require(inet_pton(family, text, &bytes) == 1)
        let address = try #require(NetworkAddress(Array(bytes.prefix(family == AF_INET6 ? 16 : 4))))
        #expect(address.isPublic == isPublic)
    }

    static let refusedAddresses = [
        "http://example.org/", "ftp://example.org/", "https://user@example.org/", "https://example.org/#x",
        "https:///x",
        "https://example.org/a b", "http://127.0.0.1/", "javascript:alert(1)", "", "https://example.org/\u{301}",
    ]

    @Test("only https addresses that every parser reads alike are taken", arguments: refusedAddresses)
    func urls(text: String) {
        #expect(ReceiverURL(text, allowsLoopback: false) == nil)
        #expect(ReceiverURL("https://example.org/hook?x=1", allowsLoopback: false) != nil)
        #expect(ReceiverURL("http://127.0.0.1:8080/", allowsLoopback: true) != nil)
    }
}
