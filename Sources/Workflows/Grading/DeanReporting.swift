import Accounts
import Attestation
import Foundation
import Grading
import Storage

/// Reports to the dean's office that an attestation has not taken place, in the transaction of the decision and so on the
/// same day (row D7; S2 4.5, 4.7): into the office's list, and to the systems that asked to be told.
struct DeanReporting {
    let services: Services

    /// Follows an attempt that has just been stored.
    func follow(_ attempt: Attempt, after before: Attempt, at now: Date, in stores: any Stores) throws {
        guard attempt.state != before.state, [.error, .declined].contains(attempt.state) else { return }
        guard
            case .mark(let mark, let basis)? = try stores.exam(attempt.examID).map({ exam in
                Consequence.outcome(of: attempt, scale: exam.gradingScale, isOver: false)
            })
        else { return }
        let cause = attempt.records.last { record in
            if case .transition(_, _, let to) = record.change { to == attempt.state } else { false }
        }?.cause
        let report = DeanReport(
            id: services.makeID(at: now),
            attemptID: attempt.id,
            examID: attempt.examID,
            candidateID: attempt.candidateID,
            mark: mark,
            basis: basis,
            decidedBy: cause?.actor == .candidate ? nil : cause?.author,
            decidedOn: services.day(of: now),
            interruptedOn: Interruption.moment(of: before, at: now).map { services.day(of: $0) },
            at: now
        )
        try stores.insertDeanReport(report)
        try Outbox(services: services).tell(
            .notTakenPlace,
            Message(
                attemptId: attempt.id.lowercased,
                examId: attempt.examID.lowercased,
                candidateId: attempt.candidateID.lowercased,
                contractIds: try stores.contracts(of: attempt.candidateID).map(\.id.lowercased),
                mark: mark.rawValue,
                basis: basis.rawValue,
                debt: mark.debt.rawValue,
                decidedBy: report.decidedBy?.lowercased,
                decidedOn: report.decidedOn.description,
                interruptedOn: report.interruptedOn?.description,
                isLate: report.isLate,
                startedOn: attempt.startedAt.map { services.day(of: $0).description }
            ),
            at: now,
            in: stores
        )
    }

    private struct Message: Encodable {
        var attemptId: String
        var examId: String
        var candidateId: String
        var contractIds: [String]
        var mark: String
        var basis: String
        var debt: String
        var decidedBy: String?
        var decidedOn: String
        var interruptedOn: String?
        var isLate: Bool
        var startedOn: String?
    }
}
