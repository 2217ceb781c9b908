import Foundation

/// What remains: events, identification records, the log, and whether it all bears checking.
extension Play {
    func inspect() async throws {
        begin("The record: what remains and bears checking")
        try await compareEvents()
        try await readRecords()
        try await checkLog()
        try await check("attestd ticket rebuild") {
            let run = try await daemon.command(["ticket", "rebuild", attemptID])
            findings.ticketRebuild = run.status == 0 ? run.firstLine : run.complaints
            guard run.status == 0 else { throw WrongOutcome("exit status \(run.status): \(run.complaints)") }
            return "drawn again from the record: identical"
        }
        try await check("attestd faces, for the report") {
            try await findFaces()
        }
    }

    /// Everything that the script makes happen, in its order.
    private static let script =
        [
            "attempt.created", "identification.made", "identification.made", "identification.made",
            "attempt.ready_to_start", "attempt.started", "identification.made", "client.window_blurred",
            "client.window_focused",
        ] + Array(repeating: "answer.saved", count: 6)
        + ["access.refused", "attempt.submitted", "attempt.graded", "write.refused"]

    private func compareEvents() async throws {
        let follower = try present(follower)
        try await check("Streamed events against the list of events") {
            let answer = try await present(examiner).get("v1/exams/\(examID)/events", ["limit": "500"])
            try expect(answer, 200)
            let listed = answer.json["events"].elements
            findings.events = listed
            try expect("events", listed.map { $0["type"].text }, is: Self.script.map { "attestd.\($0)" })
            try await follower.wait(for: listed.last?["index"].integer ?? 0)
            findings.arrivals = follower.arrivals
            let indexes = listed.compactMap { $0["index"].integer }
            try expect("order on the stream", follower.arrivals.map(\.index), is: indexes)
            try expect("events on the stream", follower.arrivals.map(\.event) == listed, is: true)
            return "\(listed.count) of \(listed.count), each once and in order, over 2 connections"
        }
    }

    private func readRecords() async throws {
        try await check("The candidate asks for the comparison scores") {
            let answer = try await present(candidate).get("v1/identifications")
            try expect(answer, 403)
            return "refused: \(answer.code)"
        }
        try await check("The compliance officer reads the records") {
            let officer = try present(complianceOfficer)
            let answer = try await officer.get("v1/identifications", ["attempt": attemptID])
            try expect(answer, 200)
            let records = answer.json["identifications"].elements
            // One more: the photograph that answered the liveness challenge, and why it did not pass.
            try expect("records", records.count, is: findings.comparisons.count + 1)
            let liveness = records.map { $0["liveness"] }.filter { $0 != .null }
            try expect("liveness", liveness.map { $0["outcome"].text }, is: ["not_live"])
            for place in findings.comparisons.indices {
                let id = findings.comparisons[place].verdict["identification_id"].text
                let record = try present(records.first { $0["id"].text == id })
                findings.comparisons[place].record = record
                try Self.checkDecision(record)
            }
            let scores = findings.comparisons.map { Self.decimal($0.record["comparison"]["distance"].number ?? .nan) }
            return "distances \(scores.joined(separator: ", ")): each in its band"
        }
    }

    /// Makes sure that the outcome follows from score and thresholds.
    private static func checkDecision(_ record: JSON) throws {
        let facts = record["comparison"]
        guard let distance = facts["distance"].number, let match = facts["match_at_or_below"].number,
            let nonMatch = facts["non_match_above"].number
        else { throw WrongOutcome("a record has no score") }
        let outcome = distance <= match ? "match" : distance > nonMatch ? "non_match" : "inconclusive"
        guard outcome == record["outcome"].text else {
            throw WrongOutcome("distance \(distance) is \(outcome), recorded is \(record["outcome"].text)")
        }
    }

    /// A score with the places that matter.
    static func decimal(_ value: Double) -> String { String(format: "%.3f", value) }

    private func checkLog() async throws {
        let officer = try present(complianceOfficer)
        try await check("The log’s signed checkpoint") {
            let entries = try await officer.get("v1/log/entries", ["limit": "500"])
            try expect(entries, 200)
            let count = entries.json["entries"].elements.count
            // The checkpoint follows its entries within a second.
            try await Wait.until("the checkpoint covers \(count) entries") {
                findings.checkpoint = try await officer.get("v1/log/checkpoint").json
                return findings.checkpoint["size"].text == String(count)
            }
            return "covers all \(count) entries"
        }
        try await check("attestd log verify") {
            let run = try await daemon.command(["log", "verify"])
            findings.logVerification = run.firstLine
            guard run.status == 0 else { throw WrongOutcome("\(run.output)\(run.complaints)") }
            let root = run.firstLine.split(separator: " ").first { $0.count >= 64 }.map { $0.prefix(12) } ?? ""
            return "sound: recomputed from the entries, root \(root)..."
        }
    }

    private func findFaces() async throws -> String {
        let files = Picture.allCases.map { options.photographs.appending(path: $0.rawValue).path }
        let run = try await daemon.command(["faces"] + files)
        guard run.status == 0 else { throw WrongOutcome("exit status \(run.status): \(run.complaints)") }
        for (picture, line) in zip(Picture.allCases, run.output.split(separator: "\n")) {
            findings.faces[picture] = JSON(data: Data(line.utf8))
        }
        let counts = Picture.allCases.map { findings.faces[$0]?["faces"].elements.count ?? 0 }
        try expect("faces in each picture", counts, is: Picture.allCases.map { _ in 1 })
        return "one face in each of \(counts.count) pictures"
    }
}
