import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { card, field, form, link } from "../lib/ui.js";

const t = texts({
    title: ["База вопросов", "Question bank"], lead: ["Вопросы по дисциплинам: импорт из GIFT, Aiken, Moodle XML и QTI, выгрузка обратно.", "Questions by discipline: import from GIFT, Aiken, Moodle XML and QTI, and export."], code: ["Код дисциплины", "Code of the discipline"], open: ["Открыть", "Open"], known: ["Дисциплины с экзаменами", "Disciplines with exams"], other: ["Другая дисциплина", "Another discipline"], hint: ["Новая база появится с первым импортом.", "A new bank appears with its first import."],
});

export default async function ({ main }) {
    main.classList.add("reading");
    const { exams } = await api.get("/v1/exams?limit=500");
    const known = [...new Set(exams.map((exam) => exam.discipline))].sort();
    return [
        head(t("title"), t("lead")),
        known.length > 0 && card(t("known"), h("div", { class: "row" }, known.map((discipline) => link(`/staff/banks/${encodeURIComponent(discipline)}`, discipline, " ")))),
        card(t("other"), form({ fields: [field({ name: "discipline", label: t("code"), hint: t("hint"), maxlength: 64 })], submit: t("open"), kind: "", send: async ({ discipline }) => location.assign(`/staff/banks/${encodeURIComponent(discipline.trim())}`) })),
    ];
}
