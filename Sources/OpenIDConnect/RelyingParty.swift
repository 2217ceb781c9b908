import Cryptography
public import Foundation

/// Logs internal users in by their institution's OpenID Connect provider (row A5).
///
/// The code flow with PKCE, state and nonce:
/// ```
/// let start = try await party.begin(returnTo: target)        // store start.pending, set the cookie, redirect
/// guard let response = AuthorizationResponse(query: query)   // the browser is back
/// let pending = …                                            // take by response.stateHash: read and delete
/// let outcome = try await party.finish(response, pending: pending, browserToken: cookie)
/// ```
public final class RelyingParty: Sendable {
    private let configuration: ProviderConfiguration
    private let secret: ClientSecret?
    private let client: HTTPSClient
    private let directory: ProviderDirectory
    private let validator: IDTokenValidator
    private let now: @Sendable () -> Date

    /// Makes a relying party; asks nobody anything yet.
    ///
    /// - Parameters:
    ///   - folder: what relative paths in the configuration count from.
    ///   - now: the clock.
    /// - Throws: ``OpenIDConnectError`` with code `unusableSecret`, or `invalidConfiguration` where the file with
    ///   certificates cannot be read.
    public init(
        _ configuration: ProviderConfiguration,
        folder: URL,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        func file(_ path: String) -> URL { path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path) }
        let certificates = configuration.certificateFile.map(file)
        guard certificates.map({ FileManager.default.isReadableFile(atPath: $0.path) }) ?? true else {
            throw OpenIDConnectError(.invalidConfiguration, "The certificate_file cannot be read.")
        }
        self.configuration = configuration
        self.now = now
        secret = try configuration.clientSecretFile.map { try ClientSecret(contentsOf: file($0)) }
        client = HTTPSClient(certificateFile: certificates?.path)
        directory = ProviderDirectory(
            issuer: configuration.issuerURL,
            hasSecret: secret != nil,
            client: client,
            now: now
        )
        validator = IDTokenValidator(
            issuer: configuration.issuer,
            clientID: configuration.clientID,
            trustedAudiences: Set(configuration.trustedAudiences),
            maximumAge: configuration.maximumAge
        )
    }

    /// Begins a login.
    ///
    /// - Throws: ``OpenIDConnectError`` where the provider cannot be asked about itself.
    public func begin(returnTo target: ReturnTarget? = nil) async throws -> LoginStart {
        let metadata = try await directory.metadata()
        let request = AuthorizationRequest(SystemRandomSource())
        guard let url = request.url(configuration, metadata.authorizationEndpoint) else {
            throw OpenIDConnectError(.unsupportedProvider, "The provider's authorization_endpoint cannot be used.")
        }
        return LoginStart(
            url: url,
            pending: request.pending(issuer: configuration.issuer, returnTarget: target, now: now()),
            browserToken: request.browserToken
        )
    }

    /// Ends a login.
    ///
    /// - Parameters:
    ///   - pending: what was stored under the response's `stateHash`, and is stored no longer; `nil` where nothing was.
    ///   - browserToken: the cookie's value.
    /// - Throws: ``OpenIDConnectError`` where the provider did not answer as it must: no verdict, try again.
    public func finish(
        _ response: AuthorizationResponse,
        pending: PendingLogin?,
        browserToken: String?
    ) async throws -> LoginOutcome {
        guard let pending, pending.stateHash == response.stateHash, !pending.isExpired(at: now()) else {
            return .refused(.unknownLogin)
        }
        guard let browserToken,
            constantTimeEqual(SHA256Digest.hash(utf8: browserToken).bytes, pending.browserTokenHash.bytes)
        else { return .refused(.anotherBrowser) }
        let metadata = try await directory.metadata()
        // RFC 9207 §2.4: checked before the code goes anywhere; also where it comes unannounced.
        guard pending.issuer == configuration.issuer,
            response.issuer.map({ $0 == configuration.issuer }) ?? !metadata.namesIssuerInResponses
        else { return .refused(.anotherIssuer) }
        switch response.answer {
        case .error(let error):
            return .refused(.provider(Self.word(error)))
        case .code(let code):
            return try await redeem(code, pending, metadata)
        }
    }

    private func redeem(
        _ code: String,
        _ pending: PendingLogin,
        _ metadata: ProviderMetadata
    ) async throws -> LoginOutcome {
        let request = TokenRequest(
            code: code,
            verifier: pending.codeVerifier,
            redirectURI: configuration.redirectURI,
            clientID: configuration.clientID,
            secret: secret
        )
        let answer = try await client.send(request.request(to: metadata.tokenEndpoint))
        guard case .tokens(let idToken, let accessToken) = try TokenAnswer(answer) else { return .refused(.code) }
        switch try await verdict(on: idToken, nonce: pending.nonce, accessToken: accessToken) {
        case .refused(let refusal):
            return .refused(.idToken(refusal))
        case .accepted(let token):
            return try await identify(token, accessToken, metadata)
        }
    }

    /// Judges a token, with fresh keys where its own is not among those held: providers change them without notice.
    private func verdict(on text: String, nonce: String, accessToken: String?) async throws -> IDTokenVerdict {
        func judge(_ keys: JSONWebKeySet) -> IDTokenVerdict {
            validator.verdict(
                on: text,
                keys: keys,
                expecting: .init(nonce: nonce, accessToken: accessToken, now: now())
            )
        }
        let first = judge(try await directory.keys())
        guard case .refused(.unknownKey) = first, let fresh = try await directory.refreshedKeys() else { return first }
        return judge(fresh)
    }

    private func identify(
        _ token: IDToken,
        _ accessToken: String?,
        _ metadata: ProviderMetadata
    ) async throws -> LoginOutcome {
        var claims = Claims(token.claims)
        if configuration.asksUserInfo, let accessToken, let endpoint = metadata.userInfoEndpoint {
            let more = try await UserInfo.fetch(endpoint, accessToken, client)
            // Core §5.3.2: an access token that was swapped would bring somebody else's claims.
            guard more["sub"]?.text == token.subject else { return .refused(.anotherSubject) }
            claims = Claims(token.claims, more)
        }
        guard let role = configuration.roles.role(for: claims) else { return .refused(.noRole(subject: token.subject)) }
        let names = configuration.claims
        return .identified(
            ExternalIdentity(
                issuer: configuration.issuer,
                subject: token.subject,
                email: claims.email(names, trustsUnverified: configuration.trustsUnverifiedEmail),
                givenName: claims.name(names.givenName),
                familyName: claims.name(names.familyName),
                middleName: claims.name(names.middleName),
                role: role,
                authenticatedAt: token.authenticatedAt
            )
        )
    }

    /// An error code fit for logs: it comes through the browser, and anybody can write there what they like.
    private static func word(_ error: String) -> String {
        let isWord = (1...64).contains(error.utf8.count) && error.wholeMatch(of: /[a-z_]+/) != nil
        return isWord ? error : "unknown"
    }
}
