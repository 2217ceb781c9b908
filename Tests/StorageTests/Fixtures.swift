import Accounts
import Attestation
import Cryptography
import Foundation
import Identification
import Proctoring
import QuestionBank
import Storage

/// Values for the contract suite.
enum Fixtures {
    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    static func id(_ number: Int) -> UUID {
        UUIDv7.make(at: start.addingTimeInterval(Double(number)), random: SeededRandomSource(seed: UInt64(number)))
    }

    static func account(_ number: Int) throws -> Account {
        Account(
            id: id(number),
            email: EmailAddress("person\(number)@example.org")!,
            name: PersonName(surname: "Соловьёв", givenName: "Пётр", patronymic: number == 1 ? nil : "Ильич"),
            roles: [.candidate],
            // The hash of a published example would do as well: no test of the store verifies it.
            password: try PasswordHash(
                phc: "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            ),
            createdAt: start
        )
    }

    static func question(_ number: Int, version: Int = 1, discipline: String = "ИБ") -> Question {
        Question(
            id: id(1_000 + number),
            version: version,
            discipline: discipline,
            content: BankQuestion(
                topic: ["Тема \(number % 3)"],
                title: "Вопрос \(number)",
                prompt: RichText("Текст \(number), версия \(version)"),
                interaction: .trueFalse(TrueFalse(isTrue: number % 2 == 0))
            )
        )
    }

    static func entry(_ number: Int, version: Int = 1, discipline: String = "ИБ") throws -> BankEntry {
        try BankEntry(question(number, version: version, discipline: discipline), addedAt: start)
    }

    static func exam(_ number: Int = 2_000) -> Exam {
        Exam(
            id: id(number),
            title: "Экзамен",
            discipline: "ИБ",
            blueprint: Blueprint(sections: [BlueprintSection(count: 2)], durationSeconds: 3600),
            opensAt: start,
            closesAt: start.addingTimeInterval(86_400),
            secretCommitment: Exam.commitment(to: [UInt8](repeating: 7, count: 32))
        )
    }

    static func attempt(_ number: Int, candidate: UUID) throws -> Attempt {
        try exam().makeAttempt(
            id: id(3_000 + number),
            candidateID: candidate,
            secret: [UInt8](repeating: 7, count: 32),
            at: start
        )
    }

    static func event(_ number: Int, of attempt: Attempt) -> SessionEvent {
        SessionEvent(
            id: id(4_000 + number),
            attemptID: attempt.id,
            examID: attempt.examID,
            type: .answerSaved,
            source: .server,
            at: start,
            facts: ["number": String(number)]
        )
    }

    static func record(_ number: Int, subject: UUID?, _ outcome: IdentificationOutcome) -> IdentificationRecord {
        IdentificationRecord(
            id: id(5_000 + number),
            method: number % 2 == 0 ? .biometric : .electronic,
            subject: subject,
            outcome: outcome,
            reason: "compared",
            at: start.addingTimeInterval(Double(number)),
            comparison: number % 2 == 0
                ? ComparisonFacts(
                    distance: 0.25,
                    matchAtOrBelow: 0.371,
                    nonMatchAbove: 0.414,
                    modelID: "model",
                    portraitID: id(9)
                ) : nil,
            evidence: EvidenceReference(rawValue: String(repeating: "0a", count: 32))
        )
    }

    /// An account, an exam and the account's attempt in the database.
    static func withAttempt(in database: any Database, number: Int = 1) async throws -> Attempt {
        let account = try account(number)
        let attempt = try attempt(number, candidate: account.id)
        try await database.write { stores throws in
            try stores.insertAccount(account)
            if try stores.exam(attempt.examID) == nil {
                try stores.insertExam(exam(), sealedSecret: Data([1, 2, 3]), plan: nil, createdAt: start)
            }
            try stores.insertAttempt(attempt, expiresAt: start + 60)
        }
        return attempt
    }
}
