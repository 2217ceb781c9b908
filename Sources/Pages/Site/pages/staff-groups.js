import { api } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { fullName } from "../lib/people.js";
import { has, head } from "../lib/shell.js";
import { action, badge, card, facts, field, form, openDialog, section, table } from "../lib/ui.js";

const t = texts({
    title: ["Группы", "Groups"], lead: ["По академическим и учебным группам ведут ведомости.", "Grade sheets are kept by academic and study groups."], name: ["Группа", "Group"], kind: ["Вид", "Kind"], academic: ["академическая", "academic"], study: ["учебная", "study"], faculty: ["Факультет", "Faculty"], none: ["Групп пока нет.", "There are no groups yet."], import: ["Импорт из CSV", "Import from CSV"], file: ["Столбцы: group;kind;contract;faculty;record_book", "Columns: group;kind;contract;faculty;record_book"], send: ["Загрузить", "Upload"], added: ["Новых", "New"], corrected: ["Исправлено", "Corrected"], unchanged: ["Без изменений", "Unchanged"], notRead: ["Не прочитано", "Not read"], line: ["Строка", "Line"], reason: ["Причина", "Reason"], who: ["Обучающийся", "Candidate"], book: ["Зачётка", "Record book"], contract: ["Договор", "Contract"], remove: ["Исключить", "Take out"],
});

export default async function ({ account }) {
    const manages = has(account, "compliance_officer", "administrator");
    const report = h("div", { role: "status" });
    const list = section(async () => table([
        { title: t("name"), value: (row) => h("button", { type: "button", class: "plain", style: { padding: "0", color: "var(--accent)" }, onclick: () => one(row.id) }, row.name) }, { title: t("kind"), value: (row) => t(row.kind) }, { title: t("faculty"), value: (row) => row.faculty },
    ], await api.all("/v1/groups", "groups"), { caption: t("title"), none: t("none") }));
    async function one(id) {
        const { group, members } = await api.get(`/v1/groups/${id}`);
        openDialog(group.name, (close) => [table([
            { title: t("who"), value: fullName }, { title: t("contract"), value: (row) => row.number }, { title: t("book"), value: (row) => row.record_book },
            { title: "", value: (row) => manages && action(t("remove"), async () => { await api.delete(`/v1/groups/${id}/members/${row.contract_id}`); close(); one(id); }, "plain") },
        ], members, { caption: group.name })]);
    }
    return [head(t("title"), t("lead")), manages && h("details", { class: "card" }, h("summary", { class: "strong" }, t("import")), h("div", { style: { "margin-top": "12px" } }, form({ fields: [field({ name: "file", label: t("file"), type: "file", accept: ".csv,text/csv" })], submit: t("send"), send: async (_, node) => {
        const done = await api.post("/v1/groups/imports", node.elements.file.files[0], { type: "text/csv" });
        show(report, card(t("import"), facts([[t("added"), done.added], [t("corrected"), done.corrected], [t("unchanged"), done.unchanged], [t("notRead"), done.not_read_count]]), done.not_read.length > 0 && table([{ title: t("line"), value: (row) => row.line, number: true }, { title: t("reason"), value: (row) => row.reason }], done.not_read, { caption: t("notRead") })));
        list.reload();
    } }))), report, list];
}
