// One attempt as a reviewer sees it: events, frames and scores on one axis, answers, messages, control, decisions.
import { api } from "../lib/api.js";
import { controls } from "../lib/control.js";
import { h, show, svg } from "../lib/dom.js";
import { allEvents, follow } from "../lib/events.js";
import { number, texts } from "../lib/i18n.js";
import { examination } from "../lib/examination.js";
import { nameOf, short } from "../lib/people.js";
import { readAnswer } from "../lib/question.js";
import { has, head } from "../lib/shell.js";
import { clockTime, countdown, moment } from "../lib/time.js";
import { action, ask, badge, card, empty, facts, field, link, notice, openDialog, section, table, tabs, toast } from "../lib/ui.js";
import { decide } from "../lib/decide.js";
import { flagPanel } from "../lib/flags.js";
import { eventKind, eventName, factsText, gradeKind, gradeName, identificationReasonName, methodName, momentName, outcomeKind, outcomeName, reasonName, stateKind, stateName } from "../lib/words.js";

const t = texts({
    title: ["Попытка", "Attempt"], examination: ["Листы и беседа", "Sheets and talk"], back: ["К экзамену", "To the exam"], timeline: ["Ход экзамена", "Timeline"], answers: ["Ответы", "Answers"], records: ["Идентификация", "Identification"], messages: ["Сообщения", "Messages"], demands: ["Требования", "Demands"], time: ["Время", "Time"],
    axis: ["События и расстояния до портрета по времени. Ниже линии — совпадение.", "Events, and distances from the portrait, over time. Below the line is a match."], threshold: ["порог", "threshold"], events: ["События", "Events"], frames: ["Кадры", "Frames"], frameAt: ["Кадр в {time}, {outcome}", "Frame at {time}, {outcome}"],
    state: ["Состояние", "State"], started: ["Начато", "Started"], submitted: ["Сдано", "Handed in"], left: ["Осталось", "Time left"], grade: ["Оценка", "Grade"], points: ["Баллы", "Points"], at: ["Когда", "When"], outcome: ["Исход", "Outcome"], method: ["Способ", "Method"], reason: ["Причина", "Reason"], distance: ["Расстояние", "Distance"], probability: ["Вероятность того же лица", "Same-source probability"], moment: ["Момент", "Moment"],
    subject: ["Что", "What"], face: ["лицо", "face"], workplace: ["рабочее место", "workplace"], look: ["Посмотреть", "Look"], kind: ["Что", "What"], seconds: ["Секунд", "Seconds"], author: ["Кто", "Who"], none: ["Пока ничего нет.", "Nothing yet."], live: ["обновляется", "live"], noTicket: ["Билет откроется после начала.", "The ticket is open after the start."], answer: ["Задание {n}", "Task {n}"], version: ["версия {n}, {at}", "version {n}, {at}"], all: ["Показать все события", "Show all events"],
    model: ["Модель", "Model"], open: ["открыто", "open"], met: ["выполнено", "met"], missed: ["не выполнено", "missed"], planned: ["запланировано", "planned"], lapsed: ["снято", "lapsed"], override: ["Допустить без идентификации", "Let through without identification"], because: ["Основание", "Grounds"], done: ["Записано.", "Recorded."], oral: ["Оценка экзаменатора", "Examiner's grade"], setGrade: ["Выставить оценку", "Set the grade"], comment: ["Пояснение", "Comment"],
});

export default async function ({ account, attempt: id, main }) {
    const path = `/v1/attempts/${id}`;
    let attempt = await api.get(path);
    const exam = await api.get(`/v1/exams/${attempt.exam_id}`);
    const tile = (await api.all(`/v1/exams/${attempt.exam_id}/wall`, "tiles")).find((each) => each.attempt.id === id);
    const phase = await api.find(`${path}/phase`);
    const top = h("div", null);
    const refresh = async () => { attempt = await api.get(path); paintTop(); };
    function paintTop() {
        const grade = attempt.decided_grade ?? attempt.result?.grade;
        show(top, h("section", { class: "card" }, h("div", { class: "row between" }, h("div", { class: "row" }, badge(stateKind(attempt.state), stateName(attempt.state)), grade && badge(gradeKind(grade), gradeName(grade))), h("span", { class: "soft small" }, t("live"))),
            facts([[t("started"), attempt.started_at && moment(attempt.started_at)], [t("submitted"), attempt.submitted_at && moment(attempt.submitted_at)], attempt.clock === "running" && [t("left"), countdown(attempt.remaining_seconds)], attempt.result && [t("points"), `${attempt.result.points} / ${attempt.result.maximum}`]]),
            has(account, "examiner", "administrator") && controls(attempt, refresh), has(account, "examiner", "reviewer") && decide(attempt, account, refresh),
            ["created"].includes(attempt.state) && action(t("override"), async () => {
                const given = await ask({ title: t("override"), submit: t("override"), fields: [field({ name: "reason", label: t("because"), type: "textarea", maxlength: 500 })], send: (filled) => api.post(`${path}/identification-override`, filled) });
                if (given) { toast(t("done")); refresh(); }
            }, "plain")));
    }
    paintTop();
    const events = await allEvents(`${path}/events`);
    let repaint = () => undefined;
    const stop = follow(`${path}/events/stream`, events.at(-1)?.index ?? 0, (event) => {
        events.push(event);
        if (event.type.startsWith("attempt.")) refresh().catch(() => undefined);
        repaint();
    });
    addEventListener("pagehide", stop);
    return [
        head(tile?.candidate_name || `${t("title")} ${short(id)}`, exam.title, { back: [`/staff/exams/${attempt.exam_id}`, t("back")] }), top, flagPanel(id, account, has(account, "examiner", "reviewer")),
        tabs([[t("timeline"), timeline], ...(phase && phase.form !== "test" ? [[t("examination"), () => examination(path, has(account, "examiner", "administrator"))]] : []), [t("answers"), answers], [t("records"), records], [t("messages"), messages], [t("demands"), demands], [t("time"), time]]),
    ];

    async function timeline() {
        const node = h("div", null);
        let showsAll = false;
        const paint = async () => {
            const { identifications } = await api.get(`${path}/identifications`);
            const compared = identifications.filter((record) => record.method === "biometric");
            const shown = events.filter((event) => showsAll || !["answer.saved", "identification.made"].includes(event.type));
            show(node, axis(compared, events), h("p", { class: "soft small" }, t("axis")),
                compared.length > 0 && h("section", null, h("h2", null, t("frames")), h("div", { class: "frames" }, compared.slice(-40).reverse().map((record) => frame(record)))),
                h("section", null, h("div", { class: "row between" }, h("h2", null, t("events")), h("button", { type: "button", class: "plain", "aria-pressed": String(showsAll), onclick: () => { showsAll = !showsAll; paint(); } }, t("all"))),
                    h("ol", { class: "log", tabindex: 0, "aria-label": t("events") }, shown.slice().reverse().map((event) => h("li", null, h("time", { datetime: event.time }, clockTime(event.time)), h("span", null, badge(eventKind(event.type), eventName(event.type)), " ", h("span", { class: "soft small" }, factsText(event.data.facts))))))));
        };
        let waiting;
        repaint = () => { clearTimeout(waiting); waiting = setTimeout(() => paint().catch(() => undefined), 800); };
        await paint();
        return node;
    }
    function frame(record) {
        const label = t("frameAt", { time: clockTime(record.at), outcome: outcomeName(record.outcome) });
        const source = `${path}/identifications/${record.id}/pictures/1`;
        return h("button", { type: "button", "aria-label": label, style: { "border-color": record.outcome === "match" ? "" : "var(--bad)" }, onclick: () => openDialog(label, (close) => [
            h("img", { src: source, alt: label }), facts([[t("outcome"), outcomeName(record.outcome)], [t("reason"), identificationReasonName(record.reason)], record.comparison && [t("distance"), number(record.comparison.distance, 3)], record.comparison?.same_source_probability !== undefined && [t("probability"), number(record.comparison.same_source_probability, 3)]]),
        ]) }, h("img", { src: source, alt: "", loading: "lazy", decoding: "async" }));
    }
    function axis(records, all) {
        const times = [...records.map((record) => Date.parse(record.at)), ...all.map((event) => Date.parse(event.time))];
        if (!times.length) return empty(t("none"));
        const [from, until] = [Math.min(...times), Math.max(...times)];
        const width = 1000, height = 190, left = 40, right = 12;
        const x = (time) => left + ((Date.parse(time) - from) / Math.max(1, until - from)) * (width - left - right);
        const scores = records.filter((record) => record.comparison);
        const limit = scores[0]?.comparison.match_at_or_below;
        const top = Math.max(limit ? limit * 1.6 : 1, ...scores.map((record) => record.comparison.distance));
        const y = (distance) => 120 - (distance / top) * 104;
        return svg("svg", { class: "axis", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": t("axis") },
            svg("line", { class: "rule", x1: left, x2: width - right, y1: 124, y2: 124 }),
            limit !== undefined && [svg("line", { class: "limit", x1: left, x2: width - right, y1: y(limit), y2: y(limit) }), svg("text", { x: left + 4, y: y(limit) - 5 }, `${t("threshold")} ${number(limit, 2)}`)],
            scores.length > 1 && svg("polyline", { class: "score", points: scores.map((record) => `${x(record.at).toFixed(1)},${y(record.comparison.distance).toFixed(1)}`).join(" ") }),
            scores.map((record) => svg("circle", { class: `dot ${record.outcome === "match" ? "" : outcomeKind(record.outcome)}`, cx: x(record.at).toFixed(1), cy: y(record.comparison.distance).toFixed(1), r: 4 }, svg("title", null, `${clockTime(record.at)} · ${number(record.comparison.distance, 3)} · ${outcomeName(record.outcome)}`))),
            all.filter((event) => event.type !== "identification.made" && event.type !== "answer.saved").map((event) => svg("rect", { class: `mark ${eventKind(event.type)}`, x: (x(event.time) - 1.5).toFixed(1), y: 132, width: 3, height: 20, rx: 1 }, svg("title", null, `${clockTime(event.time)} · ${eventName(event.type)}`))),
            svg("text", { x: left, y: 176 }, clockTime(new Date(from))), svg("text", { x: width - right, y: 176, "text-anchor": "end" }, clockTime(new Date(until))));
    }
    async function answers() {
        const [ticket, saved] = await Promise.all([api.get(`${path}/ticket`).catch(() => null), api.get(`${path}/answers`)]);
        if (!ticket) return saved.answers.length ? saved.answers.map((entry) => card(t("answer", { n: entry.number }), h("pre", { tabindex: 0 }, JSON.stringify(entry.answer, null, 1)))) : empty(t("noTicket"));
        return ticket.items.map((item) => {
            const entry = saved.answers.find((each) => each.number === item.number);
            return card(t("answer", { n: item.number }), readAnswer(item, entry?.answer, { address: (sha256) => `${path}/ticket/files/${sha256}`, fileAddress: (file) => `${path}/files/${file}` }), entry && h("p", { class: "soft small" }, t("version", { n: entry.version, at: moment(entry.saved_at) })));
        });
    }
    async function records() {
        const { identifications } = await api.get(`${path}/identifications`);
        return table([
            { title: t("at"), value: (row) => moment(row.at) }, { title: t("method"), value: (row) => methodName(row.method) }, { title: t("moment"), value: (row) => momentName(row.moment) }, { title: t("outcome"), value: (row) => badge(outcomeKind(row.outcome), outcomeName(row.outcome)) }, { title: t("reason"), value: (row) => identificationReasonName(row.reason) },
            { title: t("distance"), value: (row) => row.comparison && `${number(row.comparison.distance, 3)} ≤ ${number(row.comparison.match_at_or_below, 3)}`, number: true }, { title: t("model"), value: (row) => row.comparison?.model_id?.slice(0, 24) },
        ], identifications, { caption: t("records"), none: t("none") });
    }
    function messages() {
        return section(async () => {
            const all = (await api.find(`${path}/messages`))?.messages ?? [];
            return all.length ? h("div", { class: "chat", tabindex: 0, role: "log", "aria-label": t("messages") }, all.map((message) => h("div", { class: "mine" }, h("span", { class: "soft small" }, clockTime(message.at), " "), message.text))) : empty(t("none"));
        });
    }
    async function demands() {
        const all = (await api.get(`${path}/demands`)).demands;
        return table([
            { title: t("at"), value: (row) => moment(row.due_at) }, { title: t("subject"), value: (row) => t(row.subject) }, { title: t("state"), value: (row) => badge({ met: "good", missed: "bad", open: "warn" }[row.state], t(row.state)) },
            { title: "", value: (row) => row.has_pictures && has(account, "examiner", "administrator") && action(t("look"), () => openDialog(t("workplace"), () => [1].map((number) => h("img", { alt: t("workplace"), src: `${path}/demands/${row.id}/pictures/${number}` })))) },
        ], all, { caption: t("demands"), none: t("none") });
    }
    async function time() {
        const ledger = await api.get(`${path}/time`);
        return table([
            { title: t("at"), value: (row) => moment(row.at) }, { title: t("kind"), value: (row) => row.kind_text }, { title: t("seconds"), value: (row) => Math.round(row.seconds), number: true }, { title: t("reason"), value: (row) => row.reason && reasonName(row.reason) }, { title: t("comment"), value: (row) => row.comment },
        ], ledger.entries, { caption: t("time") });
    }
}
