import Accounts
import Cases
import Foundation

extension DayCount {
    /// Monday to Friday for work and Monday to Saturday for lessons, less 8 March and the first days of January; whether
    /// 2027 is so is not known.
    static func plain(in zone: TimeZone) -> DayCount {
        DayCount(in: zone, isCertain: { $0.year != 2_027 }) { day, unit in
            guard !(day.month == 3 && day.day == 8), !(day.month == 1 && day.day <= 8) else { return false }
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = zone
            let date = calendar.date(from: DateComponents(year: day.year, month: day.month, day: day.day))
            let weekday = calendar.component(.weekday, from: date ?? .distantPast)
            return weekday != 1 && (unit == .study || weekday != 7)
        }
    }
}
