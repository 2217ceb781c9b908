import Cryptography
import Foundation
import StrictDecoding
import TransparencyLog

/// This service as a witness of other institutions' logs (C2SP tlog-witness).
struct WitnessConfiguration: Decodable, Sendable {
    /// The witness's name: best a URL without its scheme.
    var name = ""
    /// The logs that are cosigned.
    var logs: [WitnessedLog] = []

    /// A log, and whose signature counts there.
    struct WitnessedLog: Decodable, Sendable {
        var origin = ""
        /// Verifier keys, `name+id+base64`.
        var keys: [String] = []

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case origin, keys
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
            origin = try values.decode(String.self, forKey: .origin)
            keys = try values.decode([String].self, forKey: .keys)
        }
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name, logs
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        logs = try values.decodeIfPresent([WitnessedLog].self, forKey: .logs) ?? []
    }

    /// The witness; its key is made in `keyFile` where there is none.
    ///
    /// - Throws: `ConfigurationError`, `CryptographyError`.
    func witness(keyFile: URL) throws -> Witness {
        var trusted: [String: [NoteVerifier]] = [:]
        for log in logs {
            let keys = try log.keys.map { text in
                guard let key = try? NoteVerifier(text: text) else {
                    throw ConfigurationError("witness.logs: «\(text)» is no verifier key (name+id+base64)")
                }
                return key
            }
            guard !keys.isEmpty, trusted.updateValue(keys, forKey: log.origin) == nil else {
                throw ConfigurationError("witness.logs: \(log.origin) must stand once, with at least one key")
            }
        }
        do {
            let signer = try CosignatureSigner(name: name, key: SigningKey.loadOrCreate(file: keyFile))
            return Witness(signer: signer, logs: trusted)
        } catch let error as TransparencyLogError {
            throw ConfigurationError("witness.name: \(error.reason)")
        }
    }
}

/// `attestd witness key`: the public key that others configure.
enum WitnessKeyCommand: Command {
    static let name = "witness key"
    static let summary = "Print the public key with which this service cosigns other institutions' logs"
    static let operands = ""
    static let options = [CommandOption.config]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        guard let witness = try arguments.composition.witness() else {
            throw ConfigurationError("the configuration has no witness block")
        }
        print(witness.verifier.text)
        return 0
    }
}
