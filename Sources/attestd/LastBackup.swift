import Foundation
import SQLiteStorage
import Workflows

/// When the data was backed up last: a note in the data folder, so that a backup that nobody makes any more is seen.
struct LastBackup: Sendable {
    private let file: URL

    init(_ folder: Composition.DataFolder) {
        file = folder.lastBackup
    }

    /// Notes a backup that was just made.
    func note(_ backup: Backup) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(backup).write(to: file, options: .atomic)
    }

    /// The last one; `nil` where none is known.
    @Sendable
    func read() -> ServiceState.Backup? {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let data = try? Data(contentsOf: file), let backup = try? decoder.decode(Backup.self, from: data)
        else { return nil }
        return ServiceState.Backup(madeAt: backup.madeAt, logSize: backup.logSize, evidence: backup.evidence)
    }
}
