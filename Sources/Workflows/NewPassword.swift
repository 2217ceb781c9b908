import Accounts
import Cryptography
import Storage

/// Judges and hashes passwords that people choose.
struct NewPassword {
    let services: Services

    /// Judges a password.
    ///
    /// - Throws: `Refusal` with what to do instead.
    func check(_ password: String, email: EmailAddress, name: PersonName) throws {
        let lengths = PasswordRules.lengths
        let forbidden = [services.accounts.serviceName]
        switch PasswordRules.defect(in: password, email: email, name: name, forbidden: forbidden) {
        case nil: return
        case .tooShort, .tooLong:
            throw Refusal(
                .unprocessable,
                "password_length",
                ru: "Пароль должен быть длиной от \(lengths.lowerBound) до \(lengths.upperBound) знаков.",
                en: "The password must have \(lengths.lowerBound) to \(lengths.upperBound) characters."
            )
        case .common:
            throw Refusal(
                .unprocessable,
                "password_too_common",
                ru: "Такой пароль подбирают первым. Придумайте другой, например из трёх слов.",
                en: "This password is among the first that are guessed. Choose another, three words for example."
            )
        case .personal:
            throw Refusal(
                .unprocessable,
                "password_contains_name",
                ru: "В пароле не должно быть имени, адреса почты или названия службы.",
                en: "The password must not be made of your name or e-mail address, or of the service's name."
            )
        }
    }

    /// Hashes a password, a bounded number at once.
    ///
    /// - Throws: `Refusal` where too many wait.
    func hash(_ password: String) async throws -> PasswordHash {
        do {
            return try await services.passwords.hash(password)
        } catch let error as CryptographyError where error.code == .busy {
            throw Refusal.loginBusy
        }
    }

    /// A hash that no password fits, for an account whose holder has yet to set one.
    func unusable() async throws -> PasswordHash { try await hash(SessionToken.random().text) }
}

extension Refusal {
    static let loginBusy = Refusal(
        .unavailable,
        "login_busy",
        ru: "Сейчас входит слишком много людей. Повторите через несколько секунд.",
        en: "Too many people are logging in just now. Try again in a few seconds."
    )
}
