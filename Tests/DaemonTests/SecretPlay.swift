import Cryptography
import Foundation
import OneTimePasswords
import TestSupport
import Testing

/// A run through everything that handles secrets and personal data, by people whose names and numbers are nobody
/// else's; what must not be found afterwards is noted on the way.
final class SecretPlay {
    /// Must stand neither in what the program prints nor in its files.
    var secrets = Needles()
    /// Must not stand in what the program prints; the database is the place for it.
    var personal = Needles()
    let transcript = Transcript()
    private let daemon: Daemon
    private let folder: DataFolder

    private static let password = "Клавесин пролетел 41 дом"
    private static let newPassword = "ещё тридцать три ключа"
    private static let wrongPassword = "Неверный клавесин 42"
    static let staffPassword = "Стальная дверь 17 скрипит"
    private static let email = "alevtina.needle@example.org"
    static let passport: JSON = [
        "kind": "russian_passport", "series": "4517", "number": "683159", "issue_date": "2015-06-10",
        "birth_date": "1995-05-20", "surname": "Иголкина", "given_name": "Алевтина", "patronymic": "Ростиславовна",
    ]

    init(_ daemon: Daemon, _ folder: DataFolder) {
        self.daemon = daemon
        self.folder = folder
        for (name, text) in [
            ("password", Self.password), ("new password", Self.newPassword), ("wrong password", Self.wrongPassword),
            ("staff password", Self.staffPassword), ("document", "4517683159"), ("document, spaced", "4517 683159"),
            ("document number", "683159"), ("override's reason", "камера Алевтины сломана"),
            ("demand's message", "покажите стол слева, где лампа"),
        ] { secrets.add(name, text) }
        for (name, text) in [
            ("surname", "Иголкина"), ("given name", "Алевтина"), ("patronymic", "Ростиславовна"),
            ("staff surname", "Стогова"), ("e-mail", Self.email), ("e-mail, first part", "alevtina.needle"),
            ("staff e-mail", "administrator.needle@"), ("series", "4517"), ("last digits", "3159"),
            ("birth date", "1995-05-20"), ("contract", "НД-77/иг"),
            ("verifier's comment", "сверено по видео, родинка слева"),
        ] { personal.add(name, text) }
    }

    private var anybody: Client {
        Client(port: daemon.port) { [transcript] request, reply, _ in transcript.note(request, reply) }
    }

    /// Staff by the command line, the contract by its import; passwords on standard input.
    static func found(in folder: DataFolder) async throws {
        for role in ["administrator", "examiner", "verifier", "compliance_officer"] {
            let words = ["accounts", "add", "--role", role, "--email", "\(role).needle@example.org"]
            let added = try await folder.command(
                words + ["--surname", "Стогова", "--given-name", "Нина"],
                input: "\(staffPassword)\n"
            )
            try #require(added.status == 0, "\(added.standardError)")
            #expect(!(added.standardOutput + added.standardError).contains(staffPassword))
        }
        let csv = "номер;фамилия;имя;отчество\nНД-77/иг;Иголкина;Алевтина;Ростиславовна\n"
        let imported = try await folder.command(["contracts", "import", try folder.write(csv, to: "contracts.csv")])
        try #require(imported.status == 0, "\(imported.standardError)")
    }

    /// Plays everything.
    func run() async throws {
        let candidate = try await register()
        let administrator = try await logIn("administrator.needle@example.org", Self.staffPassword)
        let officer = try await logIn("compliance_officer.needle@example.org", Self.staffPassword)
        try await cookies()
        try await secondFactor()
        try await apiToken(by: administrator)
        try await identify(candidate, officer)
        try await misplacedSecrets(candidate)
        try await resetPassword(of: candidate, by: administrator)
    }

    // MARK: - Accounts

    func logIn(_ email: String, _ password: String) async throws -> Client {
        let reply = try await anybody.post("/v1/login", loginForm(email, password))
        try #require(reply.status == 200, "\(reply.text)")
        return client(reply)
    }

    private func loginForm(_ email: String, _ password: String) -> JSON {
        ["email": .string(email), "password": .string(password), "deliver": "token"]
    }

    private func client(_ reply: Reply) -> Client {
        var client = anybody
        client.token = reply.json["token"].string
        secrets.add("token", client.token)
        return client
    }

    private func register() async throws -> Client {
        let form: JSON = [
            "email": .string(Self.email), "password": .string(Self.password), "surname": "Иголкина",
            "given_name": "Алевтина", "patronymic": "Ростиславовна", "contract_number": "НД-77/иг",
        ]
        let unknown = try await anybody.post("/v1/accounts", form.with(["contract_number": "НД-00/нет"]))
        #expect(unknown.status == 422, "\(unknown.text)")
        let registered = try await anybody.post("/v1/accounts", form)
        try #require(registered.status == 201, "\(registered.text)")
        let wrong = try await anybody.post("/v1/login", loginForm(Self.email, Self.wrongPassword))
        #expect(wrong.status == 401)
        let candidate = try await logIn(Self.email, Self.password)
        for text in try await anybody.get("/v1/consent-texts").json["texts"].array
        where ["personal_data", "biometric"].contains(text["kind"].string) {
            let given = try await candidate.post(
                "/v1/me/consents",
                ["kind": text["kind"], "version": text["version"], "sha256": text["ru"]["sha256"]]
            )
            try #require(given.status == 200, "\(given.text)")
        }
        return candidate
    }

    private func cookies() async throws {
        let form = loginForm(Self.email, Self.password).without("deliver")
        let reply = try await anybody.post("/v1/login", form)
        let cookie = try #require(reply.header("Set-Cookie")?.split(separator: ";").first.map(String.init))
        secrets.add("cookie", cookie.split(separator: "=", maxSplits: 1).last.map(String.init))
        let device = try #require(reply.headers.last { $0.0 == "Set-Cookie" }?.1.split(separator: ";").first)
        secrets.add("device cookie", device.split(separator: "=", maxSplits: 1).last.map(String.init))
        try #require(device.hasPrefix("__Host-attestd_device="))
        #expect(try await anybody.with("Cookie", cookie).get("/v1/me").status == 200)
        #expect(try await anybody.with("Cookie", cookie + "x").get("/v1/me").status == 401)
    }

    private func secondFactor() async throws {
        let email = "examiner.needle@example.org"
        let examiner = try await logIn(email, Self.staffPassword)
        let begun = try await examiner.post("/v1/me/second-factor", ["password": .string(Self.staffPassword)])
        try #require(begun.status == 201, "\(begun.text)")
        let secret = try #require(begun.json["secret"].string)
        secrets.add("TOTP secret", secret)
        let key = AuthenticatorKey(secret: SecretBytes(copying: try Self.base32(secret)))
        let code = try key.code(ofStep: AuthenticatorKey.step(at: Date()))
        let confirmed = try await examiner.post("/v1/me/second-factor/confirmation", ["code": .string(code)])
        try #require(confirmed.status == 200, "\(confirmed.text)")
        secrets.add("token", confirmed.json["token"].string)
        let recovery = confirmed.json["recovery_codes"].array.compactMap(\.string)
        try #require(!recovery.isEmpty)
        for one in recovery { secrets.add("recovery code", one) }

        let first = try await anybody.post("/v1/login", loginForm(email, Self.staffPassword))
        let ticket = try #require(first.json["ticket"].string, "\(first.text)")
        secrets.add("login ticket", ticket)
        let step: JSON = ["ticket": .string(ticket), "code": "908172", "deliver": "token"]
        personal.add("one-time code", "908172")
        #expect(try await anybody.post("/v1/login/second-factor", step).status == 401)
        let second = try await anybody.post("/v1/login/second-factor", step.with(["code": .string(recovery[0])]))
        try #require(second.status == 200, "\(second.text)")
        secrets.add("token", second.json["token"].string)
    }

    private func apiToken(by administrator: Client) async throws {
        let form: JSON = [
            "name": "Moodle", "scopes": ["read_exams"],
            "expires_at": .string((Date() + 86_400).formatted(.iso8601)),
        ]
        let issued = try await administrator.post("/v1/api-tokens", form)
        try #require(issued.status == 201, "\(issued.text)")
        let program = client(issued)
        #expect(try await program.get("/v1/exams").status == 200)
        var guessing = program
        guessing.token = "attestd_\(String(repeating: "Zq9", count: 14))Z"
        secrets.add("guessed token", guessing.token)
        #expect(try await guessing.get("/v1/exams").status == 401)
    }

    private func resetPassword(of candidate: Client, by administrator: Client) async throws {
        let id = try await candidate.get("/v1/me").json["id"].string ?? ""
        let issued = try await administrator.post("/v1/accounts/\(id)/password-reset")
        let code = try #require(issued.json["code"].string, "\(issued.text)")
        secrets.add("reset code", code)
        let form: JSON = [
            "email": .string(Self.email), "code": "ABCD-EFGH-JKLM", "new_password": .string(Self.newPassword),
        ]
        #expect(try await anybody.post("/v1/password-resets", form).status == 422)
        let done = try await anybody.post("/v1/password-resets", form.with(["code": .string(code)]))
        try #require(done.status == 204, "\(done.text)")
        _ = try await logIn(Self.email, Self.newPassword)
    }

    // MARK: - Secrets where they do not belong

    /// People and broken programs put secrets into addresses, headers and malformed bodies.
    private func misplacedSecrets(_ candidate: Client) async throws {
        let token = candidate.token ?? ""
        let typed = "klavesin-v-adrese-7731"
        secrets.add("password in an address", typed)
        for target in [
            "/v1/login?password=\(typed)&token=\(token)", "/v1/\(typed)/\(token)", "/v1/attempts/\(typed)",
            "/v1/identifications?subject=\(Self.email)", "/v1/me?document=4517683159",
        ] {
            #expect(try await candidate.get(target).status >= 200)
        }
        for body in [
            #"{"email":"\#(Self.email)","password":"\#(Self.wrongPassword)","#,
            #"{"email":"\#(Self.email)","password":["\#(Self.wrongPassword)"]}"#,
            #"{"email":"\#(Self.email)","password":"\#(Self.wrongPassword)","\#(typed)":1}"#,
        ] {
            let reply = try await anybody.post("/v1/login", type: "application/json", Data(body.utf8))
            #expect([400, 401, 422].contains(reply.status), "\(reply.text)")
            #expect(!reply.text.contains(Self.wrongPassword))
        }
        let agent = "Browser of \(Self.email) \(token)"
        #expect(try await anybody.with("User-Agent", agent).get("/v1/me").status == 401)
    }

    // MARK: - Small things

    static func day(_ offset: Double) -> String {
        (Date() + offset * 86_400).formatted(.iso8601.year().month().day())
    }

    /// Reads base32 as an app does (RFC 4648 §6), apart from the program.
    private static func base32(_ text: String) throws -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bits, count, bytes) = (0, 0, [UInt8]())
        for character in text {
            bits = bits << 5 | (try #require(alphabet.firstIndex(of: character)))
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
                bits &= 1 << count - 1
            }
        }
        return bytes
    }
}
