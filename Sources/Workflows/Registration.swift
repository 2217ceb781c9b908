package import Accounts
import Cryptography
import Storage

/// Opens accounts (row A1): the contract must stand in the register and carry the person's name.
package struct Registration: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What a person fills in.
    package struct Form: Sendable {
        package var email: String
        package var password: String
        package var name: PersonName
        package var contractNumber: String

        package init(email: String, password: String, name: PersonName, contractNumber: String) {
            self.email = email
            self.password = password
            self.name = name
            self.contractNumber = contractNumber
        }
    }

    /// Registers a candidate under a contract.
    ///
    /// Whether the number is unknown, stands for another name or is taken makes no difference to the answer:
    /// the register cannot be searched by guessing, and guesses from one address are slowed down.
    /// - Throws: `Refusal`.
    package func register(_ form: Form, from address: String) async throws -> Account {
        let now = services.now()
        let email = try checkedEmail(form.email)
        try check(form.password, email: email, name: form.name)
        guard let number = ContractNumber(form.contractNumber) else { throw Self.contractRefused }

        let key = "registration:\(address)"
        let admitted = try await services.database.write { stores in
            if let wait = try stores.throttle(key)?.remainingWait(at: now) { throw Login.tooMany(wait) }
            if try stores.contract(number)?.verdict(for: form.name) == .admitted { return true }
            let failed = Throttle.afterFailure(try stores.throttle(key), at: now, rule: .address)
            try stores.setThrottle(failed, for: key)
            return false
        }
        guard admitted else { throw Self.contractRefused }

        let account = Account(
            id: services.makeID(at: now),
            email: email,
            name: form.name,
            roles: [.candidate],
            password: try await services.passwords.hash(form.password),
            createdAt: now
        )
        // The register may have changed while the password was hashed, so it is asked again.
        try await services.database.write { stores in
            guard try stores.contract(number)?.verdict(for: form.name) == .admitted else { throw Self.contractRefused }
            guard try stores.account(email: email) == nil else { throw Self.emailTaken }
            try stores.insertAccount(account)
            try stores.bindContract(number, to: account.id)
        }
        return account
    }

    /// Opens an account of staff; staff stand in no contract register.
    ///
    /// - Throws: `Refusal`.
    package func addStaff(email: String, password: String, name: PersonName, roles: Set<Role>) async throws -> Account {
        let email = try checkedEmail(email)
        try check(password, email: email, name: name)
        let now = services.now()
        let account = Account(
            id: services.makeID(at: now),
            email: email,
            name: name,
            roles: roles,
            password: try await services.passwords.hash(password),
            createdAt: now
        )
        try await services.database.write { stores in
            guard try stores.account(email: email) == nil else { throw Self.emailTaken }
            try stores.insertAccount(account)
        }
        return account
    }

    private func checkedEmail(_ text: String) throws -> EmailAddress {
        guard let email = EmailAddress(text) else {
            throw Refusal(
                .unprocessable,
                "email_malformed",
                ru: "Адрес электронной почты записан с ошибкой.",
                en: "The e-mail address is malformed."
            )
        }
        return email
    }

    private func check(_ password: String, email: EmailAddress, name: PersonName) throws {
        guard !name.surname.isEmpty, !name.givenName.isEmpty else {
            throw Refusal(
                .unprocessable,
                "name_empty",
                ru: "Укажите фамилию и имя.",
                en: "Give the surname and the given name."
            )
        }
        let lengths = PasswordRules.lengths
        switch PasswordRules.defect(in: password, email: email, name: name) {
        case nil: return
        case .tooShort, .tooLong:
            throw Refusal(
                .unprocessable,
                "password_length",
                ru: "Пароль должен быть длиной от \(lengths.lowerBound) до \(lengths.upperBound) знаков.",
                en: "The password must have \(lengths.lowerBound) to \(lengths.upperBound) characters."
            )
        case .common:
            throw Refusal(
                .unprocessable,
                "password_too_common",
                ru: "Такой пароль подбирают первым. Придумайте другой, например из трёх слов.",
                en: "This password is among the first that are guessed. Choose another, three words for example."
            )
        case .personal:
            throw Refusal(
                .unprocessable,
                "password_contains_name",
                ru: "В пароле не должно быть имени или адреса почты.",
                en: "The password must not be made of your name or e-mail address."
            )
        }
    }

    private static let contractRefused = Refusal(
        .unprocessable,
        "contract_not_accepted",
        ru: "Договор с таким номером и именем не найден или по нему уже есть учётная запись. "
            + "Проверьте номер и написание имени или обратитесь в учебный отдел.",
        en: "There is no contract with this number and name, or it has its account already. "
            + "Check the number and the spelling of the name, or ask the study office."
    )

    private static let emailTaken = Refusal(
        .conflict,
        "email_taken",
        ru: "Учётная запись с этим адресом уже есть. Войдите под ней.",
        en: "There is an account with this address already. Log in with it."
    )
}
