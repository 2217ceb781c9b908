import Accounts

/// What the terms of documents are reckoned with.
extension CalendarDay {
    /// The day on which so many years are full. Who was born on 29 February reaches it on 1 March of other years.
    func anniversary(_ years: Int) -> CalendarDay? {
        CalendarDay(year: year + years, month: month, day: day) ?? CalendarDay(year: year + years, month: 3, day: 1)
    }

    /// The day so many days later; `nil` beyond the year 9999.
    func adding(days: Int) -> CalendarDay? {
        var result = self
        for _ in 0..<days {
            guard
                let next = CalendarDay(year: result.year, month: result.month, day: result.day + 1)
                    ?? CalendarDay(year: result.year, month: result.month + 1, day: 1)
                    ?? CalendarDay(year: result.year + 1, month: 1, day: 1)
            else { return nil }
            result = next
        }
        return result
    }

    /// As `31.01.2026`.
    var inRussian: String { description.split(separator: "-").reversed().joined(separator: ".") }
}
