package import Foundation

/// Where the files of exports lie, and for how long.
package struct ExportSettings: Sendable {
    /// The folder of the sealed files; `nil` where nothing can be exported.
    package var folder: URL?
    /// Where workbooks and bundles are put together before they are sealed; below the folder unless it is said.
    package var staging: URL?
    /// For how long a file is kept, in seconds.
    package var lifetime: TimeInterval

    /// Creates the settings.
    package init(folder: URL? = nil, staging: URL? = nil, lifetime: TimeInterval = 72 * 3_600) {
        self.folder = folder
        self.staging = staging
        self.lifetime = lifetime
    }

    /// Where files wait that are not sealed yet.
    var stagingFolder: URL? { staging ?? folder?.appending(path: "staging") }

    /// The sealed file of an export.
    func file(_ id: UUID) -> URL? { folder?.appending(path: "\(id.lowercased).sealed") }
}
