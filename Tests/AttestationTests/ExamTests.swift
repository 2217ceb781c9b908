import Attestation
import Cryptography
import Foundation
import Testing

@Suite struct ExamTests {
    let secret = Data(repeating: 9, count: 32)

    var exam: Exam {
        Exam(
            id: Samples.id(50),
            title: "Экзамен",
            discipline: "ИБ",
            blueprint: Blueprint(
                sections: [BlueprintSection(count: 2)],
                durationSeconds: 1800,
                gradingScale: .passFail
            ),
            opensAt: Samples.start,
            closesAt: Samples.start.addingTimeInterval(3600),
            secretCommitment: Exam.commitment(to: secret)
        )
    }

    @Test(
        "The window opens at its first moment and is closed at its last",
        arguments: [(-0.001, Exam.Window.notYetOpen), (0, .open), (3599.999, .open), (3600, .closed)]
    )
    func window(_ offset: Double, _ window: Exam.Window) {
        #expect(exam.window(at: Samples.start.addingTimeInterval(offset)) == window)
    }

    @Test("The commitment is to the one secret and does not show it")
    func commitment() throws {
        #expect(exam.isCommitted(to: secret))
        #expect(!exam.isCommitted(to: secret + [0]))
        let json = String(decoding: try CanonicalJSON.encode(exam), as: UTF8.self)
        #expect(json.contains(exam.secretCommitment.hex))
        #expect(!json.contains("09090909") && !json.contains(secret.base64EncodedString()))
        #expect(try CanonicalJSON.decode(Exam.self, from: Data(json.utf8)) == exam)
        #expect(exam.gradingScale == .passFail)
    }

    @Test("A new attempt has the derived seed and the base time")
    func makeAttempt() throws {
        let attempt = try exam.makeAttempt(
            id: Samples.id(1),
            candidateID: Samples.id(2),
            secret: secret,
            at: Samples.start
        )
        let seed = try TicketSeed.derive(examSecret: secret, examID: exam.id, attemptID: Samples.id(1))
        #expect(attempt.seed == seed)
        #expect(attempt.ledger.workingMilliseconds == 1_800_000)
        #expect(attempt.state == .created)
        #expect(attempt.clock(at: Samples.start).remainingSeconds == 1800)
    }
}
