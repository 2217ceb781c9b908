package import Grading

/// What the institution decides about grading.
package struct GradingSettings: Sendable {
    /// The institution's name as it stands on grade sheets.
    package var institution: String
    /// The calendar of working days.
    package var calendar: WorkingCalendar

    /// Whether the institution's regulation lets those who graded a work sit in the commission that hears the appeal.
    package var gradersMayHearAppeals: Bool

    /// Creates the settings.
    package init(
        institution: String = "",
        calendar: WorkingCalendar = .russian,
        gradersMayHearAppeals: Bool = false
    ) {
        self.institution = institution
        self.calendar = calendar
        self.gradersMayHearAppeals = gradersMayHearAppeals
    }
}
