import Accounts
import Foundation
import Testing

@Suite("A2: rules of login")
struct LoginRuleTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    @Test(
        "An e-mail address is folded",
        arguments: [(" Anna.Ivanova@Example.ORG ", "anna.ivanova@example.org"), ("a+b@пример.рф", "a+b@пример.рф")]
    )
    func addresses(_ text: String, _ folded: String) {
        #expect(EmailAddress(text)?.value == folded)
    }

    @Test(
        "Text that is no e-mail address is none",
        arguments: [
            "", "a", "a@b", "@b.c", "a@.c", "a@b.", "a b@c.d", "a@b@c.d", "<a@b.c>", "a@b..c",
            String(repeating: "a", count: 65) + "@b.c", "a@" + String(repeating: "b", count: 64) + ".c",
        ]
    )
    func noAddresses(_ text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test(
        "A bad password is refused for its reason",
        arguments: [
            ("short", PasswordRules.Defect.tooShort), (String(repeating: "длинный ", count: 17), .tooLong),
            ("Password", .common), ("QWERTYuiop", .common), ("aaaaaaaaaa", .common), ("12345678", .common),
            ("87654321", .common), ("abcdefghij", .common), ("йцукенгш", .common), ("Иванова1", .personal),
            ("anna.ivanova", .personal),
        ]
    )
    func badPasswords(_ password: String, _ defect: PasswordRules.Defect) throws {
        #expect(try self.defect(password) == defect)
    }

    @Test(
        "A fair password may be used, whatever its characters",
        arguments: ["три слова вместе", "correct horse battery", "8знаков!", String(repeating: "дом лес ", count: 16)]
    )
    func goodPasswords(_ password: String) throws {
        #expect(try defect(password) == nil)
    }

    private func defect(_ password: String) throws -> PasswordRules.Defect? {
        PasswordRules.defect(
            in: password,
            email: try #require(EmailAddress("anna.ivanova@example.org")),
            name: PersonName(surname: "Иванова", givenName: "Анна")
        )
    }

    @Test("Five failures are free; then the waits double up to the longest, and no further")
    func throttle() throws {
        var state: Throttle?
        var waits: [TimeInterval] = []
        for _ in 1...20 {
            let next = Throttle.afterFailure(state, at: start, rule: .account)
            waits.append(next.remainingWait(at: start) ?? 0)
            state = next
        }
        #expect(waits.prefix(8) == [0, 0, 0, 0, 0, 2, 4, 8])
        #expect(waits.last == Throttle.Rule.account.longestWait)
        #expect(waits.allSatisfy { $0 <= Throttle.Rule.account.longestWait })
    }

    @Test("A wait ends by itself, and a quiet day forgives the failures")
    func forgiving() throws {
        let state = Throttle(failures: 9, blockedUntil: start.addingTimeInterval(16), lastFailureAt: start)
        #expect(state.remainingWait(at: start.addingTimeInterval(15)) == 1)
        #expect(state.remainingWait(at: start.addingTimeInterval(16)) == nil)
        let dayLater = start.addingTimeInterval(Throttle.Rule.account.forgivenAfter)
        #expect(Throttle.afterFailure(state, at: dayLater, rule: .account).failures == 1)
    }

    @Test(
        "A password made of the service's name is refused, one that only has it in it is not",
        arguments: [("Attestd2026", PasswordRules.Defect?.some(.personal)), ("attestd on a blue horse", nil)]
    )
    func serviceName(_ password: String, _ defect: PasswordRules.Defect?) throws {
        let found = PasswordRules.defect(
            in: password,
            email: try #require(EmailAddress("anna@example.org")),
            name: PersonName(surname: "Иванова", givenName: "Анна"),
            forbidden: ["attestd"]
        )
        #expect(found == defect)
    }

    @Test("Very many failures neither overflow nor wait for ever")
    func manyFailures() throws {
        let state = Throttle(failures: Int.max, blockedUntil: start, lastFailureAt: start)
        let next = Throttle.afterFailure(state, at: start, rule: .account)
        #expect(next.remainingWait(at: start) == Throttle.Rule.account.longestWait)
    }

    @Test(
        "A login session ends at its end or when idle for too long",
        arguments: [
            // Role, last seen and now in seconds after the login.
            (.candidate, 0, 43_199, true), (.candidate, 0, 43_200, false),
            (.examiner, 0, 899, true), (.examiner, 0, 900, false),
            (.examiner, 28_500, 28_799, true), (.examiner, 28_700, 28_800, false),
        ] as [(Role, TimeInterval, TimeInterval, Bool)]
    )
    func sessions(_ role: Role, _ lastSeen: TimeInterval, _ now: TimeInterval, _ isValid: Bool) {
        let session = LoginSession(
            id: UUID(),
            tokenHash: "",
            accountID: UUID(),
            createdAt: start,
            lastSeenAt: start.addingTimeInterval(lastSeen),
            expiresAt: start.addingTimeInterval(LoginSession.limits(of: [role]).total)
        )
        #expect(session.isValid(at: start.addingTimeInterval(now), roles: [role]) == isValid)
    }
}
