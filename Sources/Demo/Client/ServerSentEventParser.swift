import Foundation

/// Reads a stream of server-sent events (WHATWG HTML, section 9.2.6) as its bytes arrive.
struct ServerSentEventParser: Sendable {
    /// An event as it was dispatched.
    struct Event: Sendable, Equatable {
        var id: String
        var type: String
        var data: String
    }

    // Bytes, not characters: a chunk may end in the middle of either a line or a character.
    private var line = Data()
    private var id = ""
    private var type = ""
    private var data: [String] = []
    private var lastWasCarriageReturn = false

    /// Takes a chunk and answers the events that it completes.
    mutating func read(_ chunk: Data) -> [Event] {
        var events: [Event] = []
        for byte in chunk {
            defer { lastWasCarriageReturn = byte == UInt8(ascii: "\r") }
            if byte == UInt8(ascii: "\n"), lastWasCarriageReturn { continue }
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
                line.append(byte)
                continue
            }
            if let event = endLine() { events.append(event) }
        }
        return events
    }

    private mutating func endLine() -> Event? {
        let text = String(decoding: line, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        guard !text.isEmpty else {
            defer { (type, data) = ("", []) }
            return data.isEmpty ? nil : Event(id: id, type: type, data: data.joined(separator: "\n"))
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        var value = parts.count == 2 ? parts[1] : ""
        if value.hasPrefix(" ") { value = value.dropFirst() }
        switch parts[0] {
        case "id": id = String(value)
        case "event": type = String(value)
        case "data": data.append(String(value))
        default: break  // A comment (its field name is empty) or a field that nobody knows.
        }
        return nil
    }
}
