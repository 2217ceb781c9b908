import Foundation
import Testing

@testable import HTTPServer

@Suite("Requests, header fields and events as values")
struct ValueTests {
    @Test("header fields keep their order and are found without case")
    func headers() {
        var headers: HTTPHeaders = ["Accept": "a", "X-One": "1"]
        let isAdded = headers.add("accept", "b")
        #expect(isAdded)
        #expect(headers["ACCEPT"] == "a")
        #expect(headers.values(for: "Accept") == ["a", "b"])
        #expect(headers.fields.map(\.name) == ["Accept", "X-One", "accept"])
        headers["Accept"] = "c"
        #expect(headers.values(for: "accept") == ["c"])
        headers["accept"] = nil
        #expect(headers.fields.map(\.name) == ["X-One"])
        #expect(headers["Accept"] == nil)
    }

    @Test(
        "a header field never carries a line break or a NUL",
        arguments: [
            ("X-A", "a\r\nSet-Cookie: x"), ("X-A", "a\nb"), ("X-A", "a\rb"), ("X-A", "a\u{0}b"), ("X-A", "\u{7F}"),
            ("X A", "a"), ("X-A:", "a"), ("", "a"), ("X-A\r\nX-B", "a"), ("Ключ", "a"),
        ]
    )
    func refusedHeader(name: String, value: String) {
        var headers: HTTPHeaders = ["X-A": "before"]
        let (isAdded, isSet) = (headers.add(name, value), headers.set(name, value))
        #expect(!isAdded)
        #expect(!isSet)
        headers[name] = value
        #expect(headers.fields == [HTTPHeaders.Field(name: "X-A", value: "before")])
    }

    @Test("a tab and letters of any script are values")
    func acceptedHeader() {
        var headers = HTTPHeaders()
        headers.add("X-A", "a\tb")
        headers.add("X-A", "Ответ")
        #expect(headers.values(for: "x-a") == ["a\tb", "Ответ"])
    }

    @Test(
        "a cookie is found by its exact name",
        arguments: [
            (["a=1; b=2"], "b", "2"), (["a=1;b=\"2 3\""], "b", "2 3"), (["ab=1; b=2"], "b", "2"),
            (["a=1", "b=x=y"], "b", "x=y"), (["b=1; b=2"], "b", "1"), (["b="], "b", ""),
            (["B=1"], "b", nil), (["b"], "b", nil), ([], "b", nil), (["__Host-s=q"], "__Host-s", "q"),
        ] as [([String], String, String?)]
    )
    func cookies(fields: [String], name: String, expected: String?) {
        var headers = HTTPHeaders()
        for field in fields {
            headers.add("Cookie", field)
        }
        #expect(HTTPRequest(method: .get, target: "/", headers: headers).cookie(name) == expected)
    }

    @Test("a query keeps its order, its repetitions and its empty values")
    func query() {
        let request = HTTPRequest(method: .get, target: "/x?a=1&b&a=%D1%8F&&c=a%3Db=c+d")
        #expect(
            request.query == [
                QueryItem(name: "a", value: "1"), QueryItem(name: "b", value: ""), QueryItem(name: "a", value: "я"),
                QueryItem(name: "c", value: "a=b=c d"),
            ]
        )
        #expect(request.queryValue("a") == "1")
        #expect(request.queryValue("d") == nil)
        #expect(request.path == "/x")
        #expect(request.id.count == 16)
        #expect(request.id != HTTPRequest(method: .get, target: "/").id)
    }

    @Test(
        "an event is written line by line",
        arguments: [
            (ServerSentEvent(data: "x"), "data: x\n\n"),
            (ServerSentEvent(data: ""), "data: \n\n"),
            (ServerSentEvent(data: "a\nb\r\nc\rd"), "data: a\ndata: b\ndata: c\ndata: d\n\n"),
            (ServerSentEvent(data: "a\n"), "data: a\ndata: \n\n"),
            (ServerSentEvent(data: "\n\r"), "data: \ndata: \ndata: \n\n"),
            (
                ServerSentEvent(id: "7", event: "flag", data: "{}", retry: 1500),
                "id: 7\nevent: flag\nretry: 1500\ndata: {}\n\n"
            ),
            (
                ServerSentEvent(id: "1\n2\u{0}", event: "a\r\ndata: b", data: "я"),
                "id: 12\nevent: adata: b\ndata: я\n\n"
            ),
        ]
    )
    func serialized(event: ServerSentEvent, expected: String) {
        #expect(String(decoding: event.serialized, as: UTF8.self) == expected)
    }

    @Test("a stream without a client buffers up to its bound, then is cut")
    func streamBound() {
        let stream = EventStream(maximumBufferedBytes: 20)
        let closes = Shared(0)
        stream.onClose { closes.update { $0 += 1 } }
        #expect(stream.send(ServerSentEvent(data: "12")))
        #expect(stream.send(ServerSentEvent(data: "12")))
        #expect(!stream.send(ServerSentEvent(data: "1")))
        #expect(!stream.isOpen)
        #expect(!stream.send(ServerSentEvent(data: "")))
        #expect(closes.value == 0)
        stream.close()
        stream.close()
        #expect(closes.value == 1)
        stream.onClose { closes.update { $0 += 1 } }
        #expect(closes.value == 2)
    }

    @Test("a stream that nobody sends still runs its close handlers")
    func forgottenStream() {
        let closes = Shared(0)
        do {
            let stream = EventStream()
            stream.onClose { closes.update { $0 += 1 } }
        }
        #expect(closes.value == 1)
    }

    @Test("every status has three digits and a phrase")
    func status() {
        #expect(HTTPStatus.contentTooLarge.description == "413 Content Too Large")
        #expect(HTTPStatus.unprocessableContent.reasonPhrase == "Unprocessable Content")
        #expect(HTTPStatus(code: 599).reasonPhrase == "Unknown")
    }
}
