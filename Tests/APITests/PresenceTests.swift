import Accounts
import FaceAnalysis
import Foundation
import TestSupport
import Testing

@Suite("B6 Presence while the exam runs")
struct PresenceTests {
    /// A started attempt of a candidate whose portrait is there.
    private struct Scene {
        let service: TestService
        let candidate: Client
        let attempt: String

        init(_ service: TestService, _ candidate: Client, _ attempt: String) {
            (self.service, self.candidate, self.attempt) = (service, candidate, attempt)
        }

        static func started(_ service: TestService) async throws -> Scene {
            let exam = try await service.exam(by: service.staff(.examiner))
            let candidate = try await service.candidate(0)
            try await service.portrait("obama", of: candidate)
            return Scene(service, candidate, try await service.startedAttempt(exam, by: candidate))
        }

        /// Shows something to the camera, `after` seconds later.
        @discardableResult
        func show(_ picture: Shown, after seconds: Double = 5, key: String? = nil) async throws -> Reply {
            service.clock.advance(seconds: seconds)
            let target = "/v1/attempts/\(attempt)/frames"
            let reply =
                switch picture {
                case .photograph(let name):
                    try await service.frame(name, attempt, by: candidate, key: key)
                case .emptyRoom:
                    try await candidate.post(target, type: "image/png", DrawnPNG.ramp(), key: key)
                case .drawn(let raster):
                    try await candidate.post(target, type: "image/jpeg", raster.jpeg(quality: 90), key: key)
                case .darkness:
                    try await candidate.post(target, type: "image/png", Self.darkness, key: key)
                }
            try #require(reply.status == 201, "\(reply.text)")
            return reply
        }

        enum Shown {
            case photograph(String)
            case drawn(PictureRaster)
            case emptyRoom
            case darkness

            static let candidate = Shown.photograph("obama2")
            static let otherPerson = Shown.photograph("biden")
        }

        /// The presence events, in order.
        func events(as client: Client? = nil) async throws -> [JSON] {
            let reply = try await (client ?? candidate).get("/v1/attempts/\(attempt)/events?limit=500")
            return reply.json["events"].array.filter { $0["type"].string?.hasPrefix("attestd.presence.") == true }
        }

        /// Their types, without what all have in common.
        func types() async throws -> [String] {
            try await events().compactMap { $0["type"].string?.replacing("attestd.presence.", with: "") }
        }

        /// 64 × 64 pixels of the luminance 3 (PNG).
        private static let darkness = Data(
            base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAAAAACPAi4CAAAAKklEQVR42u3MMQkAAAwDsEL9e66IfSMRkPQoAoFA"
                + "IBAIBAKBQCAQCL4HAycaMAGpv26jAAAAAElFTkSuQmCC"
        )!
    }

    @Test("B6: nobody in frame for two frames is one event, two good frames are its end, and both tell the truth")
    func absence() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let scene = try await Scene.started(service)
            try await scene.show(.candidate)
            let first = try await scene.show(.emptyRoom)
            #expect(first.json["reason"] == "no_face")
            #expect(try await scene.types() == [], "one bad frame is no event")
            let left = service.clock.now
            let second = try await scene.show(.emptyRoom)
            try await scene.show(.emptyRoom)
            #expect(try await scene.types() == ["absent"])
            try await scene.show(.candidate)
            #expect(try await scene.types() == ["absent"], "one good frame is no end")
            let back = service.clock.now
            let last = try await scene.show(.candidate)
            try await scene.show(.candidate)
            #expect(try await scene.types() == ["absent", "absent_ended"])

            func text(_ date: Date) -> JSON {
                .string(date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true)))
            }
            let events = try await scene.events(
                as: service.logIn("examiner@example.org", "staff pass phrase", role: "examiner")
            )
            let beginning = try #require(events.first?["data"])
            #expect(beginning["reported_by"] == "server")
            #expect(beginning["facts"]["since"].string?.prefix(19) == text(left).string?.prefix(19))
            #expect(beginning["facts"]["identification_id"] == second.json["identification_id"])
            #expect(beginning["facts"]["frames"] == "2")
            #expect(Set(beginning["facts"].object.keys) == ["since", "frames", "identification_id"])
            let ending = try #require(events.last?["data"]["facts"])
            #expect(ending["since"] == beginning["facts"]["since"])
            #expect(ending["until"].string?.prefix(19) == text(back).string?.prefix(19))
            #expect(ending["identification_id"] == last.json["identification_id"])
            #expect(Set(ending.object.keys) == ["since", "until", "frames", "identification_id"])

            // The evidence is the sealed picture of the record named, and it is in the log.
            let officer = try await service.staff(.complianceOfficer)
            let records = try await officer.get("/v1/identifications?attempt=\(scene.attempt)").json["identifications"]
            let evidence = records.array.first { $0["id"] == second.json["identification_id"] }
            #expect(evidence?["evidence_sha256"].string?.count == 64)
        }
    }

    @Test("B6: before the start a frame is an identification and no presence event, nor evidence for one")
    func beforeStart() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let exam = try await service.exam(by: service.staff(.examiner))
            let candidate = try await service.candidate(0)
            try await service.portrait("obama", of: candidate)
            let scene = Scene(service, candidate, try await service.attempt(exam, by: candidate))
            for _ in 0..<3 { try await scene.show(.emptyRoom) }
            #expect(try await scene.types() == [])
            #expect(try await candidate.post("/v1/attempts/\(scene.attempt)/start").json["state"] == "started")
            try await scene.show(.emptyRoom)
            #expect(try await scene.types() == [], "the frames before the start do not count")
            try await scene.show(.emptyRoom)
            #expect(try await scene.types() == ["absent"])
        }
    }

    @Test("B6: another person is one event however long it lasts, and no frame is refused meanwhile")
    func otherPerson() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let scene = try await Scene.started(service)
            try await scene.show(.otherPerson)
            #expect(try await scene.types() == [])
            // More than would be let through before the start.
            for _ in 0..<11 { try await scene.show(.otherPerson) }
            #expect(try await scene.types() == ["other_person"])
            try await scene.show(.emptyRoom)
            try await scene.show(.emptyRoom)
            #expect(try await scene.types() == ["other_person", "absent"], "who left is not the candidate who is back")
            for _ in 0..<2 { try await scene.show(.candidate) }
            #expect(try await scene.types() == ["other_person", "absent", "absent_ended", "other_person_ended"])
            let facts = try await scene.events().map { $0["data"]["facts"].object }
            for name in ["distance", "score", "outcome", "match_at_or_below"] {
                #expect(!facts.contains { $0.keys.contains(name) }, "a candidate reads \(name)")
            }
        }
    }

    @Test("B6: a match between two non-matches is no event")
    func matchBetween() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let scene = try await Scene.started(service)
            for _ in 0..<3 {
                try await scene.show(.otherPerson)
                try await scene.show(.candidate)
            }
            #expect(try await scene.types() == [])
        }
    }

    @Test("B6: the portrait held up is a condition of its own, neither a match nor another person")
    func portraitHeldUp() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let scene = try await Scene.started(service)
            for _ in 0..<3 {
                #expect(try await scene.show(.photograph("obama")).json["reason"] == "suspected_copy")
            }
            #expect(try await scene.types() == ["suspected_copy"])
            for _ in 0..<2 { try await scene.show(.photograph("obama3")) }
            #expect(try await scene.types() == ["suspected_copy", "suspected_copy_ended"])
        }
    }

    /// Two photographs side by side, at half their size.
    private func together(_ names: [String]) throws -> PictureRaster {
        let halves = try names.map { name in
            let whole = try PictureRaster(decoding: ProjectFiles.photograph(name))
            return try whole.resized(width: whole.width / 2, height: whole.height / 2)
        }
        let height = halves.map(\.height).min() ?? 0
        return PictureRaster(width: halves[0].width + halves[1].width, height: height) { x, y in
            x < halves[0].width ? halves[0][x, y] : halves[1][x - halves[0].width, y]
        }
    }

    /// A photograph with one side of the nose narrowed and the other widened, as in a face that is turned away.
    private func turned(_ name: String, nose: Float) throws -> PictureRaster {
        let whole = try PictureRaster(decoding: ProjectFiles.photograph(name))
        let left = nose * 0.6
        let width = left + (Float(whole.width) - nose) * 2.5
        return PictureRaster(width: Int(width), height: whole.height * 2 / 3) { x, y in
            let x = Float(x)
            return whole.sample(x: x < left ? x / 0.6 : nose + (x - left) / 2.5, y: Float(y))
        }
    }

    @Test("D6: an assistant to whom the candidate is entitled is no violation")
    func assistant() async throws {
        let both = Scene.Shown.drawn(try together(["obama2", "biden"]))
        try await TestService.run(comparesFaces: true) { service in
            let scene = try await Scene.started(service)
            let examiner = try await service.logIn("examiner@example.org", "staff pass phrase", role: "examiner")
            let exam = try #require(try await examiner.get("/v1/attempts/\(scene.attempt)").json["exam_id"].string)
            let entitled: JSON = [
                "extra_seconds": 0, "break_seconds": 0, "assistant": true, "basis": "Заключение",
            ]
            let id = try await service.id(of: scene.candidate)
            let set = try await examiner.put("/v1/exams/\(exam)/accommodations/\(id)", entitled)
            #expect(set.status == 200, "\(set.text)")
            for _ in 0..<6 { #expect(try await scene.show(both).json["reason"] == "several_faces") }
            #expect(try await scene.types() == [])
        }
    }

    @Test("B6: several people, even where one of them is missed now and then")
    func severalPeople() async throws {
        let both = Scene.Shown.drawn(try together(["obama2", "biden"]))
        try await TestService.run(comparesFaces: true) { service in
            let scene = try await Scene.started(service)
            #expect(try await scene.show(both).json["reason"] == "several_faces")
            try await scene.show(.candidate)
            #expect(try await scene.types() == [])
            try await scene.show(both)
            try await scene.show(both)
            #expect(try await scene.types() == ["several_people"])
            for _ in 0..<2 { try await scene.show(.candidate) }
            #expect(try await scene.types() == ["several_people", "several_people_ended"])
        }
    }

    @Test("B6: a glance aside is no event, a face turned away is one")
    func turnedAway() async throws {
        let aside = Scene.Shown.drawn(try turned("obama2", nose: 300))
        try await TestService.run(comparesFaces: true) { service in
            let scene = try await Scene.started(service)
            #expect(try await scene.show(aside).json["reason"] == "head_turned")
            try await scene.show(aside)
            try await scene.show(.candidate)
            #expect(try await scene.types() == [])
            for _ in 0..<3 { try await scene.show(aside) }
            #expect(try await scene.types() == ["turned_away"])
            for _ in 0..<2 { try await scene.show(.candidate) }
            #expect(try await scene.types() == ["turned_away", "turned_away_ended"])
        }
    }

    @Test("B6: a covered camera is no absence, and the candidate is told what to do")
    func coveredCamera() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let scene = try await Scene.started(service)
            let reply = try await scene.show(.darkness)
            #expect(reply.json["outcome"] == "inconclusive")
            #expect(reply.json["reason"] == "camera_covered")
            #expect(reply.json["advice"].string?.contains("Камера ничего не видит") == true)
            for _ in 0..<3 { try await scene.show(.darkness) }
            #expect(try await scene.types() == ["camera_covered"])
            for _ in 0..<2 { try await scene.show(.emptyRoom) }
            #expect(try await scene.types() == ["camera_covered", "camera_covered_ended", "absent"])
        }
    }

    @Test("B6: frames of one second are one moment")
    func burst() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let scene = try await Scene.started(service)
            try await scene.show(.emptyRoom)
            for _ in 0..<4 { try await scene.show(.emptyRoom, after: 0.2) }
            #expect(try await scene.types() == [])
            try await scene.show(.emptyRoom, after: 2.4)
            #expect(try await scene.types() == ["absent"])
            try await scene.show(.candidate)
            try await scene.show(.candidate, after: 0.5)
            #expect(try await scene.types() == ["absent"])
            try await scene.show(.candidate, after: 0.5)
            #expect(try await scene.types() == ["absent", "absent_ended"])
        }
    }

    @Test("B6: many frames at the same moment make one beginning")
    func atOnce() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let scene = try await Scene.started(service)
            try await scene.show(.emptyRoom)
            service.clock.advance(seconds: 5)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 { group.addTask { try await scene.show(.emptyRoom, after: 0) } }
                try await group.waitForAll()
            }
            #expect(try await scene.types() == ["absent"])
        }
    }

    @Test("B6: a repeated request adds nothing")
    func idempotency() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let scene = try await Scene.started(service)
            for _ in 0..<3 { try await scene.show(.emptyRoom, key: "one") }
            #expect(try await scene.types() == [], "one frame, sent three times")
            for _ in 0..<3 { try await scene.show(.emptyRoom, key: "two") }
            #expect(try await scene.types() == ["absent"])
            let officer = try await service.staff(.complianceOfficer)
            let records = try await officer.get("/v1/identifications?attempt=\(scene.attempt)").json["identifications"]
            #expect(records.array.count == 2)
        }
    }

    @Test("B6: a restart in between changes nothing, even where the clock went back")
    func restart() async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        let stage = Shared<(client: Client, attempt: String)?>(nil)
        func goOn(_ seed: UInt64, _ body: (Scene) async throws -> Void) async throws {
            try await TestService.run(in: folder, clock: clock, seed: seed, comparesFaces: true) { service in
                guard let (client, attempt) = stage.value else {
                    let scene = try await Scene.started(service)
                    stage.update { $0 = (scene.candidate, scene.attempt) }
                    return try await body(scene)
                }
                var candidate = service.anybody
                candidate.token = client.token
                candidate.role = client.role
                try await body(Scene(service, candidate, attempt))
            }
        }
        try await goOn(1) { try await $0.show(.emptyRoom) }
        try await goOn(2) { scene in
            try await scene.show(.emptyRoom)
            #expect(try await scene.types() == ["absent"])
        }
        clock.advance(seconds: -600)
        try await goOn(3) { scene in
            try await scene.show(.emptyRoom)
            try await scene.show(.candidate)
            #expect(try await scene.types() == ["absent"])
        }
        try await goOn(4) { scene in
            try await scene.show(.candidate)
            #expect(try await scene.types() == ["absent", "absent_ended"])
            try await scene.show(.emptyRoom)
        }
        try await goOn(5) { scene in
            try await scene.show(.emptyRoom)
            #expect(try await scene.types() == ["absent", "absent_ended", "absent"])
        }
    }

    @Test("B6: frames that failed to come are told by the next one")
    func framesMissing() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let scene = try await Scene.started(service)
            try await scene.show(.candidate)
            try await scene.show(.candidate, after: 29)
            #expect(try await scene.types() == [])
            try await scene.show(.candidate, after: 95)
            try await scene.show(.candidate)
            #expect(try await scene.types() == ["frames_missing"])
        }
    }

    @Test("B6: attempts do not mix, and a closed one has no more presence")
    func attemptsApart() async throws {
        try await TestService.run(comparesFaces: true) { service in
            let one = try await Scene.started(service)
            let candidate = try await service.candidate(1)
            try await service.portrait("biden", of: candidate)
            let examiner = try await service.logIn("examiner@example.org", "staff pass phrase", role: "examiner")
            let exam = try await service.exam(by: examiner)
            let other = Scene(service, candidate, try await service.startedAttempt(exam, by: candidate))
            for _ in 0..<3 {
                try await one.show(.emptyRoom, after: 3)
                try await other.show(.photograph("biden"), after: 3)
            }
            #expect(try await one.types() == ["absent"])
            #expect(try await other.types().filter { $0 != "suspected_copy" } == [])

            let before = try await one.types()
            #expect(try await one.candidate.post("/v1/attempts/\(one.attempt)/submit").status == 200)
            let refused = try await service.frame("obama2", one.attempt, by: one.candidate)
            #expect(refused.code == "attempt_closed")
            #expect(try await one.types() == before)
        }
    }

    @Test("B6: a device cannot report presence")
    func notFromDevice() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner))
            let candidate = try await service.candidate(0)
            let scene = Scene(service, candidate, try await service.startedAttempt(exam, by: candidate))
            for type in ["presence.absent", "presence.absent_ended", "presence.frames_missing"] {
                let reply = try await candidate.post(
                    "/v1/attempts/\(scene.attempt)/events",
                    ["type": .string(type), "facts": [:]]
                )
                #expect((400...422).contains(reply.status))
            }
            #expect(try await scene.types() == [])
        }
    }
}
