import Accounts
import Cryptography
import Foundation
import Testing

@Suite("A6: who may reset whose password, and what tokens may do")
struct PermissionRuleTests {
    private func account(_ roles: Set<Role>) throws -> Account {
        Account(
            id: UUID(),
            email: try #require(EmailAddress("a@example.org")),
            name: PersonName(surname: "А", givenName: "Б"),
            roles: roles,
            password: try PasswordHash(
                phc: "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            ),
            createdAt: Date(timeIntervalSince1970: 0)
        )
    }

    @Test("An administrator resets everybody else, technical support candidates only, others nobody")
    func resets() throws {
        for issuer in Role.allCases {
            for other in Role.allCases {
                let may = PasswordReset.mayIssue(try account([issuer]), for: try account([other]))
                let should = issuer == .administrator || issuer == .technicalResponsible && other == .candidate
                #expect(may == should, "\(issuer) \(other)")
            }
            let own = try account([issuer])
            #expect(!PasswordReset.mayIssue(own, for: own))
        }
        let both = try account([.technicalResponsible, .administrator])
        #expect(PasswordReset.mayIssue(both, for: try account([.administrator])))
        let mixed = try account([.technicalResponsible])
        #expect(!PasswordReset.mayIssue(mixed, for: try account([.examiner, .reviewer])))
    }

    @Test("A token ends with its time and with its issuer's right to issue tokens")
    func tokens() throws {
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        var issuer = try account([.administrator])
        let token = APIToken(
            id: UUID(),
            tokenHash: "",
            issuerID: issuer.id,
            name: "",
            scopes: [.readExams],
            createdAt: start,
            expiresAt: start.addingTimeInterval(60)
        )
        #expect(token.isValid(at: start.addingTimeInterval(59), issuer: issuer))
        #expect(!token.isValid(at: start.addingTimeInterval(60), issuer: issuer))
        issuer.roles = [.examiner]
        #expect(!token.isValid(at: start, issuer: issuer))
        issuer.roles = [.administrator]
        issuer.disabledAt = start
        #expect(!token.isValid(at: start, issuer: issuer))
    }

    @Test("No right over accounts, tokens or webhooks, and no decision about people, can be given to a program")
    func personalRights() {
        let personal = Set(Permission.allCases.filter(\.needsSession))
        let accounts: Set<Permission> = [
            .ownAccount, .ownSecondFactor, .supportAccounts, .manageAccounts, .manageAPITokens, .manageWebhooks,
        ]
        let people: Set<Permission> = [
            .verifyIdentity, .overrideIdentification, .reviewDuplicates, .reviewAttempts, .actInCases, .manageCases,
            .gradeWork, .regrade, .reopenGradeSheets, .manageRetention,
        ]
        #expect(personal == accounts.union(people))
    }
}
