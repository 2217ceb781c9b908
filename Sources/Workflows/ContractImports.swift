package import Accounts
package import Foundation
package import Storage

/// Fills the contract register from a file, over HTTP and on the command line alike.
package struct ContractImports: Sendable {
    private let database: any Database
    private let now: @Sendable () -> Date

    /// Creates the workflow; the command line needs no more than the database.
    package init(_ database: any Database, now: @escaping @Sendable () -> Date = { Date() }) {
        self.database = database
        self.now = now
    }

    /// What came of an import.
    package struct Report: Sendable {
        /// How many contracts were new, corrected, there already.
        package var counts: [ContractImport: Int] = [:]
        /// The numbers that stand for somebody of another name who has an account: a person must look.
        package var refused: [ContractNumber] = []
        /// The lines that were not read.
        package var problems: [ContractRegisterCSV.Problem] = []

        /// How many contracts came to something.
        package func count(_ outcome: ContractImport) -> Int { counts[outcome] ?? 0 }
    }

    /// So many contracts go into one transaction: other writers, an exam's among them, get their turn in between.
    private static let batchSize = 500

    /// Imports a file. Importing the same file again changes nothing, so one that was broken off is imported again.
    ///
    /// - Throws: `Refusal` where the file is not UTF-8.
    package func importCSV(_ data: Data) async throws -> Report {
        guard let text = String(data: data, encoding: .utf8) else {
            throw Refusal(
                .unprocessable,
                "not_utf8",
                ru: "Файл не в кодировке UTF-8. Сохраните его как «CSV UTF-8» и загрузите снова.",
                en: "The file is not UTF-8: save it as UTF-8 and import it again."
            )
        }
        let register = ContractRegisterCSV(text: text, importedAt: now())
        var report = Report(problems: register.problems)
        for start in stride(from: 0, to: register.contracts.count, by: Self.batchSize) {
            let batch = register.contracts[start..<min(start + Self.batchSize, register.contracts.count)]
            let outcomes = try await database.write { stores in
                try batch.map { ($0.number, try stores.importContract($0)) }
            }
            for (number, outcome) in outcomes {
                report.counts[outcome, default: 0] += 1
                if outcome == .refused { report.refused.append(number) }
            }
        }
        return report
    }
}
