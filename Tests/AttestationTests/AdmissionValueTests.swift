import Attestation
import Cryptography
import Foundation
import Testing

@Suite("A7 D3 D15 Values of admission and forms")
struct AdmissionValueTests {
    @Test("A7: a key has 80 bits in sixteen letters; however it is typed, its hash is the same")
    func keys() {
        #expect(AccessKey.text([UInt8](repeating: 0, count: 10)) == "0000-0000-0000-0000")
        #expect(AccessKey.text([UInt8](repeating: 255, count: 10)) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ")
        // 0x0843 0x… is 1, 1, 2, 4, … in groups of five bits.
        #expect(AccessKey.text([0x08, 0x42, 0x10, 0x84, 0x21, 0x08, 0x42, 0x10, 0x84, 0x21]) == "1111-1111-1111-1111")
        let hash = AccessKey.hash(of: "1A0B-CDEF-GHJK-MNPQ")
        for typed in ["1a0bcdefghjkmnpq", "IAOB CDEF GHJK MNPQ", " laob-cdef-ghjk-mnpq "] {
            #expect(AccessKey.hash(of: typed) == hash)
        }
        #expect(AccessKey.hash(of: "1A0B-CDEF-GHJK-MNPR") != hash)
        var texts: Set<String> = []
        for number in 0..<1_000 {
            let bytes = SHA256Digest.hash(utf8: "\(number)").bytes.prefix(10)
            texts.insert(AccessKey.text(Array(bytes)))
        }
        #expect(texts.count == 1_000)
    }

    static let speeds: [(milliseconds: Double, passes: Bool)] = [
        (1, true), (2_796, true), (2_797, false), (60_000, false),
    ]

    @Test("D15: 524 288 bytes must not take longer than 2.796 s", arguments: speeds)
    func speed(milliseconds: Double, passes: Bool) throws {
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        let digest = SHA256Digest.hash(utf8: "bytes")
        let check = SystemCheck(id: UUID(), accountID: UUID(), at: start)
        let report = SystemCheck.Report(camera: .working, microphone: .working, hasMediaDevices: true, browser: "")
        #expect(check.judged(showing: digest, report, at: start) == nil, "nothing was handed out")
        let served = try #require(check.serving(digest, at: start))
        #expect(served.serving(digest, at: start) == nil)
        #expect(served.judged(showing: SHA256Digest.hash(utf8: "other"), report, at: start) == nil)
        let end = start.addingTimeInterval(milliseconds / 1_000)
        let judged = try #require(served.judged(showing: digest, report, at: end))
        #expect(judged.admits(at: end) == passes)
        #expect(!judged.admits(at: end.addingTimeInterval(SystemCheck.validSeconds + 1)))
        #expect(judged.judged(showing: digest, report, at: end) == nil, "it is judged once")
    }

    static let days: [(opens: Double, before: Double?, late: Bool)] = [
        (7, nil, false), (6.99, nil, true), (30, 8, false), (30, 6, true), (6, 30, true),
    ]

    @Test("D9: a week counts to the exam that is set, and to the one that is moved", arguments: days)
    func week(opens: Double, before: Double?, late: Bool) {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        func day(_ days: Double) -> Date { now.addingTimeInterval(days * 86_400) }
        #expect(ExamSchedule.isLate(opensAt: day(opens), before: before.map(day), at: now) == late)
    }
}
