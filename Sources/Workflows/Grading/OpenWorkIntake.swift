import Accounts
import Attestation
import Cryptography
import Foundation
import Grading
import Storage

/// Keeps the graders' queue in step with attempts: what is handed in and waits for a person comes into it, and what is
/// reopened or does not count leaves it.
struct OpenWorkIntake {
    let services: Services

    /// Follows an attempt that has just been stored.
    func follow(_ attempt: Attempt, after before: Attempt, at now: Date, in stores: any Stores) throws {
        if attempt.state != before.state, !attempt.state.isHandedIn || attempt.state == .rejected {
            for work in try stores.works(attemptID: attempt.id) { try stores.saveWork(work.withdrawn()) }
        }
        guard attempt.state.isHandedIn, attempt.state != .rejected, let result = attempt.result, result.isPending,
            let ticket = attempt.ticket, let handedInAt = attempt.submittedAt
        else { return }
        guard try stores.works(attemptID: attempt.id).isEmpty else { return }
        let panel = try stores.panel(of: attempt.examID) ?? GradingPanel(examID: attempt.examID)
        let due = services.grading.calendar.deadline(
            OpenWork.workingDays,
            workingDaysAfter: services.day(of: handedInAt)
        )
        for grade in result.items where grade.awarded == nil {
            guard let item = ticket.item(grade.number) else { continue }
            // The identifier's random part must not tell the attempt, its time tells when it came at most.
            let id = services.makeID(at: now)
            try stores.saveWork(
                OpenWork(
                    id: id,
                    alias: alias(),
                    attempt: attempt,
                    item: item,
                    handedInAt: handedInAt,
                    due: due,
                    needsSecond: panel.drawsSecond(id)
                )
            )
        }
    }

    /// Letters and digits that nobody takes for each other.
    private static let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")

    private func alias() -> String {
        // 256 is a multiple of 32, so each letter is as likely as the others.
        String(services.random.bytes(count: 8).map { Self.letters[Int($0) % Self.letters.count] })
    }
}
