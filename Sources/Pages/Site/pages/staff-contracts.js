import { api, query } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { fullName } from "../lib/people.js";
import { head } from "../lib/shell.js";
import { day, moment } from "../lib/time.js";
import { action, ask, badge, card, facts, field, filters, form, openDialog, pagedTable, table, toast } from "../lib/ui.js";

const t = texts({
    title: ["Договоры", "Contracts"], lead: ["Регистрируются только по договору из этого реестра.", "People register by a contract of this register only."], number: ["Номер", "Number"], name: ["Имя", "Name"], birth: ["Дата рождения", "Birthday"], state: ["Состояние", "State"], open: ["действует", "open"], closed: ["завершён", "closed"], bound: ["есть учётная запись", "bound"], unbound: ["не зарегистрирован", "unbound"], search: ["Имя или номер", "Name or number"], all: ["Все", "All"], none: ["Договоров нет.", "There are no contracts."], import: ["Импорт из CSV", "Import from CSV"], file: ["Файл: номер;фамилия;имя;отчество", "File: number;surname;given name;patronymic"], send: ["Загрузить", "Upload"],
    added: ["Новых", "New"], corrected: ["Исправлено", "Corrected"], unchanged: ["Без изменений", "Unchanged"], refused: ["Отклонено", "Refused"], notRead: ["Не прочитано", "Not read"], line: ["Строка", "Line"], reason: ["Причина", "Reason"], correct: ["Исправить", "Correct"], close: ["Завершить", "Close"], reopen: ["Открыть снова", "Open again"], surname: ["Фамилия", "Surname"], given: ["Имя", "Given name"], patronymic: ["Отчество", "Patronymic"], history: ["История", "History"], done: ["Записано.", "Recorded."],
});

export default async function () {
    const place = h("div", null);
    const report = h("div", { role: "status" });
    let filled = {};
    const load = async () => show(place, await pagedTable([
        { title: t("number"), value: (row) => h("button", { type: "button", class: "plain", style: { padding: "0", color: "var(--accent)" }, onclick: () => one(row.id) }, row.number) }, { title: t("name"), value: fullName }, { title: t("birth"), value: (row) => row.birth_date && day(row.birth_date) },
        { title: t("state"), value: (row) => [badge(row.closed_at ? "" : "good", t(row.closed_at ? "closed" : "open")), " ", badge("", t(row.account_id ? "bound" : "unbound"))] },
    ], async (last) => (await api.get(`/v1/contracts${query({ ...filled, after: last?.id, limit: 100 })}`)).contracts, { caption: t("title"), none: t("none") }));
    await load();
    async function one(id) {
        const { contract, changes } = await api.get(`/v1/contracts/${id}`);
        const reason = field({ name: "reason", label: t("reason"), maxlength: 500 });
        openDialog(contract.number, (close) => [
            facts([[t("name"), fullName(contract)], [t("birth"), contract.birth_date && day(contract.birth_date)]]),
            h("details", null, h("summary", null, t("correct")), form({ fields: [field({ name: "surname", label: t("surname"), value: contract.surname }), field({ name: "given_name", label: t("given"), value: contract.given_name }), field({ name: "patronymic", label: t("patronymic"), value: contract.patronymic, required: false }), field({ name: "birth_date", label: t("birth"), type: "date", value: contract.birth_date, required: false }), field({ name: "reason", label: t("reason"), maxlength: 500 })], submit: t("correct"), kind: "", send: async (values) => { await api.put(`/v1/contracts/${id}`, values); toast(t("done")); close(); load(); } })),
            h("details", null, h("summary", null, t(contract.closed_at ? "reopen" : "close")), form({ fields: [reason], submit: t(contract.closed_at ? "reopen" : "close"), kind: "danger", send: async (values) => { await api.post(`/v1/contracts/${id}/${contract.closed_at ? "reopening" : "closing"}`, values); toast(t("done")); close(); load(); } })),
            changes.length > 0 && [h("h3", null, t("history")), h("ul", { class: "log" }, changes.map((change) => h("li", null, h("time", null, moment(change.at)), `${change.name_before} — ${change.reason}`)))],
        ]);
    }
    return [
        head(t("title"), t("lead")),
        h("details", { class: "card" }, h("summary", { class: "strong" }, t("import")), h("div", { style: { "margin-top": "12px" } }, form({ fields: [field({ name: "file", label: t("file"), type: "file", accept: ".csv,text/csv" })], submit: t("send"), send: async (_, node) => {
            const done = await api.post("/v1/contracts/imports", node.elements.file.files[0], { type: "text/csv" });
            show(report, card(t("import"), facts([[t("added"), done.added], [t("corrected"), done.corrected], [t("unchanged"), done.unchanged], [t("refused"), done.refused_count], [t("notRead"), done.not_read_count]]), done.not_read.length > 0 && table([{ title: t("line"), value: (row) => row.line, number: true }, { title: t("reason"), value: (row) => row.reason }], done.not_read, { caption: t("notRead") })));
            load();
        } }))), report,
        filters([field({ name: "search", label: t("search"), required: false, optionalMark: false, maxlength: 200 }), field({ name: "state", label: t("state"), type: "select", required: false, optionalMark: false, options: [["", t("all")], ...["open", "closed", "bound", "unbound"].map((state) => [state, t(state)])] })], (values) => { filled = values; load(); }), place,
    ];
}
