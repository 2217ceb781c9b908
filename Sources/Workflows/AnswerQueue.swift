import Accounts
package import Attestation
package import Foundation
import Proctoring
import Storage

/// Takes the answers that a device has queued while it had no connection: each with the number that the device gave it
/// and the moment when it was given. Sending the same again changes nothing.
package struct AnswerQueue: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// An answer as the device has queued it.
    package struct Item: Sendable {
        package var sequence: Int64
        package var number: Int
        package var capturedAt: Date
        package var answer: Answer

        package init(sequence: Int64, number: Int, capturedAt: Date, answer: Answer) {
            self.sequence = sequence
            self.number = number
            self.capturedAt = capturedAt
            self.answer = answer
        }
    }

    /// What came of an item.
    package struct Receipt: Sendable {
        package var sequence: Int64
        package var number: Int
        package var fate: Fate
    }

    /// What came of an answer.
    package enum Fate: Sendable {
        /// It counts.
        case saved(SavedAnswer)
        /// It is kept, and an answer counts that was given later.
        case superseded(SavedAnswer)
        /// It was there already.
        case repeated(SavedAnswer)
        /// It is not taken.
        case refused(code: String, LocalizedText)
    }

    /// Takes a queue; an empty one tells that the device is there.
    ///
    /// - Parameters:
    ///   - sentAt: the device's clock at the sending; only the differences to it count.
    ///   - lastSequence: the highest number that the device has given to an answer so far.
    /// - Returns: what came of each, in the order of their numbers, and the attempt as it stands.
    /// - Throws: `Refusal` where it is another candidate's attempt.
    package func receive(
        _ items: [Item],
        sentAt: Date,
        lastSequence: Int64?,
        attemptID: UUID,
        principal: Principal
    ) async throws -> ([Receipt], AttemptRunner.Standing) {
        let now = services.now()
        let device = principal.credentialID.lowercased
        return try await services.database.write { [services] stores in
            let found = try AttemptAccess.own(attemptID, of: principal, in: stores)
            let attempt = try AttemptKeeper(services: services).settle(found, at: now, in: stores)
            // A missed identification keeps answers out whatever device has them; another device's claim too.
            var barrier: Refusal?
            if attempt.state.acceptsAnswers {
                barrier = try DemandKeeper(services: services).refusal(of: attempt, by: principal, at: now, in: stores)
            }
            let leases = try stores.deviceLeases(attemptID: attemptID)
            let reception = AnswerReception(attempt: attempt, leases: leases, device: device, now: now)
            let writer = AnswerWriter(services: services, attempt: attempt, now: now)
            var receipts: [Receipt] = []
            // Numbers rise as answers are given: none was given before the one in front of it.
            var latest = Date.distantPast
            for item in items.sorted(by: { $0.sequence < $1.sequence }) {
                let claimed = AnswerReception.givenAt(item.capturedAt, sentAt: sentAt, now: now)
                latest = max(latest, claimed)
                let fate = try Self.fate(of: item, givenAt: latest, reception, writer, barrier, in: stores)
                receipts.append(Receipt(sequence: item.sequence, number: item.number, fate: fate))
            }
            try Self.recordRefusals(receipts, attempt, services: services, at: now, in: stores)
            if var lease = leases.first(where: { $0.device == device && $0.until == nil }) {
                let highest = max(lastSequence ?? 0, items.map(\.sequence).max() ?? 0, lease.contact?.sequence ?? 0)
                lease.contact = DeviceLease.Contact(at: now, sequence: highest)
                try stores.saveDeviceLease(lease)
            }
            return (receipts, try AttemptRunner.standing(of: attempt, at: now, in: stores))
        }
    }

    private static func fate(
        of item: Item,
        givenAt claimed: Date,
        _ reception: AnswerReception,
        _ writer: AnswerWriter,
        _ barrier: Refusal?,
        in stores: any Stores
    ) throws -> Fate {
        let attempt = reception.attempt
        let origin = SavedAnswer.Origin(device: reception.device, sequence: item.sequence)
        if let earlier = try stores.answer(attemptID: attempt.id, origin: origin) {
            let isSame = earlier.number == item.number && earlier.answer == item.answer
            return isSame ? .repeated(earlier) : refused(.sequenceReused)
        }
        let problems = try AnswerFiles.problems(with: item.answer, toItem: item.number, of: attempt, in: stores)
        if let problem = problems.first {
            return .refused(code: problem.code.rawValue, LocalizedText(problem.message))
        }
        switch reception.judge(givenAt: claimed, sequence: item.sequence) {
        case .refused(let refusal):
            if refusal == .deviceClosed, let barrier { return .refused(code: barrier.code, barrier.message) }
            return refused(refusal)
        case .accepted(let givenAt, _):
            if let barrier, reception.isLive { return .refused(code: barrier.code, barrier.message) }
            let (saved, counts) = try writer.write(
                item.answer,
                number: item.number,
                givenAt: givenAt,
                origin: origin,
                in: stores
            )
            return counts ? .saved(saved) : .superseded(saved)
        }
    }

    private static func refused(_ refusal: AnswerRefusal) -> Fate {
        .refused(code: refusal.rawValue, LocalizedText(refusal.label))
    }

    /// One event for each reason: the whole queue may come too late.
    private static func recordRefusals(
        _ receipts: [Receipt],
        _ attempt: Attempt,
        services: Services,
        at now: Date,
        in stores: any Stores
    ) throws {
        var numbers: [String: Set<Int>] = [:]
        for receipt in receipts {
            if case .refused(let code, _) = receipt.fate { numbers[code, default: []].insert(receipt.number) }
        }
        for (code, refused) in numbers.sorted(by: { $0.key < $1.key }) {
            let list = refused.sorted().prefix(50).map(String.init).joined(separator: ",")
            try EventRecorder(services: services, stores: stores)
                .recordRefusedWrite(of: "answers \(list)", to: attempt, reason: code, at: now)
        }
    }
}
