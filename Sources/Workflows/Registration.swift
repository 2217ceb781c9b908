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
        let email = try Self.checkedEmail(form.email)
        try check(form.password, email: email, name: form.name)
        let number = try await ContractAdmission(services)
            .admittedNumber(form.contractNumber, name: form.name, from: address, at: now)

        let account = Account(
            id: services.makeID(at: now),
            email: email,
            name: form.name,
            roles: [.candidate],
            password: try await NewPassword(services: services).hash(form.password),
            createdAt: now
        )
        // The register may have changed while the password was hashed, so it is asked again.
        try await services.database.write { stores in
            guard try stores.contract(number)?.verdict(for: form.name) == .admitted else {
                throw Refusal.contractNotAccepted
            }
            guard try stores.account(email: email) == nil else { throw Refusal.emailTaken }
            try stores.insertAccount(account)
            try stores.bindContract(number, to: account.id)
        }
        return account
    }

    /// Opens an account of staff; staff stand in no contract register.
    ///
    /// - Throws: `Refusal`.
    package func addStaff(email: String, password: String, name: PersonName, roles: Set<Role>) async throws -> Account {
        let email = try Self.checkedEmail(email)
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
            guard try stores.account(email: email) == nil else { throw Refusal.emailTaken }
            try stores.insertAccount(account)
        }
        return account
    }

    /// An address of the right form.
    ///
    /// - Throws: `Refusal`.
    static func checkedEmail(_ text: String) throws -> EmailAddress {
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

    /// Makes sure that the name is one.
    ///
    /// - Throws: `Refusal`.
    static func check(_ name: PersonName) throws {
        guard !name.surname.isEmpty, !name.givenName.isEmpty else {
            throw Refusal(
                .unprocessable,
                "name_empty",
                ru: "Укажите фамилию и имя.",
                en: "Give the surname and the given name."
            )
        }
    }

    private func check(_ password: String, email: EmailAddress, name: PersonName) throws {
        try Self.check(name)
        try NewPassword(services: services).check(password, email: email, name: name)
    }
}

extension Refusal {
    static let emailTaken = Refusal(
        .conflict,
        "email_taken",
        ru: "Учётная запись с этим адресом уже есть. Войдите под ней.",
        en: "There is an account with this address already. Log in with it."
    )
}
