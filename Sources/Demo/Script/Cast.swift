import Foundation

/// A person of the play. The names are invented.
struct Person: Sendable {
    var surname: String
    var givenName: String
    var patronymic: String
    /// The name in Latin letters, for the English text.
    var latin: String
    var email: String
    /// The registration number of the contract; staff have none.
    var contract: String?
    /// Made anew for each run.
    let password = Self.randomPassword()

    /// Registers and logs in as the API takes it.
    var registration: JSON {
        [
            "email": .string(email), "password": .string(password), "surname": .string(surname),
            "given_name": .string(givenName), "patronymic": .string(patronymic),
            "contract_number": .string(contract ?? ""),
        ]
    }

    var login: JSON { ["email": .string(email), "password": .string(password), "deliver": "token"] }

    private static func randomPassword() -> String {
        let letters = Array("abcdefghijkmnopqrstuvwxyz23456789")
        var random = SystemRandomNumberGenerator()
        return String((0..<24).map { _ in letters[Int.random(in: letters.indices, using: &random)] })
    }
}

/// Who takes part.
struct Cast: Sendable {
    let examiner = Person(
        surname: "Ермакова",
        givenName: "Анна",
        patronymic: "Сергеевна",
        latin: "Anna Ermakova",
        email: "ermakova@example.org"
    )
    let complianceOfficer = Person(
        surname: "Гордеева",
        givenName: "Мария",
        patronymic: "Ильинична",
        latin: "Maria Gordeeva",
        email: "gordeeva@example.org"
    )
    /// The rightful candidate.
    let candidate = Person(
        surname: "Соколов",
        givenName: "Андрей",
        patronymic: "Викторович",
        latin: "Andrei Sokolov",
        email: "sokolov@example.org",
        contract: "118-И/2026"
    )
    /// Another candidate of the same exam, who has no business in the first one's attempt.
    let otherCandidate = Person(
        surname: "Литвинов",
        givenName: "Павел",
        patronymic: "Олегович",
        latin: "Pavel Litvinov",
        email: "litvinov@example.org",
        contract: "119-И/2026"
    )

    /// The contract register as the study office would export it.
    var contractRegister: String {
        let rows = [candidate, otherCandidate].map { person in
            [person.contract ?? "", person.surname, person.givenName, person.patronymic].joined(separator: ";")
        }
        return (["номер;фамилия;имя;отчество"] + rows).joined(separator: "\n") + "\n"
    }
}

/// The sample photographs, and the part that each one plays.
enum Picture: String, Sendable, CaseIterable {
    case cutPortrait = "obama_partial_face.jpg"
    case portrait = "obama.jpg"
    case impostorFrame = "biden.jpg"
    case admissionFrame = "obama2.jpg"
    case examFrame = "obama3.jpg"

    /// The part that it plays.
    var part: String {
        switch self {
        case .cutPortrait: "A portrait cut by the picture’s edge"
        case .portrait: "The candidate’s portrait"
        case .impostorFrame: "Frame: somebody else at the camera"
        case .admissionFrame: "Frame: the candidate, before the start"
        case .examFrame: "Frame: the candidate, during the exam"
        }
    }

    /// What the photograph really is.
    var provenance: String {
        switch self {
        case .cutPortrait: "Barack Obama; the right part of the official portrait of 6 December 2012"
        case .portrait: "Barack Obama; official portrait, 6 December 2012"
        case .impostorFrame: "Joe Biden; Blue Room of the White House, 10 May 2010"
        case .admissionFrame: "Barack Obama; address to Congress, 9 September 2009"
        case .examFrame: "Barack Obama; Blue Room of the White House, 10 May 2010"
        }
    }
}
