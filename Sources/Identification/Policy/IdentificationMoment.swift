/// When in a procedure somebody is identified (row A3).
public enum IdentificationMoment: String, Hashable, Sendable, Codable, CaseIterable {
    /// At the login itself.
    case login
    /// Before the attempt starts.
    case beforeStart = "before_start"
    /// While it runs, at intervals that the candidate does not know.
    case interval
    /// When the candidate goes on by another login: after a break, on another device.
    case onResume = "on_resume"
    /// Before the answers are handed in.
    case beforeSubmission = "before_submission"
    /// Because a person demanded it.
    case onDemand = "on_demand"
    /// A live frame while the attempt runs that nothing asked for.
    case whileRunning = "while_running"
    /// Outside of any attempt.
    case apart
}
