import Attestation
import Foundation
import Storage

/// The banks that tickets are drawn from, parsed once.
///
/// Versions of questions never change, so a bank is the same as long as its revision is; hundreds of candidates who
/// start in the same minute read it once, and outside of the transaction that starts them.
final class QuestionBankCache: @unchecked Sendable {
    private let lock = NSLock()
    private var banks: [String: (revision: String, summaries: [QuestionSummary])] = [:]
    /// Few disciplines have exams at the same time; more than that are forgotten and read again.
    private static let mostBanks = 32

    /// The bank of a discipline as it is in this transaction.
    func summaries(discipline: String, in stores: any Stores) throws -> [QuestionSummary] {
        let revision = try stores.bankRevision(discipline: discipline)
        if let known = lock.withLock({ banks[discipline] }), known.revision == revision { return known.summaries }
        let summaries = try stores.questionSummaries(discipline: discipline)
        lock.withLock {
            if banks.count >= Self.mostBanks { banks.removeAll() }
            banks[discipline] = (revision, summaries)
        }
        return summaries
    }
}
