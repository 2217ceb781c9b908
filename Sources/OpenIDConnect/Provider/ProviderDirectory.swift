import Foundation

/// A provider's description and keys, kept for an hour; keys also anew when a token names one that is unknown.
struct ProviderDirectory: Sendable {
    private let metadataCache: ExpiringValue<ProviderMetadata>
    private let keyCache: ExpiringValue<JSONWebKeySet>

    /// How long a description and keys count, in seconds: a key that the provider withdrew dies here by then.
    static let lifetime: TimeInterval = 3600
    /// At most one fetch of keys in so many seconds for tokens with unknown keys.
    static let refreshInterval: TimeInterval = 30

    init(issuer: EndpointURL, hasSecret: Bool, client: HTTPSClient, now: @escaping @Sendable () -> Date) {
        let metadata = ExpiringValue(lifetime: Self.lifetime, refreshInterval: Self.refreshInterval, now: now) {
            guard let location = ProviderMetadata.location(issuer: issuer) else {
                throw OpenIDConnectError(.invalidConfiguration, "The issuer is too long.")
            }
            let body = try await Self.get("provider's description", location, client)
            return try ProviderMetadata(body, issuer: issuer, hasSecret: hasSecret)
        }
        metadataCache = metadata
        keyCache = ExpiringValue(lifetime: Self.lifetime, refreshInterval: Self.refreshInterval, now: now) {
            try await JSONWebKeySet(Self.get("key set", metadata.current().keySetURL, client))
        }
    }

    /// The provider's description.
    func metadata() async throws -> ProviderMetadata {
        try await metadataCache.current()
    }

    /// The provider's keys.
    func keys() async throws -> JSONWebKeySet {
        try await keyCache.current()
    }

    /// The provider's keys of this moment; `nil` where they were fetched just now.
    func refreshedKeys() async throws -> JSONWebKeySet? {
        try await keyCache.refreshed()
    }

    private static func get(_ endpoint: String, _ url: EndpointURL, _ client: HTTPSClient) async throws -> Data {
        let response = try await client.send(HTTPSRequest(endpoint, url))
        guard response.status == 200 else {
            throw OpenIDConnectError(
                .unexpectedStatus,
                "The \(endpoint) at \(url.origin) answers \(response.status)."
            )
        }
        return response.body
    }
}
