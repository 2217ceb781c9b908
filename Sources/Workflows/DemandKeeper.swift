import Attestation
import Cryptography
import Foundation
import Identification
import Proctoring
import Storage

/// Keeps the demands of running attempts: plans them, notices their answers, and what follows when none comes.
///
/// Everything runs inside the transaction of what brings it about.
struct DemandKeeper {
    let services: Services

    /// Plans the next identification at an interval; the candidate cannot foresee the moment.
    func planNext(for attempt: Attempt, after now: Date, in stores: any Stores) throws {
        let repetition = try AttemptReadiness.policy(of: attempt, in: stores).repetition
        guard let every = repetition.everyMinutes, let deadline = attempt.deadline else { return }
        let jitter = Double(repetition.jitterMinutes * 60) * (2 * unitInterval() - 1)
        let due = now.addingTimeInterval((Double(every * 60) + jitter).rounded())
        guard due < deadline else { return }
        try stores.insertDemand(
            IdentificationDemand(
                id: services.makeID(at: now),
                attemptID: attempt.id,
                subject: .face,
                moment: .interval,
                dueAt: due,
                expiresAt: due.addingTimeInterval(Double(repetition.graceSeconds)),
                state: .planned
            )
        )
    }

    /// Makes a demand that is open at once.
    func open(
        _ subject: IdentificationDemand.Subject,
        _ moment: IdentificationMoment,
        of attempt: Attempt,
        by person: UUID? = nil,
        message: String? = nil,
        seconds: Int,
        at now: Date,
        in stores: any Stores
    ) throws -> IdentificationDemand {
        let id = services.makeID(at: now)
        let demand = IdentificationDemand(
            id: id,
            attemptID: attempt.id,
            subject: subject,
            moment: moment,
            demandedBy: person,
            sealedMessage: try message.map {
                try PersonalTexts(vault: services.vault).seal($0, .demand, id, of: attempt.candidateID, in: stores)
            },
            dueAt: now,
            expiresAt: now.addingTimeInterval(Double(seconds)),
            state: .open
        )
        try stores.insertDemand(demand)
        try report(.identificationDemanded, demand, attempt, at: now, in: stores)
        return demand
    }

    /// Notices which demands an identification answers.
    ///
    /// - Parameter session: the login that the pictures came by, where they came from the candidate.
    /// - Returns: the moment of the first demand that it answers.
    func answer(
        with record: IdentificationRecord,
        of attempt: Attempt,
        session: String?,
        in stores: any Stores
    ) throws -> IdentificationMoment? {
        guard attempt.state.isUnderWay else { return nil }
        var first: IdentificationMoment?
        for var demand in try stores.demands(attemptID: attempt.id) where demand.isAnswered(by: record) {
            first = first ?? demand.moment
            let wasMissed = demand.state == .missed
            demand.state = .met
            demand.answeredAt = record.at
            demand.recordID = record.id
            try stores.updateDemand(demand)
            try report(.identificationAnswered, demand, attempt, at: record.at, in: stores)
            if demand.moment == .interval, !wasMissed { try planNext(for: attempt, after: record.at, in: stores) }
            if demand.moment == .onResume, let session {
                try DeviceKeeper(services: services).take(attempt, session, at: record.at, in: stores)
            }
        }
        return first
    }

    /// Opens a demand that is due, or notes that its time is over, with what follows by the policy.
    func turn(_ id: UUID, at now: Date, in stores: any Stores) throws {
        guard var demand = try stores.demand(id), let attempt = try stores.attempt(demand.attemptID) else { return }
        // While the clock stands still nobody must sit before the camera; the next one is planned when it runs again.
        guard attempt.state.acceptsAnswers else {
            demand.state = .lapsed
            return try stores.updateDemand(demand)
        }
        if demand.state == .planned, demand.dueAt <= now {
            demand.state = .open
            // A service that was down asks late, and gives the whole time all the same.
            demand.expiresAt = max(demand.expiresAt, now.addingTimeInterval(demand.grace))
            try stores.updateDemand(demand)
            try report(.identificationDemanded, demand, attempt, at: now, in: stores)
        } else if demand.state == .open, demand.expiresAt <= now {
            demand.state = .missed
            try stores.updateDemand(demand)
            try report(.identificationMissed, demand, attempt, at: now, in: stores)
            if demand.moment == .interval { try planNext(for: attempt, after: now, in: stores) }
            let policy = try AttemptReadiness.policy(of: attempt, in: stores)
            if policy.onFailure == .queue, demand.subject == .face {
                try VisualQueue(services).enqueue(attempt, moment: demand.moment, .missedDemand, at: now, in: stores)
            }
        }
    }

    /// Why an answer cannot be saved now: by another login before the candidate was identified again, or after an
    /// identification was missed where the policy says so.
    func refusal(of attempt: Attempt, by principal: Principal, at now: Date, in stores: any Stores) throws -> Refusal? {
        if let refusal = try DeviceKeeper(services: services).claim(attempt, by: principal, at: now, in: stores) {
            return refusal
        }
        let policy = try AttemptReadiness.policy(of: attempt, in: stores)
        guard policy.onFailure == .refuse else { return nil }
        let missed = try stores.demands(attemptID: attempt.id).first { $0.state == .missed && $0.subject == .face }
        return missed.map { Refusal.identificationDemanded($0.moment) }
    }

    /// Makes sure that a candidate who hands in was identified lately, where the policy asks for it.
    ///
    /// - Throws: `Refusal`. When the time is over nobody is kept from handing in what was saved.
    func checkSubmission(of attempt: Attempt, at now: Date, in stores: any Stores) throws {
        let policy = try AttemptReadiness.policy(of: attempt, in: stores)
        guard policy.repetition.beforeSubmission, let deadline = attempt.deadline, now < deadline else { return }
        let records = try stores.identifications(attemptID: attempt.id)
            .filter { $0.method != .electronic && $0.outcome != .inconclusive }
        let isIdentified = records.last.map {
            $0.outcome == .match && now.timeIntervalSince($0.at) <= Double(policy.validForSeconds)
        }
        let overrides = try stores.overrides(attemptID: attempt.id)
        let isOverridden = overrides.contains {
            now.timeIntervalSince($0.at) <= Double(policy.visualValidForSeconds)
        }
        guard isIdentified == true || isOverridden else { throw Refusal.identificationDemanded(.beforeSubmission) }
    }

    private func report(
        _ type: SessionEventType,
        _ demand: IdentificationDemand,
        _ attempt: Attempt,
        at now: Date,
        in stores: any Stores
    ) throws {
        try EventRecorder(services: services, stores: stores).record(
            type,
            attempt: attempt,
            at: now,
            facts: [
                "demand_id": demand.id.lowercased, "subject": demand.subject.rawValue,
                "moment": demand.moment.rawValue,
                "expires_at": demand.expiresAt.formatted(.iso8601),
            ]
        )
    }

    /// A number from 0 to 1 from the services' randomness.
    private func unitInterval() -> Double {
        let bits = services.random.bytes(count: 4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Double(bits) / Double(UInt32.max)
    }
}

extension IdentificationDemand {
    /// How long the candidate has.
    fileprivate var grace: TimeInterval { expiresAt.timeIntervalSince(dueAt) }
}

extension Refusal {
    /// The candidate of a running attempt must be identified again first.
    static func identificationDemanded(_ moment: IdentificationMoment) -> Refusal {
        let why =
            switch moment {
            case .onResume:
                LocalizedText(
                    ru: "Вы продолжаете с другого входа. Покажите лицо камере, и работа продолжится.",
                    en: "You go on by another login. Show your face to the camera to continue."
                )
            case .beforeSubmission:
                LocalizedText(
                    ru: "Перед сдачей работы покажите лицо камере. Ответы сохранены.",
                    en: "Show your face to the camera before handing in. The answers are saved."
                )
            default:
                LocalizedText(
                    ru: "Проверка личности пропущена. Покажите лицо камере, и работа продолжится.",
                    en: "A check of the identity was missed. Show your face to the camera to continue."
                )
            }
        return Refusal(
            .conflict,
            "identification_required",
            ru: why.ru,
            en: why.en,
            faults: [Fault(code: moment.rawValue, message: why)]
        )
    }
}
