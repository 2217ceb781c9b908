import CMicroHTTPD
import Foundation

/// The arguments of one call of libmicrohttpd's access handler.
struct RequestCall {
    let handle: ConnectionHandle
    let method: UnsafePointer<CChar>
    let version: UnsafePointer<CChar>
    /// The next piece of content, if there is one.
    let content: UnsafeRawBufferPointer?
}

extension Exchange {
    /// A refused content up to this length is read, so that the connection can be kept.
    private static let maximumDiscardedBytes = 64 * 1024

    /// Takes the request one step further.
    ///
    /// libmicrohttpd calls once after the head, then for each piece of content, then once at the end, and again when
    /// the connection is resumed. All content offered is taken.
    /// - Returns: false if the connection must be closed.
    func advance(_ call: RequestCall) -> Bool {
        guard !connection.isCut else { return false }
        let phase = state.withLock { $0.phase }
        switch phase {
        case .head:
            return receiveHead(call)
        case .receiving:
            if let content = call.content { return receive(content) }
            return receivedEverything(call)
        case .discarding(let response):
            guard let content = call.content else { return answer(response, on: call.handle) }
            state.withLock { $0.bytesIn += content.count }
            return true
        case .answered(let response):
            return answer(response, on: call.handle)
        case .handling, .sent:
            return true
        }
    }

    private func receiveHead(_ call: RequestCall) -> Bool {
        let methodBytes = UnsafeRawBufferPointer(start: call.method, count: strlen(call.method))
        let method = HTTPMethod(rawValue: String(decoding: methodBytes.prefix(32), as: UTF8.self))
        let fields = ReceivedFields(call.handle)
        state.withLock { state in
            state.method = method
            state.headers = fields.headers
        }
        let isVersion11 = strcmp(call.version, "HTTP/1.0") != 0
        if UInt(bitPattern: call.version) != targetEnd + 1 {
            return refuse(.malformedTarget, .none, call)
        }
        guard HTTPHeaders.isToken(methodBytes), methodBytes.count <= 32, fields.areWellFormed else {
            return refuse(.badFraming("The request's head is malformed."), .none, call)
        }
        guard !isTargetTooLong else { return refuse(.targetTooLong, .none, call) }
        guard fields.byteCount <= RequestFraming.maximumHeaderBytes,
            fields.headers.fields.count <= RequestFraming.maximumHeaderCount
        else { return refuse(.headersTooLarge, .none, call) }
        switch RequestFraming.check(isVersion11: isVersion11, headers: fields.headers) {
        case .refused(let refusal):
            return refuse(refusal, .none, call)
        case .accepted(let framing):
            return receiveHead(call, method, fields.headers, framing)
        }
    }

    private func receiveHead(
        _ call: RequestCall,
        _ method: HTTPMethod,
        _ headers: HTTPHeaders,
        _ framing: RequestFraming
    ) -> Bool {
        guard !engine.load.counts.isDraining else { return refuse(.draining, framing, call) }
        guard let target = RequestTarget(rawTarget) else { return refuse(.malformedTarget, framing, call) }
        switch engine.router.decide(method, target) {
        case .refused(let refusal):
            return refuse(refusal, framing, call)
        case .options(let allowed):
            return settle(Router.optionsResponse(allowed), framing, closes: false, call)
        case .handled(let route, let parameters):
            state.withLock { state in
                state.route = route
                state.target = target
                state.parameters = parameters
            }
            if case .length(let length) = framing, length > route.maximumBodyBytes {
                return refuse(.tooLarge(limit: route.maximumBodyBytes), framing, call)
            }
            state.withLock { $0.phase = .receiving }
            return true
        }
    }

    private func refuse(_ refusal: Refusal, _ framing: RequestFraming, _ call: RequestCall) -> Bool {
        let head = head(method: state.withLock { $0.method })
        return settle(refusal.render(head, engine.problems), framing, closes: refusal.closes, call)
    }

    /// Answers after the head alone: at the end of a short content, so that the connection can be kept, else at once.
    private func settle(
        _ response: HTTPResponse,
        _ framing: RequestFraming,
        closes: Bool,
        _ call: RequestCall
    ) -> Bool {
        let expectsContinue = state.withLock { $0.headers["Expect"] != nil }
        switch framing {
        case .none where !closes:
            state.withLock { $0.phase = .answered(response) }
            return true
        case .length(let length) where !closes && !expectsContinue && length <= Self.maximumDiscardedBytes:
            state.withLock { $0.phase = .discarding(response) }
            return true
        default:
            // An answer before the end of the request makes libmicrohttpd read no further and close.
            state.withLock { $0.lingers = true }
            return answer(response, on: call.handle)
        }
    }

    private func receive(_ content: UnsafeRawBufferPointer) -> Bool {
        guard let route = state.withLock({ $0.route }) else { return false }
        let total = state.withLock { state in
            state.bytesIn += content.count
            return state.bytesIn
        }
        guard total <= route.maximumBodyBytes else {
            return refuseDirectly(.tooLarge(limit: route.maximumBodyBytes))
        }
        guard engine.load.reserve(content.count) else { return refuseDirectly(.busy) }
        state.withLock { state in
            state.reservedBytes += content.count
            state.body.append(contentsOf: content)
        }
        return true
    }

    /// Refuses in the midst of the content, where libmicrohttpd takes no answer: writes it directly and closes.
    private func refuseDirectly(_ refusal: Refusal) -> Bool {
        guard connection.beginAnswer(self) else { return false }
        let method = state.withLock { $0.method }
        var refusal = refusal
        refusal.closes = true
        let response = refusal.render(head(method: method), engine.problems)
        state.withLock { $0.sentDirectly(response) }
        connection.write(response.serialized(withBody: method != .head))
        return false
    }

    private func receivedEverything(_ call: RequestCall) -> Bool {
        guard connection.beginAnswer(self) else { return false }
        if let refusal = engine.load.beginHandler() {
            let head = head(method: state.withLock { $0.method })
            return answer(refusal.render(head, engine.problems), on: call.handle)
        }
        let ready: (Route, HTTPRequest)? = state.withLock { state in
            state.countsAsExchange = true
            guard let route = state.route, let target = state.target else { return nil }
            let request = HTTPRequest(
                head: head(method: state.method, headers: state.headers),
                rawTarget: rawTarget,
                target: target,
                headers: state.headers,
                body: state.body,
                parameters: state.parameters
            )
            state.body = Data()
            return (route, request)
        }
        guard let (route, request) = ready else {
            engine.load.update { $0.handlers -= 1 }
            return false
        }
        handle(route, request, call.handle)
        return true
    }
}

/// The header fields of a request as libmicrohttpd has received them.
private struct ReceivedFields {
    private(set) var headers = HTTPHeaders()
    /// The length of all names and values.
    private(set) var byteCount = 0
    /// Whether every name is a token and no value has a control character.
    private(set) var areWellFormed = true

    init(_ handle: ConnectionHandle) {
        withUnsafeMutablePointer(to: &self) { fields in
            _ = MHD_get_connection_values_n(
                handle.pointer,
                .HEADER_KIND,
                { context, _, name, nameLength, value, valueLength in
                    context?.assumingMemoryBound(to: ReceivedFields.self).pointee.add(
                        UnsafeRawBufferPointer(start: name, count: nameLength),
                        UnsafeRawBufferPointer(start: value, count: valueLength)
                    )
                    return .YES
                },
                fields
            )
        }
    }

    private mutating func add(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        byteCount += name.count + value.count
        let received = value.count
        let nameText = String(decoding: name, as: UTF8.self)
        var value = value[...]
        while let last = value.last, last == 0x20 || last == 0x09 {
            value.removeLast()
        }
        let isAdded = headers.add(nameText, String(decoding: value, as: UTF8.self))
        areWellFormed = areWellFormed && isAdded
        // libmicrohttpd compares the coding with the white space that follows it, and would read on to the end.
        if value.count != received, HTTPHeaders.sameName(nameText, "Transfer-Encoding") {
            areWellFormed = false
        }
    }
}
