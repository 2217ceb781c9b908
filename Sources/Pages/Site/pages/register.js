import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { field, form, link } from "../lib/ui.js";

const t = texts({
    title: ["Регистрация", "Registration"],
    lead: ["Понадобится номер договора об обучении. Имя должно совпадать с именем в договоре.",
        "You need the number of your contract of study. Your name must be the one in the contract."],
    surname: ["Фамилия", "Surname"], given: ["Имя", "Given name"], patronymic: ["Отчество", "Patronymic"],
    patronymicHint: ["Оставьте пустым, если отчества нет.", "Leave it empty if you have none."],
    contract: ["Регистрационный номер договора", "Registration number of the contract"],
    contractHint: ["Он напечатан на первой странице договора.", "It is printed on the contract's first page."],
    email: ["Электронная почта", "E-mail address"], emailHint: ["С ней вы будете входить.", "You will log in with it."],
    password: ["Пароль", "Password"],
    passwordHint: ["От 8 до 128 знаков. Лучше всего — несколько слов, которые легко запомнить.", "8 to 128 characters. Best are several words that you remember easily."],
    submit: ["Создать учётную запись", "Make the account"], login: ["Учётная запись уже есть — войти", "I have an account: log in"],
});

export default async function ({ main }) {
    main.classList.add("narrow");
    return [
        head(t("title"), t("lead")),
        h("div", { class: "card" }, form({
            fields: [
                field({ name: "surname", label: t("surname"), autocomplete: "family-name", maxlength: 100 }),
                field({ name: "given_name", label: t("given"), autocomplete: "given-name", maxlength: 100 }),
                field({ name: "patronymic", label: t("patronymic"), hint: t("patronymicHint"), autocomplete: "additional-name", required: false, maxlength: 100 }),
                field({ name: "contract_number", label: t("contract"), hint: t("contractHint"), maxlength: 64 }),
                field({ name: "email", label: t("email"), hint: t("emailHint"), type: "email", autocomplete: "username", maxlength: 254 }),
                field({ name: "password", label: t("password"), hint: t("passwordHint"), type: "password", autocomplete: "new-password", minlength: 8, maxlength: 128 }),
            ],
            submit: t("submit"), wide: true,
            send: async (filled) => {
                await api.post("/v1/accounts", filled, { staysHere: true });
                const { email, password } = filled;
                await api.post("/v1/login", { email, password, deliver: "cookie" }, { staysHere: true });
                location.assign("/");
            },
        })),
        link("/login", t("login")),
    ];
}
