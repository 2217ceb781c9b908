import Foundation

/// One proctored exam, played step by step; each step checks what came of it.
///
/// The acts stand in files of their own, in the order in which they are played.
actor Play {
    let options: Options
    let daemon: DaemonProcess
    var transcript: Transcript
    var findings = Findings()
    private(set) var steps: [Step] = []
    private var act = ""

    // What the acts hand on to each other.
    var stranger: APIClient?
    var examiner: APIClient?
    var complianceOfficer: APIClient?
    var candidate: APIClient?
    var otherCandidate: APIClient?
    var candidateID = ""
    var examID = ""
    var attemptID = ""
    var follower: EventFollower?

    init(_ options: Options, daemon: DaemonProcess, transcript: Transcript) {
        self.options = options
        self.daemon = daemon
        self.transcript = transcript
    }

    /// Plays all acts.
    ///
    /// - Throws: `PlayStopped` where a step went wrong that others stand on; `CancellationError`.
    func run() async throws {
        try await prepare()
        try await publish()
        try await admit()
        try await identify()
        try await examine()
        try await inspect()
        try await withdraw()
    }

    /// Stops the daemon; its exit status is the last thing that is checked.
    func close() async {
        follower?.cut()
        begin("The end")
        let started = ContinuousClock.now
        let title = "The daemon is told to stop (SIGTERM)"
        transcript.pending(title)
        let status = await daemon.stop()
        let outcome: String
        switch status {
        case 0: outcome = "finished its work and exited with 0"
        case .some(let status): outcome = "exited with \(status), expected 0"
        case nil: outcome = "did not end by itself, or did not start"
        }
        record(title, outcome, isRight: status == 0, since: started)
    }

    // MARK: - Steps

    /// Begins an act.
    func begin(_ title: String) {
        act = title
        transcript.act(title)
    }

    /// A step on which others stand: when it comes out wrong the play ends.
    func step(_ title: String, _ body: () async throws -> String) async throws {
        if try await !carryOut(title, body) { throw PlayStopped() }
    }

    /// A step on which nothing else stands: the play goes on whatever comes of it.
    func check(_ title: String, _ body: () async throws -> String) async throws {
        _ = try await carryOut(title, body)
    }

    private func carryOut(_ title: String, _ body: () async throws -> String) async throws -> Bool {
        try Task.checkCancellation()
        let started = ContinuousClock.now
        transcript.pending(title)
        do {
            record(title, try await body(), isRight: true, since: started)
            return true
        } catch {
            // A request that was cancelled fails in its own way; that the play was stopped is no wrong outcome.
            try Task.checkCancellation()
            record(title, Self.reason(error), isRight: false, since: started)
            return false
        }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? WrongOutcome)?.description ?? error.localizedDescription
    }

    private func record(_ title: String, _ outcome: String, isRight: Bool, since start: ContinuousClock.Instant) {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let step = Step(
            number: steps.count + 1,
            act: act,
            title: title,
            outcome: outcome,
            isRight: isRight,
            milliseconds: Int((seconds * 1000).rounded())
        )
        steps.append(step)
        transcript.step(step)
    }

    // MARK: - Expectations

    /// Makes sure that an answer is what the script says.
    ///
    /// - Throws: `WrongOutcome`.
    func expect(_ answer: APIAnswer, _ status: Int, _ code: String? = nil, fault: String? = nil) throws {
        let isRight =
            answer.status == status && (code == nil || answer.code == code)
            && (fault == nil || answer.faults.contains(fault ?? ""))
        guard !isRight else { return }
        let wanted = [code, fault].compactMap(\.self).joined(separator: ": ")
        throw WrongOutcome("expected HTTP \(status)\(wanted.isEmpty ? "" : " \(wanted)"), got \(answer.summary)")
    }

    /// Makes sure that a value is what the script says.
    ///
    /// - Throws: `WrongOutcome`.
    func expect<Value: Equatable>(_ what: String, _ value: Value, is wanted: Value) throws {
        if value != wanted { throw WrongOutcome("\(what): expected \(wanted), got \(value)") }
    }

    /// What an earlier step has made.
    ///
    /// - Throws: `WrongOutcome` where it is not there.
    func present<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw WrongOutcome("an earlier step did not make what this one needs") }
        return value
    }

    /// A sample photograph.
    func photograph(_ picture: Picture) throws -> Data {
        try Data(contentsOf: options.photographs.appending(path: picture.rawValue))
    }
}
