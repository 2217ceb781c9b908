package import Accounts
package import Cryptography
package import Foundation
package import Identification
package import Proctoring
package import Storage
package import Webhooks

/// What the workflows stand on; made once by the composition and shared.
package struct Services: Sendable {
    /// Where state is kept.
    package var database: any Database
    /// Where sealed pictures are kept.
    package var evidence: any EvidenceStore
    /// Seals personal data.
    package var vault: Vault
    /// Runs Argon2id off the tasks' threads, a bounded number at once.
    package var passwords: PasswordHasher
    /// Committed events on their way to readers.
    package var events: EventHub
    /// What the institution decides about accounts.
    package var accounts: AccountSettings
    /// Logins turned away that wait for their record.
    let throttledTries = ThrottledTries()
    /// Who is let through next at a login that many try.
    let loginTurns = LoginTurns()
    /// Logins told to come again because too many waited.
    let putOffLogins = PutOffLogins()
    /// Networks that send tokens which nobody issued.
    let tokenGuesses = TokenGuesses()
    /// Question banks that tickets are drawn from.
    let banks = QuestionBankCache()
    /// What deals the tickets of exams that run.
    let dealers = TicketDealers()
    /// What the institution decides about grading.
    package var grading = GradingSettings()
    /// The rules by which flags are raised.
    package var flagRules = FlagRules.standard
    /// Where exports lie.
    package var exports = ExportSettings()
    /// Sends messages to other systems.
    package var webhooks = WebhookSender(allowsPrivateAddresses: false)
    /// The source of randomness for identifiers and secrets.
    package var random: any RandomSource
    /// Makes identifiers that rise even within a millisecond, so that they sort as things happened.
    private let identifiers: UUIDv7Generator
    /// The server's clock; tests inject their own.
    package var now: @Sendable () -> Date
    /// The institution's time zone: in it the days of orders, ages and deadlines are counted.
    package var timeZone: TimeZone

    /// Creates the set.
    package init(
        database: any Database,
        evidence: any EvidenceStore,
        vault: Vault,
        passwords: PasswordHasher,
        events: EventHub,
        accounts: AccountSettings = AccountSettings(),
        random: any RandomSource = SystemRandomSource(),
        timeZone: TimeZone = Services.moscow,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.database = database
        self.evidence = evidence
        self.vault = vault
        self.passwords = passwords
        self.events = events
        self.accounts = accounts
        self.random = random
        self.timeZone = timeZone
        identifiers = UUIDv7Generator(random: random)
        // Records keep milliseconds; what is compared later must be what was kept.
        self.now = { Date(timeIntervalSince1970: (now().timeIntervalSince1970 * 1_000).rounded() / 1_000) }
    }

    /// The day that a moment falls on at the institution.
    package func day(of time: Date) -> CalendarDay { CalendarDay(time, in: timeZone) }

    /// Moscow's time, three hours ahead of UTC all the year since 2014.
    package static let moscow = TimeZone(identifier: "Europe/Moscow") ?? TimeZone(secondsFromGMT: 3 * 3_600) ?? .gmt

    /// A fresh identifier (UUIDv7).
    func makeID(at time: Date) -> UUID { identifiers.make(at: time) }
}
