import CMicroHTTPD
public import Foundation

/// Content of a known length that is read while it is sent, a piece at a time: a long file in constant memory.
public struct ContentSource: Sendable {
    /// The length in bytes.
    public var length: Int
    /// The bytes from an offset on, at least one and at most so many. It is called on the connection's thread and should
    /// take no longer than reading a piece of a file; an error cuts the connection, so that the client sees that
    /// something is missing.
    public var read: @Sendable (_ offset: Int, _ limit: Int) throws -> Data

    /// Creates a source.
    public init(length: Int, read: @escaping @Sendable (_ offset: Int, _ limit: Int) throws -> Data) {
        self.length = length
        self.read = read
    }

    /// libmicrohttpd's response, which owns the source.
    func makeNative() -> OpaquePointer? {
        let retained = Unmanaged.passRetained(SourceBox(self))
        let native = MHD_create_response_from_callback(
            UInt64(length),
            64 * 1024,
            { context, position, buffer, capacity in
                guard let context, let buffer else { return endedWithError }
                let source = Unmanaged<SourceBox>.fromOpaque(context).takeUnretainedValue().source
                guard let data = try? source.read(Int(position), capacity), !data.isEmpty, data.count <= capacity
                else { return endedWithError }
                data.copyBytes(to: UnsafeMutableRawBufferPointer(start: buffer, count: capacity))
                return data.count
            },
            retained.toOpaque(),
            { context in
                if let context { Unmanaged<SourceBox>.fromOpaque(context).release() }
            }
        )
        if native == nil { retained.release() }
        return native
    }
}

private final class SourceBox: Sendable {
    let source: ContentSource

    init(_ source: ContentSource) {
        self.source = source
    }
}

/// What libmicrohttpd's content reader returns where the content breaks off (a macro in C).
private let endedWithError = -2
