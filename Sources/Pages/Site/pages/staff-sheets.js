import { api, query } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { has } from "../lib/shell.js";
import { day } from "../lib/time.js";
import { badge, field, filters, form, link, pagedTable } from "../lib/ui.js";

const t = texts({
    title: ["Ведомости", "Grade sheets"], lead: ["По академическим и учебным группам.", "By academic and study groups."], number: ["№", "No."], group: ["Группа", "Group"], discipline: ["Дисциплина", "Discipline"], day: ["День экзамена", "Exam day"], examiner: ["Преподаватель", "Examiner"], state: ["Состояние", "State"], open: ["открыта", "open"], closed: ["закрыта", "closed"], late: ["заполнена с опозданием", "filled late"], show: ["Открыть", "Open"], none: ["Ведомостей нет.", "There are no grade sheets."], all: ["Все", "All"],
    make: ["Новая ведомость", "New grade sheet"], exam: ["Экзамен", "Exam"], year: ["Учебный год", "Academic year"], units: ["Зачётных единиц", "Credit units"], semester: ["Семестр", "Semester"], examinerID: ["Номер учётной записи преподавателя", "Identifier of the examiner's account"], create: ["Создать", "Make it"],
});

export default async function ({ account }) {
    const [{ groups }, { exams }] = await Promise.all([api.get("/v1/groups?limit=500"), api.get("/v1/exams?limit=200")]);
    const place = h("div", null);
    let filled = {};
    const load = async () => show(place, await pagedTable([
        { title: t("number"), value: (row) => link(`/staff/sheets/${row.id}`, row.number), number: true }, { title: t("group"), value: (row) => row.group_name }, { title: t("discipline"), value: (row) => row.discipline }, { title: t("day"), value: (row) => day(row.exam_day) }, { title: t("examiner"), value: (row) => row.examiner },
        { title: t("state"), value: (row) => [badge(row.state === "closed" ? "good" : "warn", t(row.state)), " ", row.is_filled_late && badge("bad", t("late"))] }, { title: "", value: (row) => link(`/staff/sheets/${row.id}`, t("show"), " ") },
    ], async (last) => (await api.get(`/v1/grade-sheets${query({ ...filled, before: last?.id, limit: 100 })}`)).grade_sheets, { caption: t("title"), none: t("none") }));
    await load();
    const year = new Date().getMonth() >= 8 ? new Date().getFullYear() : new Date().getFullYear() - 1;
    return [
        head(t("title"), t("lead")),
        filters([field({ name: "state", label: t("state"), type: "select", required: false, optionalMark: false, options: [["", t("all")], ["open", t("open")], ["closed", t("closed")]] }), field({ name: "group_id", label: t("group"), type: "select", required: false, optionalMark: false, options: [["", t("all")], ...groups.map((group) => [group.id, group.name])] })], (values) => { filled = values; load(); }),
        place,
        has(account, "compliance_officer", "administrator") && groups.length > 0 && h("details", { class: "card" }, h("summary", { class: "strong" }, t("make")), h("div", { style: { "margin-top": "12px" } }, form({
            fields: h("div", { class: "fields" }, field({ name: "exam_id", label: t("exam"), type: "select", options: exams.map((exam) => [exam.id, exam.title]) }), field({ name: "group_id", label: t("group"), type: "select", options: groups.map((group) => [group.id, group.name]) }), field({ name: "academic_year", label: t("year"), value: `${year}/${year + 1}` }), field({ name: "semester", label: t("semester"), type: "number", min: 1, max: 14, value: 1 }), field({ name: "credit_units", label: t("units"), value: "3" }), field({ name: "exam_day", label: t("day"), type: "date", value: new Date().toISOString().slice(0, 10) }), field({ name: "examiner_id", label: t("examinerID") })),
            submit: t("create"), send: async (values) => { const made = await api.post("/v1/grade-sheets", { ...values, semester: Number(values.semester) }); location.assign(`/staff/sheets/${made.sheet.id}`); },
        }))),
    ];
}
