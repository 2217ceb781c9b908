import Documents
import Foundation
import Testing

@Suite("D9 Calendar files (RFC 5545)")
struct CalendarFileTests {
    static let event = CalendarFile.Event(
        id: "1@attestd",
        sequence: 2,
        stamp: Date(timeIntervalSince1970: 1_772_442_000),
        start: Date(timeIntervalSince1970: 1_773_997_200),
        end: Date(timeIntervalSince1970: 1_774_008_000.9),
        summary: "Экзамен: «Основы; информационной, безопасности» и ещё много слов, чтобы строка была длинной",
        location: "https://vcs.example.org/ib?a=1;b=2\\c",
        details: "Первая строка\r\nвторая\u{1}"
    )

    @Test("Lines end with CRLF, have at most 75 octets and break no character; unfolded they say what was meant")
    func lines() {
        let data = CalendarFile(producer: "-//attestd//RU", events: [Self.event]).data
        let text = String(decoding: data, as: UTF8.self)
        #expect(Data(text.utf8) == data && text.hasSuffix("END:VCALENDAR\r\n"))
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") })
        let unfolded = text.replacing("\r\n ", with: "").components(separatedBy: "\r\n")
        #expect(unfolded.first == "BEGIN:VCALENDAR" && unfolded.contains("VERSION:2.0"))
        for line in [
            "UID:1@attestd", "DTSTAMP:20260302T090000Z", "DTSTART:20260320T090000Z", "DTEND:20260320T120000Z",
            "SEQUENCE:2", "STATUS:CONFIRMED",
            "SUMMARY:Экзамен: «Основы\\; информационной\\, безопасности» и ещё много слов\\, чтобы строка была длинной",
            "LOCATION:https://vcs.example.org/ib?a=1\\;b=2\\\\c", "DESCRIPTION:Первая строка\\nвторая",
        ] {
            #expect(unfolded.contains(line), "\(line) in \(unfolded)")
        }
    }

    @Test("A calendar without events is one all the same")
    func empty() {
        let text = String(decoding: CalendarFile(producer: "-//attestd//RU", events: []).data, as: UTF8.self)
        #expect(text.hasPrefix("BEGIN:VCALENDAR\r\n") && !text.contains("VEVENT"))
    }

    @Test("Nothing that people write begins a line of its own")
    func injection() {
        var event = Self.event
        event.summary = "x\nEND:VEVENT\rATTACH:file:///etc/passwd"
        let text = String(decoding: CalendarFile(producer: "x\r\nMETHOD:CANCEL", events: [event]).data, as: UTF8.self)
        let unfolded = text.replacing("\r\n ", with: "").components(separatedBy: "\r\n")
        #expect(unfolded.filter { $0 == "END:VEVENT" }.count == 1)
        #expect(!unfolded.contains { $0.hasPrefix("ATTACH") } && !unfolded.contains("METHOD:CANCEL"))
    }
}
