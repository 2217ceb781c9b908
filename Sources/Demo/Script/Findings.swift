import Foundation

/// What the play found out, for the report. What was not reached is absent.
struct Findings: Sendable {
    var startedAt = Date()
    var cast = Cast()
    var examTitle = ""
    /// The commitment to the secret from which tickets are drawn, as it was published.
    var secretDigest = ""
    /// The refusal of the portrait that cannot serve, as the candidate got it.
    var portraitRefusal: JSON = .null
    var comparisons: [Comparison] = []
    /// What the detector sees in each picture, by file name.
    var faces: [Picture: JSON] = [:]
    var answers: [AnswerGiven] = []
    var result: JSON = .null
    /// The exam's events by the listing.
    var events: [JSON] = []
    /// The same as the examiner's stream brought them.
    var arrivals: [EventFollower.Arrival] = []
    /// How many events the examiner had when the stream was cut.
    var eventsBeforeCut = 0
    var checkpoint: JSON = .null
    var logVerification = ""
    var ticketRebuild = ""

    /// One frame against the portrait.
    struct Comparison: Sendable {
        var picture: Picture
        /// The answer that the candidate got: no score in it.
        var verdict: JSON
        /// The record that the compliance officer sees.
        var record: JSON = .null
    }
}
