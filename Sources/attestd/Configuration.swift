import API
import Accounts
import FaceAnalysis
import Foundation
import OpenIDConnect
import Proctoring
import StrictDecoding
import Workflows

/// The configuration file: JSON5, everything optional. Relative paths count from the file's folder.
struct Configuration: Decodable, Sendable {
    var listen = Listen()
    var dataDirectory = "../.data"
    var modelsDirectory = "../Models"
    var selfTestDirectory = "../SampleImages/photographs"
    var logOrigin = "attestd.example/identifications"
    var logLevel = "info"
    var timeZone = "Europe/Moscow"
    var faces = Faces()
    var portrait = PictureRequirements.portrait
    var probe = PictureRequirements.probe
    var presence = PresenceSettings.standard
    var visual = Visual()
    var accounts = Accounts()
    var grading = GradingConfiguration()
    /// A file with the institution's own rules by which flags are raised, instead of those that the program knows.
    var flagRules: String?
    var webhooks = WebhookConfiguration()
    var exports = ExportConfiguration()
    /// Who stamps the checkpoints of evidence bundles; without one they have no stamp.
    var timeStampAuthority: TimeStampConfiguration?
    /// Where pages are read from while somebody writes them; refused outside of that.
    var pagesDirectory: String?
    /// Cosigning other institutions' logs; without it the service is no witness.
    var witness: WitnessConfiguration?
    /// Who cosigns this service's log.
    var logWitnesses: [LogWitnessConfiguration] = []
    /// Login by the institution's provider; without it there is none.
    var openIdConnect: ProviderConfiguration?

    /// Where and how to serve.
    struct Listen: Decodable, Sendable {
        var address = "127.0.0.1"
        var port: UInt16 = 8080
        var threads = 2
        var mostConnections = 4096
        var behindProxy = false
    }

    /// The face engine.
    struct Faces: Decodable, Sendable {
        /// 0 means one for each core.
        var workers = 0
        var mostWaiting = 64
    }

    /// Visual identification.
    struct Visual: Decodable, Sendable {
        /// How long a case stays with a verifier who does nothing.
        var lockMinutes = 10
        /// Which share of the matches a second verifier looks over.
        var secondVerifierShare = 0.0

        var settings: VisualSettings {
            VisualSettings(lock: Double(lockMinutes) * 60, secondVerifierShare: secondVerifierShare)
        }
    }

    /// Who gets in, and how.
    struct Accounts: Decodable, Sendable {
        /// Whether staff must have a second factor.
        var staffSecondFactor = SecondFactorRule.optional
        /// The service's name, as authenticator apps show it.
        var serviceName = "attestd"
    }

    /// The folder that relative paths count from.
    var folder = URL(filePath: ".")

    /// Reads a file.
    ///
    /// - Throws: `ConfigurationError` that names the file and the place.
    static func load(path: String) throws -> Configuration {
        let file = URL(filePath: path)
        guard let data = try? Data(contentsOf: file) else {
            throw ConfigurationError("cannot read the configuration \(path)")
        }
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            var configuration = try decoder.decode(Configuration.self, from: data)
            configuration.folder = file.deletingLastPathComponent()
            try configuration.check()
            return configuration
        } catch let error as DecodingError {
            throw ConfigurationError("\(path): \(error.place)")
        }
    }

    /// A path of the configuration as a file URL.
    func path(_ text: String) -> URL {
        text.hasPrefix("/") ? URL(filePath: text) : folder.appending(path: text).standardizedFileURL
    }

    /// The institution's time zone: days of orders and ages are counted in it.
    var institutionTimeZone: TimeZone {
        get throws {
            guard let zone = TimeZone(identifier: timeZone) else {
                throw ConfigurationError("time_zone must be a zone of the IANA data base such as Europe/Moscow")
            }
            return zone
        }
    }

    private func check() throws {
        if pagesDirectory != nil {
            // Whoever can write into the folder could act as everybody who opens a page.
            guard ProcessInfo.processInfo.environment["ATTESTD_DEVELOPMENT"] == "1", listen.address == "127.0.0.1",
                !listen.behindProxy
            else {
                throw ConfigurationError(
                    "pages_directory is for writing pages: with ATTESTD_DEVELOPMENT=1, on 127.0.0.1, behind no proxy"
                )
            }
        }
        guard (1...64).contains(listen.threads) else { throw ConfigurationError("listen.threads must be 1 to 64") }
        guard (1...240).contains(visual.lockMinutes) else {
            throw ConfigurationError("visual.lock_minutes must be 1 to 240")
        }
        guard (0...1).contains(visual.secondVerifierShare) else {
            throw ConfigurationError("visual.second_verifier_share must be 0 to 1")
        }
        guard (0...256).contains(faces.workers) else { throw ConfigurationError("faces.workers must be 0 to 256") }
        _ = try institutionTimeZone
        _ = try grading.settings(path)
        _ = try witnessesOfLog()
        _ = try rulesForFlags
        guard (1...64).contains(accounts.serviceName.count) else {
            throw ConfigurationError("accounts.service_name must have 1 to 64 characters")
        }
        try checkProvider()
        guard ["debug", "info", "warning", "error"].contains(logLevel) else {
            throw ConfigurationError("log_level must be debug, info, warning or error")
        }
    }
}

extension Configuration {
    /// What the provider's block says about this service: its roles, and where the provider sends browsers back to.
    private func checkProvider() throws {
        guard let openIdConnect else { return }
        let known = Role.allCases.filter(\.isStaff).map(\.rawValue).sorted()
        for (number, rule) in openIdConnect.roles.rules.enumerated() where !known.contains(rule.role) {
            throw ConfigurationError(
                "open_id_connect.roles[\(number)].role must be a role of staff: \(known.joined(separator: ", "))"
            )
        }
        let redirect = URLComponents(string: openIdConnect.redirectURI)
        guard redirect?.percentEncodedPath == ProviderLoginEndpoints.callbackPath, redirect?.query == nil else {
            throw ConfigurationError(
                "open_id_connect.redirect_uri must be this service's public address with the path "
                    + ProviderLoginEndpoints.callbackPath
            )
        }
    }
}

/// A configuration that cannot be used.
struct ConfigurationError: Error, CustomStringConvertible {
    var description: String

    init(_ reason: String) {
        description = reason
    }
}

extension Configuration {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case listen, dataDirectory, modelsDirectory, selfTestDirectory, logOrigin, logLevel, timeZone, faces, portrait,
            probe, presence, visual, accounts, grading, flagRules, webhooks, exports,
            timeStampAuthority, pagesDirectory, witness, logWitnesses, openIdConnect
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        func set<Value: Decodable>(_ place: inout Value, _ key: CodingKeys) throws {
            if let value = try values.decodeIfPresent(Value.self, forKey: key) { place = value }
        }
        try set(&listen, .listen)
        try set(&dataDirectory, .dataDirectory)
        try set(&modelsDirectory, .modelsDirectory)
        try set(&selfTestDirectory, .selfTestDirectory)
        try set(&logOrigin, .logOrigin)
        try set(&logLevel, .logLevel)
        try set(&timeZone, .timeZone)
        try set(&faces, .faces)
        try set(&grading, .grading)
        flagRules = try values.decodeIfPresent(String.self, forKey: .flagRules)
        try set(&webhooks, .webhooks)
        try set(&exports, .exports)
        // A measure that is named overrides its own default only.
        portrait =
            try values.decodeIfPresent(PictureRequirements.self, forKey: .portrait, configuration: .portrait)
            ?? portrait
        probe =
            try values.decodeIfPresent(PictureRequirements.self, forKey: .probe, configuration: .probe) ?? probe
        try set(&presence, .presence)
        try set(&visual, .visual)
        try set(&accounts, .accounts)
        timeStampAuthority = try values.decodeIfPresent(TimeStampConfiguration.self, forKey: .timeStampAuthority)
        pagesDirectory = try values.decodeIfPresent(String.self, forKey: .pagesDirectory)
        try set(&logWitnesses, .logWitnesses)
        witness = try values.decodeIfPresent(WitnessConfiguration.self, forKey: .witness)
        openIdConnect = try values.decodeIfPresent(ProviderConfiguration.self, forKey: .openIdConnect)
    }
}

extension Configuration.Accounts {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case staffSecondFactor, serviceName
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        staffSecondFactor =
            try values.decodeIfPresent(SecondFactorRule.self, forKey: .staffSecondFactor) ?? staffSecondFactor
        serviceName = try values.decodeIfPresent(String.self, forKey: .serviceName) ?? serviceName
    }
}

extension Configuration.Listen {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case address, port, threads, mostConnections, behindProxy
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        address = try values.decodeIfPresent(String.self, forKey: .address) ?? address
        // As an Int first: what does not fit is otherwise told as broken JSON.
        if let number = try values.decodeIfPresent(Int.self, forKey: .port) {
            guard let fitting = UInt16(exactly: number) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .port,
                    in: values,
                    debugDescription: "must be 0 to 65535"
                )
            }
            port = fitting
        }
        threads = try values.decodeIfPresent(Int.self, forKey: .threads) ?? threads
        mostConnections = try values.decodeIfPresent(Int.self, forKey: .mostConnections) ?? mostConnections
        behindProxy = try values.decodeIfPresent(Bool.self, forKey: .behindProxy) ?? behindProxy
    }
}

extension Configuration.Faces {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case workers, mostWaiting
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        workers = try values.decodeIfPresent(Int.self, forKey: .workers) ?? workers
        mostWaiting = try values.decodeIfPresent(Int.self, forKey: .mostWaiting) ?? mostWaiting
    }
}

extension Configuration.Visual {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case lockMinutes, secondVerifierShare
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        lockMinutes = try values.decodeIfPresent(Int.self, forKey: .lockMinutes) ?? lockMinutes
        secondVerifierShare =
            try values.decodeIfPresent(Double.self, forKey: .secondVerifierShare) ?? secondVerifierShare
    }
}

extension DecodingError {
    /// Where the error is and what it is, for a person.
    var place: String {
        let context: Context
        switch self {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
            .dataCorrupted(let found):
            context = found
        @unknown default:
            return "\(self)"
        }
        let path = context.codingPath.reduce("") { path, key in
            if let number = key.intValue { return "\(path)[\(number)]" }
            return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
        }
        // Of broken JSON only the error below it knows the line.
        let line = (context.underlyingError as? CocoaError)?.userInfo[NSDebugDescriptionErrorKey] as? String
        let reason = line.map { "\(context.debugDescription) \($0)" } ?? context.debugDescription
        return path.isEmpty ? reason : "\(path): \(reason)"
    }
}
