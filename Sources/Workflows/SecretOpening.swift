import Attestation
import Cryptography
import Foundation
package import Storage
import TransparencyLog

/// Opens the secrets of exams that are over: from then on whoever has the log and a plan can deal every ticket again.
package struct SecretOpening: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Opens what is due: exams that are closed and of which no attempt goes on.
    ///
    /// - Returns: how many secrets were opened.
    @discardableResult
    package func openDue() async throws -> Int {
        let now = services.now()
        let due = try await services.database.read { try $0.examsToOpen(at: now, limit: 20) }
        for exam in due {
            try await services.database.write { [services] stores in
                guard try stores.examsToOpen(at: now, limit: 1_000).contains(where: { $0.id == exam.id }) else {
                    return
                }
                let secret = try ExamAdministration.secret(of: exam, services: services, in: stores)
                try stores.noteSecretOpened(examID: exam.id, at: now)
                try LogBook(vault: services.vault).append(
                    "exam_secret",
                    recordID: exam.id,
                    subject: nil,
                    at: now,
                    facts: ["secret": .string(Hex.encode(secret))],
                    personal: [String: String](),
                    to: stores
                )
            }
        }
        return due.count
    }

    /// What the log committed to when an exam was published.
    struct Commitment: Sendable {
        /// SHA-256 of the secret in hexadecimal.
        var secret: String
        /// SHA-256 of the plan; `nil` for an exam of before there were plans.
        var plan: String?
    }

    /// What the log committed to when an exam was published; `nil` where it did not. The first entry counts: a later one
    /// cannot replace it.
    static func commitment(of examID: UUID, in stores: any Stores) throws -> Commitment? {
        var found: Commitment?
        try eachRecord(in: stores) { record, exam in
            guard exam == examID.lowercased, let commitment = Self.commitment(record) else { return true }
            found = commitment
            return false
        }
        return found
    }

    /// Looks whether every opened secret in the log, and every plan that is kept, is the one that was committed to when
    /// its exam was published.
    ///
    /// - Returns: how many secrets are open, and the first exam whose secret or plan is another one or was never
    ///   committed to.
    package static func verify(_ stores: any Stores) throws -> (opened: Int, wrong: String?) {
        var commitments: [String: Commitment] = [:]
        var opened = 0
        var wrong: String?
        try eachRecord(in: stores) { record, exam in
            if let commitment = Self.commitment(record), commitments[exam] == nil {
                commitments[exam] = commitment
                let plan = try UUID(uuidString: exam).flatMap { try stores.ticketPlan(examID: $0) }
                if plan.map({ SHA256Digest.hash($0).hex }) != commitment.plan { wrong = exam }
            } else if record.kind == "exam_secret" {
                guard case .string(let text)? = record.facts["secret"], let secret = try? Hex.decode(text),
                    SHA256Digest.hash(secret).hex == commitments[exam]?.secret
                else {
                    wrong = exam
                    return false
                }
                opened += 1
            }
            return wrong == nil
        }
        return (opened, wrong)
    }

    private static func commitment(_ record: SealedRecord) -> Commitment? {
        guard record.kind == "exam", case .string(let secret)? = record.facts["secret_sha256"] else { return nil }
        guard case .string(let plan)? = record.facts["plan_sha256"] else { return Commitment(secret: secret) }
        return Commitment(secret: secret, plan: plan)
    }

    /// Looks at the records of exams in the log's order until `look` answers false.
    private static func eachRecord(
        in stores: any Stores,
        _ look: (SealedRecord, _ exam: String) throws -> Bool
    ) throws {
        var next: UInt64 = 0
        while true {
            let entries = try stores.logEntries(from: next, limit: 1_000)
            guard let last = entries.last else { return }
            for entry in entries where entry.kind == "exam" || entry.kind == "exam_secret" {
                let record = try SealedRecord(body: entry.body)
                guard case .string(let exam)? = record.facts["record"] else { continue }
                guard try look(record, exam) else { return }
            }
            next = last.index + 1
        }
    }
}
