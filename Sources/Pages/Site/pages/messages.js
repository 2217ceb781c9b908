import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { has, head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { openSurveys } from "../lib/survey.js";
import { action, badge, empty, section } from "../lib/ui.js";

const t = texts({
    title: ["Уведомления", "Notices"], lead: ["О делах, расписании, проверке работ и оценках.", "About cases, schedules, grading and grades."], none: ["Уведомлений нет.", "There are no notices."], read: ["Прочитано", "Mark as read"], fresh: ["новое", "new"],
    grading_due: ["Подходит срок проверки работ", "Grading is due"], work_graded: ["Ваша работа проверена", "Your work was graded"], grade_changed: ["Оценка изменена", "A grade was changed"], sheet_closed: ["Ведомость закрыта", "A grade sheet was closed"],
});
const KINDS = new Set(["grading_due", "work_graded", "grade_changed", "sheet_closed"]);

export default async function ({ main }) {
    main.classList.add("reading");
    return [head(t("title"), t("lead"), { back: ["/", "attestd"] }), await openSurveys(), section(async (reload) => {
        const [notices, grades] = await Promise.all([api.get("/v1/me/notices?limit=100"), api.get("/v1/me/grade-notices?limit=100").catch(() => ({ notices: [] }))]);
        const all = [
            ...notices.notices.map((each) => ({ ...each, path: "/v1/me/notices", title: each.text ?? each.step ?? each.topic })),
            ...grades.notices.map((each) => ({ ...each, path: "/v1/me/grade-notices", title: KINDS.has(each.kind) ? t(each.kind) : each.kind, detail: each.facts.map((fact) => fact.value).filter((value) => !/^[0-9a-f-]{36}$/.test(value)).join(" · ") })),
        ].sort((a, b) => b.at.localeCompare(a.at));
        return all.length ? all.map((each) => h("article", { class: `card${each.read_at ? "" : " next"}` },
            h("div", { class: "row between" }, h("p", { class: "soft small" }, moment(each.at)), !each.read_at && badge("info", t("fresh"))),
            h("p", null, each.title), each.detail && h("p", { class: "soft" }, each.detail),
            !each.read_at && action(t("read"), async () => { await api.post(`${each.path}/${each.id}/reading`); reload(); }))) : empty(t("none"));
    })];
}
