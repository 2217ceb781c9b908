import Foundation

/// The daemon and the people of the login floods.
final class LoginFloodService {
    static let password = BenchmarkDaemon.password
    static let examinees = 4
    /// People who log in while the flood is on; every other one has done so before in the same browser.
    static let newcomers = 4
    /// Registered accounts that are attacked besides.
    static let victims = 120

    /// Somebody who sits the exam.
    struct Examinee {
        var token: String
        var attempt: String
    }

    var port: UInt16 { daemon.port }
    private(set) var sitting: [Examinee] = []
    /// The browsers of the newcomers who have one, by their numbers, and of the attacked account's owner.
    private(set) var browsers: [Int: KnownBrowser] = [:]
    let ownersBrowser = KnownBrowser()
    private let daemon: BenchmarkDaemon

    /// Starts the daemon that lies beside this program.
    init(root: URL) throws {
        daemon = try BenchmarkDaemon(root: root, name: "logins")
    }

    /// Ends the daemon and removes its data.
    func end() { daemon.end() }

    static func email(newcomer number: Int) -> String { "newcomer\(number)@example.org" }
    static func email(victim number: Int) -> String { "victim\(number)@example.org" }

    /// Registers everybody, and lets the examinees start.
    func prepare() throws {
        let examinees = (0..<Self.examinees).map { "examinee\($0)@example.org" }
        try daemon.register(
            examinees + (0..<Self.newcomers).map(Self.email(newcomer:)) + (0..<Self.victims).map(Self.email(victim:))
        )
        let connection = try LoopbackConnection(port: port)
        let bank = "::Соль::Соль пароля хранят в тайне. {FALSE}\n"
        let exam = try daemon.publishExam(bank: bank, questions: 1, on: connection)
        let consent = try daemon.consentForm(on: connection)
        for email in examinees {
            let (token, attempt) = try daemon.admit(email, to: exam, consent: consent, on: connection)
            _ = try daemon.call("POST", "/v1/attempts/\(attempt)/start", token: token, on: connection)
            sitting.append(Examinee(token: token, attempt: attempt))
        }
        var outcome = LoginProbe.Outcome()
        for number in stride(from: 0, to: Self.newcomers, by: 2) {
            let browser = KnownBrowser()
            let email = Self.email(newcomer: number)
            _ = try LoginProbe(port: port, email: email, number: number, browser: browser).once(&outcome)
            browsers[number] = browser
        }
        let owner = LoginProbe(port: port, email: Self.email(victim: 0), number: 200, browser: ownersBrowser)
        _ = try owner.once(&outcome)
    }
}
