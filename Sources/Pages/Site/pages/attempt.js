// The exam: questions, the server's clock, answers that are saved by themselves, handing in. What is not needed to read
// the first question and to answer it is loaded afterwards: the camera, what the examiner wants, the events.
import { api, newKey } from "../lib/api.js";
import { Desk } from "../lib/desk.js";
import { h, show } from "../lib/dom.js";
import { typeset } from "../lib/formula.js";
import "../lib/exam-timer.js";
import { texts } from "../lib/i18n.js";
import { isAnswered, questionFields } from "../lib/question.js";
import { AnswerQueue } from "../lib/queue.js";
import { clockOffset, restoreClock } from "../lib/time.js";
import { action, ask, card, explain, link, notice, openDialog, toast } from "../lib/ui.js";

const t = texts({
    question: ["Задание {n} из {all}", "Task {n} of {all}"], points: ["баллов: {n}", "points: {n}"], previous: ["Назад", "Back"], next: ["Дальше", "Next"], flag: ["Отметить, чтобы вернуться", "Mark to come back"], unflag: ["Снять отметку", "Take the mark off"],
    saved: ["Ответы сохранены", "Answers are saved"], saving: ["Сохраняем…", "Saving…"], offline: ["Нет связи. Ответы хранятся на устройстве и уйдут сами", "No connection. Answers are kept on this device and will be sent"], closed: ["Ответы больше не принимаются", "Answers are no longer taken"], login: ["Войдите снова. Ответы хранятся на устройстве", "Log in again. Answers are kept on this device"],
    left: ["Осталось", "Time left"], finish: ["Завершить и сдать", "Finish and hand in"], sure: ["Сдать работу?", "Hand the work in?"], sureText: ["После сдачи изменить ответы нельзя.", "Answers cannot be changed afterwards."], unanswered: ["Без ответа остались задания: {list}.", "Without an answer: {list}."], handIn: ["Сдать", "Hand in"],
    items: ["Задания", "Tasks"], answered: ["отвечено", "answered"], marked: ["отмечено", "marked"], self: ["Вы в кадре", "You in the picture"], messages: ["Сообщения", "Messages"],
    paused: ["Время остановлено", "The clock is stopped"], pausedText: ["Экзаменатор приостановил экзамен. Оставайтесь на месте.", "The examiner has paused the exam. Stay where you are."], break: ["Перерыв", "Take a break"], breakEnd: ["Закончить перерыв", "End the break"], breakText: ["Идёт перерыв, время остановлено.", "You have a break, the clock is stopped."],
    over: ["Экзамен завершён", "The exam is over"], toResult: ["К результату", "To the result"], elsewhere: ["Экзамен открыт на другом устройстве", "The exam is open on another device"], elsewhereText: ["Продолжить здесь? На другом устройстве экзамен закроется.", "Go on here? It will close on the other device."], takeOver: ["Продолжить здесь", "Go on here"],
    photo: ["Снимок к заданию {n} получен", "The picture for task {n} has come"],
    refused: ["Ответ на задание {n} не принят: {why}", "The answer to task {n} was not taken: {why}"],
    fullScreen: ["Во весь экран", "Full screen"], minutesLeft: ["Осталось минут: {n}", "Minutes left: {n}"], ended: ["Время вышло. Сдаём ответы.", "Time is over. Handing in."], endedOffline: ["Время вышло, а связи нет. Не закрывайте страницу: ответы уйдут сами, как только связь появится.", "Time is over, and there is no connection. Keep the page open: your answers are sent as soon as it is back."],
    help: ["Позвать экзаменатора", "Call the examiner"], helpSent: ["Экзаменатор увидит, что вам нужна помощь.", "The examiner will see that you need help."], calm: ["Идут записи событий: уход со страницы, вставка текста, потеря камеры. Решения принимает человек.", "Leaving the page, pasting and losing the camera are noted. A person decides what they mean."],
    kept: ["Связи нет, страница открыта из памяти устройства. Продолжайте отвечать: всё уйдёт само.", "There is no connection, and the page is shown from this device. Go on answering: everything will be sent."], back: ["Связь восстановлена.", "The connection is back."],
});

const UNDER_WAY = ["started", "ready_to_submit", "paused"];
const RETRY_EVERY = 4000;

/** Asks for everything that the first question needs, all at once. */
export function load({ attempt: id }) {
    const path = `/v1/attempts/${id}`;
    const asked = { attempt: api.get(path), ticket: api.get(`${path}/ticket`), answers: api.get(`${path}/answers`) };
    for (const each of Object.values(asked)) each.catch(() => undefined);
    return asked;
}

/** Who sits this exam, while nobody can be asked. */
export async function keptAccount({ attempt: id }) {
    return (await (await Desk.open(id)).read())?.account;
}

/** What the server says, or what this device was last told while the server cannot be reached. */
async function begin(id, loaded, account, desk) {
    try {
        const attempt = await loaded.attempt;
        if (["created", "ready_to_start"].includes(attempt.state)) return { elsewhere: `/exam/${attempt.exam_id}` };
        if (!UNDER_WAY.includes(attempt.state)) { await desk.clear(); return { elsewhere: `/results/${id}` }; }
        const [{ items }, { answers }] = await Promise.all([loaded.ticket, loaded.answers]);
        desk.keep({ attempt, items, account, offset: clockOffset() });
        for (const { number, answer } of answers) desk.keepAnswer(number, answer);
        return { attempt, items, answers, isKept: false };
    } catch (problem) {
        const kept = problem.isOffline && await desk.read();
        if (!kept) throw problem;
        restoreClock(kept.offset);
        for (const [tex, mathml] of kept.formulas ?? []) typeset.set(tex, mathml);
        return { ...kept, isKept: true };
    }
}

export default async function ({ account, attempt: id, main, loaded }) {
    const path = `/v1/attempts/${id}`;
    const desk = await Desk.open(id);
    const started = await begin(id, loaded, account, desk);
    if (started.elsewhere) { location.replace(started.elsewhere); return; }
    const { items, answers: saved, isKept } = started;
    let { attempt } = started;
    const answers = new Map(saved.map((entry) => [entry.number, entry.answer]));
    const marks = new Set(JSON.parse(sessionStorage.getItem(`marks.${id}`) ?? "[]"));
    let at = 0;
    let isOver = false;

    const timer = document.createElement("exam-timer");
    const left = h("span", { role: "status" });
    const title = h("strong", { style: { flex: "1 1 200px" } });
    const state = h("span", { class: "badge good", role: "status", "aria-live": "polite" }, t("saved"));
    const place = h("section", { class: "card", "aria-label": t("items") });
    const numbers = h("div", { class: "items" });
    const alerts = h("div", { "aria-live": "assertive" });
    const chat = h("div", { class: "chat", role: "log", tabindex: 0, "aria-label": t("messages") });
    const self = h("div", { class: "self-view" });
    const pauseBox = h("div");
    const selfCard = h("div", { hidden: true }, card(t("self"), self));
    let demands;
    const call = (exam) => { title.textContent = exam.title; document.title = `${exam.title} · attestd`; };

    const queue = new AnswerQueue(id, {
        changed: (now, waiting, problem) => {
            state.textContent = t(now === "elsewhere" ? "closed" : now);
            state.className = `badge ${{ saved: "good", saving: "info", offline: "warn" }[now] ?? "bad"}`;
            if (now === "elsewhere") elsewhere();
            else if (now === "closed") refresh().catch(() => undefined);
        },
        answered: (now) => setAttempt(now),
        refused: (receipt) => toast(t("refused", { n: receipt.number, why: receipt.detail ?? "" }), "bad"),
    });
    for (const [number, answer] of await queue.open()) answers.set(number, answer);
    const tell = (now) => { state.textContent = t(now); state.className = "badge warn"; };

    // MARK: Questions
    const remote = (sha256) => `${path}/ticket/files/${sha256}`;
    const address = (sha256) => desk.addresses.get(sha256) ?? remote(sha256);
    function paintQuestion() {
        const item = items[at];
        const fields = questionFields(item, answers.get(item.number), (answer) => {
            answers.set(item.number, answer);
            desk.keepAnswer(item.number, answer);
            queue.put(item.number, answer).catch((error) => toast(explain(error), "bad"));
            paintNumbers();
        }, {
            address, upload: (file) => api.post(`${path}/answers/${item.number}/files`, file), fileAddress: (file) => `${path}/files/${file}`, readOnly: attempt.state === "paused",
            phone: async () => (await import("../lib/phone-link.js")).showPhoneLink(path, item.number),
        });
        const marked = marks.has(item.number);
        show(place,
            h("div", { class: "row between" }, h("h1", { tabindex: -1, style: { "font-size": "1.15rem" } }, t("question", { n: at + 1, all: items.length })), h("span", { class: "soft small" }, t("points", { n: item.points }))),
            fields,
            h("div", { class: "row between", style: { "margin-top": "20px" } },
                h("button", { type: "button", disabled: at === 0, onclick: () => go(at - 1) }, t("previous")),
                h("button", { type: "button", class: "plain", "aria-pressed": String(marked), onclick: () => { if (marked) marks.delete(item.number); else marks.add(item.number); sessionStorage.setItem(`marks.${id}`, JSON.stringify([...marks])); paintQuestion(); paintNumbers(); } }, t(marked ? "unflag" : "flag")),
                at < items.length - 1 ? h("button", { type: "button", class: "primary", onclick: () => go(at + 1) }, t("next")) : finishButton()));
    }
    /** Takes a photograph that came from the phone into the answer; each once, also where the page was loaded again. */
    const taken = new Set(JSON.parse(sessionStorage.getItem(`photos.${id}`) ?? "[]"));
    async function arrived({ data: { facts } }) {
        if (facts.from !== "phone" || taken.has(facts.file)) return;
        taken.add(facts.file);
        sessionStorage.setItem(`photos.${id}`, JSON.stringify([...taken]));
        const number = Number(facts.number);
        const { files = [], text } = answers.get(number) ?? {};
        if (files.includes(facts.file)) return;
        const answer = text ? { type: "files", files: [...files, facts.file], text } : { type: "files", files: [...files, facts.file] };
        answers.set(number, answer);
        desk.keepAnswer(number, answer);
        await queue.put(number, answer);
        (await import("../lib/phone-link.js")).pictureCame();
        toast(t("photo", { n: items.findIndex((item) => item.number === number) + 1 }), "good");
        paintNumbers();
        if (items[at].number !== number) return;
        // Whoever is writing goes on where the caret was.
        const { selectionStart } = place.contains(document.activeElement) ? document.activeElement : {};
        paintQuestion();
        if (selectionStart !== undefined) {
            const field = place.querySelector("textarea");
            field?.focus();
            field?.setSelectionRange(selectionStart, selectionStart);
        }
    }
    function go(next) { at = next; paintQuestion(); paintNumbers(); place.querySelector("h1").focus(); }
    function paintNumbers() {
        show(numbers, items.map((item, index) => {
            const done = isAnswered(answers.get(item.number));
            const marked = marks.has(item.number);
            return h("button", { type: "button", class: `${done ? "answered " : ""}${marked ? "flagged" : ""}`, "aria-current": index === at ? "true" : undefined,
                "aria-label": [t("question", { n: index + 1, all: items.length }), done && t("answered"), marked && t("marked")].filter(Boolean).join(", "), onclick: () => go(index) }, index + 1);
        }));
    }

    // MARK: State
    function setAttempt(now) {
        const before = attempt.state;
        attempt = now;
        timer.set(now);
        desk.keep({ attempt: now, offset: clockOffset() });
        if (!UNDER_WAY.includes(now.state)) { ended(); return; }
        if (before !== now.state) { paintPause(); paintQuestion(); }
    }
    async function refresh() { setAttempt(await api.get(path)); }
    function paintPause() {
        if (attempt.state !== "paused") {
            show(pauseBox, attempt.break_seconds_left > 0 && action(t("break"), async () => setAttempt(await api.post(`${path}/breaks`)), "plain"));
            return;
        }
        const own = Boolean(attempt.break_ends_at);
        show(pauseBox, notice("warn", h("p", { class: "strong" }, t("paused")), h("p", null, t(own ? "breakText" : "pausedText")), own && action(t("breakEnd"), async () => setAttempt(await api.post(`${path}/breaks/ending`)), "primary")));
    }
    function ended() {
        if (isOver) return;
        isOver = true;
        stopAll();
        queue.forget();
        desk.clear();
        left.remove();
        const name = h("p");
        import("../lib/words.js").then(({ stateName }) => { name.textContent = stateName(attempt.state); });
        show(main, notice("", t("over"), name), link(`/results/${id}`, t("toResult"), "primary"));
        // Whoever works without a mouse goes on here, whoever listens hears it.
        main.focus();
    }
    function elsewhere() {
        openDialog(t("elsewhere"), (close) => [h("p", null, t("elsewhereText")), action(t("takeOver"), async () => { setAttempt(await api.post(`${path}/take-over`)); close(); await queue.flush(); }, "primary")]);
    }

    // MARK: Handing in
    function finishButton() {
        return action(t("finish"), async () => {
            const missing = items.filter((item) => !isAnswered(answers.get(item.number))).map((item) => items.indexOf(item) + 1);
            await ask({
                title: t("sure"), text: [missing.length > 0 && t("unanswered", { list: missing.join(", ") }), t("sureText")].filter(Boolean).join(" "), submit: t("handIn"),
                send: async () => {
                    await queue.flush();
                    try { setAttempt(await api.post(`${path}/submit`)); } catch (problem) {
                        if (problem.code !== "identification_required") throw problem;
                        (await import("../lib/demands.js")).identifyAgain(path, attempt.liveness_needed);
                    }
                },
            });
        }, "primary");
    }
    timer.addEventListener("left", ({ detail }) => { left.className = "badge warn"; left.textContent = t("minutesLeft", { n: detail }); });
    timer.addEventListener("over", async () => {
        left.className = left.textContent = "";
        toast(t("ended"));
        await queue.flush().catch((problem) => { if (problem.isOffline) show(alerts, notice("warn", t("endedOffline"))); });
        setTimeout(() => refresh().catch(() => undefined), 1500);
    });
    const warn = (event) => { if (queue.waiting) event.preventDefault(); };
    addEventListener("beforeunload", warn);

    // MARK: What may come after the first question
    const stops = [];
    async function goOn() {
        const [{ demandPainter, messagePainter }, { watch }, { allEvents, follow }, { renewLogin }, { keepPage }] = await Promise.all([
            import("../lib/demands.js"), import("../lib/presence.js"), import("../lib/events.js"), import("../lib/relogin.js"), import("../lib/offline.js"),
        ]);
        renewLogin(account, (isNeeded) => { if (isNeeded) tell("login"); });
        const [exam, consents] = await reached(() => Promise.all([api.get(`/v1/exams/${attempt.exam_id}`), api.get("/v1/me/consents")]));
        if (isOver) return;
        call(exam);
        desk.keep({ exam: { title: exam.title } });
        const isWatched = Boolean(consents.consents.find((consent) => consent.kind === "biometric")?.in_force);
        selfCard.hidden = !isWatched;
        stops.push(watch(path, { place: isWatched ? self : null, isPaused: () => attempt.state === "paused" }));
        const events = await reached(() => allEvents(`${path}/events`));
        demands = demandPainter(path, () => attempt.liveness_needed);
        const messages = messagePainter(path, chat, alerts);
        if (isOver) return;
        for (const event of events) if (event.type === "sheet.received") await arrived(event);
        stops.push(follow(`${path}/events/stream`, events.at(-1)?.index ?? 0, (event) => {
            if (event.type.startsWith("attempt.")) refresh().catch(() => undefined);
            if (event.type === "identification.demanded") demands().catch(() => undefined);
            if (event.type === "sheet.received") arrived(event);
            if (event.type === "message.sent") messages().catch(() => undefined);
            if (event.type === "device.taken_over" && event.data.facts.by === "other") elsewhere();
        }));
        // What happened before the stream was followed stands in these lists.
        await reached(() => Promise.all([refresh(), demands(), messages()]));
        const shown = items.flatMap((item) => [item.prompt, ...(item.options ?? [])]).flatMap((text) => text?.files ?? []);
        await desk.keepFiles(new Set(shown.map((file) => file.sha256)), remote);
        desk.keep({ formulas: [...typeset] });
        keepPage();
    }
    /** Tries until the server answers. */
    async function reached(work) {
        for (;;) {
            try { return await work(); } catch (problem) {
                if (!problem.isOffline || isOver) throw problem;
                tell("offline");
                await new Promise((done) => setTimeout(done, RETRY_EVERY));
            }
        }
    }
    function stopAll() {
        for (const stop of stops.splice(0)) stop();
        removeEventListener("beforeunload", warn);
    }
    addEventListener("pagehide", stopAll);

    show(main, alerts, pauseBox, h("div", { class: "split" }, place, h("aside", { class: "stack" },
        card(t("items"), numbers, h("div", { style: { "margin-top": "14px" } }, finishButton())),
        selfCard, card(t("messages"), chat),
        h("p", { class: "soft small" }, t("calm")),
        action(t("help"), async () => { await api.post(`${path}/events`, { type: "client.help_asked" }, { key: newKey() }); toast(t("helpSent")); }, "plain"),
        document.fullscreenEnabled && action(t("fullScreen"), () => document.documentElement.requestFullscreen(), "plain"))));
    main.before(h("div", { class: "exam-bar" }, h("div", null, title, state, left, h("span", { class: "row" }, h("span", { class: "soft small" }, t("left")), timer))));
    document.querySelector(".top").style.setProperty("position", "static");
    timer.set(attempt);
    paintPause();
    paintQuestion();
    paintNumbers();
    if (started.exam) call(started.exam);
    if (isKept) {
        tell("offline");
        show(alerts, notice("warn", t("kept")));
        reached(() => refresh()).then(() => { if (!isOver) { show(alerts, notice("good", t("back"))); if (!queue.waiting) { tell("saved"); state.className = "badge good"; } } }).catch(() => undefined);
    }
    // The first question is drawn before anything else is asked for.
    requestAnimationFrame(() => setTimeout(() => goOn().catch((problem) => { if (!isOver) toast(explain(problem), "bad"); })));
}
