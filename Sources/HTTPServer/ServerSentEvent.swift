/// One server-sent event (WHATWG HTML, section 9.2).
public struct ServerSentEvent: Sendable, Hashable {
    /// The id that a client sends back as Last-Event-ID when it reconnects.
    public let id: String?
    /// The event's type; a client takes "message" when there is none.
    public let event: String?
    /// The data, in any number of lines.
    public let data: String
    /// How long a client waits before it reconnects, in milliseconds.
    public let retry: Int?

    /// Creates an event. Line breaks and NULs, which `id` and `event` can't carry, are taken out of them.
    public init(id: String? = nil, event: String? = nil, data: String, retry: Int? = nil) {
        self.id = id.map(Self.singleLine)
        self.event = event.map(Self.singleLine)
        self.data = data
        self.retry = retry
    }

    /// The event as it goes over the wire, with the empty line that dispatches it.
    var serialized: [UInt8] {
        var bytes: [UInt8] = []
        func append(_ field: String, _ value: some Sequence<UInt8>) {
            bytes += field.utf8
            bytes += ": ".utf8
            bytes += value
            bytes.append(UInt8(ascii: "\n"))
        }
        if let id { append("id", id.utf8) }
        if let event { append("event", event.utf8) }
        if let retry { append("retry", String(retry).utf8) }
        var line: [UInt8] = []
        var previous: UInt8 = 0
        for byte in data.utf8 {
            switch byte {
            case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"):
                break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                append("data", line)
                line.removeAll(keepingCapacity: true)
            default:
                line.append(byte)
            }
            previous = byte
        }
        append("data", line)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private static func singleLine(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 != 0 && $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    }
}

/// An event as it goes over the wire, made once for all who follow it.
public struct SerializedEvent: Sendable {
    let bytes: [UInt8]

    /// Serializes an event.
    public init(_ event: ServerSentEvent) {
        bytes = event.serialized
    }
}
