import { api } from "../lib/api.js";
import { texts } from "../lib/i18n.js";
import { short } from "../lib/people.js";
import { head } from "../lib/shell.js";
import { day } from "../lib/time.js";
import { action, badge, link, section, table } from "../lib/ui.js";

const t = texts({
    title: ["Проверка работ", "Grading"], lead: ["Ответы без имён, срочные — первыми. Срок — 15 рабочих дней.", "Answers without names, those due first. The term is 15 working days."], work: ["Работа", "Work"], due: ["Срок", "Due"], left: ["Осталось рабочих дней", "Working days left"], points: ["Максимум", "Maximum"], state: ["Состояние", "State"],
    take: ["Взять на проверку", "Take"], goOn: ["Продолжить", "Go on"], taken: ["занята", "taken"], own: ["у вас", "yours"], waiting: ["ждёт", "waits"], graded: ["проверена", "graded"], withdrawn: ["снята", "withdrawn"], none: ["Непроверенных работ нет.", "Nothing waits to be graded."],
});

export default async function () {
    return [head(t("title"), t("lead")), section(async () => {
        const { works } = await api.get("/v1/open-works?limit=200");
        return table([
            { title: t("work"), value: (row) => row.alias }, { title: t("due"), value: (row) => day(row.due_on) }, { title: t("left"), value: (row) => badge(row.working_days_left <= 2 ? "bad" : row.working_days_left <= 5 ? "warn" : "", row.working_days_left), number: true }, { title: t("points"), value: (row) => row.maximum, number: true },
            { title: t("state"), value: (row) => (row.is_own ? badge("info", t("own")) : row.is_taken ? badge("", t("taken")) : badge(row.state === "graded" ? "good" : "warn", t(row.state))) },
            { title: "", value: (row) => (row.is_own ? link(`/staff/grading/${row.id}`, t("goOn"), "primary") : !row.is_taken && row.state === "waiting" && action(t("take"), async () => { await api.post(`/v1/open-works/${row.id}/taking`); location.assign(`/staff/grading/${row.id}`); })) },
        ], works, { caption: t("title"), none: t("none") });
    })];
}
