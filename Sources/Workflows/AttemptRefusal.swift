import Attestation
import Foundation

extension Refusal {
    /// Runs a change of an attempt; what the attempt's rules do not allow becomes a refusal that a person understands.
    static func onAttemptError<Value>(_ change: () throws -> Value) throws -> Value {
        do {
            return try change()
        } catch let error as AttemptError {
            throw Refusal(error)
        }
    }

    /// Why an attempt is not changed.
    init(_ error: AttemptError) {
        let (ru, en) = Self.words(for: error.code)
        self.init(.conflict, error.code.description, ru: ru, en: en)
    }

    private static func words(for code: AttemptError.Code) -> (String, String) {
        switch code {
        case .actorNotAllowed: ("У вашей роли нет на это права.", "Your role may not do this.")
        case .reasonRequired: ("Укажите причину, а для «иное» и пояснение.", "Give a reason, and words for «other».")
        case .reasonNotAllowed:
            ("По этой причине так не поступают. Выберите другую.", "This is not done for that reason. Choose another.")
        case .deadlinePassed:
            (
                "Времени не осталось. Чтобы продолжить, добавьте время.",
                "No time is left. Give time to let the candidate go on."
            )
        case .deadlineNotReached: ("Время ещё не истекло.", "The time is not over yet.")
        case .noBreakLeft: ("Права на перерыв нет, или оно исчерпано.", "There is no break, or none is left.")
        case .breakMismatch:
            (
                "Паузу завершает экзаменатор: дождитесь его решения.",
                "The examiner ends the pause: wait for the decision."
            )
        case .reopeningTooLate:
            (
                "Возобновить попытку можно только в день экзамена. Обратитесь в деканат.",
                "An attempt is reopened on the day of the exam only. Turn to the dean's office."
            )
        case .invalidTime:
            (
                "Столько времени дать нельзя: оно не отнимается и не превышает недели.",
                "So much time cannot be given: none is taken away, and a week is the most."
            )
        default:
            ("Состояние попытки этого не допускает.", "The state of the attempt does not allow this.")
        }
    }
}
