import Accounts
import Documents
import Foundation
import TransparencyLog

/// A cell of a register, before it is written in a format.
enum RegisterValue: Sendable {
    case empty
    /// A code, which machines read, with the words that people read.
    case code(String, LocalizedText)
    case text(String)
    case number(Int)
    case decimal(Double)
    case time(Date)
    case day(CalendarDay)

    init(_ text: String?) {
        self = text.map { .text($0) } ?? .empty
    }

    init(_ time: Date?) {
        self = time.map { .time($0) } ?? .empty
    }

    /// As machines read it.
    var json: JSONValue? {
        switch self {
        case .empty: nil
        case .code(let code, _): .string(code)
        case .text(let text): .string(text)
        case .number(let number): .integer(Int64(number))
        case .decimal(let number): .double(number)
        case .time(let time): .string(LogTimestamp.text(time))
        case .day(let day): .string(day.description)
        }
    }

    /// As people read it.
    func cell(_ style: RegisterStyle) -> SpreadsheetTable.Cell {
        switch self {
        case .empty: .empty
        case .code(_, let words): .text(words.text(in: style.language))
        case .text(let text): .text(text)
        case .number(let number): .number(number)
        case .decimal(let number): .decimal(number)
        case .time(let time): .text(style.text(time))
        case .day(let day): .text(style.text(day))
        }
    }

    /// As it is printed.
    func printed(_ style: RegisterStyle) -> String {
        switch cell(style) {
        case .empty: ""
        case .text(let text): text
        case .number(let number): String(number)
        case .decimal(let number): String(number)
        }
    }
}

/// The language and the time zone of a register for people.
struct RegisterStyle: Sendable {
    let language: LocalizedText.Language
    let zone: TimeZone
    private let offsets: ZoneOffsets

    init(language: LocalizedText.Language, zone: TimeZone) {
        self.language = language
        self.zone = zone
        offsets = ZoneOffsets(zone)
    }

    /// A moment in the institution's time, `21.11.2026 14:05:06`.
    func text(_ time: Date) -> String {
        let local = Array(LogTimestamp.text(time.addingTimeInterval(offsets.seconds(at: time))).utf8)
        let day = language == .en ? local[0..<10] : local[8..<10] + [0x2e] + local[5..<7] + [0x2e] + local[0..<4]
        return String(decoding: day + [0x20] + local[11..<19], as: UTF8.self)
    }

    func text(_ day: CalendarDay) -> String { Self.day(day.description[...], language) }

    private static func day(_ day: Substring, _ language: LocalizedText.Language) -> String {
        language == .en ? String(day) : "\(day.suffix(2)).\(day.dropFirst(5).prefix(2)).\(day.prefix(4))"
    }

    /// Hours ahead of UTC, as `UTC+3`.
    func zoneName(at time: Date) -> String {
        let minutes = zone.secondsFromGMT(for: time) / 60
        let rest = abs(minutes) % 60
        return "UTC\(minutes < 0 ? "−" : "+")\(abs(minutes) / 60)"
            + (rest == 0 ? "" : ":\(rest < 10 ? "0" : "")\(rest)")
    }
}

/// How far a zone's clocks are ahead of UTC, looked up once for each quarter of an hour, at which clocks are changed: rows
/// come in the order of their times, and Foundation asks ICU each time.
private final class ZoneOffsets: @unchecked Sendable {
    private let zone: TimeZone
    private let lock = NSLock()
    private var known: (quarter: Int64, seconds: Double)?

    init(_ zone: TimeZone) {
        self.zone = zone
    }

    func seconds(at time: Date) -> Double {
        let quarter = Int64((min(max(time.timeIntervalSince1970, -1e12), 1e12) / 900).rounded(.down))
        return lock.withLock {
            if let known, known.quarter == quarter { return known.seconds }
            let seconds = Double(zone.secondsFromGMT(for: time))
            known = (quarter, seconds)
            return seconds
        }
    }
}

/// A column of a register.
struct RegisterColumn: Sendable {
    /// The name in JSON Lines.
    var key: String
    var title: LocalizedText
    /// The width in a workbook, in characters.
    var width: Double
    /// The part of the width on paper; columns without one are not printed.
    var weight: Double?
    var isCentred: Bool

    init(_ key: String, ru: String, en: String, width: Double = 16, weight: Double? = nil, isCentred: Bool = false) {
        self.key = key
        title = LocalizedText(ru: ru, en: en)
        self.width = width
        self.weight = weight
        self.isCentred = isCentred
    }
}
