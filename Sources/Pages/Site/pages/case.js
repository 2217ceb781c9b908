import { api } from "../lib/api.js";
import { caseFields } from "../lib/casefields.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { has, head } from "../lib/shell.js";
import { day, moment } from "../lib/time.js";
import { action, badge, busy, card, explain, facts, form, link, notice, section, toast } from "../lib/ui.js";

const t = texts({
    back: ["Заявления и дела", "Applications and cases"], now: ["Что дальше", "What is next"], nothing: ["Сейчас от вас ничего не требуется.", "Nothing is needed from you now."], terms: ["Сроки", "Terms"], until: ["до {at}", "until {at}"], over: ["срок прошёл", "over"],
    history: ["Ход дела", "The course of the case"], document: ["Документ", "Document"], show: ["Открыть документ", "Open the document"], attach: ["Приложить документ", "Attach a document"], attached: ["Документ приложен.", "The document is attached."],
    erased: ["Личные сведения уничтожены.", "What was personal is destroyed."], attempt: ["Попытка", "Attempt"], open: ["Открыть", "Open"], done: ["Записано.", "Recorded."], yes: ["да", "yes"], no: ["нет", "no"], termOver: ["Срок истёк: {text}", "A term is over: {text}"],
});

export default async function ({ account, case: id, main }) {
    main.classList.add("reading");
    const { kinds } = await api.get("/v1/case-kinds");
    const first = await api.get(`/v1/cases/${id}`);
    const kind = kinds.find((each) => each.kind === first.kind);
    return [head(first.kind_text, null, { back: ["/cases", t("back")] }), section(async (reload) => {
        const item = await api.get(`/v1/cases/${id}`);
        return [
            h("section", { class: "card" }, h("p", { class: "big" }, item.state_text), item.is_erased && notice("warn", t("erased")), facts([
                [t("attempt"), item.attempt_id && h("a", { href: has(account, "candidate") ? `/results/${item.attempt_id}` : `/staff/attempts/${item.attempt_id}` }, t("open"))],
                ...item.terms.map((term) => [term.label, h("span", null, t("until", { at: moment(term.ends_at) }), " ", term.is_over && badge("bad", t("over")))]),
            ])),
            card(t("now"), item.next_steps.length ? item.next_steps.map((next) => step(next, reload)) : h("p", { class: "soft" }, t("nothing")), !item.is_closed && attach(reload)),
            card(t("history"), h("ul", { class: "steps" }, item.records.map((record) => h("li", null, h("div", null,
                h("p", { class: "strong" }, record.kind === "term_over" ? t("termOver", { text: record.term ?? "" }) : record.kind === "document" ? t("document") : record.label ?? record.step),
                h("p", { class: "soft small" }, moment(record.at)), values(record, record.step),
                record.kind === "document" && h("a", { href: `/v1/cases/${id}/documents/${record.number}`, target: "_blank" }, t("show"))))))),
        ];
    })];

    function step(next, reload) {
        const definition = kind.steps.find((each) => each.id === next.step);
        const fields = caseFields(definition?.fields ?? []);
        const send = async (filled) => {
            await api.post(next.path, definition?.fields.length ? fields.read(filled) : undefined);
            toast(t("done"));
            await reload();
        };
        if (!fields.nodes.length) return h("p", null, action(next.label, () => send({}), "primary"));
        return h("details", { class: "card" }, h("summary", { class: "strong" }, next.label), h("div", { style: { "margin-top": "12px" } }, form({ fields: fields.nodes, submit: next.label, send })));
    }
    function values(record, step) {
        const known = kind.steps.find((each) => each.id === step)?.fields ?? [];
        const entries = Object.entries(record.values);
        return entries.length > 0 && facts(entries.map(([name, value]) => {
            const field = known.find((each) => each.name === name);
            return [field?.label ?? name, say(value, field)];
        }));
    }
    function say(value, field) {
        if (value === true || value === false) return t(value ? "yes" : "no");
        if (Array.isArray(value)) return value.map((each) => (typeof each === "object" ? Object.values(each).map((inner) => say(inner)).join(", ") : each)).join("; ");
        if (field?.kind === "day") return day(value);
        if (field?.kind === "time") return moment(value);
        return field?.choices?.find((choice) => choice.id === value)?.label ?? String(value);
    }
    function attach(reload) {
        const input = h("input", { type: "file", accept: "application/pdf,image/jpeg,image/png", hidden: true, onchange: () => {
            const file = input.files[0];
            input.value = "";
            if (file) busy(button, async () => { await api.post(`/v1/cases/${id}/documents`, file); toast(t("attached")); await reload(); }).catch((error) => toast(explain(error), "bad"));
        } });
        const button = h("button", { type: "button", onclick: () => input.click() }, t("attach"));
        return h("p", { style: { "margin-top": "12px" } }, button, input);
    }
}
