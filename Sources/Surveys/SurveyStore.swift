public import Foundation

/// Where surveys and their answers are kept, apart from who gave them.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol SurveyStore: AnyObject {
    /// Adds a survey.
    func insertSurvey(_ survey: Survey) throws
    /// One survey.
    func survey(_ id: UUID) throws -> Survey?
    /// All surveys, newest year first.
    func surveys() throws -> [Survey]

    /// Notes that an account was given its token for a survey; `false` where it was before.
    ///
    /// - Parameter sealedToken: the token's hash, sealed under the person's key.
    func insertSurveyParticipant(_ accountID: UUID, of survey: UUID, sealedToken: Data) throws -> Bool
    /// The sealed hash of the token that an account was given; `nil` where none was, or nobody noted which.
    func sealedSurveyToken(of accountID: UUID, survey: UUID) throws -> Data?
    /// Notes that an account was given another token.
    func replaceSealedSurveyToken(_ sealed: Data, of accountID: UUID, survey: UUID) throws
    /// Keeps a token's hash, with nothing of whom it was given to or when.
    func insertSurveyToken(hash: Data, audience: Survey.Audience, of survey: UUID) throws
    /// Takes a token: the audience that it stands for; `nil` where there is none, or it was used.
    func takeSurveyToken(hash: Data, of survey: UUID) throws -> Survey.Audience?
    /// Keeps somebody's answers under a random identifier, in no order of time.
    func insertSurveyAnswers(_ answers: [String: Survey.Answer], id: UUID, audience: Survey.Audience, of survey: UUID)
        throws
    /// The answers of each audience.
    func surveyAnswers(of survey: UUID) throws -> [Survey.Audience: [[String: Survey.Answer]]]

    /// When staff were last reminded that a year has no survey.
    func surveyReminder(of year: Int) throws -> Date?
    /// Notes that staff were reminded.
    func noteSurveyReminder(of year: Int, at: Date) throws
}
