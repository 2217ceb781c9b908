import Attestation
import Foundation
import Storage

/// The dealers of the exams that run, each made once: hundreds of candidates who start in the same minute read their
/// exam's plan once, and outside of the transaction that starts them.
final class TicketDealers: @unchecked Sendable {
    private let lock = NSLock()
    private var dealers: [UUID: TicketDealer] = [:]
    /// Few exams run at the same time; more than that are forgotten and read again.
    private static let mostDealers = 32

    /// The dealer of an exam's plan.
    ///
    /// - Throws: `TicketError` where the plan or the secret is not the one that was committed to.
    func dealer(of exam: Exam, services: Services, in stores: any Stores) throws -> TicketDealer {
        if let known = lock.withLock({ dealers[exam.id] }) { return known }
        let dealer = try Self.make(exam, services: services, in: stores)
        return lock.withLock {
            if let known = dealers[exam.id] { return known }
            if dealers.count >= Self.mostDealers { dealers.removeAll() }
            dealers[exam.id] = dealer
            return dealer
        }
    }

    /// A dealer of its own, from the record.
    static func make(_ exam: Exam, services: Services, in stores: any Stores) throws -> TicketDealer {
        let secret = try ExamAdministration.secret(of: exam, services: services, in: stores)
        guard exam.isCommitted(to: secret) else {
            throw TicketError(.invalidSeed, "The exam's secret is not the one that was committed to.")
        }
        guard let document = try stores.ticketPlan(examID: exam.id) else {
            throw TicketError(.invalidPlan, "The exam's plan is missing.")
        }
        let plan = try CanonicalJSON.decode(TicketPlan.self, from: document)
        let dealer = try TicketDealer(plan: plan, secret: secret)
        guard plan.examID == exam.id, dealer.planDigest == exam.planDigest else {
            throw TicketError(.invalidPlan, "The exam's plan is not the one that was committed to.")
        }
        return dealer
    }
}
