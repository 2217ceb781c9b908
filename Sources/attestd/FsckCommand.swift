import Foundation
import SQLiteStorage
import TransparencyLog
import Workflows

/// `attestd fsck`: recomputes everything that can be recomputed from the data.
///
/// It reads what the database holds, so bytes that hold nothing are not its matter: the unused rest of a page, pages on
/// the free list, the file's reserved bytes. Changing them changes no entry, no proof and no answer; what was deleted is
/// overwritten there (`secure_delete`), and `VACUUM` writes them anew. Whatever SQLite needs to find its rows again, its
/// `integrity_check` looks at.
enum FsckCommand: Command {
    static let name = "fsck"
    static let summary = "Recompute the log from its entries, and hash all sealed data that it leads to"
    static let operands = ""
    static let options = [CommandOption.config]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        let composition = try arguments.composition
        let folder = try composition.dataFolder
        let database = try composition.existingDatabase()
        let keys = try await composition.logKeyFiles.keys(database)
        let log = try await database.read { try Log.fsck($0, keys: keys) }
        let secrets = try await database.read { try SecretOpening.verify($0) }
        let data = try await database.checkStoredData(evidence: folder.evidence)

        var problems = data.problems
        if let exam = secrets.wrong {
            problems.insert("the opened secret of exam \(exam) is not the one that was committed to", at: 0)
        }
        if let problem = log.problem { problems.insert("the log was changed: \(problem)", at: 0) }
        for problem in problems { Program.complain(problem) }
        guard problems.isEmpty else { return 1 }
        print("sound: \(log.entries) entries, root \(log.root), checkpoint of \(log.checkpointSize ?? 0)")
        print("sound: \(data.payloads) sealed payloads, \(data.evidence) evidence files")
        return 0
    }
}
