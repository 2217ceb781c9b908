import { api } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { allEvents, follow } from "../lib/events.js";
import { burstStep, livenessStep, visualStep } from "../lib/identify.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { countdown, duration, moment, serverNow } from "../lib/time.js";
import { action, ask, badge, card, explain, facts, field, form, link, notice, toast } from "../lib/ui.js";
import { formName, methodName, stateKind, stateName } from "../lib/words.js";

const t = texts({
    back: ["Экзамены", "Exams"], lead: ["Зал ожидания: подтвердите личность и проверьте, всё ли готово.", "Waiting room: confirm your identity and see whether all is ready."],
    opens: ["Начало", "Opens"], closes: ["Окончание", "Closes"], time: ["Время на работу", "Time for the work"], items: ["Заданий", "Tasks"], form: ["Форма", "Form"], aids: ["Разрешено", "Allowed"], calculator: ["Калькулятор", "Calculator"],
    begin: ["Подготовиться к экзамену", "Get ready for the exam"], beginText: ["Создайте попытку — дальше подтвердите личность. Это можно сделать до начала.", "Make your attempt, then confirm your identity. You can do so before the start."],
    identity: ["Подтверждение личности", "Identification"], conditions: ["Готовность", "Are you ready?"], met: ["выполнено", "met"], open: ["нужно", "needed"],
    identified: ["Личность подтверждена.", "Your identity is confirmed."], start: ["Начать экзамен", "Start the exam"], startText: ["После начала пойдёт время. Не закрывайте страницу и оставайтесь в кадре.", "The clock runs from the start. Keep the page open and stay in frame."],
    goOn: ["Перейти к экзамену", "Go to the exam"], result: ["К результату", "To the result"], key: ["Ключ доступа", "Access key"], enter: ["Ввести", "Enter"], opensIn: ["До начала {time}", "It opens in {time}"],
    by: ["{method} идентификация", "{method} identification"], document: ["Проверка по документу", "Check by document"], portrait: ["Сначала загрузите портрет", "Upload a portrait first"], toPortrait: ["К портрету", "To the portrait"], consents: ["К согласиям", "To the consents"],
    cannot: ["Не могу участвовать", "I cannot take part"], cannotText: ["Если сообщить до начала, неявка считается уважительной, когда причина подтвердится.", "If you say so before the start, your absence is excused once the reason is confirmed."], why: ["Причина", "Reason"], comment: ["Подробнее", "In more words"],
    health: ["Здоровье", "Health"], device_failure: ["Неисправность устройства", "Device failure"], unable_to_attend: ["Не могу присутствовать", "Unable to attend"], own_refusal: ["Отказываюсь", "I do not want to"], tell: ["Сообщить", "Say so"],
    hard: ["Не получается?", "Does it not work?"], hardText: ["Повторите при хорошем свете — или пусть уполномоченный сотрудник сверит вас с документом: встаньте в очередь ниже.", "Try again in good light, or let a verifier compare you with a document: join the queue below."],
    check: ["Проверка системы", "System check"], other: ["Другой способ: проверка по документу", "Another way: a check of a document"],
});

export default async function ({ account, exam: examID, main }) {
    const [exam, form] = await Promise.all([api.get(`/v1/exams/${examID}`), api.get(`/v1/exams/${examID}/form`).catch(() => null)]);
    const mine = (await api.get("/v1/me/attempts?limit=500")).attempts.find(({ attempt }) => attempt.exam_id === examID)?.attempt;
    const about = card(null, facts([
        [t("form"), form && formName(form.form)], [t("opens"), moment(exam.opens_at)], [t("closes"), moment(exam.closes_at)], [t("time"), duration(exam.duration_seconds)],
        [t("items"), exam.items], [t("aids"), exam.aids?.join(", ")],
    ]), h("p", null, link("/check", t("check"))));
    const work = h("div", null);
    const page = [head(exam.title, t("lead"), { back: ["/schedule", t("back")] }), h("div", { class: "split" }, work, about)];
    if (!mine) {
        show(work, h("section", { class: "card next" }, h("h2", null, t("begin")), h("p", null, t("beginText")),
            action(t("begin"), async () => { await room(await api.post(`/v1/exams/${examID}/attempts`)); }, "primary"), decline()));
        return page;
    }
    await room(mine);
    return page;

    function decline(attempt) {
        if (!attempt) return null;
        return h("p", { style: { "margin-top": "16px" } }, action(t("cannot"), async () => {
            const told = await ask({
                title: t("cannot"), text: t("cannotText"), submit: t("tell"), kind: "danger",
                fields: [
                    field({ name: "reason", label: t("why"), type: "radios", options: ["health", "device_failure", "unable_to_attend", "own_refusal"].map((reason) => [reason, t(reason)]) }),
                    field({ name: "comment", label: t("comment"), type: "textarea", required: false, maxlength: 1000 }),
                ],
                send: (filled) => api.post(`/v1/attempts/${attempt.id}/declining`, filled),
            });
            if (told) location.assign(`/results/${attempt.id}`);
        }, "plain"));
    }

    async function room(attempt) {
        const path = `/v1/attempts/${attempt.id}`;
        if (["started", "ready_to_submit", "paused"].includes(attempt.state)) {
            show(work, h("section", { class: "card next" }, h("h2", null, badge(stateKind(attempt.state), stateName(attempt.state))), link(`/attempt/${attempt.id}`, t("goOn"), "primary")));
            return;
        }
        if (!["created", "ready_to_start"].includes(attempt.state)) {
            show(work, notice("", stateName(attempt.state)), link(`/results/${attempt.id}`, t("result"), "primary"));
            return;
        }
        const identity = h("section", { class: "card" });
        const ready = h("section", { class: "card" });
        show(work, identity, ready, decline(attempt));
        let shown;
        // How often the face was not enough in a row: then the other way is shown first.
        let failures = 0;
        const judged = async (verdict) => {
            failures = verdict.outcome === "match" ? 0 : failures + 1;
            await refresh();
            const other = identity.querySelector("details.other");
            if (failures < 2 || !other || other.open) return;
            other.open = true;
            other.before(notice("warn", h("p", { class: "strong" }, t("hard")), h("p", null, t("hardText"))));
        };
        const refresh = async () => {
            const [standing, admission, current, consents, portrait] = await Promise.all([
                api.get(`${path}/identification`), api.get(`/v1/exams/${examID}/admission`), api.get(path), api.get("/v1/me/consents"), api.find("/v1/me/portrait"),
            ]);
            const has = { consent: Boolean(consents.consents.find((consent) => consent.kind === "biometric")?.in_force), portrait: Boolean(portrait) };
            if (["started", "paused"].includes(current.state)) { location.assign(`/attempt/${attempt.id}`); return; }
            const key = JSON.stringify([standing.suffices, standing.steps, standing.visual_case_id, current.liveness_needed, has]);
            if (key !== shown) { shown = key; paintIdentity(standing, current, has); }
            paintReady(admission);
        };
        function paintIdentity(standing, current, has) {
            if (standing.suffices) {
                show(identity, h("h2", null, t("identity")), notice("good", t("identified")));
                return;
            }
            const next = standing.steps.find((step) => step.method === "biometric");
            const visual = standing.steps.find((step) => step.method === "visual") ?? (standing.visual_case_id ? {} : null);
            show(identity, h("h2", null, t("identity")), h("p", null, standing.text),
                standing.steps.length > 1 && h("ul", { class: "steps" }, standing.steps.map((step) => h("li", null, h("div", null, h("p", { class: "strong" }, t("by", { method: methodName(step.method) })), h("p", { class: "soft small" }, step.text))))),
                next && !has.consent && h("p", null, link("/consents", t("consents"), " ")),
                next && has.consent && !has.portrait ? [h("p", null, t("portrait")), link("/portrait", t("toPortrait"), "primary")]
                    : next && has.consent && !standing.visual_case_id && (current.liveness_needed ? livenessStep(path, judged) : burstStep(path, judged)),
                (visual || standing.visual_case_id) && visualStep({ account, caseID: standing.visual_case_id, join: () => api.post(`${path}/visual-identification`), done: refresh }),
                next && !visual && h("details", { class: "other", style: { "margin-top": "16px" } }, h("summary", null, t("other")),
                    h("div", { style: { "margin-top": "12px" } }, visualStep({ account, join: () => api.post(`${path}/visual-identification`), done: refresh }))));
        }
        function paintReady(admission) {
            const needsKey = admission.conditions.find((condition) => !condition.is_met && condition.code === "access_key");
            const needsCheck = admission.conditions.find((condition) => !condition.is_met && condition.code === "system_check");
            const until = (Date.parse(exam.opens_at) - serverNow()) / 1000;
            show(ready, h("h2", null, t("conditions")),
                h("ul", { class: "steps" }, admission.conditions.map((condition) => h("li", { class: condition.is_met ? "done" : "" },
                    h("span", { class: "mark", "aria-hidden": "true" }, condition.is_met ? "✓" : "·"), h("div", null, h("p", null, condition.text)), badge(condition.is_met ? "good" : "warn", t(condition.is_met ? "met" : "open"))))),
                needsKey && keyForm(), needsCheck && link("/check", t("check"), "primary"),
                until > 0 && h("p", { class: "soft" }, t("opensIn", { time: until < 86400 ? countdown(until) : duration(until) })),
                admission.may_start && [h("p", null, t("startText")), action(t("start"), async () => {
                    await api.post(`${path}/start`);
                    location.assign(`/attempt/${attempt.id}`);
                }, "primary wide")]);
        }
        function keyForm() {
            const node = h("form", { class: "row", onsubmit: async (event) => {
                event.preventDefault();
                try { await api.post(`/v1/exams/${examID}/access-key-entries`, { key: node.elements.key.value.trim() }); await refresh(); } catch (error) { toast(explain(error), "bad"); }
            } }, h("label", { for: "access-key" }, t("key")), h("input", { id: "access-key", name: "key", required: true, style: { width: "14em" }, maxlength: 64 }), h("button", { class: "primary" }, t("enter")));
            return node;
        }
        await refresh();
        const events = await allEvents(`${path}/events`);
        const stop = follow(`${path}/events/stream`, events.at(-1)?.index ?? 0, () => refresh().catch(() => undefined));
        const timer = setInterval(() => { if (!document.hidden && !document.activeElement?.matches("input, textarea, select")) refresh().catch(() => undefined); }, 15000);
        addEventListener("pagehide", () => { stop(); clearInterval(timer); });
    }
}
