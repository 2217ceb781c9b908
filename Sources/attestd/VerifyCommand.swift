import EvidenceBundle
import Foundation
import Glibc
import TimeStamps
import TransparencyLog

/// `attestd verify`: checks an evidence bundle with nothing but the bundle and the institution's public key.
enum VerifyCommand: Command {
    static let name = "verify"
    static let summary = "Check an evidence bundle offline against the institution's public key"
    static let operands = "BUNDLE.zip"
    static let options = [
        CommandOption(name: "key", value: "KEY|FILE", summary: "The institution's public key: name+id+base64"),
        CommandOption(
            name: "time-stamp-certificate",
            value: "FILE",
            summary: "Demand a time stamp (RFC 3161) by the authority whose certificate this is"
        ),
        CommandOption(
            name: "key-notes",
            value: "FILE",
            summary: "How the log's keys followed each other (GET /v1/log/keys), for a bundle by an earlier key"
        ),
        CommandOption(
            name: "witness",
            value: "KEY",
            summary: "Demand the cosignature of this witness of the log; may stand several times",
            isRepeatable: true
        ),
        CommandOption(
            name: "witness-threshold",
            value: "N",
            summary: "Demand so many of these witnesses; all by default"
        ),
        CommandOption(name: "json", value: "", summary: "Print the report as JSON"),
    ]

    /// 0 where everything is as it should be, 1 where not.
    static func run(_ arguments: Arguments) async throws -> Int32 {
        let path = try arguments.onlyOperand("bundle")
        let file = URL(filePath: path)
        guard FileManager.default.isReadableFile(atPath: path) else { throw ConfigurationError("cannot read \(path)") }
        guard let text = arguments["key"] else {
            // The enclosed key would make any forger's bundle sound.
            let enclosed = (try? BundleVerifier.enclosedKey(of: file).text).map { "; the one enclosed is \($0)" } ?? ""
            throw UsageError("--key is missing: get the key from the institution, not from the bundle\(enclosed)")
        }
        let authorities = try arguments["time-stamp-certificate"].map { path in
            guard let data = FileManager.default.contents(atPath: path),
                let trusted = try? TrustedAuthorities(pem: data)
            else { throw UsageError("--time-stamp-certificate names no file with certificates in PEM") }
            return trusted
        }
        let report = BundleVerifier.verify(
            file,
            key: try key(text),
            keyNotes: try keyNotes(arguments),
            authorities: authorities,
            witnesses: try witnesses(arguments)
        ) { records in
            if isatty(STDERR_FILENO) == 1 {
                FileHandle.standardError.write(Data("\r\(records) records checked".utf8))
            }
        }
        if isatty(STDERR_FILENO) == 1, report.records > 0 { FileHandle.standardError.write(Data("\n".utf8)) }
        print(arguments["json"] != nil ? try json(report) : words(report, try key(text)))
        for problem in report.problems {
            let place = [problem.file, problem.index.map { "record \($0)" }].compactMap(\.self).joined(separator: ", ")
            Program.complain("\(place.isEmpty ? path : place): \(problem.reason)")
        }
        return report.isSound ? 0 : 1
    }

    private static func key(_ text: String) throws -> NoteVerifier {
        if let verifier = try? NoteVerifier(text: text) { return verifier }
        guard let data = FileManager.default.contents(atPath: text),
            let verifier = try? NoteVerifier(
                text: String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            )
        else { throw UsageError("--key is neither a key (name+id+base64) nor a file that holds one") }
        return verifier
    }

    private static func keyNotes(_ arguments: Arguments) throws -> KeyNotes {
        guard let path = arguments["key-notes"] else { return KeyNotes() }
        guard let data = FileManager.default.contents(atPath: path), let notes = KeyNotes(json: data) else {
            throw UsageError("--key-notes names no file with notes: get it from the institution, GET /v1/log/keys")
        }
        return notes
    }

    private static func witnesses(_ arguments: Arguments) throws -> TrustedWitnesses {
        let keys = try arguments.all("witness").map { text in
            guard let key = try? CosignatureVerifier(text: text) else {
                throw UsageError("--witness takes the key of a witness: name+id+base64")
            }
            return key
        }
        let threshold = try arguments["witness-threshold"].map { text in
            guard let number = Int(text), number > 0 else { throw UsageError("--witness-threshold takes a number") }
            return number
        }
        if keys.isEmpty, threshold == nil { return TrustedWitnesses() }
        guard let trusted = TrustedWitnesses(keys, threshold: threshold) else {
            throw UsageError("give each witness once, and a threshold of at most as many as there are")
        }
        return trusted
    }

    private static func words(_ report: BundleReport, _ key: NoteVerifier) -> String {
        guard report.isSound else {
            return "NOT SOUND: \(report.problemCount) \(report.problemCount == 1 ? "problem" : "problems")"
        }
        let made = report.madeAt.map { ", made \(LogTimestamp.text($0))" } ?? ""
        let stamped = report.stampedAt.map { ", stamped \(LogTimestamp.text($0))" } ?? ""
        let cosigned =
            report.cosignedAt.isEmpty ? "" : ", cosigned by \(report.cosignedAt.keys.sorted().joined(separator: ", "))"
        let other = report.signedBy.flatMap { $0 == key.text ? nil : ", signed by the log's other key \($0)" } ?? ""
        return "sound: \(report.records) records of a log of \(report.logSize ?? 0), \(report.opened) files opened, "
            + "log \(report.origin ?? "")\(made)\(stamped)\(cosigned)\(other)"
    }

    private static func json(_ report: BundleReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }
}
