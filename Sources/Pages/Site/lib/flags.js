// Flags of an attempt with their decisions, and the credibility score with what it is made of. Nothing is decided by it.
import { api, newKey } from "./api.js";
import { h } from "./dom.js";
import { texts } from "./i18n.js";
import { clockTime } from "./time.js";
import { action, ask, badge, card, field, section, toast } from "./ui.js";

const t = texts({
    title: ["Отметки", "Flags"], score: ["Оценка доверия: {n} из 100", "Credibility: {n} of 100"], none: ["Отметок нет.", "There are no flags."], hint: ["Оценка ничего не решает: решает человек.", "The score decides nothing: a person does."], confirm: ["Подтвердить", "Confirm"], dismiss: ["Снять", "Dismiss"], escalate: ["Передать", "Escalate"], comment: ["Пояснение", "Comment"], done: ["Решение записано.", "The decision is recorded."],
    open: ["не рассмотрена", "open"], escalated: ["передана", "escalated"], second_needed: ["нужен второй", "second needed"], confirmed: ["подтверждена", "confirmed"], dismissed: ["снята", "dismissed"], minus: ["−{n}", "−{n}"],
});
const KIND = { open: "warn", escalated: "warn", second_needed: "warn", confirmed: "bad", dismissed: "" };

/** The panel, where the service has flags. */
export async function flagPanel(attemptID, mayDecide) {
    if (!(await api.find(`/v1/attempts/${attemptID}/flags`))) return null;
    return card(t("title"), section(async (reload) => {
        const { flags, credibility } = await api.get(`/v1/attempts/${attemptID}/flags`);
        const decide = (flag, name) => action(t(name), async () => {
            const done = await ask({ title: `${t(name)}: ${flag.label}`, submit: t(name), fields: [field({ name: "comment", label: t("comment"), type: "textarea", required: false, maxlength: 2000 })], send: (filled) => api.post(`/v1/flags/${flag.id}/decisions`, { action: name, ...filled }, { key: newKey() }) });
            if (done) { toast(t("done")); reload(); }
        }, name === "confirm" ? "danger" : "");
        return [
            h("p", { class: "big" }, t("score", { n: credibility.value })), h("p", { class: "soft small" }, t("hint")),
            flags.length ? h("ul", { class: "steps" }, flags.map((flag) => h("li", null, h("div", null,
                h("div", { class: "row" }, h("span", { class: "strong" }, flag.label), badge(KIND[flag.state], t(flag.state)), h("span", { class: "soft small" }, t("minus", { n: credibility.parts.find((part) => part.flag_id === flag.id)?.points ?? 0 }))),
                h("p", { class: "soft small" }, `${clockTime(flag.first_at)} – ${clockTime(flag.last_at)}`), flag.decisions.map((decision) => decision.comment && h("p", { class: "small" }, decision.comment)),
                mayDecide && !["confirmed", "dismissed"].includes(flag.state) && h("div", { class: "row", style: { "margin-top": "8px" } }, ["dismiss", "escalate", "confirm"].map((name) => decide(flag, name))))))) : h("p", { class: "soft" }, t("none")),
        ];
    }));
}
