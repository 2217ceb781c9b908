extension Refusal {
    static let noProvider = notFound(
        "provider_not_configured",
        ru: "Вход через учётную запись организации здесь не настроен. Войдите по адресу электронной почты и паролю.",
        en: "Login by the institution's account is not set up here. Log in by e-mail address and password."
    )

    static let returnPathInvalid = Refusal(
        .unprocessable,
        "return_path_invalid",
        ru: "Вернуться можно только на страницу этого сайта: путь начинается с одной косой черты.",
        en: "One can only return to a page of this site: its path begins with one slash."
    )

    static let tooManyPendingLogins = Refusal(
        .tooMany(retryAfter: 60),
        "too_many_pending_logins",
        ru: "Слишком много входов начато и не закончено. Закончите начатый вход или повторите через несколько минут.",
        en: "Too many logins were begun and not ended. Finish the one that you began, or try again in a few minutes."
    )

    static let providerUnavailable = Refusal(
        .unavailable,
        "provider_unavailable",
        ru: "Служба входа организации не отвечает. Начните вход заново через несколько минут; "
            + "если не поможет, обратитесь к администратору.",
        en: "The institution's login service does not answer. Begin the login again in a few minutes; "
            + "if it fails again, ask the administrator."
    )

    static let providerAnswerMalformed = Refusal(
        .unprocessable,
        "provider_answer_malformed",
        ru: "Это не ответ службы входа. Начните вход заново.",
        en: "This is no answer of the login service. Begin the login again."
    )

    static let providerLoginUnknown = Refusal(
        .unauthenticated,
        "provider_login_unknown",
        ru: "Этот вход уже закончен или начат больше десяти минут назад. Начните вход заново.",
        en: "This login has ended already, or was begun more than ten minutes ago. Begin the login again."
    )

    static let providerOtherBrowser = Refusal(
        .forbidden,
        "provider_other_browser",
        ru: "Этот вход начат в другом браузере или вкладке. Начните вход заново в этом.",
        en: "This login was begun in another browser or tab. Begin the login again in this one."
    )

    static let providerRefused = Refusal(
        .forbidden,
        "provider_refused",
        ru: "Служба входа организации отказала во входе. Начните вход заново; "
            + "если не поможет, обратитесь к тем, кто ведёт учётные записи организации.",
        en: "The institution's login service refused the login. Begin it again; "
            + "if it fails again, ask those who keep the institution's accounts."
    )

    static let providerAnswerInvalid = Refusal(
        .forbidden,
        "provider_answer_invalid",
        ru: "Ответ службы входа не прошёл проверку, вход не выполнен. Начните вход заново; "
            + "если не поможет, сообщите администратору номер запроса.",
        en: "The login service's answer did not stand the checks, and nobody was let in. Begin the login again; "
            + "if it fails again, tell the administrator the request's number."
    )

    static let providerRoleMissing = Refusal(
        .forbidden,
        "provider_role_missing",
        ru: "Ваша учётная запись организации не даёт здесь ни одной роли. "
            + "Попросите тех, кто ведёт учётные записи организации, включить вас в нужную группу.",
        en: "Your institution's account gives you no role here. "
            + "Ask those who keep the institution's accounts to put you into the right group."
    )

    static let providerEmailMissing = Refusal(
        .forbidden,
        "provider_email_missing",
        ru: "В учётной записи организации нет подтверждённого адреса электронной почты. "
            + "Попросите тех, кто её ведёт, указать и подтвердить адрес.",
        en: "The institution's account has no verified e-mail address. Ask those who keep it to enter and verify one."
    )

    static let providerNameMissing = Refusal(
        .forbidden,
        "provider_name_missing",
        ru: "В учётной записи организации нет фамилии или имени. Попросите тех, кто её ведёт, указать их.",
        en: "The institution's account lacks the family name or the given name. Ask those who keep it to enter them."
    )

    static let providerEmailTaken = Refusal(
        .conflict,
        "provider_email_taken",
        ru: "Учётная запись с вашим адресом здесь уже есть. Войдите по паролю и свяжите её с учётной записью "
            + "организации; без пароля обратитесь к администратору.",
        en: "There is an account with your address here already. Log in by password and link it to the institution's "
            + "account; without a password ask the administrator."
    )

    static let providerIdentityTaken = Refusal(
        .conflict,
        "provider_identity_taken",
        ru: "Эта учётная запись организации связана с другой учётной записью. Обратитесь к администратору.",
        en: "This institution's account is linked to another account. Ask the administrator."
    )

    static let accountLinkedAlready = Refusal(
        .conflict,
        "account_linked_already",
        ru: "Ваша учётная запись уже связана с другой учётной записью организации. Обратитесь к администратору.",
        en: "Your account is linked to another account of the institution already. Ask the administrator."
    )
}
