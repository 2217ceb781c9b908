public import Foundation

/// Decides whether an answer may be written that a device says was given at some moment.
///
/// Only the server's clock counts. While the device has the attempt and the clock runs, an answer is taken whatever
/// the device says. Else it is taken if it was given while both held, arrives within the grace time, and nothing that
/// the device sent before contradicts it: so a connection that fails costs nobody an answer (S2 4.7), and what is not
/// sent in time does not count (S2 5.1.3.4, 5.1.3.5). Who lies about the moment gains the grace time at most.
public struct AnswerReception: Sendable {
    /// How far a device's clock may be off against itself, between two requests.
    public static let tolerance: TimeInterval = 2
    /// An answer that took longer to arrive is one that was queued.
    public static let queuedAfter: TimeInterval = 15

    /// The attempt, settled.
    public let attempt: Attempt
    /// The attempt's leases.
    public let leases: [DeviceLease]
    /// Which device sends.
    public let device: String
    /// The server's time.
    public let now: Date

    /// Makes a value; lets time do its part on the attempt first.
    public init(attempt: Attempt, leases: [DeviceLease], device: String, now: Date) {
        self.attempt = attempt.settled(at: now)
        self.leases = leases
        self.device = device
        self.now = now.toMillisecond
    }

    /// What comes of an answer.
    public enum Verdict: Hashable, Sendable {
        /// It is taken as given at that moment, by the server's clock.
        case accepted(givenAt: Date, isQueued: Bool)
        /// It is not taken.
        case refused(AnswerRefusal)
    }

    /// The server's time of a moment by the device's clock, which also says when it sent. What is said to be later than
    /// now was given now.
    public static func givenAt(_ captured: Date, sentAt: Date, now: Date) -> Date {
        let age = max(0, sentAt.timeIntervalSince(captured))
        return now.addingTimeInterval(-age).toMillisecond
    }

    /// Whether the device may write at all now.
    public var isLive: Bool { attempt.state.acceptsAnswers && DeviceStanding(of: device, among: leases) == .holds }

    /// Decides about an answer.
    ///
    /// - Parameters:
    ///   - claimed: when it was given, as the device says, by the server's clock.
    ///   - sequence: the number that the device gave it; nil for an answer that is sent as it is typed.
    public func judge(givenAt claimed: Date, sequence: Int64?) -> Verdict {
        guard let start = attempt.startedAt else { return .refused(.notStarted) }
        let claimed = min(claimed, now)
        if isLive {
            // Nothing hangs on the claim now: what cannot be is set right.
            let least = contradiction(of: claimed, sequence) ?? start
            let given = attempt.span(at: claimed) == nil ? now : max(claimed, least)
            return .accepted(givenAt: given, isQueued: now.timeIntervalSince(given) > Self.queuedAfter)
        }
        return judgeLate(claimed, sequence)
    }

    private func judgeLate(_ claimed: Date, _ sequence: Int64?) -> Verdict {
        guard attempt.state.isUnderWay || attempt.state == .timedOut else {
            return .refused(wasTimedOut ? .sentTooLate : .attemptClosed)
        }
        guard let span = attempt.span(at: claimed), let spanEnd = span.end else {
            return .refused(attempt.state == .timedOut ? .givenTooLate : .attemptPaused)
        }
        let lease = leases.last { $0.device == device && $0.since <= claimed && claimed < $0.until ?? .distantFuture }
        guard let lease else { return .refused(.deviceClosed) }
        let end = min(spanEnd, lease.until ?? spanEnd)
        guard now.milliseconds < end.milliseconds + attempt.opening.graceMilliseconds else {
            if attempt.state == .paused { return .refused(.attemptPaused) }
            return .refused(attempt.state == .timedOut ? .sentTooLate : .deviceClosed)
        }
        guard contradiction(of: claimed, sequence) == nil else { return .refused(.contradicted) }
        return .accepted(givenAt: claimed, isQueued: true)
    }

    /// The moment before which the answer cannot have been given: the device was heard then, and had not given the
    /// answer its number yet. Nil where nothing speaks against the claim.
    private func contradiction(of claimed: Date, _ sequence: Int64?) -> Date? {
        guard let sequence else { return nil }
        let contacts = leases.filter { $0.device == device }.compactMap(\.contact)
        let last = contacts.filter { sequence > $0.sequence }.map(\.at).max()
        guard let last, claimed < last.addingTimeInterval(-Self.tolerance) else { return nil }
        return last
    }

    private var wasTimedOut: Bool {
        attempt.state == .submitted
            && attempt.records.contains { record in
                if case .transition(.timeOut, _, _) = record.change { return true }
                return false
            }
    }
}

/// Why an answer is not taken.
public enum AnswerRefusal: String, Hashable, Sendable, Codable, CaseIterable {
    /// The attempt has not started.
    case notStarted = "attempt_not_started"
    /// The attempt is handed in or ended.
    case attemptClosed = "attempt_closed"
    /// The clock stands still.
    case attemptPaused = "attempt_paused"
    /// It was given when the time was over.
    case givenTooLate = "answer_after_deadline"
    /// It was given in time and sent when the grace time was over.
    case sentTooLate = "answer_sent_too_late"
    /// What the device says about the moment cannot be.
    case contradicted = "answer_time_contradicted"
    /// Another device has the attempt.
    case deviceClosed = "device_closed"
    /// The number was used for another answer.
    case sequenceReused = "answer_sequence_reused"

    /// What people read.
    public var label: BilingualText {
        switch self {
        case .notStarted: BilingualText(ru: "Попытка ещё не начата.", en: "The attempt has not started.")
        case .attemptClosed:
            BilingualText(
                ru: "Попытка завершена: изменить её уже нельзя. Обращение записано.",
                en: "The attempt is closed and can be changed no more. The try was recorded."
            )
        case .attemptPaused:
            BilingualText(
                ru: "Попытка приостановлена, время не идёт. Ответы принимаются после возобновления.",
                en: "The attempt is paused and the clock stands still. Answers are taken once it goes on."
            )
        case .givenTooLate:
            BilingualText(
                ru: "Ответ дан после окончания времени и не учитывается. Обращение записано.",
                en: "The answer was given after the end of the time and does not count. The try was recorded."
            )
        case .sentTooLate:
            BilingualText(
                ru: "Ответ не отправлен до указанного срока и не учитывается. Обращение записано. "
                    + "Если связь прервалась не по вашей вине, обратитесь к экзаменатору сегодня же.",
                en: "The answer was not sent in time and does not count. The try was recorded. "
                    + "If the connection failed, tell the examiner on the same day."
            )
        case .contradicted:
            BilingualText(
                ru: "Указанное время ответа противоречит тому, что устройство сообщало раньше. Обращение записано.",
                en: "The time given for the answer contradicts what the device reported before. The try was recorded."
            )
        case .deviceClosed:
            BilingualText(
                ru: "Работа продолжается на другом устройстве. Чтобы вернуться сюда, подтвердите личность.",
                en: "The work goes on on another device. Confirm your identity to come back here."
            )
        case .sequenceReused:
            BilingualText(
                ru: "Под этим номером устройство уже прислало другой ответ.",
                en: "The device has sent another answer under this number."
            )
        }
    }
}
