import Foundation
import StrictDecoding
import Workflows

/// Exports of registers.
struct ExportConfiguration: Decodable, Sendable {
    /// For how many hours a file is kept.
    var keptHours = 72
    /// Where workbooks and bundles are put together before they are sealed; below the data folder by default.
    var stagingDirectory: String?

    init() {}

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case keptHours, stagingDirectory
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        keptHours = try values.decodeIfPresent(Int.self, forKey: .keptHours) ?? keptHours
        stagingDirectory = try values.decodeIfPresent(String.self, forKey: .stagingDirectory)
        guard (1...8_760).contains(keptHours) else {
            throw values.refusal(.keptHours, "hours, 1 to 8760")
        }
    }

    /// The settings of the workflows.
    func settings(_ folder: URL, _ path: (String) -> URL) -> ExportSettings {
        ExportSettings(folder: folder, staging: stagingDirectory.map(path), lifetime: Double(keptHours) * 3_600)
    }
}

/// A time stamp authority (RFC 3161).
struct TimeStampConfiguration: Decodable, Sendable {
    var url: String
    /// A file with certificates in PEM: the authority's, or those above it.
    var certificate: String

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case url, certificate
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        url = try values.decode(String.self, forKey: .url)
        certificate = try values.decode(String.self, forKey: .certificate)
        guard let address = URL(string: url), ["http", "https"].contains(address.scheme), address.host() != nil else {
            throw values.refusal(.url, "an address with http or https")
        }
    }
}
