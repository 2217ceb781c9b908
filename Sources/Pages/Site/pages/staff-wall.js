// The exam day's wall: a tile for each candidate, moved by the stream of the exam's events.
import { api, newKey } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { allEvents, follow } from "../lib/events.js";
import { plural, texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { clockTime, countdown, serverNow } from "../lib/time.js";
import { action, ask, badge, empty, field, filters, link, openDialog, toast } from "../lib/ui.js";
import { deservesALook, eventKind, eventName, outcomeKind, outcomeName, stateKind, stateName } from "../lib/words.js";
import { controls } from "../lib/control.js";
import { has } from "../lib/shell.js";

const t = texts({
    toAll: ["Сообщение всем", "Message to all"], text: ["Текст", "Text"], send: ["Отправить", "Send"], reached: ["Отправлено, попыток: {n}", "Sent, attempts: {n}"],
    back: ["К экзамену", "To the exam"], lead: ["Кадры и отметки приходят сами. Решения принимаете вы.", "Frames and flags arrive by themselves. Decisions are yours."], search: ["Найти по имени", "Find by name"], state: ["Состояние", "State"], all: ["Все", "All"], flagged: ["С отметками", "With flags"], running: ["Идут", "Under way"], waiting: ["Ждут начала", "Waiting"], done: ["Закончили", "Done"],
    queueing: ["Кадры ждут сравнения: {n}", "Frames waiting to be compared: {n}"],
    refusing: ["Сервер не успевает сравнивать кадры: за минуту отложено {n}. Кадры на плитках и отметки приходят с опозданием; ответы сохраняются как обычно. Смотрите на плитки «кадров нет» чаще.", "The server cannot compare all frames: {n} put off within a minute. Frames and flags arrive late; answers are saved as always. Look at tiles that say \"no frame\" more often."],
    live: ["Связь есть", "Live"], lost: ["Связь прервана, восстанавливаем…", "Connection lost, coming back…"], none: ["Ещё никто не подготовился к экзамену.", "Nobody has got ready for the exam yet."], noFrame: ["кадра нет", "no frame"], look: ["Таймлайн", "Timeline"], act: ["Действия", "Actions"], frameOf: ["Последний кадр, {name}", "Newest frame, {name}"], at: ["кадр в {time}", "frame at {time}"], late: ["кадров нет {time}", "no frame for {time}"],
});
const PER_PICTURE = 8_000;
const LOAD_EVERY = 5_000;

export default async function ({ account, exam: id, main }) {
    const exam = await api.get(`/v1/exams/${id}`);
    const before = (await allEvents(`/v1/exams/${id}/events`)).at(-1)?.index ?? 0;
    const tiles = new Map();
    const wall = h("div", { class: "wall" });
    const counts = h("p", { role: "status", class: "soft" });
    const live = h("span", null, badge("good", t("live")));
    const load = h("div", { role: "status" });
    let filter = {};
    const isBehind = (tile) => ["started", "ready_to_submit"].includes(tile.attempt.state) && tile.newest && serverNow() - Date.parse(tile.newest.at) > 45_000;
    const worst = (tile) => tile.noticed.reduce((most, seen) => (eventKind(seen.type) === "bad" ? "bad" : most === "bad" ? most : eventKind(seen.type) || most), "");

    // Pictures are loaded for what is in view only, and each at most every few seconds.
    const watcher = new IntersectionObserver((seen) => {
        for (const { target, isIntersecting } of seen) {
            const entry = tiles.get(target.dataset.attempt);
            entry.visible = isIntersecting;
            if (isIntersecting) { entry.dirty = true; plan(); }
        }
    }, { rootMargin: "200px" });
    let planned = false;
    for (const tile of await api.all(`/v1/exams/${id}/wall`, "tiles")) put(tile);
    function put(tile) {
        const entry = tiles.get(tile.attempt.id) ?? { node: h("article"), shot: h("div", { class: "shot" }), about: h("div", { class: "about" }), picture: null, shownAt: 0, visible: false };
        entry.tile = tile;
        if (!tiles.has(tile.attempt.id)) {
            entry.node.append(entry.shot, entry.about);
            entry.node.dataset.attempt = tile.attempt.id;
            tiles.set(tile.attempt.id, entry);
            wall.append(entry.node);
            watcher.observe(entry.node);
        }
        entry.dirty = true;
        plan();
    }
    function plan() {
        if (planned) return;
        planned = true;
        requestAnimationFrame(() => {
            planned = false;
            for (const entry of tiles.values()) if (entry.dirty) { entry.dirty = false; paint(entry); }
            paintCounts();
        });
    }
    function paint(entry) {
        const { tile, node } = entry;
        const kind = worst(tile);
        node.className = kind;
        node.hidden = !matches(tile);
        const newest = tile.newest;
        show(entry.about,
            h("a", { href: `/staff/attempts/${tile.attempt.id}` }, tile.candidate_name || `…${tile.attempt.id.slice(-6)}`),
            h("div", { class: "row" }, badge(stateKind(tile.attempt.state), stateName(tile.attempt.state)),
                tile.attempt.clock === "running" && h("span", { class: "small soft", data: { deadline: tile.attempt.deadline } }, countdown((Date.parse(tile.attempt.deadline) - serverNow()) / 1000))),
            tile.noticed.length > 0 && h("div", { class: "row" }, tile.noticed.slice(-4).map((seen) => badge(eventKind(seen.type), `${eventName(seen.type)}${seen.count > 1 ? ` ×${seen.count}` : ""}`))),
            newest && h("p", { class: "small soft" }, isBehind(tile) ? t("late", { time: countdown((serverNow() - Date.parse(newest.at)) / 1000) }) : t("at", { time: clockTime(newest.at) })),
            has(account, "examiner", "administrator") && h("button", { type: "button", class: "plain", onclick: () => openDialog(tile.candidate_name, () => controls(entry.tile.attempt, () => reload(tile.attempt.id))) }, t("act")));
        if (!entry.visible) return;
        if (newest?.has_picture && entry.picture !== newest.identification_id && Date.now() - entry.shownAt > PER_PICTURE) {
            entry.picture = newest.identification_id;
            entry.shownAt = Date.now();
            const image = h("img", { alt: t("frameOf", { name: tile.candidate_name }), src: `/v1/attempts/${tile.attempt.id}/identifications/${newest.identification_id}/pictures/1`, decoding: "async" });
            image.addEventListener("load", () => show(entry.shot, image, badge(outcomeKind(newest.outcome), outcomeName(newest.outcome))));
        } else if (!entry.picture) show(entry.shot, t("noFrame"));
    }
    function matches(tile) {
        const { state } = tile.attempt;
        if (filter.search && !tile.candidate_name.toLowerCase().includes(filter.search.toLowerCase())) return false;
        if (filter.state === "flagged") return worst(tile) !== "";
        if (filter.state === "running") return ["started", "ready_to_submit", "paused"].includes(state);
        if (filter.state === "waiting") return ["created", "ready_to_start"].includes(state);
        if (filter.state === "done") return !["started", "ready_to_submit", "paused", "created", "ready_to_start"].includes(state);
        return true;
    }
    function paintCounts() {
        const all = [...tiles.values()].map((entry) => entry.tile);
        const running = all.filter((tile) => ["started", "ready_to_submit", "paused"].includes(tile.attempt.state)).length;
        const flagged = all.filter((tile) => worst(tile) !== "").length;
        counts.textContent = `${plural(all.length, { one: "попытка", few: "попытки", many: "попыток" }, { one: "attempt", other: "attempts" })} · ${t("running")}: ${running} · ${t("flagged")}: ${flagged}`;
    }
    const waiting = new Set();
    let timer;
    function reload(attemptID) {
        waiting.add(attemptID);
        timer ??= setTimeout(async () => {
            timer = undefined;
            const ids = [...waiting];
            waiting.clear();
            for (const each of ids) {
                const attempt = await api.get(`/v1/attempts/${each}`).catch(() => null);
                const entry = tiles.get(each);
                if (!attempt) continue;
                if (entry) { entry.tile.attempt = attempt; entry.dirty = true; plan(); } else await more();
            }
        }, 400);
    }
    async function more() {
        for (const tile of await api.all(`/v1/exams/${id}/wall`, "tiles")) if (!tiles.has(tile.attempt.id)) put(tile);
    }
    function take(event) {
        const entry = tiles.get(event.subject);
        if (!entry) { reload(event.subject); return; }
        const { tile } = entry;
        if (event.type === "identification.made") {
            const facts = event.data.facts;
            if (facts.identification_id && (facts.method ?? "biometric") === "biometric") tile.newest = { identification_id: facts.identification_id, at: event.time, outcome: facts.outcome, reason: facts.reason ?? "", has_picture: true };
        }
        if (event.type.startsWith("attempt.")) reload(event.subject);
        if (deservesALook(event.type)) {
            const seen = tile.noticed.find((each) => each.type === event.type);
            if (seen) { seen.count += 1; seen.at = event.time; } else tile.noticed.push({ type: event.type, at: event.time, count: 1, index: event.index });
        }
        entry.dirty = true;
        plan();
    }
    const stop = follow(`/v1/exams/${id}/events/stream`, before, take, (isLive) => show(live, isLive ? badge("good", t("live")) : badge("bad", t("lost"))));
    const clock = setInterval(() => {
        for (const node of wall.querySelectorAll("[data-deadline]")) node.textContent = countdown((Date.parse(node.dataset.deadline) - serverNow()) / 1000);
        for (const entry of tiles.values()) if (entry.visible && (isBehind(entry.tile) || entry.picture !== entry.tile.newest?.identification_id)) { entry.dirty = true; plan(); }
    }, 2000);
    // Whether the server keeps up: without it a tile that stands still would look like a candidate who is away.
    let shownLoad = "";
    async function watchLoad() {
        const { state, waiting, refused_last_minute: refused } = await api.get("/v1/comparison-load");
        const text = state === "refusing" ? t("refusing", { n: refused }) : state === "queueing" ? t("queueing", { n: waiting }) : "";
        if (text === shownLoad) return;
        shownLoad = text;
        show(load, text && (state === "refusing" ? h("div", { class: "notice bad" }, h("p", null, text)) : h("p", { class: "small soft" }, text)));
    }
    const loads = setInterval(() => watchLoad().catch(() => {}), LOAD_EVERY);
    addEventListener("pagehide", () => { stop(); clearInterval(clock); clearInterval(loads); });
    await watchLoad();
    plan();
    return [
        head(exam.title, t("lead"), { back: [`/staff/exams/${id}`, t("back")], actions: [live, has(account, "examiner", "administrator") && action(t("toAll"), async () => {
            let reached;
            const sent = await ask({ title: t("toAll"), submit: t("send"), fields: [field({ name: "text", label: t("text"), type: "textarea", maxlength: 1000 })], send: async ({ text }) => { reached = await api.post(`/v1/exams/${id}/messages`, { text }, { key: newKey() }); } });
            if (sent) toast(t("reached", { n: reached.attempts }));
        })] }),
        filters([field({ name: "search", label: t("search"), required: false, optionalMark: false }), field({ name: "state", label: t("state"), type: "select", required: false, optionalMark: false, options: [["", t("all")], ["flagged", t("flagged")], ["running", t("running")], ["waiting", t("waiting")], ["done", t("done")]] })],
            (values) => { filter = values; for (const entry of tiles.values()) entry.dirty = true; plan(); }),
        load, counts, tiles.size ? wall : [empty(t("none")), wall],
    ];
}
