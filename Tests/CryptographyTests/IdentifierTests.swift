import Cryptography
import Foundation
import Testing

@Suite("UUIDv7 and random sources")
struct IdentifierTests {
    @Test("lays out the fields of RFC 9562, appendix A.6")
    func vector() {
        // unix_ts_ms 0x017F22E279B0, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
        let random = FixedSource(all: [0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f])
        let moment = Date(timeIntervalSince1970: 1_645_557_742)
        #expect(UUIDv7.make(at: moment, random: random).uuidString == "017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
    }

    @Test("gives back the millisecond", arguments: [0, 0.001, 0.123, 1_757_000_000.999, 1_757_000_000.001])
    func date(seconds: Double) throws {
        let identifier = UUIDv7.make(at: Date(timeIntervalSince1970: seconds), random: SystemRandomSource())
        let date = try #require(UUIDv7.date(of: identifier))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_001)
    }

    @Test("finds no moment in other versions")
    func otherVersions() throws {
        #expect(UUIDv7.date(of: try #require(UUID(uuidString: "2489E9AD-2EE2-4E00-8EC9-32D5F69181C0"))) == nil)
    }

    @Test("a generator's identifiers rise strictly, within a millisecond and when the clock steps back")
    func monotonic() {
        let generator = UUIDv7Generator(random: SeededRandomSource(seed: 1))
        let start = Date(timeIntervalSince1970: 1_757_000_000)
        var last = ""
        for step in 0..<5000 {
            // Many a millisecond; every tenth a second in the past.
            let moment = start.addingTimeInterval(Double(step / 100) / 1000 - (step % 10 == 0 ? 1 : 0))
            let next = generator.make(at: moment).uuidString
            #expect(next > last)
            last = next
        }
    }

    @Test("a generator's random part that overflows goes on in the next millisecond")
    func overflow() throws {
        let generator = UUIDv7Generator(random: FixedSource(all: [UInt8](repeating: 0xff, count: 16)))
        let moment = Date(timeIntervalSince1970: 1_757_000_000)
        let first = generator.make(at: moment)
        let second = generator.make(at: moment)
        #expect(second.uuidString > first.uuidString)
        let date = try #require(UUIDv7.date(of: second))
        #expect(abs(date.timeIntervalSince(moment) - 0.001) < 0.000_001)
    }

    @Test("a generator used by many at once repeats nothing")
    func concurrent() async {
        let generator = UUIDv7Generator()
        let moment = Date(timeIntervalSince1970: 1_757_000_000)
        let all = await withTaskGroup(of: [UUID].self) { group in
            for _ in 0..<8 { group.addTask { (0..<500).map { _ in generator.make(at: moment) } } }
            return await group.reduce(into: Set<UUID>()) { $0.formUnion($1) }
        }
        #expect(all.count == 4000)
    }

    @Test("a seeded source repeats itself for its seed only")
    func seeded() {
        let (first, again) = (SeededRandomSource(seed: 1), SeededRandomSource(seed: 1))
        let other = SeededRandomSource(seed: 2)
        let bytes = first.bytes(count: 40)
        #expect(again.bytes(count: 40) == bytes)
        #expect(again.bytes(count: 40) != bytes)
        #expect(other.bytes(count: 40) != bytes)
        #expect(first.bytes(count: 0) == [])
    }

    @Test("the system's source gives as many bytes as asked for, others each time")
    func system() {
        let source = SystemRandomSource()
        #expect(source.bytes(count: 0) == [])
        #expect(source.bytes(count: 33).count == 33)
        #expect(source.bytes(count: 32) != source.bytes(count: 32))
    }

    private struct FixedSource: RandomSource {
        let all: [UInt8]
        func bytes(count: Int) -> [UInt8] { Array(all.prefix(count)) }
    }
}
