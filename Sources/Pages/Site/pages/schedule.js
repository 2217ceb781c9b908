import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { duration, moment, zone } from "../lib/time.js";
import { badge, card, link, notice, table } from "../lib/ui.js";

const t = texts({
    title: ["Экзамены", "Exams"], lead: ["Время указано по вашему часовому поясу: {zone}.", "Times are in your own time zone: {zone}."],
    exam: ["Экзамен", "Exam"], discipline: ["Дисциплина", "Discipline"], opens: ["Начало", "Opens"], closes: ["Окончание", "Closes"], place: ["Место", "Place"], open: ["Открыть", "Open"],
    changed: ["перенесён", "moved"], none: ["В расписании пока нет экзаменов.", "There are no exams in the schedule yet."],
    others: ["Экзамены вне расписания", "Exams outside of the schedule"], talks: ["Собеседования", "Talks"], link: ["Перейти к видеосвязи", "Go to the video link"], when: ["Когда", "When"],
});

export default async function () {
    const [{ exams }, all, { slots }] = await Promise.all([
        api.get(`/v1/schedule?limit=200&time_zone=${encodeURIComponent(zone)}`), api.get("/v1/exams?limit=100"), api.get("/v1/me/slots"),
    ]);
    const known = new Set(exams.map((exam) => exam.exam_id));
    const others = all.exams.filter((exam) => !known.has(exam.id) && Date.parse(exam.closes_at) > Date.now());
    return [
        head(t("title"), t("lead", { zone }), { back: ["/", "attestd"] }),
        slots.length > 0 && card(t("talks"), table([
            { title: t("exam"), value: (slot) => slot.exam_title }, { title: t("when"), value: (slot) => moment(slot.begins_at) },
            { title: t("place"), value: (slot) => h("a", { href: slot.link, rel: "noopener noreferrer", target: "_blank" }, t("link")) },
        ], slots, { caption: t("talks") })),
        table([
            { title: t("exam"), value: (row) => [h("span", { class: "strong" }, row.title), " ", row.is_changed && badge("warn", t("changed"))] },
            { title: t("discipline"), value: (row) => row.discipline }, { title: t("opens"), value: (row) => moment(row.opens_at) },
            { title: t("closes"), value: (row) => moment(row.closes_at) }, { title: t("place"), value: (row) => row.place },
            { title: "", value: (row) => link(`/exam/${row.exam_id}`, t("open"), "primary") },
        ], exams, { caption: t("title"), none: t("none") }),
        others.length > 0 && [h("h2", null, t("others")), table([
            { title: t("exam"), value: (row) => row.title }, { title: t("discipline"), value: (row) => row.discipline },
            { title: t("opens"), value: (row) => moment(row.opens_at) }, { title: t("closes"), value: (row) => moment(row.closes_at) },
            { title: "", value: (row) => link(`/exam/${row.id}`, t("open"), " ") },
        ], others, { caption: t("others") })],
    ];
}
