import Accounts
import Foundation
import Storage
import TestSupport
import Testing
import Workflows

/// What retention and erasure need of people.
extension TestService {
    /// Compliance officers by number: what one prepares, another one lets happen.
    func officer(_ number: Int) async throws -> Client {
        let email = "officer\(number)@example.org"
        if try await services.database.read({ try $0.account(email: EmailAddress(email)!) }) == nil {
            _ = try await addStaff(email, .complianceOfficer)
        }
        return try await logIn(email, "staff pass phrase", role: "compliance_officer")
    }

    /// Closes all contracts of a candidate, as at the end of studies.
    func endStudies(of account: String) throws {
        let time = Int64(clock.now.timeIntervalSince1970 * 1_000_000)
        try rawDatabase().execute("UPDATE contracts SET closed_at = \(time) WHERE account_id = '\(account)'")
    }

    /// What the daemon does every second for retention and erasure.
    func keepHouse() async throws {
        try await duplicates.forget(RetentionRuns(services).work())
        try await duplicates.forget(PersonErasures(services).work())
    }
}
