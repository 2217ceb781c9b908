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
