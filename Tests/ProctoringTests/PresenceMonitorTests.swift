import Foundation
import Proctoring
import Testing

@Suite("B6: what frames say about presence, and when it is an event")
struct PresenceMonitorTests {
    static let start = Date(timeIntervalSince1970: 1_772_442_000)

    /// A row of frames and the events it makes, both as text.
    ///
    /// A frame is `kind@second`, with + the candidate, n nobody, s several, x another person, c a copy, t turned away,
    /// d dark, ? unclear. An event is `name@second since second`.
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var frames: String
        var events: [String]

        init(_ name: String, _ frames: String, _ events: [String] = []) {
            (testDescription, self.frames, self.events) = (name, frames, events)
        }
    }

    static func observations(_ text: String) throws -> [PresenceObservation] {
        let kinds: [Substring: PresenceObservation.Kind] = [
            "+": .candidate, "n": .nobody, "s": .severalPeople, "x": .otherPerson, "c": .suspectedCopy,
            "t": .turnedAway, "d": .cameraCovered, "?": .unclear,
        ]
        return try text.split(separator: " ").map { word in
            let parts = word.split(separator: "@")
            let kind = try #require(kinds[parts[0]])
            return PresenceObservation(kind, at: start + (try #require(Double(parts[1]))))
        }
    }

    static func events(_ observations: [PresenceObservation], _ monitor: PresenceMonitor) -> [String] {
        var monitor = monitor
        return observations.flatMap { observation in
            let at = seconds(observation.at)
            return monitor.observe(observation).map { change in
                let name = change.eventType.rawValue.replacing("presence.", with: "")
                return switch change {
                case .began(_, let since, _): "\(name)@\(at) since \(seconds(since))"
                case .ended(_, let since, let until, _): "\(name)@\(at) since \(seconds(since)) until \(seconds(until))"
                case .framesMissing(let since, let until): "\(name)@\(at) \(seconds(since))–\(seconds(until))"
                }
            }
        }
    }

    private static func seconds(_ date: Date) -> String {
        (date.timeIntervalSince(start)).formatted(.number.grouping(.never))
    }

    @Test(
        "Rows of frames and the events they make",
        arguments: [
            Case("the candidate, all the time", "+@0 +@5 +@10 +@15"),
            Case(
                "one bad frame of each kind is no event",
                "+@0 n@5 +@10 s@15 +@20 x@25 +@30 c@35 +@40 t@45 +@50 d@55 +@60"
            ),
            Case("bad and good frames in turn are no event", "n@0 +@5 n@10 +@15 n@20 +@25 x@30 +@35 x@40 +@45"),
            Case("nobody, for two frames", "+@0 n@5 n@10", ["absent@10 since 5"]),
            Case(
                "nobody, and back for two frames",
                "n@0 n@5 n@10 +@15 +@20 +@25",
                [
                    "absent@5 since 0", "absent_ended@20 since 0 until 15",
                ]
            ),
            Case("back for one frame is not back", "n@0 n@5 +@10 n@15 n@20 +@25", ["absent@5 since 0"]),
            Case(
                "absent twice is two beginnings",
                "n@0 n@5 +@10 +@15 n@20 n@25",
                [
                    "absent@5 since 0", "absent_ended@15 since 0 until 10", "absent@25 since 20",
                ]
            ),
            Case("two pictures of one second are one moment, not two", "n@0 n@0.4 n@0.9 +@5 x@9 x@9.3 +@15"),
            Case("two a second, for long enough", "n@0 n@0.5 n@1 n@1.5 n@2 n@2.5 n@3 n@3.5", ["absent@3 since 0"]),
            Case(
                "two good pictures of one second do not end it",
                "n@0 n@5 +@10 +@10.3 n@15 +@20 +@21",
                [
                    "absent@5 since 0", "absent_ended@21 since 0 until 20",
                ]
            ),
            Case(
                "poor frames neither begin nor end anything",
                "?@0 ?@5 n@10 ?@15 n@20 ?@25 ?@30 ?@35 ?@40 ?@45",
                [
                    "absent@20 since 10"
                ]
            ),
            Case(
                "poor frames do not stand between two good ones",
                "n@0 n@5 +@10 ?@15 +@20",
                [
                    "absent@5 since 0", "absent_ended@20 since 0 until 10",
                ]
            ),
            Case(
                "absent, then another person",
                "n@0 n@5 x@10 x@15 x@20 +@25 +@30",
                [
                    "absent@5 since 0", "absent_ended@15 since 0 until 10", "other_person@15 since 10",
                    "other_person_ended@30 since 10 until 25",
                ]
            ),
            Case("a match between two non-matches is the candidate", "x@0 +@5 x@10 +@15 x@20"),
            Case(
                "an undecided frame between two non-matches decides nothing",
                "x@0 ?@5 x@10",
                [
                    "other_person@10 since 0"
                ]
            ),
            Case(
                "another person who leaves is not the candidate who is back",
                "x@0 x@5 n@10 n@15 +@20 x@25",
                [
                    "other_person@5 since 0", "absent@15 since 10", "absent_ended@25 since 10 until 20",
                ]
            ),
            Case(
                "several people, one of whom comes and goes",
                "s@0 +@5 s@10 +@15 s@20 +@25 +@30",
                [
                    "several_people@10 since 0", "several_people_ended@30 since 0 until 25",
                ]
            ),
            Case("several people once, long ago", "s@0 +@5 +@10 s@15 +@20 +@25"),
            Case(
                "several people leave, and so does the candidate",
                "s@0 s@5 n@10 n@15",
                [
                    "several_people@5 since 0", "several_people_ended@15 since 0 until 10", "absent@15 since 10",
                ]
            ),
            Case("a glance aside", "t@0 t@2 +@4 t@6 t@8 +@10"),
            Case(
                "turned away",
                "t@0 t@5 t@10 +@15 +@20",
                [
                    "turned_away@10 since 0", "turned_away_ended@20 since 0 until 15",
                ]
            ),
            Case(
                "turned so far that the face is lost now and then",
                "t@0 n@5 t@10 n@15 t@20",
                [
                    "turned_away@20 since 0"
                ]
            ),
            Case(
                "a covered camera says nothing of who sits there",
                "d@0 d@5 d@10 +@15 +@20",
                [
                    "camera_covered@5 since 0", "camera_covered_ended@20 since 0 until 15",
                ]
            ),
            Case(
                "a covered camera does not end an absence",
                "n@0 n@5 d@10 d@15 d@20",
                [
                    "absent@5 since 0", "camera_covered@15 since 10",
                ]
            ),
            Case(
                "the portrait held up, then another person",
                "c@0 c@5 x@10 x@15",
                [
                    "suspected_copy@5 since 0", "suspected_copy_ended@15 since 0 until 10", "other_person@15 since 10",
                ]
            ),
            Case(
                "no frame for too long, told by the next one",
                "+@0 +@31 +@61 +@92.5",
                [
                    "frames_missing@31 0–31", "frames_missing@92.5 61–92.5",
                ]
            ),
            Case("what was seen long ago is no evidence", "n@0 n@200", ["frames_missing@200 0–200"]),
            Case("few frames are still evidence", "n@0 n@60", ["frames_missing@60 0–60", "absent@60 since 0"]),
            Case(
                "the clock is set back an hour",
                "n@3600 n@0 n@1 n@2 n@3 +@4 +@5",
                [
                    "absent@3 since 3600", "absent_ended@5 since 3600 until 4",
                ]
            ),
            Case(
                "the clock is set back in the midst of an absence",
                "n@3600 n@3605 +@5 +@10",
                [
                    "absent@3605 since 3600", "absent_ended@10 since 3600 until 5",
                ]
            ),
            Case("a clock that only goes back gives no time to any condition", "n@9 n@8 n@7 n@6 n@5 n@4"),
        ]
    )
    func events(_ example: Case) throws {
        let observations = try Self.observations(example.frames)
        #expect(Self.events(observations, PresenceMonitor()) == example.events)
    }

    @Test("Two hours of good frames are no event", arguments: [0.5, 1, 5, 30])
    func goodFrames(interval: Double) {
        var monitor = PresenceMonitor(runningSince: Self.start)
        for second in stride(from: 0, to: 7_200, by: interval) {
            #expect(monitor.observe(PresenceObservation(.candidate, at: Self.start + second)) == [])
        }
        #expect(monitor.open.isEmpty)
        #expect(monitor.recent.count <= PresenceMonitor.memory)
    }

    @Test("Two hours of one condition are one beginning, however often frames come", arguments: [0.05, 0.5, 5, 29])
    func longCondition(interval: Double) {
        for (kind, condition) in Self.shown {
            var monitor = PresenceMonitor()
            let changes = stride(from: 0, to: 7_200, by: interval * 7).flatMap { second in
                (0..<7).flatMap {
                    monitor.observe(PresenceObservation(kind, at: Self.start + second + Double($0) * interval))
                }
            }
            guard case .began(condition, Self.start, _)? = changes.first, changes.count == 1 else {
                Issue.record("\(condition): \(changes)")
                continue
            }
        }
    }

    /// The kind of frame that shows each condition.
    static let shown: [(PresenceObservation.Kind, PresenceCondition)] = [
        (.nobody, .absent), (.severalPeople, .severalPeople), (.otherPerson, .otherPerson),
        (.suspectedCopy, .suspectedCopy), (.turnedAway, .turnedAway), (.cameraCovered, .cameraCovered),
    ]

    @Test("The first frame may come too late")
    func lateFirstFrame() throws {
        let monitor = PresenceMonitor(runningSince: Self.start)
        #expect(Self.events(try Self.observations("+@30 +@35"), monitor) == [])
        #expect(Self.events(try Self.observations("+@31 +@35"), monitor) == ["frames_missing@31 0–31"])
    }

    @Test("Frames of both kinds are counted")
    func counts() throws {
        var monitor = PresenceMonitor()
        let changes = try Self.observations("n@0 n@1 ?@2 n@3 +@4 n@5 +@6 ?@7 +@8").flatMap { monitor.observe($0) }
        #expect(
            changes == [
                .began(.absent, since: Self.start, frames: 3),
                .ended(.absent, since: Self.start, until: Self.start + 6, frames: 2),
            ]
        )
    }

    @Test("Every condition has events of its own, which only the service reports")
    func catalogue() {
        let types = PresenceCondition.allCases.flatMap { [$0.began, $0.ended] } + [.presenceFramesMissing]
        #expect(Set(types).count == types.count)
        #expect(Set(types) == Set(SessionEventType.allCases.filter { $0.rawValue.hasPrefix("presence.") }))
        #expect(!types.contains { $0.isFromClient })
        for condition in PresenceCondition.allCases {
            #expect(condition.began.rawValue == "presence.\(condition.rawValue)")
            #expect(condition.ended.rawValue == "presence.\(condition.rawValue)_ended")
        }
    }
}
