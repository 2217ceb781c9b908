import { api, newKey } from "../lib/api.js";
import { h, show, values } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { fromLocal, toLocal } from "../lib/time.js";
import { action, badge, busy, card, explain, facts, field, notice, section, table, toast } from "../lib/ui.js";
import { methodName, procedureName } from "../lib/words.js";

const t = texts({
    title: ["Новый экзамен", "New exam"], lead: ["Составьте план билета, проверьте его по базе и опубликуйте.", "Make the blueprint, check it against the bank, and publish."], back: ["Экзамены", "Exams"], name: ["Название", "Title"], discipline: ["Код дисциплины", "Code of the discipline"],
    opens: ["Открывается", "Opens"], closes: ["Закрывается", "Closes"], minutes: ["Минут на работу", "Minutes for the work"], procedure: ["Процедура", "Procedure"], identification: ["Чем подтверждают личность", "How identities are confirmed"],
    liveness: ["Проверять живое присутствие движениями", "Check liveness by movements"], order: ["Перемешивать задания", "Shuffle the tasks"], options: ["Перемешивать варианты", "Shuffle the options"], sections: ["План билета", "Blueprint"], count: ["Сколько", "How many"], topic: ["Тема (необязательно)", "Topic (optional)"],
    difficulty: ["Сложность 1–5", "Difficulty 1–5"], unit: ["Зачётная единица", "Credit unit"], pool: ["Набор", "Pool"], points: ["Баллов за задание", "Points each"], add: ["Добавить раздел", "Add a section"], remove: ["Убрать", "Remove"], check: ["Проверить", "Check"], publish: ["Опубликовать", "Publish"],
    fine: ["План выполним.", "The blueprint can be met."], bad: ["Так опубликовать нельзя.", "It cannot be published like this."], warnings: ["Можно опубликовать, но обратите внимание:", "It can be published, but mind:"], done: ["Экзамен опубликован.", "The exam is published."], aids: ["Что разрешено (через запятую)", "What is allowed (by commas)"],
    bank: ["В базе", "In the bank"], questions: ["Вопросов", "Questions"], topics: ["Темы", "Topics"], error: ["ошибка", "error"], warning: ["предупреждение", "warning"], section: ["Раздел {n}", "Section {n}"], grace: ["Секунд на доставку ответов", "Seconds for answers to arrive"],
});

export default async function () {
    const now = Date.now();
    const sections = h("div", { class: "stack" });
    let made = 0;
    const addSection = (count = 5) => {
        const n = made++;
        const node = h("fieldset", { class: "card" }, h("legend", { class: "visually-hidden" }, t("section", { n: n + 1 })), h("div", { class: "fields" },
            field({ name: `count.${n}`, label: t("count"), type: "number", min: 1, max: 500, value: count }), field({ name: `topic.${n}`, label: t("topic"), required: false, optionalMark: false }),
            field({ name: `difficulty.${n}`, label: t("difficulty"), type: "number", min: 1, max: 5, required: false, optionalMark: false }), field({ name: `credit_unit.${n}`, label: t("unit"), type: "number", min: 1, required: false, optionalMark: false }),
            field({ name: `points_each.${n}`, label: t("points"), required: false, optionalMark: false })), n > 0 && h("button", { type: "button", class: "plain", onclick: () => node.remove() }, t("remove")));
        sections.append(node);
    };
    addSection();
    const bank = h("div", { class: "card" }, h("h2", null, t("bank")), h("p", { class: "soft" }, "—"));
    const findings = h("div", { role: "status" });
    const form = h("form", { novalidate: true, onsubmit: (event) => event.preventDefault() },
        card(null, field({ name: "title", label: t("name"), maxlength: 200 }),
            h("div", { class: "fields" }, field({ name: "discipline", label: t("discipline"), maxlength: 64, onchange: (event) => look(event.target.value) }), field({ name: "procedure", label: t("procedure"), type: "select", value: "intermediate_attestation", options: ["current_control", "intermediate_attestation", "final_attestation", "other"].map((kind) => [kind, procedureName(kind)]) }),
                field({ name: "opens_at", label: t("opens"), type: "datetime-local", value: toLocal(new Date(now + 7 * 86400000)) }), field({ name: "closes_at", label: t("closes"), type: "datetime-local", value: toLocal(new Date(now + 8 * 86400000)) }),
                field({ name: "minutes", label: t("minutes"), type: "number", min: 1, max: 1440, value: 90 }), field({ name: "aids", label: t("aids"), required: false, optionalMark: false }))),
        card(t("identification"), field({ name: "identification", label: t("identification"), type: "checks", value: ["electronic", "biometric"], options: ["electronic", "biometric", "visual"].map((method) => [method, methodName(method)]) }), field({ name: "liveness", label: t("liveness"), type: "checkbox", checked: true, required: false })),
        card(t("sections"), sections, h("div", { class: "row", style: { margin: "12px 0" } }, h("button", { type: "button", onclick: () => addSection() }, t("add"))), field({ name: "shuffle_questions", label: t("order"), type: "checkbox", checked: true, required: false }), field({ name: "shuffle_options", label: t("options"), type: "checkbox", checked: true, required: false })),
        findings, h("div", { class: "row" }, action(t("check"), check), action(t("publish"), publish, "primary")));
    function body() {
        const filled = values(form);
        const exam = {
            title: filled.title, discipline: filled.discipline, opens_at: fromLocal(filled.opens_at), closes_at: fromLocal(filled.closes_at), duration_seconds: Number(filled.minutes) * 60, procedure: filled.procedure,
            identification: [filled.identification ?? []].flat(), liveness: filled.liveness === "on", shuffle_questions: filled.shuffle_questions === "on", shuffle_options: filled.shuffle_options === "on",
            sections: [...Array(made).keys()].filter((n) => filled[`count.${n}`]).map((n) => Object.fromEntries(Object.entries({
                count: Number(filled[`count.${n}`]), topic: filled[`topic.${n}`], difficulty: filled[`difficulty.${n}`] && Number(filled[`difficulty.${n}`]), credit_unit: filled[`credit_unit.${n}`] && Number(filled[`credit_unit.${n}`]), points_each: filled[`points_each.${n}`],
            }).filter(([, value]) => value))),
        };
        if (filled.aids) exam.aids = filled.aids.split(",").map((aid) => aid.trim()).filter(Boolean);
        return exam;
    }
    async function check() {
        if (!form.reportValidity()) return;
        const report = await api.post("/v1/exams/checks", body());
        show(findings, notice(!report.can_be_published ? "bad" : report.findings.length ? "warn" : "good", h("p", { class: "strong" }, t(!report.can_be_published ? "bad" : report.findings.length ? "warnings" : "fine")),
            report.findings.length > 0 && h("ul", null, report.findings.map((finding) => h("li", null, badge(finding.severity === "error" ? "bad" : "warn", t(finding.severity)), " ", finding.detail)))));
    }
    async function publish() {
        if (!form.reportValidity()) return;
        const exam = await api.post("/v1/exams", body(), { key: newKey() });
        toast(t("done"));
        location.assign(`/staff/exams/${exam.id}`);
    }
    async function look(discipline) {
        if (!discipline) return;
        const found = await api.find(`/v1/question-banks/${encodeURIComponent(discipline)}`).catch(() => null);
        show(bank, h("h2", null, t("bank")), found ? facts([[t("questions"), found.questions], [t("topics"), Object.entries(found.by_topic).map(([topic, count]) => `${topic} (${count})`).join(", ")], [t("difficulty"), Object.entries(found.by_difficulty).map(([level, count]) => `${level} — ${count}`).join(", ")]]) : h("p", null, "—"));
    }
    return [head(t("title"), t("lead"), { back: ["/staff/exams", t("back")] }), h("div", { class: "split" }, form, bank)];
}
