// The exam: questions, the server's clock, answers that are saved by themselves, presence, messages, handing in.
import { api, newKey, Problem } from "../lib/api.js";
import { base64, openCamera, cameraView, still } from "../lib/camera.js";
import { h, show } from "../lib/dom.js";
import { allEvents, follow } from "../lib/events.js";
import { burstStep, livenessStep } from "../lib/identify.js";
import { texts } from "../lib/i18n.js";
import { isAnswered, questionFields } from "../lib/question.js";
import { AnswerQueue } from "../lib/queue.js";
import { clockTime, countdown, serverNow } from "../lib/time.js";
import { action, ask, badge, busy, card, explain, link, notice, openDialog, toast } from "../lib/ui.js";
import { reasonName, stateName } from "../lib/words.js";

const t = texts({
    question: ["Задание {n} из {all}", "Task {n} of {all}"], points: ["баллов: {n}", "points: {n}"], previous: ["Назад", "Back"], next: ["Дальше", "Next"], flag: ["Отметить, чтобы вернуться", "Mark to come back"], unflag: ["Снять отметку", "Take the mark off"],
    saved: ["Ответы сохранены", "Answers are saved"], saving: ["Сохраняем…", "Saving…"], offline: ["Нет связи. Ответы хранятся на устройстве и уйдут сами", "No connection. Answers are kept on this device and will be sent"], closed: ["Ответы больше не принимаются", "Answers are no longer taken"],
    left: ["Осталось", "Time left"], finish: ["Завершить и сдать", "Finish and hand in"], sure: ["Сдать работу?", "Hand the work in?"], sureText: ["После сдачи изменить ответы нельзя.", "Answers cannot be changed afterwards."], unanswered: ["Без ответа остались задания: {list}.", "Without an answer: {list}."], handIn: ["Сдать", "Hand in"],
    items: ["Задания", "Tasks"], answered: ["отвечено", "answered"], marked: ["отмечено", "marked"], self: ["Вы в кадре", "You in the picture"], messages: ["Сообщения", "Messages"], noMessages: ["Сообщений пока нет.", "No messages yet."],
    paused: ["Время остановлено", "The clock is stopped"], pausedText: ["Экзаменатор приостановил экзамен. Оставайтесь на месте.", "The examiner has paused the exam. Stay where you are."], break: ["Перерыв", "Take a break"], breakEnd: ["Закончить перерыв", "End the break"], breakText: ["Идёт перерыв, время остановлено.", "You have a break, the clock is stopped."],
    over: ["Экзамен завершён", "The exam is over"], toResult: ["К результату", "To the result"], elsewhere: ["Экзамен открыт на другом устройстве", "The exam is open on another device"], elsewhereText: ["Продолжить здесь? На другом устройстве экзамен закроется.", "Go on here? It will close on the other device."], takeOver: ["Продолжить здесь", "Go on here"],
    demandFace: ["Покажите лицо", "Show your face"], demandPlace: ["Покажите рабочее место", "Show your workplace"], demandUntil: ["Сделайте это до {time}.", "Do it by {time}."], demandPlaceText: ["Обведите камерой стол и снимите от одного до пяти кадров.", "Point the camera round your desk and take one to five pictures."],
    shoot: ["Снять", "Take a picture"], sendPictures: ["Отправить снимки: {n}", "Send pictures: {n}"], thanks: ["Принято.", "Received."], refused: ["Ответ на задание {n} не принят: {why}", "The answer to task {n} was not taken: {why}"], newMessage: ["Сообщение экзаменатора: {text}", "A message from the examiner: {text}"],
    cameraOff: ["Камера не работает. Экзаменатор это видит. Проверьте её и обновите страницу.", "The camera does not work, and the examiner sees that. Check it and load the page again."], fullScreen: ["Во весь экран", "Full screen"], short: ["Осталось меньше пяти минут.", "Less than five minutes are left."], ended: ["Время вышло. Сдаём ответы.", "Time is over. Handing in."],
    identify: ["Нужно снова подтвердить личность", "Your identity must be confirmed again"], help: ["Позвать экзаменатора", "Call the examiner"], helpSent: ["Экзаменатор увидит, что вам нужна помощь.", "The examiner will see that you need help."], calm: ["Идут записи событий: уход со страницы, вставка текста, потеря камеры. Решения принимает человек.", "Leaving the page, pasting and losing the camera are noted. A person decides what they mean."],
});

const FRAME_EVERY = 10_000;

/** `<exam-timer>`: counts down by the server's clock, and says when it grows short. */
class ExamTimer extends HTMLElement {
    #until = null;
    #said = false;
    connectedCallback() { this.setAttribute("role", "timer"); this.timer = setInterval(() => this.#tick(), 500); }
    disconnectedCallback() { clearInterval(this.timer); }
    set(attempt) {
        this.#until = attempt.clock === "running" && attempt.deadline ? Date.parse(attempt.deadline) : null;
        this.rest = attempt.remaining_seconds;
        this.#tick();
    }
    #tick() {
        const left = this.#until ? (this.#until - serverNow()) / 1000 : this.rest ?? 0;
        this.textContent = countdown(left);
        this.classList.toggle("short", left < 300);
        if (this.#until && left < 300 && left > 0 && !this.#said) { this.#said = true; toast(t("short")); }
        if (this.#until && left <= 0) { this.#until = null; this.dispatchEvent(new Event("over")); }
    }
}
customElements.define("exam-timer", ExamTimer);

export default async function ({ account, attempt: id, main }) {
    const path = `/v1/attempts/${id}`;
    let attempt = await api.get(path);
    if (["created", "ready_to_start"].includes(attempt.state)) { location.replace(`/exam/${attempt.exam_id}`); return; }
    if (!["started", "ready_to_submit", "paused"].includes(attempt.state)) { location.replace(`/results/${id}`); return; }
    const [{ items }, { answers: saved }, exam, events] = await Promise.all([
        api.get(`${path}/ticket`), api.get(`${path}/answers`), api.get(`/v1/exams/${attempt.exam_id}`), allEvents(`${path}/events`),
    ]);
    document.title = `${exam.title} · attestd`;
    const answers = new Map(saved.map((entry) => [entry.number, entry.answer]));
    const marks = new Set(JSON.parse(sessionStorage.getItem(`marks.${id}`) ?? "[]"));
    let at = 0;
    let isOver = false;

    const timer = document.createElement("exam-timer");
    const state = h("span", { class: "badge good", role: "status", "aria-live": "polite" }, t("saved"));
    const place = h("section", { class: "card", "aria-label": t("items") });
    const numbers = h("div", { class: "items" });
    const alerts = h("div", { "aria-live": "assertive" });
    const chat = h("div", { class: "chat", role: "log", tabindex: 0, "aria-label": t("messages") });
    const self = h("div", { class: "self-view" });
    const pauseBox = h("div");

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

    // MARK: Questions
    const address = (sha256) => `${path}/ticket/files/${sha256}`;
    function paintQuestion() {
        const item = items[at];
        const fields = questionFields(item, answers.get(item.number), (answer) => {
            answers.set(item.number, answer);
            queue.put(item.number, answer).catch((error) => toast(explain(error), "bad"));
            paintNumbers();
        }, { address, upload: (file) => api.post(`${path}/answers/${item.number}/files`, file), readOnly: attempt.state === "paused" });
        const marked = marks.has(item.number);
        show(place,
            h("div", { class: "row between" }, h("h1", { tabindex: -1, style: { "font-size": "1.15rem" } }, t("question", { n: at + 1, all: items.length })), h("span", { class: "soft small" }, t("points", { n: item.points }))),
            fields,
            h("div", { class: "row between", style: { "margin-top": "20px" } },
                h("button", { type: "button", disabled: at === 0, onclick: () => go(at - 1) }, t("previous")),
                h("button", { type: "button", class: "plain", "aria-pressed": String(marked), onclick: () => { if (marked) marks.delete(item.number); else marks.add(item.number); sessionStorage.setItem(`marks.${id}`, JSON.stringify([...marks])); paintQuestion(); paintNumbers(); } }, t(marked ? "unflag" : "flag")),
                at < items.length - 1 ? h("button", { type: "button", class: "primary", onclick: () => go(at + 1) }, t("next")) : finishButton()));
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
        if (!["started", "ready_to_submit", "paused"].includes(now.state)) { ended(); return; }
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
        show(main, notice("", t("over"), stateName(attempt.state)), link(`/results/${id}`, t("toResult"), "primary"));
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
                        identifyAgain();
                    }
                },
            });
        }, "primary");
    }
    function identifyAgain(demandText) {
        const node = openDialog(demandText ?? t("identify"), (close) => [attempt.liveness_needed
            ? livenessStep(path, async (verdict) => { if (verdict.outcome === "match") { toast(t("thanks")); close(); } })
            : burstStep(path, async (verdict) => { if (verdict.outcome === "match") { toast(t("thanks")); close(); } })]);
        return node;
    }
    timer.addEventListener("over", async () => {
        toast(t("ended"));
        await queue.flush().catch(() => undefined);
        setTimeout(() => refresh().catch(() => undefined), 1500);
    });

    // MARK: Demands and messages
    const shownDemands = new Set();
    async function paintDemands() {
        const { demands } = await api.get(`${path}/demands`);
        for (const demand of demands.filter((each) => each.state === "open")) {
            if (shownDemands.has(demand.id)) continue;
            shownDemands.add(demand.id);
            const until = t("demandUntil", { time: clockTime(demand.expires_at) });
            if (demand.subject === "face") identifyAgain(`${t("demandFace")}. ${until}`);
            else showWorkplace(demand, until);
        }
    }
    function showWorkplace(demand, until) {
        const pictures = [];
        openDialog(t("demandPlace"), (close) => {
            const camera = cameraView("none", "environment");
            const button = action(t("sendPictures", { n: 0 }), async () => {
                await api.post(`${path}/demands/${demand.id}/pictures`, { pictures });
                camera.stop();
                close();
                toast(t("thanks"));
            }, "primary");
            button.hidden = true;
            queueMicrotask(() => camera.start().catch(() => undefined));
            return [h("p", null, demand.message), h("p", null, t("demandPlaceText")), h("p", { class: "strong" }, until), camera,
                h("div", { class: "row", style: { "margin-top": "12px" } }, action(t("shoot"), async () => {
                    if (pictures.length >= 5) return;
                    pictures.push(await base64(await camera.still()));
                    button.textContent = t("sendPictures", { n: pictures.length });
                    button.hidden = false;
                }), button)];
        });
    }
    let messageCount = null;
    async function paintMessages() {
        const { messages } = (await api.find(`${path}/messages`)) ?? { messages: [] };
        show(chat, messages.length ? messages.map((message) => h("div", null, h("span", { class: "soft small" }, clockTime(message.at), " "), message.text)) : h("p", { class: "soft small" }, t("noMessages")));
        chat.scrollTop = chat.scrollHeight;
        const last = messages.at(-1);
        if (messageCount !== null && messages.length > messageCount) show(alerts, notice("warn", t("newMessage", { text: last.text })));
        if (last && !last.read_at) api.post(`${path}/messages/${last.id}/reading`).catch(() => undefined);
        messageCount = messages.length;
    }
    // MARK: Presence and what the device notices
    const report = (type, facts) => {
        if (isOver) return;
        const body = facts ? { type, facts } : { type };
        const key = newKey();
        const send = (rest) => api.post(`${path}/events`, body, { key }).catch((problem) => { if (problem.isOffline && rest > 0) setTimeout(() => send(rest - 1), 4000); });
        send(20);
    };
    const listeners = [];
    const on = (target, name, listener) => { target.addEventListener(name, listener); listeners.push(() => target.removeEventListener(name, listener)); };
    on(document, "visibilitychange", () => report(document.hidden ? "client.tab_hidden" : "client.tab_shown"));
    on(window, "blur", () => { if (!document.hidden) report("client.window_blurred"); });
    on(window, "focus", () => report("client.window_focused"));
    on(document, "copy", () => report("client.copied"));
    on(document, "cut", () => report("client.copied"));
    on(document, "paste", (event) => report("client.pasted", { characters: String(event.clipboardData?.getData("text").length ?? 0) }));
    on(document, "fullscreenchange", () => { report(document.fullscreenElement ? "client.full_screen_entered" : "client.full_screen_left"); });
    // Only some browsers say whether there is another screen.
    if (window.screen.isExtended) report("client.second_screen");
    if (navigator.mediaDevices) on(navigator.mediaDevices, "devicechange", () => report("client.device_changed"));
    let lostAt = null;
    on(window, "offline", () => { lostAt = Date.now(); });
    on(window, "online", () => {
        if (lostAt === null) return;
        report("client.network_lost", { seconds: String(Math.round((Date.now() - lostAt) / 1000)) });
        report("client.network_restored");
        lostAt = null;
    });
    const warn = (event) => { if (queue.waiting) event.preventDefault(); };
    on(window, "beforeunload", warn);

    let stream;
    const video = h("video", { muted: true, playsinline: true, autoplay: true, "aria-label": t("self") });
    async function openPresence() {
        try {
            stream = await openCamera();
            video.srcObject = stream;
            await video.play();
            show(self, video);
            for (const track of stream.getTracks()) track.addEventListener("ended", () => { report("client.camera_lost"); show(self, notice("bad", t("cameraOff"))); });
        } catch {
            report("client.camera_lost");
            show(self, notice("bad", t("cameraOff")));
        }
    }
    let frameBusy = false;
    async function frame() {
        if (frameBusy || isOver || !stream?.active || !video.videoWidth || attempt.state === "paused") return;
        frameBusy = true;
        try { await api.post(`${path}/frames`, await still(video, { longest: 960, quality: 0.85 }), { key: newKey() }); } catch { /* The next frame is due soon, and gaps are noticed by the server. */ }
        frameBusy = false;
    }
    const biometric = (await api.get("/v1/me/consents")).consents.find((consent) => consent.kind === "biometric")?.in_force;
    const frames = biometric ? setInterval(frame, FRAME_EVERY) : null;

    const stopStream = follow(`${path}/events/stream`, events.at(-1)?.index ?? 0, (event) => {
        if (event.type.startsWith("attempt.")) refresh().catch(() => undefined);
        if (event.type === "identification.demanded") paintDemands().catch(() => undefined);
        if (event.type === "message.sent") paintMessages().catch(() => undefined);
        if (event.type === "device.taken_over" && event.data.facts.by === "other") elsewhere();
    });
    function stopAll() {
        clearInterval(frames);
        stopStream();
        for (const remove of listeners) remove();
        for (const track of stream?.getTracks() ?? []) track.stop();
    }
    on(window, "pagehide", stopAll);

    show(main, alerts, pauseBox, h("div", { class: "split" }, place, h("aside", { class: "stack" },
        card(t("items"), numbers, h("div", { style: { "margin-top": "14px" } }, finishButton())),
        biometric && card(t("self"), self),
        card(t("messages"), chat),
        h("p", { class: "soft small" }, t("calm")),
        action(t("help"), async () => { await api.post(`${path}/events`, { type: "client.help_asked" }, { key: newKey() }); toast(t("helpSent")); }, "plain"),
        document.fullscreenEnabled && action(t("fullScreen"), () => document.documentElement.requestFullscreen(), "plain"))));
    main.before(h("div", { class: "exam-bar" }, h("div", null, h("strong", { style: { flex: "1 1 200px" } }, exam.title), state, h("span", { class: "row" }, h("span", { class: "soft small" }, t("left")), timer))));
    document.querySelector(".top").style.setProperty("position", "static");
    timer.set(attempt);
    paintPause();
    paintQuestion();
    paintNumbers();
    if (biometric) openPresence().then(() => setTimeout(frame, 1500));
    await Promise.all([paintDemands(), paintMessages()]);
}
