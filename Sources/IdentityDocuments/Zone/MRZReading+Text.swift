public import Accounts

extension MRZReading {
    /// Reads a zone as a person typed it: in upper or lower case, with spaces, with `‹` or `«` for `<`, with too few or too
    /// many fillers at the end of the names. Nothing else is put right.
    ///
    /// - Parameters:
    ///   - text: The lines; two lines without a break between them are recognised too.
    ///   - day: The day on which it is read, which tells what centuries are meant.
    public init(typed text: String, on day: CalendarDay) {
        self = Self.best(MRZText.candidates(of: text).map { Self.read($0, on: day) })
    }

    /// Reads a zone as character recognition gave it: what is tolerated in typing, and where that is not sound, look-alikes
    /// (0 and O, 1 and I, 8 and B, …) are exchanged where the field admits one of them only, and the longest run of fillers
    /// in a line is made to fit. If then all is sound, that is the reading, with its repairs; else it is as it was.
    public init(recognised text: String, on day: CalendarDay) {
        let candidates = MRZText.candidates(of: text)
        let plain = Self.best(candidates.map { Self.read($0, on: day) })
        let repaired = plain.isSound ? nil : candidates.lazy.map { Self.repair($0, on: day) }.first(where: \.isSound)
        self = repaired ?? plain
    }

    private static func best(_ readings: [MRZReading]) -> MRZReading {
        readings.min { ($0.zone == nil ? 1 : 0, $0.faults.count) < ($1.zone == nil ? 1 : 0, $1.faults.count) }
            ?? MRZReading(zone: nil, faults: [MRZFault(code: .unknownShape)], repairs: [])
    }

    private static func read(_ lines: [[Character]], on day: CalendarDay) -> MRZReading {
        var lines = lines
        guard let format = MRZShape.format(of: lines, tolerance: 0) else {
            return MRZReading(zone: nil, faults: MRZShape.faults(of: lines), repairs: [])
        }
        MRZShape.fitNames(&lines, to: format)
        return MRZParser(format: format, lines: lines, day: day).reading(repairs: [])
    }

    private static func repair(_ lines: [[Character]], on day: CalendarDay) -> MRZReading {
        var lines = lines
        guard let format = MRZShape.format(of: lines, tolerance: MRZShape.mostMissing) else {
            return MRZReading(zone: nil, faults: MRZShape.faults(of: lines), repairs: [])
        }
        MRZShape.fitNames(&lines, to: format)
        var repairs = MRZShape.fitFillers(&lines, to: format)
        guard lines.allSatisfy({ $0.count == format.lineLength }) else {
            return MRZReading(zone: nil, faults: MRZShape.faults(of: lines), repairs: [])
        }
        repairs += MRZLookAlikes.repair(&lines, format: format)
        return MRZParser(format: format, lines: lines, day: day).reading(repairs: repairs)
    }
}
