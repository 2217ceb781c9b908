import Foundation
import Grading
import StrictDecoding
import Webhooks
import Workflows

/// What the institution decides about grading and grade sheets.
struct GradingConfiguration: Decodable, Sendable {
    /// The institution's name as it stands on grade sheets.
    var institution = ""
    /// A file with the Government's resolutions about days off, instead of those that the program knows.
    var workingCalendar: String?
    /// Whether those who graded a work may sit in the commission that hears the appeal.
    var gradersMayHearAppeals = false

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case institution, workingCalendar, gradersMayHearAppeals
    }

    init() {}

    init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        institution = try values.decodeIfPresent(String.self, forKey: .institution) ?? institution
        workingCalendar = try values.decodeIfPresent(String.self, forKey: .workingCalendar)
        gradersMayHearAppeals =
            try values.decodeIfPresent(Bool.self, forKey: .gradersMayHearAppeals) ?? gradersMayHearAppeals
    }

    /// The settings; the calendar's file counts from the configuration's folder.
    ///
    /// - Throws: `ConfigurationError`.
    func settings(_ path: (String) -> URL) throws -> GradingSettings {
        guard institution.count <= 300 else {
            throw ConfigurationError("grading.institution must have at most 300 characters")
        }
        var settings = GradingSettings(institution: institution, gradersMayHearAppeals: gradersMayHearAppeals)
        guard let workingCalendar else { return settings }
        do {
            settings.calendar = try WorkingCalendar(json: Data(contentsOf: path(workingCalendar)))
            return settings
        } catch {
            throw ConfigurationError("grading.working_calendar cannot be read: \(error)")
        }
    }
}

/// How messages reach other systems.
struct WebhookConfiguration: Decodable, Sendable {
    /// Whether receivers may stand in the institution's own network.
    var allowPrivateAddresses = false
    /// PEM certificates to trust instead of the system's.
    var certificateFile: String?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case allowPrivateAddresses, certificateFile
    }

    init() {}

    init(from decoder: any Decoder) throws {
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        allowPrivateAddresses =
            try values.decodeIfPresent(Bool.self, forKey: .allowPrivateAddresses) ?? allowPrivateAddresses
        certificateFile = try values.decodeIfPresent(String.self, forKey: .certificateFile)
    }

    /// The sender; the certificates' file counts from the configuration's folder.
    func sender(_ path: (String) -> URL) -> WebhookSender {
        WebhookSender(
            certificateFile: certificateFile.map { path($0).path },
            allowsPrivateAddresses: allowPrivateAddresses
        )
    }
}
