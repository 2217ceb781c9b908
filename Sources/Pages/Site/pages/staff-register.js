// The identification log: searches that can be kept, with what they find now, exports, and the log's checkpoint.
import { api, query } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { number, texts } from "../lib/i18n.js";
import { short } from "../lib/people.js";
import { head } from "../lib/shell.js";
import { fromLocal, moment, toLocal } from "../lib/time.js";
import { action, ask, badge, card, facts, field, filters, link, pagedTable, saveFile, section, tabs, toast } from "../lib/ui.js";
import { exportPanel } from "../lib/exports.js";
import { identificationReasonName, methodName, momentName, outcomeKind, outcomeName, procedureName } from "../lib/words.js";

const t = texts({
    title: ["Журнал идентификации", "Identification log"], lead: ["Каждая идентификация и её исход. Изменить запись нельзя: журнал это покажет.", "Every identification and its outcome. A record cannot be changed: the log would show it."], records: ["Записи", "Records"], exports: ["Выгрузки", "Exports"], log: ["Журнал", "The log"], at: ["Когда", "When"], method: ["Способ", "Method"], outcome: ["Исход", "Outcome"], reason: ["Причина", "Reason"], moment: ["Момент", "Moment"], who: ["Учётная запись", "Account"], attempt: ["Попытка", "Attempt"], from: ["С", "From"], until: ["По", "Until"], all: ["Все", "All"], open: ["Открыть", "Open"], none: ["Записей нет.", "There are no records."], tries: ["Попыток", "Tries"],
    checkpoint: ["Контрольная точка", "Checkpoint"], size: ["Записей в журнале", "Entries in the log"], origin: ["Имя журнала", "Log's name"], key: ["Открытый ключ", "Public key"], note: ["Подписанная отметка", "Signed note"], download: ["Скачать отметку", "Download the note"], document: ["Документ", "Document"],
    procedure: ["Процедура", "Procedure"], discipline: ["Дисциплина", "Discipline"], saved: ["Сохранённые поиски", "Saved searches"], save: ["Сохранить этот поиск", "Save this search"], name: ["Название", "Name"], shared: ["Показывать всем, кто читает журнал", "Show it to all who may read the log"], common: ["общий", "shared"], forget: ["Удалить поиск «{name}»", "Delete the search “{name}”"], kept: ["Поиск сохранён.", "The search is saved."], gone: ["Поиск удалён.", "The search is deleted."], found: ["Найдено: {n}", "Found: {n}"], more: ["Найдено: больше {n}", "Found: more than {n}"], noSaved: ["Сохранённых поисков пока нет.", "There are no saved searches yet."], reset: ["Сбросить", "Clear"],
});
const PROCEDURES = ["admission_of_documents", "current_control", "intermediate_attestation", "final_attestation", "teaching_help", "other"];

export default async function () {
    return [head(t("title"), t("lead")), tabs([[t("records"), records], [t("exports"), () => exportPanel()], [t("log"), log]])];

    function records() {
        let filter = {};
        const form = h("div", null), count = h("p", { class: "row", role: "status", "aria-live": "polite" }), list = h("div", null);
        const saved = section(savedSearches);
        const load = async () => {
            const asked = filter;
            const counts = await api.get(`/v1/identification-counts${query(asked)}`);
            const found = await pagedTable([
                { title: t("at"), value: (row) => moment(row.at) }, { title: t("method"), value: (row) => methodName(row.method) }, { title: t("moment"), value: (row) => momentName(row.moment) }, { title: t("outcome"), value: (row) => badge(outcomeKind(row.outcome), outcomeName(row.outcome)) }, { title: t("reason"), value: (row) => identificationReasonName(row.reason) }, { title: t("who"), value: (row) => short(row.subject) }, { title: t("document"), value: (row) => row.masked_document_number },
                { title: t("tries"), value: (row) => row.tries, number: true }, { title: "", value: (row) => link(`/staff/register/${row.id}`, t("open"), " ") },
            ], async (last) => (await api.get(`/v1/identifications${query({ ...asked, purpose: "register", before: last?.id, limit: 100 })}`)).identifications, { caption: t("records"), none: t("none") });
            if (asked !== filter) return;
            show(count, h("span", { class: "strong" }, t(counts.complete ? "found" : "more", { n: number(counts.total) })), counts.outcomes.map((each) => badge(outcomeKind(each.value), `${outcomeName(each.value)}: ${number(each.count)}`)));
            show(list, found);
        };
        const fill = () => show(form, fields(filter, (next) => { filter = next; load(); }), h("div", { class: "row", style: { "margin-bottom": "16px" } },
            action(t("save"), keep), h("button", { type: "button", class: "plain", onclick: () => open({}) }, t("reset"))));
        const open = (next) => { filter = next; fill(); return load(); };
        const keep = async () => {
            const done = await ask({
                title: t("save"), submit: t("save"), fields: [field({ name: "name", label: t("name"), maxlength: 100 }), field({ name: "shared", label: t("shared"), type: "checkbox", required: false })],
                send: (values) => api.post("/v1/saved-views", { name: values.name, filter, shared: values.shared === "on" }),
            });
            if (done) { toast(t("kept")); saved.reload(); }
        };
        async function savedSearches(reload) {
            const { views } = await api.get("/v1/saved-views");
            if (!views.length) return h("p", { class: "soft" }, t("noSaved"));
            const counts = await Promise.all(views.map((view) => api.get(`/v1/identification-counts${query(view.filter)}`)));
            return h("ul", { class: "steps" }, views.map((view, place) => h("li", null, h("div", { class: "row between" },
                h("div", { class: "row" }, h("button", { type: "button", onclick: () => open(view.filter) }, view.name), h("span", { class: "soft" }, t(counts[place].complete ? "found" : "more", { n: number(counts[place].total) })), view.shared && badge("info", t("common"))),
                view.own && h("button", { type: "button", class: "plain", "aria-label": t("forget", { name: view.name }), title: t("forget", { name: view.name }), onclick: async () => { await api.delete(`/v1/saved-views/${view.id}`); toast(t("gone")); reload(); } }, "✕")))));
        }
        open({});
        return [card(t("saved"), saved), form, count, list];
    }
    async function log() {
        const checkpoint = await api.find("/v1/log/checkpoint");
        if (!checkpoint) return h("p", null, t("none"));
        return card(t("checkpoint"), facts([[t("size"), checkpoint.size], [t("origin"), checkpoint.origin], [t("key"), h("code", null, checkpoint.verifier_key)]]), h("pre", { tabindex: 0 }, checkpoint.note), action(t("download"), () => saveFile(new Blob([checkpoint.note], { type: "text/plain" }), "checkpoint.txt")));
    }
}

/** The form of a search, filled as it stands; a change calls back with the conditions as the API has them. */
function fields(filter, change) {
    const select = (name, values, word) => field({ name, label: t(name), type: "select", required: false, optionalMark: false, value: filter[name], options: [["", t("all")], ...values.map((each) => [each, word(each)])] });
    const day = (name) => field({ name, label: t(name), type: "date", required: false, optionalMark: false, value: filter[name] && toLocal(new Date(filter[name])).slice(0, 10) });
    const line = (name, label, more) => field({ name, label, required: false, optionalMark: false, value: filter[name], ...more });
    const known = ["method", "outcome", "procedure", "discipline", "from", "until", "subject", "attempt"];
    // Conditions of a saved search that have no field here stay in force.
    const others = Object.fromEntries(Object.entries(filter).filter(([name]) => !known.includes(name)));
    return filters([
        select("method", ["electronic", "biometric", "visual"], methodName), select("outcome", ["match", "non_match", "inconclusive"], outcomeName), select("procedure", PROCEDURES, procedureName), line("discipline", t("discipline"), { maxlength: 200 }),
        day("from"), day("until"), line("subject", t("who"), { minlength: 36, maxlength: 36 }), line("attempt", t("attempt"), { minlength: 36, maxlength: 36 }),
    ], (values) => {
        for (const key of ["subject", "attempt"]) if (values[key]?.length !== 36) delete values[key];
        if (values.from) values.from = fromLocal(`${values.from}T00:00`);
        if (values.until) values.until = fromLocal(`${values.until}T23:59`);
        change({ ...others, ...values });
    });
}
