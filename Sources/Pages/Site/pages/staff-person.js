import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { fullName } from "../lib/people.js";
import { has, head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { action, ask, badge, card, facts, field, link, section, showOnce, toast } from "../lib/ui.js";
import { roleName } from "../lib/words.js";
import { STAFF } from "./staff-people.js";

const t = texts({
    back: ["Люди", "People"], email: ["Почта", "E-mail"], roles: ["Роли", "Roles"], created: ["Создана", "Made"], disabled: ["Отключена", "Disabled"], factor: ["Второй фактор", "Second factor"], on: ["подключён", "set up"], off: ["нет", "none"], contracts: ["Договоры", "Contracts"], id: ["Номер учётной записи", "Identifier"], reset: ["Выдать код сброса пароля", "Issue a password code"], resetText: ["Убедитесь, что говорите с самим человеком.", "Make sure that you talk to the person."], code: ["Одноразовый код", "One-time code"], codeText: ["Показан один раз. По нему человек задаст пароль на странице /reset.", "Shown this once. It sets a new password at /reset."], setRoles: ["Изменить роли", "Change roles"], factorReset: ["Снять второй фактор", "Take the second factor away"], disable: ["Отключить", "Disable"], enable: ["Включить", "Enable"], reason: ["Причина", "Reason"], done: ["Выполнено. Все входы этой записи завершены.", "Done. All logins of the account have ended."], unlink: ["Отвязать от провайдера входа", "Unlink from the login provider"],
});

export default async function ({ account, person: id, main }) {
    main.classList.add("reading");
    const path = `/v1/accounts/${id}`;
    const isAdministrator = has(account, "administrator");
    const first = await api.get(path);
    return [head(fullName(first), null, { back: ["/staff/people", t("back")] }), section(async (reload) => {
        const person = await api.get(path);
        const act = (text, step, options = {}) => action(text, async () => {
            let answer;
            const done = await ask({ title: text, text: options.text, submit: text, kind: options.kind, fields: options.fields ?? [], send: async (filled) => { answer = await (options.send ? options.send(filled) : api.post(`${path}/${step}`, options.fields ? filled : undefined)); } });
            if (!done) return;
            if (answer?.code) showOnce(t("code"), answer.code, t("codeText")); else toast(t("done"));
            reload();
        }, options.kind ?? "");
        const reason = [field({ name: "reason", label: t("reason"), maxlength: 500 })];
        const isStaff = !person.roles.includes("candidate");
        return card(null, facts([
            [t("email"), person.email], [t("roles"), person.roles.map(roleName).join(", ")], [t("created"), moment(person.created_at)], [t("disabled"), person.disabled_at && badge("bad", moment(person.disabled_at))], [t("factor"), isStaff && (person.has_second_factor ? badge("good", t("on")) : badge("", t("off")))], [t("contracts"), person.contracts?.map((contract) => contract.number).join(", ")], [t("id"), h("code", null, person.id)],
        ]), h("div", { class: "row" },
            act(t("reset"), "password-reset", { text: t("resetText") }),
            isAdministrator && isStaff && act(t("setRoles"), "roles", { fields: [field({ name: "roles", label: t("roles"), type: "checks", value: person.roles, options: STAFF.map((role) => [role, roleName(role)]) })], send: (filled) => api.put(`${path}/roles`, { roles: [filled.roles ?? []].flat() }) }),
            isAdministrator && isStaff && person.has_second_factor && act(t("factorReset"), "second-factor-reset"),
            isAdministrator && isStaff && act(t("unlink"), "provider-link-removal"),
            isAdministrator && (person.disabled_at ? act(t("enable"), "enabling", { fields: reason }) : act(t("disable"), "disabling", { fields: reason, kind: "danger" }))));
    })];
}
