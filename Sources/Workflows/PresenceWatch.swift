import Attestation
import FaceAnalysis
import Foundation
import Identification
import Proctoring
import Storage
import TransparencyLog

/// Turns what the frames of a running attempt show into presence events (row B6), in the transaction that stores the
/// frame's record: neither is ever without the other.
///
/// Nothing is kept for it: frames and conditions stand in the attempt's own events, in the order in which they came.
/// So a restart changes nothing, and neither does a clock that was set back.
struct PresenceWatch {
    let services: Services
    var settings: PresenceSettings = .standard

    /// The reason of a frame without a face in which there is nothing to be seen at all.
    static let cameraCovered = "camera_covered"

    /// Gives the record of a picture without a face the reason ``cameraCovered`` where the picture shows nothing at all:
    /// that nobody is seen says then nothing of the candidate.
    func tellCoveredCamera(by picture: PictureAnalysis, in record: inout IdentificationRecord) {
        guard record.reason == QualityDefect.Code.noFace.rawValue,
            settings.showsNothing(brightness: Double(picture.brightness), contrast: Double(picture.contrast))
        else { return }
        record.reason = Self.cameraCovered
    }

    /// Takes the newest record of an attempt and reports what it changes. Before the start, after the end, and for
    /// what is no comparison of faces it does nothing.
    ///
    /// - Returns: the events it appended.
    @discardableResult
    func observe(
        _ record: IdentificationRecord,
        _ attempt: Attempt,
        in stores: any Stores
    ) throws -> [SessionEvent] {
        guard attempt.state.acceptsAnswers, record.method == .biometric else { return [] }
        var monitor = try monitor(of: attempt, before: record, in: stores)
        let recorder = EventRecorder(services: services, stores: stores)
        var kind = Self.kind(of: record.outcome, reason: record.reason)
        if kind == .severalPeople {
            let accommodation = try stores.accommodation(examID: attempt.examID, candidateID: attempt.candidateID)
            // An assistant in frame is no violation (row D6); who is who such a frame does not say.
            if accommodation?.allowsAssistant == true { kind = .unclear }
        }
        return try monitor.observe(PresenceObservation(kind, at: record.at)).map { change in
            try recorder.record(
                change.eventType,
                attempt: attempt,
                at: record.at,
                facts: Self.facts(of: change, record)
            )
        }
    }

    /// What a record says about presence.
    static func kind(of outcome: IdentificationOutcome, reason: String) -> PresenceObservation.Kind {
        switch outcome {
        case .match: .candidate
        case .nonMatch: .otherPerson
        case .inconclusive:
            switch reason {
            case "no_face": .nobody
            // The latter where the pictures of one burst show different people.
            case "several_faces", "several_people": .severalPeople
            case "head_turned", "head_nodded": .turnedAway
            case "suspected_copy": .suspectedCopy
            case cameraCovered: .cameraCovered
            default: .unclear
            }
        }
    }

    // MARK: - State

    private func monitor(
        of attempt: Attempt,
        before record: IdentificationRecord,
        in stores: any Stores
    ) throws -> PresenceMonitor {
        var runningSince = attempt.startedAt
        var recent: [PresenceObservation] = []
        // One more, for the record's own event may be among them.
        let history = try stores.newestEvents(
            of: attempt.id,
            types: [.attemptStarted, .attemptResumed, .attemptReopened, .identificationMade],
            limit: PresenceMonitor.memory + 1
        )
        for event in history where event.facts["identification_id"] != record.id.lowercased {
            if event.type != .identificationMade {
                runningSince = event.at
                recent = []
            } else if event.facts["method"] == IdentificationMethod.biometric.rawValue,
                let outcome = event.facts["outcome"].flatMap(IdentificationOutcome.init(rawValue:)),
                let reason = event.facts["reason"]
            {
                recent.append(PresenceObservation(Self.kind(of: outcome, reason: reason), at: event.at))
            }
        }
        return PresenceMonitor(
            settings: settings,
            runningSince: runningSince,
            recent: recent,
            open: try openConditions(of: attempt, in: stores)
        )
    }

    private func openConditions(of attempt: Attempt, in stores: any Stores) throws -> [PresenceCondition: Date] {
        let conditions = PresenceCondition.allCases
        let newest = try stores.newestEventOfEach(conditions.flatMap { [$0.began, $0.ended] }, of: attempt.id)
        return conditions.reduce(into: [:]) { open, condition in
            guard let last = newest.last(where: { [condition.began, condition.ended].contains($0.type) }),
                last.type == condition.began
            else { return }
            open[condition] = last.facts["since"].flatMap(LogTimestamp.date) ?? last.at
        }
    }

    // MARK: - Facts

    /// Candidates read their own events: times and counts, never what was measured.
    private static func facts(of change: PresenceChange, _ record: IdentificationRecord) -> [String: String] {
        let evidence = record.id.lowercased
        return switch change {
        case .began(_, let since, let frames):
            ["since": LogTimestamp.text(since), "frames": String(frames), "identification_id": evidence]
        case .ended(_, let since, let until, let frames):
            [
                "since": LogTimestamp.text(since), "until": LogTimestamp.text(until), "frames": String(frames),
                "identification_id": evidence,
            ]
        case .framesMissing(let since, let until):
            ["since": LogTimestamp.text(since), "until": LogTimestamp.text(until), "identification_id": evidence]
        }
    }
}
