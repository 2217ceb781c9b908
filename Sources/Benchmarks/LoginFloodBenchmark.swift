import Foundation

/// `logins --root DIRECTORY [--seconds N]`: what candidates in an exam, and people who log in, feel of a hundred wrong
/// logins a second. Idle and flooded phases take turns, on one daemon, so that a busy moment hits all.
struct LoginFloodBenchmark {
    private static let rounds = 3

    private let root: URL
    private let seconds: Int

    init(_ words: [String]) throws {
        var values: [String: String] = [:]
        for pair in stride(from: 0, to: words.count - 1, by: 2) { values[words[pair]] = words[pair + 1] }
        guard words.count % 2 == 0, Set(values.keys).isSubset(of: ["--root", "--seconds"]),
            let root = values["--root"], let seconds = Int(values["--seconds"] ?? "15"), seconds > 0
        else { throw BenchmarkError("logins --root DIRECTORY [--seconds N]") }
        self.root = URL(filePath: root)
        self.seconds = seconds
    }

    init(root: URL) {
        self.root = root
        seconds = 15
    }

    /// What is going on.
    enum Phase: CaseIterable {
        case idle
        case logins
        case oneAccount
        case manyAccounts

        var name: String {
            switch self {
            case .idle: "idle"
            case .logins: "people log in"
            case .oneAccount: "100/s against one account"
            case .manyAccounts: "100/s against many accounts"
            }
        }
    }

    /// All that was measured of one kind of phase.
    struct Measured {
        var exam = ExamProbe.Times()
        /// Of people on devices that the service knows, and on others.
        var known = LoginProbe.Outcome()
        var unknown = LoginProbe.Outcome()
        var flood = LoginFlood.Outcome()
        /// Of the attacked account's owner while the flood is on, at a known device and at a new one elsewhere.
        var knownOwner = LoginProbe.Outcome()
        var unknownOwner = LoginProbe.Outcome()

        mutating func add(_ other: Measured) {
            exam.reads += other.exam.reads
            exam.saves += other.exam.saves
            known.add(other.known)
            unknown.add(other.unknown)
            knownOwner.add(other.knownOwner)
            unknownOwner.add(other.unknownOwner)
            flood.sent += other.flood.sent
            flood.statuses.merge(other.flood.statuses, uniquingKeysWith: +)
            flood.longestWait = max(flood.longestWait, other.flood.longestWait)
        }
    }

    func run() throws {
        print("\npreparing the login floods: a daemon, \(LoginFloodService.victims) accounts, an exam")
        let service = try LoginFloodService(root: root)
        defer { service.end() }
        try service.prepare()
        _ = try measure(.idle, round: 0, service, seconds: 3)
        var measured: [Phase: Measured] = [:]
        for round in 1...Self.rounds {
            print("round \(round) of \(Self.rounds): \(Phase.allCases.map(\.name).joined(separator: ", "))")
            for phase in Phase.allCases {
                measured[phase, default: Measured()].add(try measure(phase, round: round, service, seconds: seconds))
            }
        }
        report(measured)
    }

    private func measure(
        _ phase: Phase,
        round: Int,
        _ service: LoginFloodService,
        seconds: Int
    ) throws -> Measured {
        let port = service.port
        let flood: LoginFlood? =
            switch phase {
            case .idle, .logins: nil
            case .oneAccount: LoginFlood(port: port) { _ in LoginFloodService.email(victim: 0) }
            case .manyAccounts: LoginFlood(port: port) { Self.anyAccount($0, round: round) }
            }
        let isOn = Flag()
        let flooding = flood.map { flood in Worker { try flood.run { isOn.isSet } } }
        let exam = service.sitting.enumerated().map { number, candidate in
            Worker { try ExamProbe(port: port, candidate: candidate, number: number).run(seconds: seconds) }
        }
        let newcomers = phase == .idle ? 0 : LoginFloodService.newcomers
        let logins = (0..<newcomers).map { number in
            let browser = service.browsers[number]
            let email = LoginFloodService.email(newcomer: number)
            let probe = LoginProbe(port: port, email: email, number: number, browser: browser)
            return (isKnown: browser != nil, worker: Worker { try probe.run(seconds: seconds) })
        }
        let owners = phase == .oneAccount ? ownersAtWork(service, seconds: seconds) : []
        defer { isOn.clear() }
        var measured = Measured()
        for worker in exam {
            let times = try worker.result()
            measured.exam.reads += times.reads
            measured.exam.saves += times.saves
        }
        // The flood goes on until everybody is in.
        for (isKnown, worker) in logins {
            if isKnown { measured.known.add(try worker.result()) } else { measured.unknown.add(try worker.result()) }
        }
        for (isKnown, worker) in owners {
            if isKnown {
                measured.knownOwner.add(try worker.result())
            } else {
                measured.unknownOwner.add(try worker.result())
            }
        }
        isOn.clear()
        if let flooding { measured.flood = try flooding.result() }
        return measured
    }

    /// The attacked account's owner: at a known device again and again, and once at a new one elsewhere, when the
    /// account's free tries are long gone.
    private func ownersAtWork(
        _ service: LoginFloodService,
        seconds: Int
    ) -> [(isKnown: Bool, worker: Worker<LoginProbe.Outcome>)] {
        let email = LoginFloodService.email(victim: 0)
        let known = LoginProbe(port: service.port, email: email, number: 200, browser: service.ownersBrowser)
        let unknown = LoginProbe(port: service.port, email: email, number: 300)
        return [
            (true, Worker { try known.run(seconds: seconds) }),
            (
                false,
                Worker {
                    Thread.sleep(forTimeInterval: Double(seconds) / 3)
                    var outcome = LoginProbe.Outcome()
                    outcome.seconds.append(try unknown.once(&outcome))
                    return outcome
                }
            ),
        ]
    }

    /// Every other try names an account that there is, four times each in a round; the others name nobody, and cost
    /// the service the same.
    private static func anyAccount(_ number: Int, round: Int) -> String {
        let turn = number / 2
        guard number % 2 == 0, turn < 4 * (LoginFloodService.victims - 1) else {
            return "nobody-\(round)-\(number)@example.org"
        }
        return LoginFloodService.email(victim: 1 + turn % (LoginFloodService.victims - 1))
    }
}

/// Something that is on until it is cleared.
private final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    // Guarded by `lock`.
    private var value = true

    var isSet: Bool { lock.withLock { value } }

    func clear() { lock.withLock { value = false } }
}

/// Work on a thread of its own.
private final class Worker<Value>: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)
    // Written before `done` is signalled, read after.
    private var outcome: Result<Value, any Error>?

    init(_ body: @escaping @Sendable () throws -> Value) {
        Thread.detachNewThread {
            self.outcome = Result { try body() }
            self.done.signal()
        }
    }

    /// Waits for the end of the work.
    func result() throws -> Value {
        done.wait()
        guard let outcome else { throw BenchmarkError("a thread left nothing") }
        return try outcome.get()
    }
}
