import Foundation

/// The whole demonstration: starts the daemon, plays the exam, writes the report, and always cleans up behind itself.
struct Demonstration: Sendable {
    let options: Options
    private let transcript = Transcript(terminal: Terminal())

    init(_ options: Options) {
        self.options = options
    }

    /// - Returns: the exit status.
    func run() async -> Int32 {
        let started = ContinuousClock.now
        let daemon: DaemonProcess
        do {
            daemon = try DaemonProcess(options)
        } catch {
            let reason = error.localizedDescription
            transcript.verdict("The temporary data folder cannot be made: \(reason)", isRight: false)
            return 1
        }
        transcript.headline("attestd: one proctored exam, from the contract to the grade")
        transcript.line("Everything goes over the HTTP API. The people are invented; official public-domain")
        transcript.line("photographs of the White House serve as sample pictures.")

        let play = Play(options, daemon: daemon, transcript: transcript)
        let playing = Task { try await play.run() }
        let guardian = Guardian(of: playing, daemon: daemon)
        let end = await playing.result
        let interruption = guardian.dismiss()
        await play.close()

        let steps = await play.steps
        let milliseconds = Int(((ContinuousClock.now - started) / .seconds(1) * 1000).rounded())
        var summary = Summary(steps: steps, milliseconds: milliseconds, interruption: interruption)
        if case .failure = end { summary.isComplete = false }
        let reportProblem = await writeReport(play, summary)
        summary.isRight = summary.isRight && reportProblem == nil
        say(summary, reportProblem: reportProblem)
        cleanUp(daemon, keepsLog: !summary.isRight && interruption?.isWanted != true)
        return interruption?.status ?? (summary.isRight ? 0 : 1)
    }

    private func writeReport(_ play: Play, _ summary: Summary) async -> String? {
        guard summary.interruption == nil else { return nil }
        do {
            let pictures = PictureFiles(folder: options.photographs)
            let page = ReportPage(findings: await play.findings, summary: summary, pictures: pictures)
            let folder = options.report.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(page.html.utf8).write(to: options.report, options: .atomic)
            return nil
        } catch {
            return "the report cannot be written to \(options.report.path): \(error.localizedDescription)"
        }
    }

    private func say(_ summary: Summary, reportProblem: String?) {
        transcript.line()
        let seconds = String(format: "%.1f s", Double(summary.milliseconds) / 1000)
        if let interruption = summary.interruption {
            transcript.verdict("Stopped after \(seconds): \(interruption.reason).", isRight: false)
        } else if summary.wrong.isEmpty, summary.isComplete {
            transcript.verdict("All \(summary.steps.count) outcomes were right, in \(seconds).", isRight: true)
        } else {
            let right = summary.steps.count - summary.wrong.count
            transcript.verdict(
                "\(right) outcomes were right, \(summary.wrong.count) wrong, in \(seconds).",
                isRight: false
            )
            for step in summary.wrong { transcript.line("  step \(step.number), \(step.title): \(step.outcome)") }
            if !summary.isComplete { transcript.line("  The play could not go on behind the last wrong step.") }
        }
        if let reportProblem {
            transcript.verdict(reportProblem, isRight: false)
        } else if summary.interruption == nil {
            transcript.line("Report: \(options.report.path)")
            transcript.line("Pages: make serve-demo leaves a service running, with a login for each role")
        }
    }

    /// Deletes the temporary folder; the daemon's log is kept beside the report where something went wrong.
    private func cleanUp(_ daemon: DaemonProcess, keepsLog: Bool) {
        let files = FileManager.default
        if options.keepsData {
            transcript.line("Data, kept: \(daemon.folder.path)")
            return
        }
        let kept = options.report.deletingLastPathComponent().appending(path: "attestd.log")
        // One of an earlier run would mislead; most often there is none.
        try? files.removeItem(at: kept)
        if keepsLog {
            do {
                try files.createDirectory(at: kept.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(contentsOf: daemon.log).write(to: kept, options: .atomic)
                transcript.line("The daemon’s log: \(kept.path)")
            } catch {
                transcript.line("The daemon’s log, in the folder that is kept for it: \(daemon.log.path)")
                return
            }
        }
        do {
            try files.removeItem(at: daemon.folder)
        } catch {
            transcript.verdict("The temporary folder is still there: \(daemon.folder.path)", isRight: false)
        }
    }
}
