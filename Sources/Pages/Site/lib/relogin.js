// Logging in again without leaving the page: what was written stays where it is.
import { api, loginHere } from "./api.js";
import { h, show } from "./dom.js";
import { texts } from "./i18n.js";
import { field, form, openDialog } from "./ui.js";

const t = texts({
    title: ["Войдите снова", "Log in again"], lead: ["Вход закончился. Ответы хранятся на этом устройстве и уйдут, когда вы войдёте. Время экзамена идёт.", "Your login has ended. Your answers are kept on this device and are sent once you have logged in. The clock runs."],
    password: ["Пароль для {email}", "Password of {email}"], submit: ["Войти", "Log in"], code: ["Код из приложения или запасной код", "Code from your app, or a recovery code"], confirm: ["Подтвердить", "Confirm"],
});

/** From now on a login that has ended is renewed in a dialog. `changed(isNeeded)` is told when it opens and closes. */
export function renewLogin(account, changed) {
    loginHere(() => new Promise((done) => {
        changed(true);
        let isDone = false;
        const place = h("div");
        const finish = (answer, close) => {
            if (answer.second_factor_needed) { second(answer.ticket, close); return; }
            isDone = true;
            changed(false);
            done();
            close();
        };
        const second = (ticket, close) => {
            show(place, form({
                fields: [field({ name: "code", label: t("code"), autocomplete: "one-time-code", maxlength: 40 })], submit: t("confirm"), wide: true,
                send: async ({ code }) => finish(await api.post("/v1/login/second-factor", { code: code.trim(), ticket, deliver: "cookie" }, { staysHere: true }), close),
            }));
            place.querySelector("input").focus();
        };
        const ask = () => openDialog(t("title"), (close) => {
            show(place, form({
                fields: [field({ name: "password", label: t("password", { email: account.email }), type: "password", autocomplete: "current-password", maxlength: 128 })], submit: t("submit"), wide: true,
                send: async ({ password }) => finish(await api.post("/v1/login", { email: account.email, password, deliver: "cookie" }, { staysHere: true }), close),
            }));
            return [h("p", null, t("lead")), place];
        // Without a login there is nothing else to do here: a dialog that is closed opens again.
        }, () => { if (!isDone) ask(); });
        ask();
    }));
}
