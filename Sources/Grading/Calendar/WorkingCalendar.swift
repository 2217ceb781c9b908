public import Accounts
public import Foundation

/// The working days of Russia's five-day week (Labour Code, articles 111 and 112): Saturdays and Sundays are free, so are
/// the holidays, and the Government moves days off by a resolution for each year.
///
/// The resolutions are data; for a year without one, only what the Code itself says is known, and every deadline that
/// touches such a year says that it is provisional.
public struct WorkingCalendar: Hashable, Sendable {
    /// A day off that is moved: `from` is worked where it was no holiday, `to` is free.
    public struct Move: Hashable, Sendable, Codable {
        /// The day that would have been free.
        public var from: CalendarDay
        /// The day that is free instead.
        public var to: CalendarDay
    }

    /// What the Government decided for a year.
    public struct Year: Hashable, Sendable, Codable {
        /// The year.
        public var year: Int
        /// The resolution, as it is cited.
        public var resolution: String
        /// What it moves.
        public var moved: [Move]
    }

    /// A day by which something must be done.
    public struct Deadline: Hashable, Sendable {
        /// The last day on which it may be done.
        public var day: CalendarDay
        /// Whether the day rests on a year whose resolution is not known yet.
        public var isProvisional: Bool
    }

    /// The years with a resolution, by number.
    public let years: [Int: Year]
    private let free: Set<CalendarDay>
    private let worked: Set<CalendarDay>

    /// Makes a calendar of resolutions.
    public init(_ resolutions: [Year]) {
        years = Dictionary(resolutions.map { ($0.year, $0) }) { $1 }
        let moves = years.values.flatMap(\.moved)
        free = Set(moves.map(\.to))
        // A holiday stays free though its day off went elsewhere.
        worked = Set(moves.map(\.from).filter { !Self.isHoliday($0) })
    }

    /// Reads the resolutions: an array of objects `year`, `resolution`, `moved` with pairs `from` and `to`.
    ///
    /// - Throws: `DecodingError`; also where a move leads out of its year, from a working day, or to a day that is free
    ///   anyhow.
    public init(json: Data) throws {
        let years = try JSONDecoder().decode([Year].self, from: json)
        for year in years {
            let isSound = year.moved.allSatisfy { move in
                move.from.year == year.year && move.to.year == year.year && Self.isFree(move.from)
                    && !Self.isFree(move.to)
            }
            guard isSound, Set(year.moved.map(\.to)).count == year.moved.count else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: [], debugDescription: "The moves of \(year.year) do not fit its calendar")
                )
            }
        }
        guard Set(years.map(\.year)).count == years.count else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "A year stands twice"))
        }
        self.init(years)
    }

    /// Whether people work on a day.
    public func isWorking(_ day: CalendarDay) -> Bool {
        if worked.contains(day) { return true }
        return !Self.isFree(day) && !free.contains(day) && !isHolidayMoved(to: day)
    }

    /// Whether there may be lessons on a day: Monday to Saturday, less holidays and days off that were moved to a weekday.
    public func isStudy(_ day: CalendarDay) -> Bool {
        isWorking(day) || day.weekday == 6 && !Self.isHoliday(day) && !free.contains(day)
    }

    /// Whether the Government's resolution for the year of a day is known.
    public func isCertain(_ day: CalendarDay) -> Bool { years[day.year] != nil }

    /// The last of so many working days after a day, which itself does not count (Civil Code, article 191).
    ///
    /// - Precondition: `count` is from 1 to 366.
    public func deadline(_ count: Int, workingDaysAfter start: CalendarDay) -> Deadline {
        precondition((1...366).contains(count), "A deadline is some days away, and at most a year.")
        var day = start
        var isProvisional = false
        var left = count
        while left > 0 {
            day = day.next
            if !isCertain(day) { isProvisional = true }
            if isWorking(day) { left -= 1 }
        }
        return Deadline(day: day, isProvisional: isProvisional)
    }

    /// How many working days lie behind `start` up to and with `end`; 0 where `end` is not later.
    public func workingDays(after start: CalendarDay, through end: CalendarDay) -> Int {
        var count = 0
        var day = start
        while day < end {
            day = day.next
            if isWorking(day) { count += 1 }
        }
        return count
    }

    // MARK: - The Code

    /// The holidays of article 112.
    private static let holidays: [Int: Set<Int>] = [
        1: [1, 2, 3, 4, 5, 6, 7, 8], 2: [23], 3: [8], 5: [1, 9], 6: [12], 11: [4],
    ]

    private static func isHoliday(_ day: CalendarDay) -> Bool { holidays[day.month]?.contains(day.day) == true }

    private static func isFree(_ day: CalendarDay) -> Bool { isHoliday(day) || day.weekday >= 6 }

    /// Article 112, part 2: a day off that falls on a holiday goes to the next working day after it; those of January are
    /// the Government's to move, and so are those that a resolution names.
    private func isHolidayMoved(to day: CalendarDay) -> Bool {
        var earlier = day.previous
        while Self.isFree(earlier) || free.contains(earlier) {
            let isMoved = earlier.month != 1 && earlier.weekday >= 6 && Self.isHoliday(earlier)
            if isMoved, years[earlier.year]?.moved.contains(where: { $0.from == earlier }) != true { return true }
            earlier = earlier.previous
        }
        return false
    }
}
