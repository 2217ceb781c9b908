package import Grading

/// What the institution decides about grading.
package struct GradingSettings: Sendable {
    /// The institution's name as it stands on grade sheets.
    package var institution: String
    /// The calendar of working days.
    package var calendar: WorkingCalendar

    /// Creates the settings.
    package init(institution: String = "", calendar: WorkingCalendar = .russian) {
        self.institution = institution
        self.calendar = calendar
    }
}
