import { api, query } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { short } from "../lib/people.js";
import { head } from "../lib/shell.js";
import { fromLocal, moment } from "../lib/time.js";
import { action, badge, card, facts, field, filters, link, pagedTable, saveFile, tabs } from "../lib/ui.js";
import { exportPanel } from "../lib/exports.js";
import { methodName, momentName, outcomeKind, outcomeName } from "../lib/words.js";

const t = texts({
    title: ["Журнал идентификации", "Identification log"], lead: ["Каждая идентификация и её исход. Изменить запись нельзя: журнал это покажет.", "Every identification and its outcome. A record cannot be changed: the log would show it."], records: ["Записи", "Records"], exports: ["Выгрузки", "Exports"], log: ["Журнал", "The log"], at: ["Когда", "When"], method: ["Способ", "Method"], outcome: ["Исход", "Outcome"], reason: ["Причина", "Reason"], moment: ["Момент", "Moment"], who: ["Учётная запись", "Account"], attempt: ["Попытка", "Attempt"], from: ["С", "From"], until: ["По", "Until"], all: ["Все", "All"], open: ["Открыть", "Open"], none: ["Записей нет.", "There are no records."], tries: ["Попыток", "Tries"],
    checkpoint: ["Контрольная точка", "Checkpoint"], size: ["Записей в журнале", "Entries in the log"], origin: ["Имя журнала", "Log's name"], key: ["Открытый ключ", "Public key"], note: ["Подписанная отметка", "Signed note"], download: ["Скачать отметку", "Download the note"], document: ["Документ", "Document"],
});

export default async function () {
    return [head(t("title"), t("lead")), tabs([[t("records"), records], [t("exports"), () => exportPanel()], [t("log"), log]])];

    async function records() {
        const place = h("div", null);
        let filled = {};
        const load = async () => show(place, await pagedTable([
            { title: t("at"), value: (row) => moment(row.at) }, { title: t("method"), value: (row) => methodName(row.method) }, { title: t("moment"), value: (row) => momentName(row.moment) }, { title: t("outcome"), value: (row) => badge(outcomeKind(row.outcome), outcomeName(row.outcome)) }, { title: t("reason"), value: (row) => row.reason }, { title: t("who"), value: (row) => short(row.subject) }, { title: t("document"), value: (row) => row.masked_document_number },
            { title: t("tries"), value: (row) => row.tries, number: true }, { title: "", value: (row) => link(`/staff/register/${row.id}`, t("open"), " ") },
        ], async (last) => (await api.get(`/v1/identifications${query({ ...filled, from: filled.from && fromLocal(`${filled.from}T00:00`), until: filled.until && fromLocal(`${filled.until}T23:59`), before: last?.id, limit: 100 })}`)).identifications, { caption: t("records"), none: t("none") }));
        await load();
        return [filters([
            field({ name: "method", label: t("method"), type: "select", required: false, optionalMark: false, options: [["", t("all")], ...["electronic", "biometric", "visual"].map((method) => [method, methodName(method)])] }), field({ name: "outcome", label: t("outcome"), type: "select", required: false, optionalMark: false, options: [["", t("all")], ...["match", "non_match", "inconclusive"].map((outcome) => [outcome, outcomeName(outcome)])] }),
            field({ name: "from", label: t("from"), type: "date", required: false, optionalMark: false }), field({ name: "until", label: t("until"), type: "date", required: false, optionalMark: false }), field({ name: "subject", label: t("who"), required: false, optionalMark: false, minlength: 36, maxlength: 36 }), field({ name: "attempt", label: t("attempt"), required: false, optionalMark: false, minlength: 36, maxlength: 36 }),
        ], (values) => { for (const key of ["subject", "attempt"]) if (values[key]?.length !== 36) delete values[key]; filled = values; load(); }), place];
    }
    async function log() {
        const checkpoint = await api.find("/v1/log/checkpoint");
        if (!checkpoint) return h("p", null, t("none"));
        return card(t("checkpoint"), facts([[t("size"), checkpoint.size], [t("origin"), checkpoint.origin], [t("key"), h("code", null, checkpoint.verifier_key)]]), h("pre", { tabindex: 0 }, checkpoint.note), action(t("download"), () => saveFile(new Blob([checkpoint.note], { type: "text/plain" }), "checkpoint.txt")));
    }
}
