import Foundation

extension WorkingCalendar {
    /// The resolutions that this version of the program knows: 2025 to 2027. An installation replaces them with a file of
    /// the same form when the next one is published, every autumn.
    public static let russian: WorkingCalendar = {
        do {
            return try WorkingCalendar(json: Data(resolutions.utf8))
        } catch {
            // A test reads it, so it is read.
            preconditionFailure("The calendar that the program brings is damaged: \(error)")
        }
    }()

    /// Checked against the calendars of the legal reference system ConsultantPlus, and against the substituted days off of
    /// the `holidays` package (0.109), which cites the same documents; that of 2027 (document 544706) is known here by its
    /// contents, not by its number.
    static let resolutions = """
        [
          {
            "year": 2025,
            "resolution": "Постановление Правительства РФ от 04.10.2024 № 1335",
            "moved": [
              { "from": "2025-01-04", "to": "2025-05-02" },
              { "from": "2025-01-05", "to": "2025-12-31" },
              { "from": "2025-02-23", "to": "2025-05-08" },
              { "from": "2025-03-08", "to": "2025-06-13" },
              { "from": "2025-11-01", "to": "2025-11-03" }
            ]
          },
          {
            "year": 2026,
            "resolution": "Постановление Правительства РФ от 24.09.2025 № 1466",
            "moved": [
              { "from": "2026-01-03", "to": "2026-01-09" },
              { "from": "2026-01-04", "to": "2026-12-31" }
            ]
          },
          {
            "year": 2027,
            "resolution": "Постановление Правительства РФ о переносе выходных дней в 2027 году",
            "moved": [
              { "from": "2027-01-02", "to": "2027-11-05" },
              { "from": "2027-01-03", "to": "2027-12-31" },
              { "from": "2027-02-20", "to": "2027-02-22" }
            ]
          }
        ]
        """
}
