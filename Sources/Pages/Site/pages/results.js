import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { badge, link, table } from "../lib/ui.js";
import { gradeKind, gradeName, stateKind, stateName } from "../lib/words.js";

const t = texts({
    title: ["Результаты", "Results"], lead: ["Все ваши попытки. Оценки по закрытым ведомостям — в учебной карточке.", "All your attempts. Grades from closed grade sheets stand in the study card."],
    exam: ["Экзамен", "Exam"], when: ["Когда", "When"], state: ["Состояние", "State"], grade: ["Оценка", "Grade"], open: ["Подробнее", "Details"], card: ["Учебная карточка", "Study card"], none: ["Вы ещё не сдавали экзаменов.", "You have sat no exams yet."],
});

export default async function () {
    const { attempts } = await api.get("/v1/me/attempts?limit=500");
    return [
        head(t("title"), t("lead"), { back: ["/", "attestd"], actions: [link("/card", t("card"), " ")] }),
        table([
            { title: t("exam"), value: (row) => row.exam_title }, { title: t("when"), value: ({ attempt }) => moment(attempt.submitted_at ?? attempt.started_at) },
            { title: t("state"), value: ({ attempt }) => badge(stateKind(attempt.state), stateName(attempt.state)) },
            { title: t("grade"), value: ({ attempt }) => { const grade = attempt.decided_grade ?? attempt.result?.grade; return grade && badge(gradeKind(grade), gradeName(grade)); } },
            { title: "", value: ({ attempt }) => link(`/results/${attempt.id}`, t("open"), " ") },
        ], attempts, { caption: t("title"), none: t("none") }),
    ];
}
