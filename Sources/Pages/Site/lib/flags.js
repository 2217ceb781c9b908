// Flags of an attempt with their decisions, and the credibility score with what it is made of. Nothing is decided by it.
import { api, newKey } from "./api.js";
import { h } from "./dom.js";
import { texts } from "./i18n.js";
import { clockTime, moment } from "./time.js";
import { action, ask, badge, card, field, section, toast } from "./ui.js";
import { severityKind, severityName } from "./words.js";

const t = texts({
    title: ["Отметки", "Flags"], score: ["Оценка доверия: {n} из 100", "Credibility: {n} of 100"], none: ["Отметок нет.", "There are no flags."], hint: ["Оценка ничего не решает: решает человек.", "The score decides nothing: a person does."], confirm: ["Подтвердить отметку", "Confirm the flag"], dismiss: ["Снять отметку", "Dismiss the flag"], escalate: ["Передать другому", "Escalate"], comment: ["Пояснение", "Comment"], done: ["Решение записано.", "The decision is recorded."],
    open: ["не рассмотрена", "open"], escalated: ["передана", "escalated"], second_needed: ["нужен второй", "second needed"], confirmed: ["подтверждена", "confirmed"], dismissed: ["снята", "dismissed"], minus: ["−{n}", "−{n}"],
    two: ["Серьёзную отметку подтверждают двое.", "A grave flag is confirmed by two people."], waits: ["Вы уже решили; слово за другим проверяющим.", "You have decided; now it is somebody else's turn."], locked: ["Решено. События, о которых решали, закреплены в журнале.", "Decided. The log holds the events that were decided about."],
    did_confirm: ["подтвердил(а)", "confirmed"], did_dismiss: ["снял(а)", "dismissed"], did_escalate: ["передал(а)", "escalated"], you: ["вы", "you"], reviewer: ["проверяющий …{id}", "reviewer …{id}"],
});
const KIND = { open: "warn", escalated: "warn", second_needed: "warn", confirmed: "bad", dismissed: "" };
const isFinal = (flag) => ["confirmed", "dismissed"].includes(flag.state);

/** What somebody may decide about a flag now. */
export function flagDecisions(flag, account) {
    if (isFinal(flag) || flag.decisions.some((decision) => decision.decided_by === account.id)) return [];
    return flag.state === "open" ? ["confirm", "dismiss", "escalate"] : ["confirm", "dismiss"];
}

/** Asks for a comment and sends the decision about a flag. */
export async function decideFlag(flag, name, account, after) {
    if (!flagDecisions(flag, account).includes(name)) return;
    const done = await ask({
        title: `${t(name)}: ${flag.label}`, text: name === "confirm" && flag.needs_second ? t("two") : undefined, submit: t(name), kind: name === "confirm" ? "danger" : "primary",
        fields: [field({ name: "comment", label: t("comment"), type: "textarea", required: false, maxlength: 2000 })],
        send: (filled) => api.post(`/v1/flags/${flag.id}/decisions`, { action: name, ...filled }, { key: newKey() }),
    });
    if (done) { toast(t("done")); await after(); }
}

/** The flags one below the other, with who decided what, and what can be decided. */
export function flagList({ flags, credibility }, account, mayDecide, after) {
    if (!flags.length) return h("p", { class: "soft" }, t("none"));
    return h("ul", { class: "steps" }, flags.map((flag) => {
        const names = mayDecide ? flagDecisions(flag, account) : [];
        const points = credibility.parts.find((part) => part.flag_id === flag.id)?.points ?? 0;
        return h("li", null, h("div", null,
            h("div", { class: "row" }, h("span", { class: "strong" }, flag.label), badge(severityKind(flag.severity), severityName(flag.severity)), badge(KIND[flag.state], t(flag.state)), h("span", { class: "soft small" }, t("minus", { n: points }))),
            h("p", { class: "soft small" }, `${moment(flag.first_at)} – ${clockTime(flag.last_at)}`),
            flag.decisions.map((decision) => h("p", { class: "small" }, `${moment(decision.at)} · ${decision.decided_by === account.id ? t("you") : t("reviewer", { id: decision.decided_by.slice(-6) })} ${t(`did_${decision.action}`)}`, decision.comment && `: ${decision.comment}`)),
            isFinal(flag) ? h("p", { class: "soft small" }, t("locked")) : mayDecide && !names.length && h("p", { class: "soft small" }, t("waits")),
            names.length > 0 && h("div", { class: "row", style: { "margin-top": "8px" } }, names.map((name) => action(t(name), () => decideFlag(flag, name, account, after), name === "confirm" ? "danger" : "")))));
    }));
}

/** The panel of the attempt's page. */
export function flagPanel(attemptID, account, mayDecide) {
    return card(t("title"), section(async (reload) => {
        const found = await api.get(`/v1/attempts/${attemptID}/flags`);
        return [h("p", { class: "big" }, t("score", { n: found.credibility.value })), h("p", { class: "soft small" }, t("hint")), flagList(found, account, mayDecide, reload)];
    }));
}
