import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { field, form, link } from "../lib/ui.js";

const t = texts({
    title: ["Новый пароль", "New password"],
    lead: ["Одноразовый код выдаёт сотрудник поддержки, когда убедится, что это вы.", "Support staff issue a one-time code once they know that it is you."],
    email: ["Электронная почта", "E-mail address"], code: ["Одноразовый код", "One-time code"], password: ["Новый пароль", "New password"],
    hint: ["От 8 до 128 знаков.", "8 to 128 characters."], submit: ["Задать пароль", "Set the password"], login: ["Назад ко входу", "Back to the login"],
});

export default async function ({ main }) {
    main.classList.add("narrow");
    return [
        head(t("title"), t("lead")),
        h("div", { class: "card" }, form({
            fields: [
                field({ name: "email", label: t("email"), type: "email", autocomplete: "username", maxlength: 254 }),
                field({ name: "code", label: t("code"), autocomplete: "one-time-code", maxlength: 64 }),
                field({ name: "new_password", label: t("password"), hint: t("hint"), type: "password", autocomplete: "new-password", minlength: 8, maxlength: 128 }),
            ],
            submit: t("submit"), wide: true,
            send: async ({ email, code, new_password }) => {
                await api.post("/v1/password-resets", { email, code: code.trim(), new_password }, { staysHere: true });
                location.assign("/login?from=reset");
            },
        })),
        link("/login", t("login")),
    ];
}
