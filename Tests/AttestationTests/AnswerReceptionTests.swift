import Attestation
import Foundation
import Testing

@Suite("Issue 5: which answers are taken, and when they were given")
struct AnswerReceptionTests {
    private static func after(_ seconds: Double) -> Date { AttemptTests.after(seconds) }

    private static func lease(
        _ device: String,
        _ since: Double = 0,
        until: Double? = nil,
        heard: (Double, Int64)? = nil
    ) -> DeviceLease {
        DeviceLease(
            attemptID: Samples.id(1),
            device: device,
            since: after(since),
            until: until.map(after),
            contact: heard.map { DeviceLease.Contact(at: after($0.0), sequence: $0.1) }
        )
    }

    private func judge(
        _ attempt: Attempt,
        _ leases: [DeviceLease] = [lease("a")],
        by device: String = "a",
        given: Double,
        at now: Double,
        sequence: Int64? = 1
    ) -> AnswerReception.Verdict {
        AnswerReception(attempt: attempt, leases: leases, device: device, now: Self.after(now))
            .judge(givenAt: Self.after(given), sequence: sequence)
    }

    /// Given, sent, and what comes of it in an attempt of an hour with two minutes of grace.
    static let cases: [(given: Double, sent: Double, refusal: AnswerRefusal?)] = [
        (100, 100, nil), (100, 3_599, nil), (3_599.999, 3_600, nil), (3_500, 3_719.999, nil),
        (3_500, 3_720, .sentTooLate), (3_500, 90_000, .sentTooLate), (3_600, 3_600, .givenTooLate),
        (3_650, 3_660, .givenTooLate), (-10, 3_650, .givenTooLate),
    ]

    @Test("S2 5.1.3.4: an answer counts that was given in time and sent within the grace time", arguments: cases)
    func deadline(given: Double, sent: Double, refusal: AnswerRefusal?) throws {
        let verdict = judge(try AttemptTests.started(), given: given, at: sent)
        if let refusal {
            #expect(verdict == .refused(refusal))
        } else {
            let isQueued = sent - given > 15 || sent >= 3600
            #expect(verdict == .accepted(givenAt: Self.after(given), isQueued: isQueued))
        }
    }

    @Test("A device's clock does not matter, only how long ago it says the answer was given")
    func deviceClock() {
        let now = Self.after(500)
        for offset in [0.0, -86_400.0, 31_536_000.0] {
            let sent = now.addingTimeInterval(offset)
            let captured = sent.addingTimeInterval(-40)
            #expect(AnswerReception.givenAt(captured, sentAt: sent, now: now) == Self.after(460))
            let future = AnswerReception.givenAt(sent.addingTimeInterval(900), sentAt: sent, now: now)
            #expect(future == now, "nobody answers after sending")
        }
    }

    @Test("While the device has the attempt and the clock runs, an impossible claim costs nothing and gains nothing")
    func liveClaims() throws {
        let attempt = try AttemptTests.started()
        #expect(judge(attempt, given: -500, at: 100) == .accepted(givenAt: Self.after(100), isQueued: false))
        let heard = [Self.lease("a", heard: (80, 4))]
        let contradicted = judge(attempt, heard, given: 20, at: 100, sequence: 5)
        #expect(contradicted == .accepted(givenAt: Self.after(80), isQueued: true))
        let known = judge(attempt, heard, given: 20, at: 100, sequence: 4)
        #expect(known == .accepted(givenAt: Self.after(20), isQueued: true))
    }

    @Test("A claim that contradicts what the device sent before is a lie, and late it is refused")
    func lies() throws {
        let attempt = try AttemptTests.started()
        let leases = [Self.lease("a", heard: (3_590, 7))]
        let lie = judge(attempt, leases, given: 3_000, at: 3_650, sequence: 8)
        #expect(lie == .refused(.contradicted))
        let honest = judge(attempt, leases, given: 3_000, at: 3_650, sequence: 7)
        #expect(honest == .accepted(givenAt: Self.after(3_000), isQueued: true))
        let later = judge(attempt, leases, given: 3_595, at: 3_650, sequence: 8)
        #expect(later == .accepted(givenAt: Self.after(3_595), isQueued: true))
    }

    @Test("Two devices: the second has the attempt, and the queue of the first counts up to then")
    func twoDevices() throws {
        let attempt = try AttemptTests.started()
        let leases = [Self.lease("a", until: 1_000), Self.lease("b", 1_000)]
        #expect(judge(attempt, leases, by: "b", given: 1_010, at: 1_010) != .refused(.deviceClosed))
        #expect(judge(attempt, leases, given: 1_010, at: 1_010) == .refused(.deviceClosed))
        let queued = judge(attempt, leases, given: 990, at: 1_050)
        #expect(queued == .accepted(givenAt: Self.after(990), isQueued: true))
        #expect(judge(attempt, leases, given: 990, at: 1_120) == .refused(.deviceClosed))
        #expect(judge(attempt, leases, by: "c", given: 990, at: 1_050) == .refused(.deviceClosed))
        #expect(judge(attempt, leases, by: "b", given: 990, at: 3_650) == .refused(.deviceClosed), "not its time")
    }

    @Test("During a pause a queue from before it is taken within the grace time, and nothing else")
    func pause() throws {
        let paused = try AttemptTests.started().transition(
            to: .paused,
            AttemptTests.examiner(.checkNeeded),
            at: Self.after(600)
        )
        #expect(judge(paused, given: 590, at: 650) == .accepted(givenAt: Self.after(590), isQueued: true))
        #expect(judge(paused, given: 600, at: 650) == .refused(.attemptPaused))
        #expect(judge(paused, given: 590, at: 720) == .refused(.attemptPaused))
        let resumed = try paused.transition(to: .started, AttemptTests.examiner(nil), at: Self.after(900))
        #expect(judge(resumed, given: 590, at: 950) == .accepted(givenAt: Self.after(590), isQueued: true))
        let typedInPause = judge(resumed, given: 700, at: 950)
        #expect(typedInPause == .accepted(givenAt: Self.after(950), isQueued: false))
    }

    @Test("Before the start and after the handing in nothing is taken")
    func closed() throws {
        #expect(judge(try AttemptTests.attempt(), given: 0, at: 1) == .refused(.notStarted))
        let submitted = try AttemptTests.started().transition(
            to: .submitted,
            AttemptTests.candidate,
            at: Self.after(600)
        )
        #expect(judge(submitted, given: 590, at: 610) == .refused(.attemptClosed))
        let rejected = try AttemptTests.started().transition(
            to: .rejected,
            AttemptTests.examiner(.dishonesty),
            at: Self.after(600)
        )
        #expect(judge(rejected, given: 590, at: 610) == .refused(.attemptClosed))
    }

    @Test("A device that was closed comes back by a new login only")
    func standing() {
        let leases = [Self.lease("a", until: 1_000), Self.lease("b", 1_000)]
        #expect(DeviceStanding(of: "b", among: leases) == .holds)
        #expect(DeviceStanding(of: "c", among: leases) == .newcomer)
        #expect(DeviceStanding(of: "c", among: []) == .vacant)
        let first = DeviceStanding(of: "a", among: leases)
        #expect(first == .closed(since: Self.after(1_000)))
        #expect(!first.mayTake(byLoginAt: Self.after(0)))
        #expect(!first.mayTake(byLoginAt: Self.after(1_000)))
        #expect(first.mayTake(byLoginAt: Self.after(1_001)))
        #expect(DeviceStanding.newcomer.mayTake(byLoginAt: Self.after(0)))
    }

    @Test("Of two versions the one counts that was given later, whichever arrives first")
    func versions() {
        func saved(_ version: Int, given: Double) -> SavedAnswer {
            SavedAnswer(
                attemptID: Samples.id(1),
                number: 1,
                version: version,
                givenAt: Self.after(given),
                savedAt: Self.after(given + 100),
                answer: .truth(true)
            )
        }
        #expect(saved(2, given: 20).counts(before: saved(1, given: 10)))
        #expect(!saved(2, given: 10).counts(before: saved(1, given: 20)))
        #expect(saved(2, given: 10).counts(before: saved(1, given: 10)))
    }
}
