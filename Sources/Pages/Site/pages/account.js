import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { has, head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { action, ask, badge, card, facts, field, form, link, notice, openDialog, section, showOnce, table, toast } from "../lib/ui.js";
import { lookName, purposeName, roleName } from "../lib/words.js";

const t = texts({
    title: ["Учётная запись", "Account"], lead: ["Ваши данные, пароль и входы.", "Your data, password and logins."],
    you: ["Вы", "You"], name: ["Имя", "Name"], email: ["Электронная почта", "E-mail address"], roles: ["Роли", "Roles"], since: ["Создана", "Made"],
    password: ["Пароль", "Password"], old: ["Нынешний пароль", "Present password"], fresh: ["Новый пароль", "New password"],
    freshHint: ["От 8 до 128 знаков.", "8 to 128 characters."], change: ["Изменить пароль", "Change the password"],
    passwordDone: ["Пароль изменён, остальные входы завершены.", "The password was changed, and all other logins have ended."],
    mail: ["Адрес почты", "E-mail address"], newMail: ["Новый адрес", "New address"], mailDo: ["Изменить адрес", "Change the address"], mailDone: ["Адрес изменён.", "The address was changed."],
    sessions: ["Где вы вошли", "Where you are logged in"], device: ["Устройство", "Device"], address: ["Адрес", "Address"], seen: ["Последний запрос", "Last seen"],
    current: ["этот вход", "this login"], end: ["Завершить", "End"], endAll: ["Завершить все, кроме этого", "End all but this one"], ended: ["Вход завершён.", "The login has ended."],
    second: ["Второй фактор", "Second factor"], secondOff: ["Не подключён. С ним одного пароля для входа мало.", "Not set up. With it a password alone opens nothing."],
    secondMust: ["Для вашей роли второй фактор обязателен: без него остальные разделы закрыты.", "Your role must have a second factor: until then all else is closed."],
    secondOn: ["Подключён {at}. Запасных кодов осталось: {n}.", "Set up {at}. Recovery codes left: {n}."],
    setUp: ["Подключить", "Set it up"], setUpTitle: ["Подключение второго фактора", "Setting up a second factor"],
    scan: ["Добавьте этот ключ в приложение (Яндекс Ключ, FreeOTP, Google Authenticator) и введите код, который оно покажет.", "Add this key to an app (FreeOTP, Google Authenticator, …) and enter the code that it shows."],
    secret: ["Ключ", "Key"], code: ["Код из приложения", "Code from the app"], confirm: ["Подтвердить", "Confirm"],
    recovery: ["Запасные коды", "Recovery codes"], recoveryText: ["Сохраните их: они показаны один раз и заменяют приложение, если телефон потерян.", "Keep them: they are shown this once, and stand in for the app when the phone is lost."],
    remove: ["Отключить", "Remove"], removed: ["Второй фактор отключён.", "The second factor is removed."],
    contracts: ["Договоры", "Contracts"], number: ["Номер", "Number"], state: ["Состояние", "State"], open: ["действует", "in force"], closed: ["завершён", "ended"],
    bind: ["Привязать ещё один договор", "Bind a further contract"], bound: ["Договор привязан.", "The contract is bound."],
    looks: ["Кто смотрел мои данные", "Who looked at my data"], at: ["Когда", "When"], by: ["Кто", "Who"], what: ["Что", "What"], purpose: ["Зачем", "Purpose"], yourself: ["вы", "yourself"], service: ["служба", "the service"], staff: ["сотрудник", "staff"], noLooks: ["Никто не смотрел.", "Nobody has looked."],
    erase: ["Удалить мои данные", "Erase my data"], eraseText: ["Решение примет ответственный сотрудник. То, что закон велит хранить, останется.", "An officer decides. What the law demands stays."], eraseDone: ["Заявление принято.", "Your demand is recorded."],
    consents: ["Согласия", "Consents"], consentsText: ["Согласия на обработку данных можно посмотреть и отозвать.", "Look at your consents and take them back here."], toConsents: ["К согласиям", "To the consents"],
});

export default async function ({ account, main }) {
    main.classList.add("reading");
    const isStaff = !has(account, "candidate");
    return [
        head(t("title"), t("lead")),
        card(t("you"), facts([
            [t("name"), [account.surname, account.given_name, account.patronymic].filter(Boolean).join(" ")],
            [t("email"), account.email], [t("roles"), account.roles.map(roleName).join(", ")], [t("since"), moment(account.created_at)],
        ])),
        isStaff && secondFactor(),
        !isStaff && contracts(),
        !isStaff && (await accesses()),
        !isStaff && card(t("consents"), h("p", null, t("consentsText")), link("/consents", t("toConsents"), " ")),
        card(t("password"), form({
            fields: [
                h("input", { type: "email", value: account.email, autocomplete: "username", hidden: true, "aria-hidden": "true", tabindex: -1 }),
                field({ name: "old_password", label: t("old"), type: "password", autocomplete: "current-password" }),
                field({ name: "new_password", label: t("fresh"), hint: t("freshHint"), type: "password", autocomplete: "new-password", minlength: 8, maxlength: 128 }),
            ],
            submit: t("change"), reset: true, kind: "",
            send: async (filled) => { await api.post("/v1/me/password", filled); toast(t("passwordDone")); },
        })),
        card(t("mail"), form({
            fields: [
                field({ name: "email", label: t("newMail"), type: "email", autocomplete: "off", maxlength: 254 }),
                field({ name: "password", label: t("old"), type: "password", autocomplete: "current-password" }),
            ],
            submit: t("mailDo"), reset: true, kind: "",
            send: async (filled) => { await api.post("/v1/me/email", filled); toast(t("mailDone")); },
        })),
        sessions(),
    ];
}

function sessions() {
    return card(t("sessions"), section(async (reload) => {
        const { sessions } = await api.get("/v1/me/sessions");
        return [
            table([
                { title: t("device"), value: (row) => row.user_agent?.slice(0, 80) },
                { title: t("address"), value: (row) => row.address },
                { title: t("seen"), value: (row) => moment(row.last_seen_at) },
                { title: "", value: (row) => row.is_current ? badge("info", t("current"))
                    : action(t("end"), async () => { await api.delete(`/v1/me/sessions/${row.id}`); toast(t("ended")); reload(); }) },
            ], sessions, { caption: t("sessions") }),
            sessions.length > 1 && action(t("endAll"), async () => { await api.post("/v1/me/sessions/revocation"); reload(); }),
        ];
    }));
}

function contracts() {
    return card(t("contracts"), section(async (reload) => {
        const { contracts } = await api.get("/v1/me/contracts");
        return [
            table([
                { title: t("number"), value: (row) => row.number },
                { title: t("state"), value: (row) => row.closed_at ? badge("", t("closed")) : badge("good", t("open")) },
            ], contracts, { caption: t("contracts") }),
            action(t("bind"), async () => {
                const filled = await ask({
                    title: t("bind"), submit: t("bind"), fields: [field({ name: "contract_number", label: t("number"), maxlength: 64 })],
                    send: (filled) => api.post("/v1/me/contracts", filled),
                });
                if (filled) { toast(t("bound")); reload(); }
            }),
        ];
    }));
}

function secondFactor() {
    return h("div", { id: "second-factor" }, card(t("second"), section(async (reload) => {
        const factor = await api.get("/v1/me/second-factor");
        if (factor.state === "active") {
            return [
                h("p", null, t("secondOn", { at: moment(factor.confirmed_at), n: factor.recovery_codes_left })),
                action(t("remove"), async () => {
                    const filled = await ask({
                        title: t("remove"), submit: t("remove"), kind: "danger",
                        fields: [field({ name: "password", label: t("old"), type: "password" }), field({ name: "code", label: t("code"), autocomplete: "one-time-code" })],
                        send: (filled) => api.post("/v1/me/second-factor/removal", filled),
                    });
                    if (filled) { toast(t("removed")); reload(); }
                }, "danger"),
            ];
        }
        return [
            factor.is_required ? notice("warn", t("secondMust")) : h("p", null, t("secondOff")),
            action(t("setUp"), async () => {
                let begun;
                const first = await ask({
                    title: t("setUpTitle"), submit: t("setUp"), fields: [field({ name: "password", label: t("old"), type: "password" })],
                    send: async (filled) => { begun = await api.post("/v1/me/second-factor", filled); },
                });
                if (!first) return;
                openDialog(t("setUpTitle"), (close) => [
                    h("p", null, t("scan")), facts([[t("secret"), h("code", null, begun.secret)]]),
                    form({
                        fields: [field({ name: "code", label: t("code"), autocomplete: "one-time-code", inputmode: "numeric" })], submit: t("confirm"), cancel: close,
                        send: async ({ code }) => {
                            const answer = await api.post("/v1/me/second-factor/confirmation", { code: code.trim() });
                            close();
                            showOnce(t("recovery"), answer.recovery_codes.join("\n"), t("recoveryText"));
                            reload();
                        },
                    }),
                ]);
            }, "primary"),
        ];
    })));
}

/** Who looked at the own pictures, scores and documents, and the demand to be erased; where the service has them. */
async function accesses() {
    const found = await api.find("/v1/me/access-records?limit=50");
    return found && card(t("looks"), table([
        { title: t("at"), value: (row) => moment(row.at) }, { title: t("by"), value: (row) => (row.roles.length ? row.roles.map(roleName).join(", ") : t(row.by)) }, { title: t("what"), value: (row) => lookName(row.what) }, { title: t("purpose"), value: (row) => purposeName(row.purpose) },
    ], found.accesses, { caption: t("looks"), none: t("noLooks") }), action(t("erase"), async () => {
        const done = await ask({ title: t("erase"), text: t("eraseText"), submit: t("erase"), kind: "danger", send: () => api.post("/v1/me/erasure-requests") });
        if (done) toast(t("eraseDone"));
    }, "danger"));
}
