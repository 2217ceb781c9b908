import Foundation
import Workflows

/// `attestd portraits duplicates`: searches for every portrait among all the others.
enum DuplicatesCommand: Command {
    static let name = "portraits duplicates"
    static let summary = "Search for the same face under two accounts, for every portrait again"
    static let operands = ""
    static let options = [CommandOption.config]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        guard arguments.operands.isEmpty else { throw UsageError("there is nothing to name") }
        let composition = try arguments.composition
        let services = try composition.services()
        let search = DuplicateSearch(services, try composition.recognition(services))
        let total = try await search.load()
        let bar = ProgressBar(title: "portraits", total: total)
        let round = try await search.searchAll { bar.show(min($0, total)) }
        bar.finish()
        print("portraits: \(round.searched) searched for, \(round.found) new findings wait for a person")
        if round.nearCopies > 0 {
            Program.complain(
                "\(round.nearCopies) of them are all but equal: copies of one picture, or models that are out of order "
                    + "(attestd serve tests the models at its start)"
            )
        }
        return 0
    }
}
