import Foundation

/// Why a request was not carried out. It says what the person can do about it; nothing was changed.
package struct Refusal: Error, Sendable {
    /// The kinds of refusal, which the API maps to HTTP statuses.
    package enum Kind: Sendable {
        /// Nobody is logged in, or the login does not hold.
        case unauthenticated
        /// Whoever is logged in may not do this.
        case forbidden
        /// There is no such thing.
        case notFound
        /// The state of things forbids it now.
        case conflict
        /// The request has the right form and cannot be accepted as it is.
        case unprocessable
        /// A body in a format that is not understood.
        case unsupportedFormat
        /// A body that is too large.
        case tooLarge
        /// Too many tries.
        case tooMany(retryAfter: Int)
        /// The service cannot do this at the moment.
        case unavailable
        /// The disk is full.
        case storageFull
        /// The program met something that it does not expect.
        case internalError
    }

    /// The kind.
    package var kind: Kind
    /// A stable code, `snake_case`.
    package var code: String
    /// What happened and what to do.
    package var message: LocalizedText
    /// The single faults, where there are several.
    package var faults: [Fault]

    /// One fault of a request.
    package struct Fault: Hashable, Sendable {
        /// A stable code, `snake_case`.
        package var code: String
        /// What is wrong and what to do.
        package var message: LocalizedText

        /// Creates a fault.
        package init(code: String, message: LocalizedText) {
            self.code = code
            self.message = message
        }
    }

    /// Creates a refusal.
    package init(_ kind: Kind, _ code: String, ru: String, en: String, faults: [Fault] = []) {
        self.kind = kind
        self.code = code
        message = LocalizedText(ru: ru, en: en)
        self.faults = faults
    }
}

extension Refusal {
    /// There is no such thing, or not for this person.
    static func notFound(_ code: String, ru: String, en: String) -> Refusal {
        Refusal(.notFound, code, ru: ru, en: en)
    }

    /// The code of what concerns another candidate's attempt.
    package static let otherCandidateCode = "other_candidate"

    static let otherCandidate = Refusal(
        .forbidden,
        otherCandidateCode,
        ru: "Эта попытка принадлежит другому обучающемуся.",
        en: "This attempt belongs to another candidate."
    )

    static let unknownAttempt = notFound(
        "attempt_unknown",
        ru: "Такой попытки нет.",
        en: "There is no such attempt."
    )

    static let unknownExam = notFound("exam_unknown", ru: "Такого экзамена нет.", en: "There is no such exam.")
}
