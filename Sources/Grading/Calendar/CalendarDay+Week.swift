import Accounts

extension CalendarDay {
    /// 1 for Monday to 7 for Sunday.
    var weekday: Int { (dayNumber + 2) % 7 + 1 }

    /// The day after.
    var next: CalendarDay {
        CalendarDay(year: year, month: month, day: day + 1)
            ?? CalendarDay(year: year, month: month + 1, day: 1)
            ?? CalendarDay(year: year + 1, month: 1, day: 1)
            ?? self
    }

    /// The day before.
    var previous: CalendarDay {
        if let day = CalendarDay(year: year, month: month, day: day - 1) { return day }
        let (year, month) = month == 1 ? (year - 1, 12) : (year, month - 1)
        for last in stride(from: 31, through: 28, by: -1) {
            if let day = CalendarDay(year: year, month: month, day: last) { return day }
        }
        return self
    }

    /// Days since 1 March of the year 0, counted with years that begin in March so that a leap day comes last.
    private var dayNumber: Int {
        let shifted = month > 2 ? year : year - 1
        let monthsSinceMarch = (month + 9) % 12
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * monthsSinceMarch + 2) / 5 + day - 1
    }
}
