import Foundation
import StrictDecoding
import TransparencyLog
import Webhooks
import Workflows

/// A witness of this service's log: it cosigns the checkpoints (C2SP tlog-witness).
struct LogWitnessConfiguration: Decodable, Sendable {
    /// The address before `/add-checkpoint`.
    var url: String
    /// Its public key, `name+id+base64`, as `attestd witness key` prints it there.
    var key: String

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case url, key
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        url = try values.decode(String.self, forKey: .url)
        key = try values.decode(String.self, forKey: .key)
    }

    /// The witness.
    ///
    /// - Throws: `ConfigurationError`.
    func witness() throws -> LogWitness {
        guard let verifier = try? CosignatureVerifier(text: key) else {
            throw ConfigurationError("log_witnesses: «\(key)» is no key of a witness (name+id+base64)")
        }
        let prefix = url.hasSuffix("/") ? String(url.dropLast()) : url
        guard let address = ReceiverURL("\(prefix)/add-checkpoint", allowsLoopback: true) else {
            throw ConfigurationError("log_witnesses: \(url) must be an address with https, or http on this machine")
        }
        return LogWitness(verifier: verifier, url: address)
    }
}

extension Configuration {
    /// The witnesses of the log, each key once.
    ///
    /// - Throws: `ConfigurationError`.
    func witnessesOfLog() throws -> [LogWitness] {
        let witnesses = try logWitnesses.map { try $0.witness() }
        guard witnesses.count <= 16, Set(witnesses.map(\.verifier.key)).count == witnesses.count else {
            throw ConfigurationError("log_witnesses: at most 16, each key once")
        }
        return witnesses
    }
}
