// What an examiner does to a running attempt: message, demand, pause, resume, extend, stop, flag.
import { api, newKey } from "./api.js";
import { h } from "./dom.js";
import { texts } from "./i18n.js";
import { action, ask, field, toast } from "./ui.js";
import { reasonName } from "./words.js";

const t = texts({
    message: ["Сообщение", "Message"], text: ["Текст", "Text"], send: ["Отправить", "Send"], sent: ["Отправлено.", "Sent."], demand: ["Показать…", "Demand to show…"], subject: ["Что показать", "What to show"], face: ["лицо", "the face"], workplace: ["рабочее место", "the workplace"], seconds: ["Секунд на ответ", "Seconds to answer"],
    pause: ["Пауза", "Pause"], resume: ["Продолжить", "Resume"], extend: ["Добавить время", "Give time"], minutes: ["Минут", "Minutes"], stop: ["Прекратить", "Stop"], stopText: ["Попытка закончится. Решение и причина записываются.", "The attempt ends. Decision and reason are recorded."], flag: ["Отметить", "Flag"], severity: ["Тяжесть от 0 до 1", "Severity from 0 to 1"], reason: ["Причина", "Reason"], comment: ["Пояснение", "Comment"], done: ["Выполнено.", "Done."],
    override: ["Допустить без идентификации", "Let through without identification"],
});

const reasons = (names) => field({ name: "reason", label: t("reason"), type: "select", options: names.map((name) => [name, reasonName(name)]) });

/** The buttons for an attempt in its state; `after` is told when something was done. */
export function controls(attempt, after) {
    const path = `/v1/attempts/${attempt.id}`;
    const control = (name, label, names, more = [], kind = "", extra = {}) => action(label, async () => {
        const done = await ask({
            title: label, text: name === "terminate" ? t("stopText") : undefined, submit: label, kind: kind || "primary",
            fields: [names.length > 0 && reasons(names), more, field({ name: "comment", label: t("comment"), required: false, maxlength: 1000 })],
            send: (filled) => {
                const body = { action: name, ...extra };
                for (const key of ["reason", "comment"]) if (filled[key]) body[key] = filled[key];
                if (filled.minutes) body.extra_seconds = Number(filled.minutes) * 60;
                if (filled.severity) body.severity = Number(filled.severity);
                return api.post(`${path}/control`, body);
            },
        });
        if (done) { toast(t("done")); await after(); }
    }, kind);
    const runs = ["started", "ready_to_submit"].includes(attempt.state);
    const open = runs || attempt.state === "paused" || ["created", "ready_to_start"].includes(attempt.state);
    return h("div", { class: "row" },
        open && action(t("message"), async () => {
            const sent = await ask({ title: t("message"), submit: t("send"), fields: [field({ name: "text", label: t("text"), type: "textarea", maxlength: 1000 })], send: ({ text }) => api.post(`${path}/messages`, { text }, { key: newKey() }) });
            if (sent) { toast(t("sent")); await after(); }
        }),
        (runs || attempt.state === "paused") && action(t("demand"), async () => {
            const sent = await ask({
                title: t("demand"), submit: t("send"), fields: [field({ name: "subject", label: t("subject"), type: "radios", value: "workplace", options: [["workplace", t("workplace")], ["face", t("face")]] }), field({ name: "message", label: t("message"), required: false, maxlength: 500 }), field({ name: "seconds", label: t("seconds"), type: "number", min: 30, max: 3600, value: 120 })],
                send: (filled) => api.post(`${path}/demands`, { subject: filled.subject, seconds: Number(filled.seconds), ...(filled.message ? { message: filled.message } : {}) }, { key: newKey() }),
            });
            if (sent) { toast(t("sent")); await after(); }
        }),
        runs && control("pause", t("pause"), ["check_needed", "connection_interrupted", "technical_failure", "device_failure", "health", "other"]),
        attempt.state === "paused" && control("resume", t("resume"), [], [], "primary"),
        (runs || attempt.state === "paused") && control("update", t("extend"), ["connection_interrupted", "technical_failure", "device_failure", "health", "entitlement", "other"], [field({ name: "minutes", label: t("minutes"), type: "number", min: 1, max: 600, value: 10 })]),
        open && control("flag", t("flag"), ["suspicion", "dishonesty", "other_person", "connection_interrupted", "other"], [field({ name: "severity", label: t("severity"), type: "number", min: 0, max: 1, step: 0.1, value: 0.5 })]),
        (runs || attempt.state === "paused") && control("terminate", t("stop"), ["dishonesty", "other_person", "connection_lost", "technical_failure", "device_failure", "health", "candidate_request", "other"], [], "danger"));
}
