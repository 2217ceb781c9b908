public import Accounts

/// How long the passport of a citizen of Russia is valid: from 14 to 20, from 20 to 45, from 45 without a term. At 20 and
/// at 45 it is to be exchanged, and stays valid until then, but for no more than 90 days after that birthday (Regulation on
/// the passport, decree of the Government of 23.12.2023 No 2267; before it decree of 08.07.1997 No 828).
///
/// Conscripts keep their passport until they are discharged; while they serve they show a military ID.
public struct RussianPassportTerm: Hashable, Sendable {
    /// The birthday, the 20th or 45th, on which it is to be exchanged; `nil` for a passport without a term.
    public var exchangeOn: CalendarDay?
    /// The last day on which it is valid; `nil` for a passport without a term.
    public var lastDay: CalendarDay?

    /// The term of a passport issued on a day to somebody born on another.
    public init(issued: CalendarDay, born: CalendarDay) {
        exchangeOn = [20, 45].lazy.compactMap { born.anniversary($0) }.first { issued < $0 }
        lastDay = exchangeOn?.adding(days: 90)
    }

    static func findings(_ document: IdentityDocument, on day: CalendarDay) -> [DocumentFinding] {
        guard document.kind == .russianPassport, let issued = document.issueDate, let born = document.birthDate else {
            return []
        }
        if let fourteen = born.anniversary(14), issued < fourteen {
            return [
                DocumentFinding(
                    .datesContradict,
                    .error,
                    .issueDate,
                    ru: "Паспорт выдают с 14 лет, а дата выдачи раньше. Сверьте даты с документом.",
                    en: "A passport is issued from the age of 14, but the date of issue is earlier. Compare the dates."
                )
            ]
        }
        let term = RussianPassportTerm(issued: issued, born: born)
        guard let exchangeOn = term.exchangeOn, let lastDay = term.lastDay, day >= exchangeOn else { return [] }
        guard day <= lastDay else {
            return [
                DocumentFinding(
                    .exchangeOverdue,
                    .error,
                    .issueDate,
                    ru:
                        "Паспорт подлежал замене по возрасту и действовал до \(lastDay.inRussian). Попросите новый паспорт "
                        + "или временное удостоверение личности.",
                    en:
                        "The passport was to be exchanged for age and was valid until \(lastDay). Ask for the new passport "
                        + "or a temporary identity card."
                )
            ]
        }
        return [
            DocumentFinding(
                .exchangeDue,
                .warning,
                .issueDate,
                ru: "Паспорт подлежит замене по возрасту; он действует до \(lastDay.inRussian) включительно.",
                en: "The passport is to be exchanged for age; it is valid until \(lastDay) inclusive."
            )
        ]
    }
}
