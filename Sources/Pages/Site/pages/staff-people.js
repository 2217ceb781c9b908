import { api, query } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { fullName } from "../lib/people.js";
import { has, head } from "../lib/shell.js";
import { action, ask, badge, field, filters, link, pagedTable, showOnce } from "../lib/ui.js";
import { roleName } from "../lib/words.js";

const t = texts({
    title: ["Люди", "People"], lead: ["Учётные записи, роли, доступ.", "Accounts, roles, access."], name: ["Имя", "Name"], email: ["Почта", "E-mail"], roles: ["Роли", "Roles"], state: ["Состояние", "State"], active: ["действует", "active"], disabled: ["отключена", "disabled"], search: ["Имя, почта или договор", "Name, e-mail or contract"], role: ["Роль", "Role"], all: ["Все", "All"], none: ["Никого не найдено.", "Nobody was found."], open: ["Открыть", "Open"], add: ["Завести сотрудника", "Add staff"], surname: ["Фамилия", "Surname"], given: ["Имя", "Given name"], patronymic: ["Отчество", "Patronymic"], code: ["Одноразовый код", "One-time code"], codeText: ["Передайте код сотруднику: по нему он задаст пароль на странице /reset. Код показан один раз.", "Hand the code over: it sets the password at /reset. It is shown this once."],
});
export const STAFF = ["examiner", "verifier", "reviewer", "compliance_officer", "administrator", "partner", "technical_responsible"];

export default async function ({ account }) {
    const place = h("div", null);
    let filled = {};
    const load = async () => show(place, await pagedTable([
        { title: t("name"), value: (row) => link(`/staff/people/${row.id}`, fullName(row)) }, { title: t("email"), value: (row) => row.email }, { title: t("roles"), value: (row) => row.roles.map(roleName).join(", ") }, { title: t("state"), value: (row) => badge(row.disabled_at ? "bad" : "good", t(row.disabled_at ? "disabled" : "active")) },
    ], async (last) => (await api.get(`/v1/accounts${query({ ...filled, after: last?.id, limit: 100 })}`)).accounts, { caption: t("title"), none: t("none") }));
    await load();
    return [
        head(t("title"), t("lead"), { actions: has(account, "administrator") && [action(t("add"), async () => {
            let made;
            const done = await ask({ title: t("add"), submit: t("add"), fields: [field({ name: "surname", label: t("surname") }), field({ name: "given_name", label: t("given") }), field({ name: "patronymic", label: t("patronymic"), required: false }), field({ name: "email", label: t("email"), type: "email" }), field({ name: "roles", label: t("roles"), type: "checks", options: STAFF.map((role) => [role, roleName(role)]) })], send: async (values) => { made = await api.post("/v1/staff", { ...values, roles: [values.roles ?? []].flat() }); } });
            if (done) { showOnce(t("code"), made.code, t("codeText")); load(); }
        }, "primary")] }),
        filters([field({ name: "search", label: t("search"), required: false, optionalMark: false, maxlength: 200 }), field({ name: "role", label: t("role"), type: "select", required: false, optionalMark: false, options: [["", t("all")], ...["candidate", ...STAFF].map((role) => [role, roleName(role)])] }), field({ name: "state", label: t("state"), type: "select", required: false, optionalMark: false, options: [["", t("all")], ["active", t("active")], ["disabled", t("disabled")]] })], (values) => { filled = values; load(); }),
        place,
    ];
}
