// Decisions about an attempt that was handed in: confirm, ask for a second review, reject, annul. Who may decide what for
// which reasons follows the attempt's rules (Sources/Attestation/Attempt/AttemptRule.swift); the server checks them.
import { api } from "./api.js";
import { h } from "./dom.js";
import { texts } from "./i18n.js";
import { has } from "./shell.js";
import { action, ask, field, toast } from "./ui.js";
import { reasonName } from "./words.js";

const t = texts({
    verify: ["Подтвердить", "Confirm"], request_review: ["На вторую проверку", "Second review"], reject: ["Не засчитать", "Reject"], annul: ["Признать несостоявшейся", "Annul"], reason: ["Причина", "Reason"], comment: ["Пояснение", "Comment"], done: ["Решение записано.", "The decision is recorded."], sure: ["Попытка будет подтверждена.", "The attempt will be confirmed."],
});
const FAILURES = ["technical_failure", "device_failure", "connection_lost", "other"];

/** The decisions that somebody may take now, each with its reasons; none where no reason is given. */
export function decisions(attempt, account) {
    const reviewer = has(account, "reviewer");
    switch (attempt.state) {
    case "submitted":
        return { ...(reviewer ? { verify: [] } : {}), request_review: ["suspicion", "sample", "appeal", "other"], reject: ["dishonesty", "other_person"], ...(reviewer ? {} : { annul: FAILURES }) };
    case "second_review_required":
        return reviewer ? { verify: ["nothing_found", "other"], reject: ["dishonesty", "other_person"], annul: FAILURES } : { annul: FAILURES };
    case "verified": case "rejected":
        return { request_review: ["suspicion", "appeal", "other"] };
    default:
        return {};
    }
}

/** Asks for the reason and sends the decision. */
export async function decideBy(name, attempt, account, after) {
    const reasons = decisions(attempt, account)[name];
    if (!reasons) return;
    const done = await ask({
        title: t(name), text: reasons.length ? undefined : t("sure"), submit: t(name), kind: ["reject", "annul"].includes(name) ? "danger" : "primary",
        fields: [reasons.length > 0 && field({ name: "reason", label: t("reason"), type: "select", options: reasons.map((reason) => [reason, reasonName(reason)]) }), field({ name: "comment", label: t("comment"), type: "textarea", required: false, maxlength: 2000 })],
        send: (filled) => api.post(`/v1/attempts/${attempt.id}/review`, { action: name, ...filled }),
    });
    if (done) { toast(t("done")); await after(); }
}

/** The buttons, where there is something to decide. */
export function decide(attempt, account, after) {
    const names = Object.keys(decisions(attempt, account));
    return names.length > 0 && h("div", { class: "row", style: { "margin-top": "12px" } }, names.map((name) =>
        action(t(name), () => decideBy(name, attempt, account, after), name === "verify" ? "primary" : name === "reject" ? "danger" : "")));
}
