import Foundation

/// The rules for a new password (NIST SP 800-63B 5.1.1.2, ASVS 5 V6.2): length and no known-bad choice;
/// no demands on kinds of characters, which only make people write passwords down.
public enum PasswordRules {
    /// Why a password is refused.
    public enum Defect: String, Hashable, Sendable {
        /// Fewer than 8 characters.
        case tooShort = "password_too_short"
        /// More than 128 characters.
        case tooLong = "password_too_long"
        /// Among the passwords that attackers try first, or a run or repetition of characters.
        case common = "password_too_common"
        /// Made of the person's own e-mail address or name, or of the service's name.
        case personal = "password_contains_name"
    }

    /// The lengths allowed, in characters.
    public static let lengths = 8...128

    /// Judges a password for a person; `nil` means it may be used.
    ///
    /// - Parameter forbidden: further words that it must not be made of, such as the service's name (ASVS 5 6.2.11).
    public static func defect(
        in password: String,
        email: EmailAddress,
        name: PersonName,
        forbidden: [String] = []
    ) -> Defect? {
        let normal = password.precomposedStringWithCompatibilityMapping
        guard normal.count >= lengths.lowerBound else { return .tooShort }
        guard normal.count <= lengths.upperBound else { return .tooLong }
        let folded = normal.lowercased()
        if common.contains(folded) || Set(folded).count <= 2 || isRun(folded) { return .common }
        let mailbox = email.value.split(separator: "@").first.map(String.init) ?? ""
        let own =
            [email.value, mailbox, name.surname.lowercased(), name.givenName.lowercased()]
            + forbidden.map { $0.lowercased() }
        // A password of which little but the own name is left after removing it is guessed at once.
        for part in own where part.count >= 4 && folded.contains(part) {
            if folded.replacingOccurrences(of: part, with: "").count < 5 { return .personal }
        }
        return nil
    }

    private static let rows = ["01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ"]

    private static func isRun(_ text: String) -> Bool {
        let scalars = text.unicodeScalars.map(\.value)
        let steps = zip(scalars, scalars.dropFirst()).map { Int($1) - Int($0) }
        if let first = steps.first, abs(first) <= 1, steps.allSatisfy({ $0 == first }) { return true }
        return rows.contains { $0.hasPrefix(text) || String($0.reversed()).hasPrefix(text) }
    }

    /// Of eight characters or more, since shorter ones are refused by length.
    private static let common: Set<String> = [
        "password", "password1", "password123", "passw0rd", "p@ssw0rd", "qwerty123", "qwertyuiop", "qwerty12345",
        "1q2w3e4r", "1q2w3e4r5t", "q1w2e3r4", "q1w2e3r4t5", "1qaz2wsx", "zaq12wsx", "qazwsxedc", "1234qwer",
        "qwer1234", "asdf1234", "abcd1234", "abc12345", "iloveyou", "sunshine", "princess", "football", "baseball",
        "superman", "trustno1", "welcome1", "letmein1", "admin123", "administrator", "changeme", "internet",
        "computer", "starwars", "whatever", "michelle", "corvette", "mustang1", "dragon123", "monkey123",
        "йцукенгш", "йцукен123", "пароль123", "парольпароль", "любовь123", "привет123", "россия123", "студент123",
        "университет", "институт", "экзамен1", "экзамен123", "zxcvbnm1", "zxcvbnm123", "qwertyui", "asdfghjkl",
        "1a2b3c4d", "a1b2c3d4", "12345qwert", "qwert12345", "123qweasd", "qweasdzxc", "111222333", "123123123",
        "12341234", "11223344", "112233445566", "147258369", "159753456", "789456123", "987654321", "0987654321",
        "01012000", "12345678", "123456789", "1234567890", "student1", "student123", "spring2026", "summer2026",
        "autumn2026", "winter2026", "moscow2026", "russia2026", "samsung1", "zenit2026", "spartak1", "marina123",
    ]
}
