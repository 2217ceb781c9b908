import Foundation
import Testing
import TransparencyLog

@testable import Workflows

@Suite("F2 Times in registers for people")
struct RegisterStyleTests {
    /// Moments around the changes of clocks in Berlin in 2026, and one far from any.
    static let moments: [(utc: String, berlin: String)] = [
        ("2026-03-29T00:59:59.000Z", "29.03.2026 01:59:59"), ("2026-03-29T01:00:00.000Z", "29.03.2026 03:00:00"),
        ("2026-10-25T00:59:59.999Z", "25.10.2026 02:59:59"), ("2026-10-25T01:00:00.000Z", "25.10.2026 02:00:00"),
        ("2026-12-31T23:30:00.000Z", "01.01.2027 00:30:00"),
    ]

    @Test("F2: local time holds before and after clocks are changed, in whichever order it is asked for")
    func changes() throws {
        let style = RegisterStyle(language: .ru, zone: try #require(TimeZone(identifier: "Europe/Berlin")))
        for (utc, berlin) in Self.moments + Self.moments.reversed() {
            #expect(style.text(try #require(LogTimestamp.date(utc))) == berlin)
        }
    }

    @Test("F2: English registers write the day as ISO 8601 has it")
    func english() throws {
        let style = RegisterStyle(language: .en, zone: try #require(TimeZone(identifier: "Europe/Moscow")))
        #expect(style.text(try #require(LogTimestamp.date("2026-01-31T21:05:06.000Z"))) == "2026-02-01 00:05:06")
    }
}
