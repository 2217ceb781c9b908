import { api } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { localized, texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { field, form, link, notice } from "../lib/ui.js";

const t = texts({
    title: ["Вход", "Log in"],
    lead: ["Введите почту и пароль, указанные при регистрации.", "Enter the e-mail address and the password that you registered with."],
    email: ["Электронная почта", "E-mail address"], password: ["Пароль", "Password"], submit: ["Войти", "Log in"],
    register: ["Зарегистрироваться по договору", "Register under a contract"],
    reset: ["Есть одноразовый код от сотрудника", "I have a one-time code from staff"],
    or: ["или", "or"], provider: ["Войти: {name}", "Log in: {name}"],
    codeTitle: ["Второй шаг", "Second step"],
    codeLead: ["Введите шесть цифр из приложения или один из запасных кодов.", "Enter the six digits from your app, or one of your recovery codes."],
    code: ["Код", "Code"], confirm: ["Подтвердить", "Confirm"], again: ["Начать сначала", "Start again"],
    changed: ["Пароль изменён. Войдите с новым паролем.", "The password was changed. Log in with the new one."],
    registered: ["Учётная запись создана. Войдите с вашей почтой и паролем.", "Your account is made. Log in with your e-mail address and password."],
});

/** Only addresses of this service: nobody is sent elsewhere by a link. */
function target() {
    const next = new URLSearchParams(location.search).get("next") ?? "/";
    return /^\/(?![/\\])[^\\]*$/.test(next) && !next.startsWith("/login") ? next : "/";
}

export default async function ({ main }) {
    main.classList.add("narrow");
    const from = new URLSearchParams(location.search).get("from");
    const provider = await api.find("/v1/login/provider").catch(() => null);

    const done = (answer) => {
        if (answer.second_factor_needed) second(answer.ticket);
        else if (answer.second_factor_missing) location.assign("/account#second-factor");
        else location.assign(target());
    };

    function second(ticket) {
        show(main, head(t("codeTitle"), t("codeLead")), h("div", { class: "card" }, form({
            fields: [field({ name: "code", label: t("code"), autocomplete: "one-time-code", maxlength: 40, autofocus: true })],
            submit: t("confirm"), wide: true,
            send: async ({ code }) => done(await api.post("/v1/login/second-factor", { code: code.trim(), ticket, deliver: "cookie" }, { staysHere: true })),
        })), link("/login", t("again")));
        main.querySelector("input").focus();
    }

    show(main,
        head(t("title"), t("lead")),
        from === "reset" && notice("good", t("changed")), from === "register" && notice("good", t("registered")),
        h("div", { class: "card" },
            form({
                fields: [
                    field({ name: "email", label: t("email"), type: "email", autocomplete: "username", maxlength: 254 }),
                    field({ name: "password", label: t("password"), type: "password", autocomplete: "current-password", maxlength: 128 }),
                ],
                submit: t("submit"), wide: true,
                send: async ({ email, password }) => done(await api.post("/v1/login", { email, password, deliver: "cookie" }, { staysHere: true })),
            }),
            provider && [h("p", { class: "soft", style: { margin: "14px auto", "text-align": "center" } }, t("or")),
                h("a", { class: "button wide", href: `${provider.begin}?return_to=${encodeURIComponent(target())}` }, t("provider", { name: localized(provider.name) }))]),
        h("div", { class: "stack" }, link("/register", t("register")), link("/reset", t("reset"))));
}
