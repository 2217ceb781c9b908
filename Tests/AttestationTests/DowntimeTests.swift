import Attestation
import Foundation
import Testing

@Suite("D7 Time that the service was down")
struct DowntimeTests {
    private func at(_ seconds: Double) -> Date { AttemptTests.after(seconds) }

    /// A started attempt of an hour, with ten minutes of breaks.
    private func started() throws -> Attempt {
        try AttemptTests.started().giving(
            .breakAllowance,
            milliseconds: 600_000,
            AttemptTests.examiner(.entitlement),
            at: at(0)
        )
    }

    private func remaining(_ attempt: Attempt, _ seconds: Double) -> Int64 {
        attempt.settled(at: at(seconds)).clock(at: at(seconds)).remainingMilliseconds
    }

    @Test("What was left is left, also where the time would have run out meanwhile")
    func running() throws {
        let attempt = try started()
        for down in [0.001, 1, 1_800, 3_600, 86_400] {
            let credited = try attempt.creditingDowntime(since: at(600), until: at(600 + down))
            #expect(credited.settled(at: at(600 + down)).state == .started)
            #expect(remaining(credited, 600 + down) == 3_000_000)
            let entry = try #require(credited.ledger.entries.last)
            #expect(entry.kind == .outage && entry.cause == .system(.technicalFailure))
        }
    }

    @Test("No time is given to whom it was not taken from: before the start, in a pause, after the end")
    func others() throws {
        let attempt = try started()
        let paused = try attempt.transition(to: .paused, AttemptTests.examiner(.checkNeeded), at: at(60))
        #expect(try paused.creditingDowntime(since: at(100), until: at(900)) == paused)
        let submitted = try attempt.transition(to: .submitted, AttemptTests.candidate, at: at(60))
        #expect(try submitted.creditingDowntime(since: at(100), until: at(900)) == submitted)
        #expect(try attempt.creditingDowntime(since: at(3_600), until: at(4_000)) == attempt, "it was over before")
        #expect(try attempt.creditingDowntime(since: at(100), until: at(100)) == attempt)
    }

    @Test("A break that was used up while the service was down ended then; only what came after it is given")
    func breaks() throws {
        let attempt = try started()
        let resting = try attempt.transition(to: .paused, AttemptTests.candidate, at: at(600))
        let short = try resting.creditingDowntime(since: at(700), until: at(900))
        #expect(short.settled(at: at(900)).state == .paused)
        #expect(remaining(short, 900) == 3_000_000)
        let long = try resting.creditingDowntime(since: at(700), until: at(2_200))
        #expect(long.settled(at: at(2_200)).state == .started)
        #expect(remaining(long, 2_200) == 3_000_000, "ten minutes of break, the rest is given")
        #expect(long.ledger.entries.last?.milliseconds == 1_000_000)
    }

    @Test("More than a week is not given by the service: a person decides")
    func limit() throws {
        let attempt = try started()
        #expect(throws: AttemptError.self) { try attempt.creditingDowntime(since: at(600), until: at(800_000)) }
    }
}
