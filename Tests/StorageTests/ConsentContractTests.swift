import Accounts
import Cryptography
import Foundation
import Storage
import Testing

@Suite("Storage contract: consents")
struct ConsentContractTests {
    private func text(_ kind: ConsentKind, _ version: Int, renews: Bool = false, by: UUID? = nil) -> ConsentText {
        ConsentText(
            kind: kind,
            version: version,
            russian: "Согласен \(version)",
            english: "I consent \(version)",
            requiresRenewal: renews,
            publishedAt: Fixtures.start,
            publishedBy: by
        )
    }

    private func statement(
        _ number: Int,
        of account: UUID,
        _ decision: ConsentStatement.Decision = .given,
        _ kind: ConsentKind = .biometric,
        version: Int = 1,
        partners: [String] = []
    ) -> ConsentStatement {
        ConsentStatement(
            id: Fixtures.id(9_100 + number),
            accountID: account,
            kind: kind,
            decision: decision,
            textVersion: version,
            textDigest: text(kind, version).russianDigest.hex,
            partners: partners,
            recordedBy: account,
            at: Fixtures.start
        )
    }

    @Test("Texts are kept word by word, one version each, and the newest is current", arguments: Backend.allCases)
    func texts(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            try await database.write { stores throws in
                try stores.insertAccount(account)
                try stores.insertConsentText(text(.biometric, 1))
                try stores.insertConsentText(text(.biometric, 2, renews: true, by: account.id))
                try stores.insertConsentText(text(.personalData, 1))
                let current = try stores.currentConsentTexts()
                #expect(current == [text(.biometric, 2, renews: true, by: account.id), text(.personalData, 1)])
                #expect(try stores.consentText(.biometric, version: 1) == text(.biometric, 1))
                #expect(try stores.consentText(.biometric, version: 3) == nil)
                #expect(try stores.consentRenewal(.biometric) == 2)
                #expect(try stores.consentRenewal(.personalData) == 0)
                #expect(throws: (any Error).self) { try stores.insertConsentText(text(.biometric, 2)) }
            }
        }
    }

    @Test("Statements are kept as they were made, and the newest of a kind is what holds", arguments: Backend.allCases)
    func statements(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let accounts = try (1...2).map { try Fixtures.account($0) }
            let id = accounts[0].id
            var paper = statement(2, of: id)
            paper.statedBy = .representative(.init(name: "Иванова И. И.", relationship: "мать"))
            paper.paper = .init(reference: "Дело 1", date: CalendarDay("2027-01-15")!, note: nil)
            let signed = paper
            try await database.write { stores throws in
                for account in accounts { try stores.insertAccount(account) }
                for version in 1...2 { try stores.insertConsentText(text(.biometric, version)) }
                try stores.insertConsentText(text(.personalData, 1))
                #expect(try !stores.hasConsent(of: id, .biometric), "who has said nothing has not consented")
                // The later statement has the smaller identifier, as after a clock that was set back.
                let later = statement(1, of: id, .withdrawn)
                for statement in [signed, statement(3, of: id, .refused, .personalData), later] {
                    try stores.insertConsent(statement)
                    #expect(try stores.hasConsent(of: id, .biometric) == (statement != later))
                }
                #expect(try stores.consents(of: id) == [signed, statement(3, of: id, .refused, .personalData), later])
                #expect(try stores.latestConsent(of: id, .biometric) == later)
                #expect(try !stores.hasConsent(of: id, .personalData))
                #expect(try stores.latestConsent(of: accounts[1].id, .biometric) == nil)
            }
        }
    }

    @Test("A text that asks for renewal ends the consents to those before it", arguments: Backend.allCases)
    func renewal(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            try await database.write { stores throws in
                try stores.insertAccount(account)
                try stores.insertConsentText(text(.biometric, 1))
                try stores.insertConsent(statement(1, of: account.id))
                try stores.insertConsentText(text(.biometric, 2))
                #expect(try stores.hasConsent(of: account.id, .biometric))
                try stores.insertConsentText(text(.biometric, 3, renews: true))
                #expect(try !stores.hasConsent(of: account.id, .biometric))
                try stores.insertConsent(statement(2, of: account.id, version: 2))
                #expect(try !stores.hasConsent(of: account.id, .biometric))
                try stores.insertConsent(statement(3, of: account.id, version: 3))
                #expect(try stores.hasConsent(of: account.id, .biometric))
            }
        }
    }

    @Test("C8: a transfer is consented to for the organisations named", arguments: Backend.allCases)
    func partners(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let account = try Fixtures.account(1)
            try await database.write { stores throws in
                try stores.insertAccount(account)
                try stores.insertConsentText(text(.partnerTransfer, 1))
                let given = statement(1, of: account.id, .given, .partnerTransfer, partners: ["ООО «Ромашка»", "Вуз"])
                try stores.insertConsent(given)
                #expect(try stores.consents(of: account.id) == [given])
                #expect(try stores.hasPartnerConsent(of: account.id, to: "ооо  \"РОМАШКА\""))
                #expect(try stores.hasPartnerConsent(of: account.id, to: "вуз"))
                #expect(try !stores.hasPartnerConsent(of: account.id, to: "Ромашка"))
                #expect(try !stores.hasPartnerConsent(of: account.id, to: ""))
            }
        }
    }
}
