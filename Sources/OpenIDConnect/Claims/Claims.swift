/// What the provider says about a person: the ID token's claims, and behind them UserInfo's.
///
/// A claim is the first source's that has it. Claims that only mean something together come from one source.
struct Claims: Sendable {
    /// Objects, the more trusted first.
    let sources: [JSONValue]

    init(_ sources: JSONValue...) {
        self.sources = sources
    }

    /// A claim's value.
    subscript(path: ClaimPath) -> JSONValue? {
        sources.lazy.compactMap { Self.value(at: path, in: $0) }.first
    }

    /// The e-mail address, where it counts: the same source must call it verified, or `trustsUnverified` be set.
    func email(_ names: ClaimNames, trustsUnverified: Bool) -> String? {
        for source in sources {
            guard let address = Self.value(at: names.email, in: source) else { continue }
            // One source's address with another's word for it would let an unverified one through.
            let isVerified = Self.value(at: names.emailVerified, in: source) == .bool(true)
            guard let text = address.text, (3...254).contains(text.utf8.count), isVerified || trustsUnverified else {
                return nil
            }
            return text
        }
        return nil
    }

    /// A name for display; `nil` where it is absent, empty or longer than 100 characters.
    func name(_ path: ClaimPath) -> String? {
        guard let text = self[path]?.text, (1...100).contains(text.count), text.utf8.count <= 1000 else { return nil }
        return text
    }

    private static func value(at path: ClaimPath, in source: JSONValue) -> JSONValue? {
        var place = source
        for name in path.names {
            guard let next = place[name], next != .null else { return nil }
            place = next
        }
        return place
    }
}
