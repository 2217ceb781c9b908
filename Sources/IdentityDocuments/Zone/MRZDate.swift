public import Accounts

/// A day of a machine-readable zone: six characters, YYMMDD, of which unknown ones are `<`.
public struct MRZDate: Hashable, Sendable, Codable {
    /// The six characters.
    public var text: String
    /// The day, where all of it is known and it exists.
    public var date: CalendarDay?

    /// Whether year, month or day are not known, as two fillers each: allowed in a date of birth.
    public var isPartlyUnknown: Bool {
        let pairs = stride(from: 0, to: 6, by: 2).map { text.dropFirst($0).prefix(2) }
        return pairs.contains("<<") && pairs.allSatisfy { $0 == "<<" || !$0.contains("<") }
    }

    /// Two digits of a year stand for a hundred of them; which one is meant Doc 9303 leaves to the reader.
    enum Century {
        /// The latest day that is not after the given one: births and issues lie in the past. A holder of a hundred
        /// years or more seems a hundred years younger.
        case past(until: CalendarDay)
        /// From fifty years before the given day's year to 49 after it: no document is valid for longer.
        case near(CalendarDay)
    }

    init(_ text: String, century: Century) {
        self.text = text
        let parts = stride(from: 0, to: 6, by: 2).map { place in
            Int(String(text.dropFirst(place).prefix(2)))
        }
        guard text.count == 6, let year = parts[0], let month = parts[1], let day = parts[2] else {
            date = nil
            return
        }
        switch century {
        case .past(let until):
            let base = until.year - until.year % 100
            date = [base + year, base - 100 + year].lazy
                .compactMap { CalendarDay(year: $0, month: month, day: day) }
                .first { $0 <= until }
        case .near(let reference):
            let first = reference.year - 50
            let offset = ((year - first) % 100 + 100) % 100
            date = CalendarDay(year: first + offset, month: month, day: day)
        }
    }
}
