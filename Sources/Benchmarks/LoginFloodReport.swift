import Foundation

/// The tables of the login floods.
extension LoginFloodBenchmark {
    func report(_ measured: [Phase: Measured]) {
        func cell(_ text: String) -> String { String(repeating: " ", count: max(1, 10 - text.count)) + text }
        func times(_ values: [Double], _ digits: Int = 1) -> String {
            [0.5, 0.95, 0.99].map { cell(String(format: "%.\(digits)f", Measurement.percentile(values, $0))) }.joined()
        }
        func row(_ name: String, _ text: String) {
            print("  \(name.padding(toLength: 30, withPad: " ", startingAt: 0))\(text)")
        }
        let rate = LoginFloodService.examinees * ExamProbe.requestsPerSecond
        print("\n\(rate) requests of the exam API a second, from when each was due, milliseconds:")
        row("look at the attempt", cell("median") + cell("95th pc.") + cell("99th pc.") + cell("number"))
        for phase in Phase.allCases {
            let values = measured[phase]?.exam.reads ?? []
            row("  " + phase.name, times(values) + cell("\(values.count)"))
        }
        row("save an answer", "")
        for phase in Phase.allCases {
            let values = measured[phase]?.exam.saves ?? []
            row("  " + phase.name, times(values) + cell("\(values.count)"))
        }
        print("\nLogins with the right password, seconds until they were in:")
        row("", cell("median") + cell("95th pc.") + cell("longest") + cell("logins") + cell("429") + cell("503"))
        func line(_ name: String, _ logins: LoginProbe.Outcome?) {
            guard let logins else { return }
            let columns = [0.5, 0.95, 1].map {
                cell(String(format: "%.2f", Measurement.percentile(logins.seconds, $0)))
            }
            let refused = [429, 503].map { cell(String(logins.turnedAway[$0] ?? 0)) }
            row(name, columns.joined() + cell("\(logins.seconds.count)") + refused.joined())
        }
        for phase in Phase.allCases where phase != .idle {
            row("  " + phase.name, "")
            line("    at known devices", measured[phase]?.known)
            line("    at others", measured[phase]?.unknown)
        }
        row("  the attacked account's owner", "")
        line("    at a known device", measured[.oneAccount]?.knownOwner)
        line("    at a new one elsewhere", measured[.oneAccount]?.unknownOwner)
        print("\nWhat the floods got:")
        for phase in Phase.allCases where phase != .idle && phase != .logins {
            guard let flood = measured[phase]?.flood else { continue }
            let answers = flood.statuses.sorted { $0.key < $1.key }.map { "\($0.value) times \($0.key)" }
            row("  " + phase.name, "\(flood.sent) sent: \(answers.joined(separator: ", "))")
        }
        print("  They were told to wait \(measured[.oneAccount]?.flood.longestWait ?? 0) s at most.")
        verdict(measured)
    }

    private func verdict(_ measured: [Phase: Measured]) {
        func p99(_ phase: Phase, _ times: KeyPath<ExamProbe.Times, [Double]>) -> Double {
            Measurement.percentile(measured[phase]?.exam[keyPath: times] ?? [], 0.99)
        }
        print("\n99th percentile under flood divided by idle (aim: under 2):")
        for phase in Phase.allCases where phase != .idle {
            let ratios = [p99(phase, \.reads) / p99(.idle, \.reads), p99(phase, \.saves) / p99(.idle, \.saves)]
            print(
                "  \(phase.name): look \(String(format: "%.2f", ratios[0])), save \(String(format: "%.2f", ratios[1]))"
            )
        }
    }
}
