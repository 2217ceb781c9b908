// Decisions about an attempt that was handed in: confirm, ask for a second review, reject, annul.
import { api } from "./api.js";
import { h } from "./dom.js";
import { texts } from "./i18n.js";
import { action, ask, field, toast } from "./ui.js";
import { reasonName } from "./words.js";

const t = texts({
    verify: ["Подтвердить", "Confirm"], request_review: ["На вторую проверку", "Second review"], reject: ["Не засчитать", "Reject"], annul: ["Признать несостоявшейся", "Annul"], reason: ["Причина", "Reason"], comment: ["Пояснение", "Comment"], done: ["Решение записано.", "The decision is recorded."],
});
export const REASONS = {
    verify: ["nothing_found"], request_review: ["suspicion", "sample", "appeal"], reject: ["dishonesty", "other_person"], annul: ["technical_failure", "connection_lost", "health", "device_failure"],
};

/** Asks for the reason and sends the decision. */
export async function decideBy(name, attempt, after) {
    const reasons = REASONS[name];
    const done = await ask({
        title: t(name), submit: t(name), kind: ["reject", "annul"].includes(name) ? "danger" : "primary",
        fields: [field({ name: "reason", label: t("reason"), type: "select", options: reasons.map((reason) => [reason, reasonName(reason)]) }), field({ name: "comment", label: t("comment"), type: "textarea", required: false, maxlength: 2000 })],
        send: (filled) => api.post(`/v1/attempts/${attempt.id}/review`, { action: name, ...filled }),
    });
    if (done) { toast(t("done")); await after(); }
}

/** The buttons, where the attempt's state allows a decision. */
export function decide(attempt, after) {
    if (!["submitted", "second_review_required", "timed_out"].includes(attempt.state)) return null;
    return h("div", { class: "row", style: { "margin-top": "12px" } }, ["verify", ...(attempt.state === "submitted" ? ["request_review"] : []), "reject", "annul"].map((name) =>
        action(t(name), () => decideBy(name, attempt, after), name === "verify" ? "primary" : name === "reject" ? "danger" : "")));
}
