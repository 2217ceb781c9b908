/// Finds the route for a method and a path.
///
/// A static segment beats a parameter in the same place; where the better path leads nowhere, the other is tried. The
/// best path answers for all methods: `DELETE` of a fixed name is not taken for that of a resource with this name.
public struct Router: Sendable {
    /// The outcome of a search.
    public enum Match: Sendable {
        /// A route and its parameters' decoded values.
        case found(Route, parameters: [String: String])
        /// The path exists, but not with this method; `allowed` is for the Allow field.
        case methodNotAllowed(allowed: [HTTPMethod])
        /// No route has this path.
        case notFound
    }

    private struct Endpoint: Sendable {
        let route: Route
        let parameterNames: [String]
    }

    private final class Node: Sendable {
        let children: [String: Node]
        let parameter: Node?
        let endpoints: [HTTPMethod: Endpoint]

        init(_ rest: [(segments: ArraySlice<String>, endpoint: Endpoint)]) {
            var endpoints: [HTTPMethod: Endpoint] = [:]
            var groups: [String: [(segments: ArraySlice<String>, endpoint: Endpoint)]] = [:]
            var open: [(segments: ArraySlice<String>, endpoint: Endpoint)] = []
            for (segments, endpoint) in rest {
                guard let first = segments.first else {
                    let other = endpoints.updateValue(endpoint, forKey: endpoint.route.method)
                    precondition(
                        other == nil,
                        "two routes for \(endpoint.route.method) \(endpoint.route.pattern)"
                    )
                    continue
                }
                if Router.parameterName(first) != nil {
                    open.append((segments.dropFirst(), endpoint))
                } else {
                    groups[first, default: []].append((segments.dropFirst(), endpoint))
                }
            }
            self.endpoints = endpoints
            children = groups.mapValues { Node($0) }
            parameter = open.isEmpty ? nil : Node(open)
        }
    }

    private let root: Node

    /// Creates a router. Two routes with the same method and shape are a programmer's error and trap.
    public init(routes: [Route]) {
        root = Node(
            routes.map { route in
                let segments = route.pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
                    .map(String.init)
                let endpoint = Endpoint(route: route, parameterNames: segments.compactMap(Self.parameterName))
                return (segments[...], endpoint)
            }
        )
    }

    /// Searches for a raw path, which may carry a query; a malformed one is not found.
    public func match(_ method: HTTPMethod, _ path: String) -> Match {
        RequestTarget(path).map { match(method, $0.segments) } ?? .notFound
    }

    /// Answers a request without a connection, by the same rules that the server follows.
    ///
    /// Tests of handlers use it. The parameters of the request are replaced by those of the route found.
    public func respond(to request: HTTPRequest, problems: ProblemRenderer) async -> HTTPResponse {
        let head = RequestHead(
            id: request.id,
            method: request.method,
            path: String(request.target.prefix { $0 != "?" }),
            remoteAddress: request.remoteAddress,
            headers: request.headers
        )
        guard let target = RequestTarget(request.target) else {
            return Refusal.malformedTarget.render(head, problems)
        }
        switch decide(request.method, target) {
        case .refused(let refusal):
            return refusal.render(head, problems)
        case .options(let allowed):
            return Self.optionsResponse(allowed)
        case .handled(let route, let parameters):
            guard request.body.count <= route.maximumBodyBytes else {
                return Refusal.tooLarge(limit: route.maximumBodyBytes).render(head, problems)
            }
            return await route.handler(request.with(parameters: parameters))
        }
    }

    /// What is to be done with a request, as far as its method and target tell.
    enum Decision {
        case handled(Route, parameters: [String: String])
        case options(allowed: [HTTPMethod])
        case refused(Refusal)
    }

    func decide(_ method: HTTPMethod, _ target: RequestTarget) -> Decision {
        guard !target.segments.isEmpty else {
            return method == .options ? .options(allowed: [.get, .head, .post, .options]) : .refused(.malformedTarget)
        }
        switch match(method, target.segments) {
        case .found(let route, let parameters):
            return .handled(route, parameters: parameters)
        case .methodNotAllowed(let allowed):
            return method == .options ? .options(allowed: allowed) : .refused(.methodNotAllowed(allowed))
        case .notFound:
            return .refused(.notFound)
        }
    }

    static func optionsResponse(_ allowed: [HTTPMethod]) -> HTTPResponse {
        HTTPResponse(status: .noContent, headers: ["Allow": allowed.map(\.rawValue).joined(separator: ", ")])
    }

    private func match(_ method: HTTPMethod, _ segments: [String]) -> Match {
        guard let (node, values) = Self.best(root, segments[...]) else { return .notFound }
        if let endpoint = node.endpoints[method] ?? (method == .head ? node.endpoints[.get] : nil) {
            let parameters = Dictionary(zip(endpoint.parameterNames, values)) { _, last in last }
            return .found(endpoint.route, parameters: parameters)
        }
        var allowed = Set(node.endpoints.keys)
        if allowed.contains(.get) {
            allowed.insert(.head)
        }
        allowed.insert(.options)
        return .methodNotAllowed(allowed: allowed.sorted { $0.rawValue < $1.rawValue })
    }

    /// The most specific of the nodes that a path leads to, and its parameters' values.
    private static func best(_ node: Node, _ rest: ArraySlice<String>) -> (node: Node, values: [String])? {
        guard let first = rest.first else { return node.endpoints.isEmpty ? nil : (node, []) }
        if let child = node.children[first], let found = best(child, rest.dropFirst()) { return found }
        guard let parameter = node.parameter, !first.isEmpty else { return nil }
        return best(parameter, rest.dropFirst()).map { ($0.node, [first] + $0.values) }
    }

    private static func parameterName(_ segment: String) -> String? {
        segment.hasPrefix("{") && segment.hasSuffix("}") ? String(segment.dropFirst().dropLast()) : nil
    }
}
