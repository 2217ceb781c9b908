/// Who may consent for a person.
///
/// Under eighteen a parent or another legal representative does: S4 4.5 gives the decision about distance technology to
/// them, the Civil Code lets under fourteens act through them (art. 28) and everybody up to eighteen with their written
/// agreement (art. 26), and 152-ФЗ names no younger age for consents. So one bound, the safer one, holds for all kinds.
/// Taking a consent back is always the person's own right too, at any age.
public enum ConsentCapacity: Hashable, Sendable {
    /// The person is of age, or nobody knows the birthday: registers of adult education have none.
    case own
    /// The person is a minor: a legal representative consents.
    case representative

    /// From how many full years a person consents alone (Civil Code of Russia, art. 21).
    public static let fullAge = 18

    /// Judges a person by the birthdays of their contracts; where these differ the latest counts.
    public static func of(birthDates: [CalendarDay], on day: CalendarDay) -> ConsentCapacity {
        guard let latest = birthDates.max() else { return .own }
        return latest.fullYears(until: day) < fullAge ? .representative : .own
    }
}
