/// Who takes part.
struct Cast: Sendable {
    let examiner = Person(
        surname: "Ермакова",
        givenName: "Анна",
        patronymic: "Сергеевна",
        latin: "Anna Ermakova",
        email: "ermakova@example.org"
    )
    let complianceOfficer = Person(
        surname: "Гордеева",
        givenName: "Мария",
        patronymic: "Ильинична",
        latin: "Maria Gordeeva",
        email: "gordeeva@example.org"
    )
    /// The rightful candidate.
    let candidate = Person(
        surname: "Соколов",
        givenName: "Андрей",
        patronymic: "Викторович",
        latin: "Andrei Sokolov",
        email: "sokolov@example.org",
        contract: "118-И/2026"
    )
    /// Another candidate of the same exam, who has no business in the first one's attempt.
    let otherCandidate = Person(
        surname: "Литвинов",
        givenName: "Павел",
        patronymic: "Олегович",
        latin: "Pavel Litvinov",
        email: "litvinov@example.org",
        contract: "119-И/2026"
    )

    /// The contract register as the study office would export it.
    var contractRegister: String {
        let rows = [candidate, otherCandidate].map { person in
            [person.contract ?? "", person.surname, person.givenName, person.patronymic].joined(separator: ";")
        }
        return (["номер;фамилия;имя;отчество"] + rows).joined(separator: "\n") + "\n"
    }
}
