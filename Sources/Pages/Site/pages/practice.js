import { api } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { isAnswered, questionFields } from "../lib/question.js";
import { rich } from "../lib/rich.js";
import { head } from "../lib/shell.js";
import { action, badge, card, empty, link, notice, section, tabs, toast } from "../lib/ui.js";

const t = texts({
    title: ["Тренировка", "Practice"], lead: ["Задания отсюда не попадают в экзамены. Результат виден только вам.", "No exam has these tasks. Only you see the result."], choose: ["Выберите дисциплину", "Choose a discipline"],
    none: ["Дисциплин пока нет.", "There are no disciplines yet."], sample: ["Примеры заданий", "Sample tasks"], test: ["Тренировочный тест", "Practice test"], noSample: ["Примеров пока нет.", "There are no sample tasks yet."],
    begin: ["Начать тест", "Begin the test"], beginText: ["Вопросы подстраиваются под ваши ответы: после верного — труднее, после ошибки — легче.", "Questions adapt to your answers: harder after a right one, easier after a wrong one."],
    answer: ["Ответить", "Answer"], progress: ["Вопрос {n} из {all}", "Question {n} of {all}"], level: ["Уровень {n}", "Level {n}"], right: ["Верно", "Right"], partly: ["Отчасти верно: {n} %", "Partly right: {n} %"], wrong: ["Неверно", "Wrong"],
    done: ["Тест завершён. Ваш уровень: {n}.", "The test is finished. Your level: {n}."], again: ["Пройти ещё раз", "Once more"], fill: ["Сначала ответьте.", "Answer first."],
});

export default async function ({ discipline, main }) {
    main.classList.add("reading");
    if (!discipline) {
        const { exams } = await api.get("/v1/exams?limit=500");
        const all = [...new Set(exams.map((exam) => exam.discipline))].sort();
        return [head(t("title"), t("lead"), { back: ["/", "attestd"] }), all.length ? card(t("choose"), h("div", { class: "row" }, all.map((name) => link(`/practice/${encodeURIComponent(name)}`, name, " ")))) : empty(t("none"))];
    }
    const path = `/v1/disciplines/${encodeURIComponent(discipline)}`;
    return [head(`${t("title")}: ${discipline}`, t("lead"), { back: ["/practice", t("choose")] }), tabs([
        [t("test"), () => test(path)],
        [t("sample"), async () => {
            const { tasks } = await api.get(`${path}/sample-tasks?limit=20`);
            return tasks.length ? tasks.map((task) => card(null, questionFields(task, null, () => undefined))) : empty(t("noSample"));
        }],
    ])];
}

function test(path) {
    const place = h("div", null);
    const start = () => show(place, card(null, h("p", null, t("beginText")), action(t("begin"), async () => paint(await api.post(`${path}/practice-tests`)), "primary")));
    function paint(state) {
        let answer;
        const percent = state.last?.percent;
        show(place,
            state.last && notice(percent === 100 ? "good" : percent > 0 ? "warn" : "bad", h("p", { class: "strong" }, percent === 100 ? t("right") : percent > 0 ? t("partly", { n: percent }) : t("wrong")), state.last.explanation && h("div", null, rich(state.last.explanation))),
            state.is_finished ? card(null, h("p", { class: "big" }, t("done", { n: state.level })), action(t("again"), start))
                : card(null, h("div", { class: "row between" }, h("p", { class: "soft" }, t("progress", { n: state.answered + 1, all: state.at_most })), badge("info", t("level", { n: state.level }))),
                    questionFields(state.question, null, (value) => { answer = value; }),
                    h("div", { class: "row", style: { "margin-top": "16px" } }, action(t("answer"), async () => {
                        if (!isAnswered(answer)) { toast(t("fill")); return; }
                        paint(await api.put(`/v1/practice-tests/${state.id}/answers/${state.question.number}`, answer));
                    }, "primary"))));
    }
    start();
    return place;
}
