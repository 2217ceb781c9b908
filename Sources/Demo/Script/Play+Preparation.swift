import Foundation

/// What an administrator does before anybody comes.
extension Play {
    func prepare() async throws {
        begin("Preparation: what an administrator does")
        let cast = findings.cast
        try await step("The daemon starts on a free port") {
            let base = try await daemon.start()
            stranger = APIClient(base: base)
            return "listens on 127.0.0.1:\(base.port ?? 0)"
        }
        try await step("It tests its models on known pictures") {
            let client = try present(stranger)
            try await Wait.until("the daemon is ready") { try await client.get("readyz").status == 200 }
            return "ready: it tells the same person from another one"
        }
        try await step("attestd contracts import") {
            let register = daemon.folder.appending(path: "contracts.csv")
            try Data(cast.contractRegister.utf8).write(to: register)
            let run = try await daemon.command(["contracts", "import", register.path])
            try expect("exit status", run.status, is: 0)
            guard run.firstLine.hasPrefix("contracts: 2 added") else { throw WrongOutcome(run.firstLine) }
            return "2 contracts added"
        }
        try await step("attestd accounts add, an examiner") {
            try await addStaff(cast.examiner, role: "examiner")
        }
        try await step("attestd accounts add, a compliance officer") {
            try await addStaff(cast.complianceOfficer, role: "compliance_officer")
        }
        try await step("Both log in") {
            let client = try present(stranger)
            examiner = client.loggedIn(try await token(of: cast.examiner))
            complianceOfficer = client.loggedIn(try await token(of: cast.complianceOfficer))
            return "\(cast.examiner.latin), \(cast.complianceOfficer.latin)"
        }
    }

    private func addStaff(_ person: Person, role: String) async throws -> String {
        let run = try await daemon.command(
            [
                "accounts", "add", "--role", role, "--email", person.email, "--surname", person.surname,
                "--given-name", person.givenName, "--patronymic", person.patronymic,
            ],
            input: person.password
        )
        guard run.status == 0 else { throw WrongOutcome("exit status \(run.status): \(run.complaints)") }
        return "\(person.latin), password on standard input"
    }

    /// Logs a person in.
    func token(of person: Person) async throws -> String {
        let answer = try await present(stranger).post("v1/login", person.login)
        try expect(answer, 200)
        return answer.json["token"].text
    }
}
