import { api, newKey } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { action, ask, badge, card, facts, field, link, notice, table, toast } from "../lib/ui.js";
import { gradeKind, gradeName, reasonName, stateKind, stateName } from "../lib/words.js";

const t = texts({
    title: ["Результат", "Result"], back: ["Результаты", "Results"], grade: ["Оценка", "Grade"], points: ["Баллы", "Points"], state: ["Состояние", "State"], started: ["Начато", "Started"], submitted: ["Сдано", "Handed in"],
    waits: ["Часть ответов проверяет преподаватель. Срок — 15 рабочих дней, мы сообщим.", "A person grades some of your answers, within 15 working days. You will be told."], ofMax: ["{points} из {maximum} ({percent} %)", "{points} of {maximum} ({percent} %)"],
    works: ["Проверенные работы", "Graded answers"], task: ["Задание", "Task"], comment: ["Замечания", "Comments"], changes: ["Изменения оценки", "Changes of the grade"], from: ["Было", "Before"], to: ["Стало", "After"], when: ["Когда", "When"],
    time: ["Время", "Time"], kind: ["Что", "What"], seconds: ["Секунд", "Seconds"], reason: ["Причина", "Reason"], appeal: ["Подать апелляцию", "File an appeal"], appealText: ["Апелляцию рассмотрит комиссия, вас пригласят на заседание.", "A commission looks at it, and you are invited to the meeting."],
    grounds: ["На что", "About"], result: ["Оценка", "The grade"], procedure: ["Порядок проведения", "The procedure"], both: ["И то и другое", "Both"], text: ["Что не так", "What is wrong"], send: ["Подать", "File"], filed: ["Апелляция подана.", "The appeal is filed."], retake: ["Попросить пересдачу", "Ask for a retake"], retakeText: ["Учебная часть назначит пересдачу или откажет с причиной.", "The office grants a retake, or refuses it with a reason."], why: ["Пояснение", "In your words"], asked: ["Заявление подано.", "The application is made."],
    running: ["Экзамен ещё идёт.", "The exam is still under way."], go: ["Перейти", "Go to it"], notYet: ["Экзамен не начат.", "The exam has not begun."],
});

export default async function ({ attempt: id, main }) {
    main.classList.add("reading");
    const path = `/v1/attempts/${id}`;
    const attempt = await api.get(path);
    const exam = await api.get(`/v1/exams/${attempt.exam_id}`);
    if (["started", "paused", "ready_to_submit"].includes(attempt.state)) return [head(exam.title, t("running")), link(`/attempt/${id}`, t("go"), "primary")];
    if (["created", "ready_to_start"].includes(attempt.state)) return [head(exam.title, t("notYet")), link(`/exam/${attempt.exam_id}`, t("go"), "primary")];
    const [changes, grading, time] = await Promise.all([
        api.get(`${path}/grade-changes`).catch(() => ({ grade_changes: [] })), api.get(`${path}/grading`).catch(() => ({ works: [] })), api.get(`${path}/time`).catch(() => ({ entries: [] })),
    ]);
    const grade = attempt.decided_grade ?? attempt.result?.grade;
    const file = async (path, text, fields, explanation, done) => {
        const made = await ask({ title: text, text: explanation, fields, submit: t("send"), send: (filled) => api.post(path, { attempt_id: id, ...filled }, { key: newKey() }) });
        if (made) { toast(done); location.assign("/cases"); }
    };
    return [
        head(exam.title, null, { back: ["/results", t("back")] }),
        h("section", { class: "card" },
            h("div", { class: "row between" }, h("p", { class: "big" }, grade ? gradeName(grade) : stateName(attempt.state)), badge(stateKind(attempt.state), stateName(attempt.state))),
            attempt.result?.waits_for_person && notice("", t("waits")),
            facts([
                attempt.result && [t("points"), t("ofMax", attempt.result)], [t("started"), attempt.started_at && moment(attempt.started_at)], [t("submitted"), attempt.submitted_at && moment(attempt.submitted_at)],
            ])),
        grading.works.length > 0 && card(t("works"), table([
            { title: t("task"), value: (work) => work.number, number: true }, { title: t("points"), value: (work) => `${work.awarded} / ${work.maximum}`, number: true }, { title: t("comment"), value: (work) => work.comments.join(" ") },
        ], grading.works, { caption: t("works") })),
        changes.grade_changes.length > 0 && card(t("changes"), table([
            { title: t("when"), value: (change) => moment(change.at) }, { title: t("from"), value: (change) => change.before && gradeName(change.before) }, { title: t("to"), value: (change) => gradeName(change.after) },
        ], changes.grade_changes, { caption: t("changes") })),
        time.entries.length > 0 && h("details", { class: "card" }, h("summary", { class: "strong" }, t("time")), table([
            { title: t("when"), value: (entry) => moment(entry.at) }, { title: t("kind"), value: (entry) => entry.kind_text }, { title: t("seconds"), value: (entry) => Math.round(entry.seconds), number: true },
            { title: t("reason"), value: (entry) => entry.reason && reasonName(entry.reason) },
        ], time.entries, { caption: t("time") })),
        ["submitted", "verified", "rejected", "timed_out", "error", "second_review_required"].includes(attempt.state) && h("div", { class: "row" },
            action(t("appeal"), () => file("/v1/appeals", t("appeal"), [
                field({ name: "grounds", label: t("grounds"), type: "radios", options: [["result", t("result")], ["procedure", t("procedure")], ["both", t("both")]] }),
                field({ name: "text", label: t("text"), type: "textarea", maxlength: 5000 }),
            ], t("appealText"), t("filed"))),
            action(t("retake"), () => file("/v1/retakes", t("retake"), [field({ name: "text", label: t("why"), type: "textarea", required: false, maxlength: 2000 })], t("retakeText"), t("asked")))),
    ];
}
