import CMicroHTTPD
import Foundation
import Glibc

extension Exchange {
    /// Header fields that belong to the server, not to a handler.
    private static let ownFields = ["Content-Length", "Transfer-Encoding", "Keep-Alive", "Trailer", "Upgrade", "TE"]

    /// Gives the answer to libmicrohttpd. Only the connection's thread may call this, and only once.
    /// - Returns: false if the connection must be closed.
    func answer(_ response: HTTPResponse, on handle: ConnectionHandle) -> Bool {
        guard connection.beginAnswer(self) else { return false }
        var response = response
        if !(200...599).contains(response.status.code) {
            let refusal = Refusal(status: .internalServerError, detail: "The answer has no valid status.")
            response = refusal.render(head(method: state.withLock { $0.method }), engine.problems)
        }
        guard let native = makeNative(response, on: handle) else { return false }
        defer { MHD_destroy_response(native) }
        for field in response.headers.fields {
            guard !Self.ownFields.contains(where: { HTTPHeaders.sameName($0, field.name) }) else { continue }
            if HTTPHeaders.sameName(field.name, "Connection"), field.value.lowercased() != "close" { continue }
            MHD_add_response_header(native, field.name, field.value)
        }
        return MHD_queue_response(handle.pointer, UInt32(response.status.code), native) == .YES
    }

    private func makeNative(_ response: HTTPResponse, on handle: ConnectionHandle) -> OpaquePointer? {
        let method = state.withLock { state in
            state.phase = .sent
            state.status = response.status
            return state.method
        }
        switch response.body {
        case .bytes(let data):
            state.withLock { $0.bytesOut = method == .head ? 0 : data.count }
            return Self.makeNative(data)
        case .source(let source):
            state.withLock { $0.bytesOut = method == .head ? 0 : source.length }
            // An answer to HEAD has the length of what GET would answer, and reads nothing.
            return source.length == 0 ? Self.makeNative(Data()) : source.makeNative()
        case .events(let stream) where method == .head:
            stream.close()
            return Self.makeNative(Data())
        case .events(let stream):
            return makeNative(stream, on: handle)
        }
    }

    private static func makeNative(_ data: Data) -> OpaquePointer? {
        data.withUnsafeBytes { bytes in
            // The content is copied, so it is never written to.
            MHD_create_response_from_buffer(
                bytes.count,
                UnsafeMutableRawPointer(mutating: bytes.baseAddress),
                .RESPMEM_MUST_COPY
            )
        }
    }

    /// Attaches a stream to the connection. The response owns the reader.
    private func makeNative(_ stream: EventStream, on handle: ConnectionHandle) -> OpaquePointer? {
        connection.tuneForStream()
        let isAttached = stream.attach(
            cut: { [connection] in connection.shutDown() },
            write: { [connection] in connection.writeAtOnce($0) }
        )
        guard isAttached else { return nil }
        let wasCounted = state.withLock { state in
            defer { state.countsAsExchange = false }
            state.stream = stream
            return state.countsAsExchange
        }
        engine.load.update { counts in
            counts.exchanges -= wasCounted ? 1 : 0
            counts.streams += 1
        }
        if engine.load.counts.isDraining {
            stream.finish()
        }
        let retained = Unmanaged.passRetained(StreamReader(stream: stream, handle: handle))
        let native = MHD_create_response_from_callback(
            .max,
            8 * 1024,
            { context, _, buffer, capacity in
                guard let context, let buffer else { return endedWithError }
                return Unmanaged<StreamReader>.fromOpaque(context).takeUnretainedValue()
                    .read(into: UnsafeMutableRawBufferPointer(start: buffer, count: capacity))
            },
            retained.toOpaque(),
            { context in
                if let context {
                    Unmanaged<StreamReader>.fromOpaque(context).release()
                }
            }
        )
        if let native {
            // Without chunks around them, events can be written past libmicrohttpd.
            _ = cmh_end_with_connection(native)
        } else {
            retained.release()
        }
        return native
    }
}

/// Moves a stream's bytes to its connection.
private final class StreamReader: Sendable {
    private let stream: EventStream
    private let handle: ConnectionHandle

    init(stream: EventStream, handle: ConnectionHandle) {
        self.stream = stream
        self.handle = handle
    }

    /// Called on the connection's thread whenever there is room to send.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let reading = stream.read(into: buffer) { [handle] in
            MHD_suspend_connection(handle.pointer)
            return { MHD_resume_connection(handle.pointer) }
        }
        return switch reading {
        case .bytes(let count): count
        case .sleeping: 0
        case .end: endedNormally
        case .broken: endedWithError
        }
    }
}

/// What libmicrohttpd's content reader returns at the end of a stream, and for a broken one (macros in C).
private let endedNormally = -1
private let endedWithError = -2
