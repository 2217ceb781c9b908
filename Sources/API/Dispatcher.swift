import Accounts
import Foundation
import HTTPServer
import Storage
import TransparencyLog
import Workflows

/// Takes a routed request through the same steps for every endpoint: who calls, may they, is the input right; then
/// the handler; then one shape for answers and problems.
struct Dispatcher: Sendable {
    let authentication: Authentication
    let foreignAccess: ForeignAccess
    let metrics: Metrics
    /// Whether a proxy in front says where requests come from.
    let isBehindProxy: Bool
    let log: @Sendable (LogLine) -> Void

    /// The route of an endpoint.
    func route(_ endpoint: Endpoint) -> Route {
        Route(endpoint.method, endpoint.path, maximumBodyBytes: endpoint.body.maximumBytes) { request in
            await self.respond(to: request, with: endpoint)
        }
    }

    private func respond(to request: HTTPRequest, with endpoint: Endpoint) async -> HTTPResponse {
        let language = Self.language(of: request.headers)
        // Outside of the attempt below, for the trace that a refusal may leave.
        var caller: Principal?
        do {
            let address = ClientAddress.of(request, isBehindProxy: isBehindProxy)
            var call = Call(request: request, caller: nil, language: language, clientAddress: address, json: nil)
            caller = try await self.caller(of: request, from: address, for: endpoint)
            call.caller = caller
            try checkParameters(of: request, endpoint)
            call.json = try checkedBody(of: request, endpoint)
            return Self.response(try await endpoint.handle(call))
        } catch let refusal as Refusal {
            await noteForeignAccess(refusal, by: caller, request, endpoint)
            return Self.problem(to: request, endpoint, headers: refusal.headers) {
                Problem(refusal, language: $0, requestID: request.id)
            }
        } catch let invalid as InvalidInput {
            return Self.problem(to: request, endpoint) { invalid.problem(language: $0, requestID: request.id) }
        } catch {
            // What the program does not expect is logged with the request's number and told to nobody.
            metrics.count("attestd_internal_errors_total")
            log(LogLine(.error, "request failed", ["request": request.id, "error": "\(error)"]))
            let refusal = (error as? any StorageFailure)?.isOutOfSpace == true ? Refusal.storageFull : .internalError
            return Self.problem(to: request, endpoint, headers: refusal.headers) {
                Problem(refusal, language: $0, requestID: request.id)
            }
        }
    }

    /// Who tries to get at another candidate's attempt leaves a trace in it, whatever the operation was.
    private func noteForeignAccess(
        _ refusal: Refusal,
        by caller: Principal?,
        _ request: HTTPRequest,
        _ endpoint: Endpoint
    ) async {
        guard refusal.code == Refusal.otherCandidateCode, let caller,
            let attemptID = request.parameters["attempt_id"].flatMap({ UUID(uuidString: $0) })
        else { return }
        do {
            let operation = "\(endpoint.method.rawValue) \(endpoint.path)"
            try await foreignAccess.record(attemptID, by: caller, operation: operation)
        } catch {
            metrics.count("attestd_internal_errors_total")
            log(LogLine(.error, "access not recorded", ["request": request.id, "error": "\(error)"]))
        }
    }

    // MARK: - Who calls

    private func caller(
        of request: HTTPRequest,
        from address: String,
        for endpoint: Endpoint
    ) async throws -> Principal? {
        guard case .permission(let permission) = endpoint.access else {
            // A foreign page must not log somebody in under an account of its choice either.
            guard Self.isSafe(request) || Self.isSameOrigin(request) else { throw Refusal.crossSite }
            return nil
        }
        guard let token = try Self.token(of: request),
            let caller = try await authentication.principal(token: token, from: address)
        else { throw Refusal.loginNeeded }
        guard caller.account.may(permission) else { throw Refusal.roleMissing }
        guard caller.may(permission) else { throw Refusal.scopeMissing }
        guard !caller.mustSetUpSecondFactor || endpoint.worksBeforeSecondFactor else {
            throw Refusal.secondFactorMissing
        }
        return caller
    }

    /// The login session's token: from the `Authorization` header, else from the cookie.
    private static func token(of request: HTTPRequest) throws -> String? {
        if let header = request.headers["Authorization"] {
            let parts = header.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
            return String(parts[1])
        }
        guard let token = request.cookie(SessionCookie.name) else { return nil }
        // A browser sends cookies by itself, so a foreign page must not be able to write with them.
        guard isSafe(request) || isSameOrigin(request) else { throw Refusal.crossSite }
        return token
    }

    private static func isSafe(_ request: HTTPRequest) -> Bool { request.method == .get || request.method == .head }

    private static func isSameOrigin(_ request: HTTPRequest) -> Bool {
        if let site = request.headers["Sec-Fetch-Site"] { return site == "same-origin" || site == "none" }
        guard let origin = request.headers["Origin"] else { return true }
        guard let host = request.headers["Host"] else { return false }
        return origin == "https://\(host)" || origin == "http://\(host)"
    }

    // MARK: - Is the input right

    private func checkParameters(of request: HTTPRequest, _ endpoint: Endpoint) throws {
        var faults: [Schema.Fault] = []
        for parameter in endpoint.parameters {
            let text: String? =
                switch parameter.place {
                case .query: request.queryValue(parameter.name)
                case .header: request.headers[parameter.name]
                }
            guard let text else { continue }
            let value: JSONValue
            if case .integer = parameter.schema, let number = Int64(text) {
                value = .integer(number)
            } else {
                value = .string(text)
            }
            faults += parameter.schema.faults(in: value).map {
                Schema.Fault(pointer: parameter.name, expectation: $0.expectation)
            }
        }
        let known = Set(endpoint.parameters.filter { $0.place == .query }.map(\.name))
        var seen: Set<String> = []
        for item in request.query {
            let pointer = String(item.name.prefix(64))
            if !known.contains(item.name) {
                guard !endpoint.ignoresUnknownParameters else { continue }
                faults.append(Schema.Fault(pointer: pointer, expectation: .noSuchParameter))
            } else if !seen.insert(item.name).inserted {
                faults.append(Schema.Fault(pointer: pointer, expectation: .oneValue))
            }
        }
        guard faults.isEmpty else { throw InvalidInput(.parameters, faults) }
    }

    private func checkedBody(of request: HTTPRequest, _ endpoint: Endpoint) throws -> JSONValue? {
        let type = request.headers["Content-Type"]?.split(separator: ";").first
            .map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        switch endpoint.body {
        case .none:
            return nil
        case .raw(let types, _):
            if types == ["*/*"] { return nil }
            guard let type, types.contains(type) else { throw InvalidInput(.contentType(types), []) }
            return nil
        case .json(let schema, _):
            guard type == "application/json" else { throw InvalidInput(.contentType(["application/json"]), []) }
            guard let value = try? CanonicalJSON.decode([UInt8](request.body)) else { throw InvalidInput(.syntax, []) }
            let faults = schema.faults(in: value)
            guard faults.isEmpty else { throw InvalidInput(.schema, faults) }
            return value
        }
    }

    // MARK: - Answers

    /// The language that the client asks for first; Russian where it does not say.
    static func language(of headers: HTTPHeaders) -> LocalizedText.Language {
        let first = headers["Accept-Language"]?.split(separator: ",").first?.lowercased() ?? ""
        return first.hasPrefix("en") ? .en : .ru
    }

    /// A problem as its endpoint's callers read it: a document, or a page.
    private static func problem(
        to request: HTTPRequest,
        _ endpoint: Endpoint,
        headers: [(String, String)] = [],
        _ problem: (LocalizedText.Language) -> Problem
    ) -> HTTPResponse {
        guard endpoint.showsProblemsAsPages, ProblemPage.isWanted(by: request) else {
            return response(problem(language(of: request.headers)).answer(headers: headers))
        }
        return response(ProblemPage(russian: problem(.ru), english: problem(.en)).answer(headers: headers))
    }

    /// An answer with the headers that every answer carries (private by default, nothing to be embedded).
    static func response(_ answer: Answer) -> HTTPResponse {
        var headers = HTTPHeaders()
        headers.set("Cache-Control", "no-store")
        headers.set("X-Content-Type-Options", "nosniff")
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        headers.set("Referrer-Policy", "no-referrer")
        for (name, value) in answer.headers {
            // The only field that is not one list when it comes twice (RFC 9110 section 5.3).
            if name == "Set-Cookie" { headers.add(name, value) } else { headers.set(name, value) }
        }
        switch answer.body {
        case .none:
            return HTTPResponse(status: answer.status, headers: headers)
        case .json(let data):
            headers.set("Content-Type", "application/json")
            return HTTPResponse(status: answer.status, headers: headers, body: data)
        case .raw(let data, let type):
            headers.set("Content-Type", type)
            return HTTPResponse(status: answer.status, headers: headers, body: data)
        case .content(let source, let type):
            headers.set("Content-Type", type)
            return HTTPResponse(status: answer.status, headers: headers, source: source)
        case .events(let stream):
            return HTTPResponse(events: stream, headers: headers)
        }
    }
}
