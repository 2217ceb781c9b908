import { api } from "../lib/api.js";
import { texts } from "../lib/i18n.js";
import { has, head } from "../lib/shell.js";
import { duration, moment } from "../lib/time.js";
import { badge, link, pagedTable } from "../lib/ui.js";

const t = texts({
    title: ["Экзамены", "Exams"], lead: ["Опубликованные экзамены, новые сверху.", "Published exams, newest first."], exam: ["Экзамен", "Exam"], discipline: ["Дисциплина", "Discipline"], opens: ["Открывается", "Opens"], closes: ["Закрывается", "Closes"],
    time: ["Время", "Time"], items: ["Заданий", "Tasks"], state: ["Состояние", "State"], open: ["идёт", "open"], before: ["впереди", "to come"], after: ["закончен", "closed"], wall: ["Наблюдение", "Watch"], details: ["Подробнее", "Details"], publish: ["Опубликовать экзамен", "Publish an exam"], none: ["Экзаменов пока нет.", "There are no exams yet."],
});

export default async function ({ account }) {
    const now = Date.now();
    const state = (exam) => (Date.parse(exam.opens_at) > now ? badge("", t("before")) : Date.parse(exam.closes_at) > now ? badge("good", t("open")) : badge("", t("after")));
    return [
        head(t("title"), t("lead"), { actions: has(account, "examiner", "administrator") && [link("/staff/exams/new", t("publish"), "primary")] }),
        await pagedTable([
            { title: t("exam"), value: (exam) => link(`/staff/exams/${exam.id}`, exam.title) }, { title: t("discipline"), value: (exam) => exam.discipline }, { title: t("state"), value: state },
            { title: t("opens"), value: (exam) => moment(exam.opens_at) }, { title: t("closes"), value: (exam) => moment(exam.closes_at) }, { title: t("time"), value: (exam) => duration(exam.duration_seconds) },
            { title: t("items"), value: (exam) => exam.items, number: true },
            { title: "", value: (exam) => has(account, "examiner", "reviewer", "administrator") && link(`/staff/wall/${exam.id}`, t("wall"), " ") },
        ], async (last) => (await api.get(`/v1/exams?limit=100${last ? `&before=${last.id}` : ""}`)).exams, { caption: t("title"), none: t("none") }),
    ];
}
