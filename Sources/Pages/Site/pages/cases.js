import { api, newKey, query } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { caseFields } from "../lib/casefields.js";
import { texts } from "../lib/i18n.js";
import { has, head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { action, ask, badge, field, filters, link, pagedTable, toast } from "../lib/ui.js";

const t = texts({
    title: ["Заявления и дела", "Applications and cases"], lead: ["Апелляции, перезачёты, пересдачи, дисциплинарные дела.", "Appeals, credit transfers, retakes, disciplinary cases."], kind: ["Вид", "Kind"], state: ["Состояние", "State"], opened: ["Открыто", "Opened"], term: ["Ближайший срок", "Next term"],
    open: ["Открыть", "Open"], none: ["Заявлений нет.", "There are no applications."], fresh: ["Новое заявление", "New application"], send: ["Подать", "Submit"], all: ["Все", "All"], closed: ["закрыто", "closed"], begun: ["Подано.", "Submitted."],
});

export default async function ({ account, main }) {
    const isCandidate = has(account, "candidate");
    const { kinds } = await api.get("/v1/case-kinds");
    const openings = kinds.flatMap((kind) => kind.steps.filter((step) => step.from.length === 0 && (isCandidate ? step.role === "candidate" : ["reporter", "office"].includes(step.role)))
        .map((step) => ({ kind, step })));
    const place = h("div", null);
    let filled = {};
    const load = async () => show(place, await pagedTable([
        { title: t("kind"), value: (row) => row.kind_text }, { title: t("state"), value: (row) => badge(row.is_closed ? "" : "info", row.state_text) }, { title: t("opened"), value: (row) => moment(row.opened_at) },
        { title: t("term"), value: (row) => row.terms[0] && `${row.terms[0].label}: ${moment(row.terms[0].ends_at)}` }, { title: "", value: (row) => link(`/cases/${row.id}`, t("open"), " ") },
    ], async (last) => (await api.get((isCandidate ? "/v1/me/cases" : "/v1/cases") + query({ ...filled, before: last?.id, limit: 100 }))).cases, { caption: t("title"), none: t("none") }));
    await load();
    const begin = ({ kind, step }) => action(`${kind.label}: ${step.label}`, async () => {
        const form = caseFields(step.fields);
        const path = kind.kind === "expulsion" && isCandidate ? "/v1/me/expulsions" : kind.path;
        // Who opens a case names the candidate, and the attempt where it is about one.
        const extra = isCandidate ? (["appeal", "retake"].includes(kind.kind) ? ["attempt_id"] : []) : ["candidate_id"];
        const made = await ask({
            title: `${kind.label}: ${step.label}`, submit: t("send"), fields: [extra.map((name) => field({ name: `opening.${name}`, label: name })), form.nodes],
            send: async (values) => {
                const body = { ...form.read(values), ...Object.fromEntries(extra.map((name) => [name, values[`opening.${name}`]])) };
                const opened = await api.post(path, body, { key: newKey() });
                location.assign(`/cases/${opened.id}`);
            },
        });
        if (made) toast(t("begun"));
    });
    // Appeals and retakes begin at their attempt, where it is known which one is meant.
    const here = openings.filter(({ kind }) => !isCandidate || !["appeal", "retake"].includes(kind.kind));
    return [
        head(t("title"), t("lead"), { back: ["/", "attestd"] }),
        here.length > 0 && h("details", { class: "card" }, h("summary", { class: "strong" }, t("fresh")), h("div", { class: "row", style: { "margin-top": "12px" } }, here.map(begin))),
        !isCandidate && filters([field({ name: "kind", label: t("kind"), type: "select", required: false, optionalMark: false, options: [["", t("all")], ...kinds.map((kind) => [kind.kind, kind.label])] })], (values) => { filled = values; load(); }),
        place,
    ];
}
