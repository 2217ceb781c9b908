// The review queue: attempts that were handed in and attempts with flags, sorted and filtered; decided here, by keyboard too.
import { api } from "../lib/api.js";
import { decide, decideBy } from "../lib/decide.js";
import { h, show } from "../lib/dom.js";
import { decideFlag, flagDecisions, flagList } from "../lib/flags.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { duration, moment, serverNow } from "../lib/time.js";
import { badge, card, empty, explain, field, filters, notice, openDialog, spinner } from "../lib/ui.js";
import { eventKind, eventName, severityKind, severityName, stateKind, stateName } from "../lib/words.js";

const t = texts({
    title: ["Проверка попыток", "Review"], lead: ["Сданные попытки и попытки с отметками. Решает всегда человек.", "Attempts that were handed in, and attempts with flags. A person always decides."], none: ["Проверять нечего.", "There is nothing to review."], noneHere: ["По этим условиям ничего нет.", "Nothing fits these conditions."], exam: ["Экзамен", "Exam"], all: ["Все", "All"], queue: ["Очередь проверки", "Review queue"],
    interrupted: ["Прервано: решите сегодня", "Interrupted: decide today"], overdue: ["срок прошёл", "overdue"], clean: ["отметок нет", "no flags"], score: ["доверие {n}", "credibility {n}"], waiting: ["ждут решения: {n}", "undecided: {n}"], age: ["ждёт {time}", "waits {time}"], details: ["Ход экзамена", "Timeline"],
    severity: ["Значимость не ниже", "Severity at least"], below: ["Оценка доверия не выше", "Credibility at most"], older: ["Ждёт не меньше", "Waits at least"], hour: ["часа", "an hour"], day: ["суток", "a day"], three: ["трёх суток", "three days"], sort: ["Сначала", "First"], by_severity: ["самые серьёзные", "the gravest"], by_score: ["с низкой оценкой доверия", "low credibility"], by_age: ["давно ждущие", "waiting longest"],
    keys: ["Клавиши (?)", "Keys (?)"], keysTitle: ["Клавиши в очереди", "Keys in the queue"], keysHint: ["Работают, когда выбрана строка очереди.", "They work while a row of the queue has the focus."], next: ["следующая попытка", "next attempt"], previous: ["предыдущая попытка", "previous attempt"], open: ["открыть ход экзамена", "open the timeline"], flagConfirm: ["подтвердить отметку", "confirm the flag"], flagDismiss: ["снять отметку", "dismiss the flag"], flagEscalate: ["передать отметку другому", "escalate the flag"], verify: ["подтвердить попытку", "confirm the attempt"], second: ["вторая проверка попытки", "second review of the attempt"], reject: ["не засчитать попытку", "reject the attempt"], help: ["эта подсказка", "this list"],
});
const KEYS = [["J", "next"], ["K", "previous"], ["Enter", "open"], ["C", "flagConfirm"], ["D", "flagDismiss"], ["E", "flagEscalate"], ["V", "verify"], ["S", "second"], ["R", "reject"], ["?", "help"]];
const SEVERITIES = ["ordinary", "notice", "warning", "serious", "critical"];
const HANDED_IN = ["submitted", "second_review_required"];
const weight = (severity) => SEVERITIES.indexOf(severity ?? "ordinary");
const since = ({ tile }) => Date.parse(tile.attempt.submitted_at ?? tile.noticed.at(0)?.at ?? tile.attempt.started_at ?? tile.attempt.server_now);
const SORTS = {
    severity: (a, b) => (b.tile.attempt.state === "second_review_required") - (a.tile.attempt.state === "second_review_required") || weight(b.tile.gravest_flag) - weight(a.tile.gravest_flag) || since(a) - since(b),
    score: (a, b) => a.tile.credibility - b.tile.credibility || since(a) - since(b),
    age: (a, b) => since(a) - since(b),
};

export default async function ({ account, exam: only }) {
    const exams = only ? [await api.get(`/v1/exams/${only}`)] : (await api.get("/v1/exams?limit=50")).exams;
    const list = h("div", { class: "stack", role: "group", "aria-label": t("queue") });
    let rows = [], shown = [], chosen = null, flags = null, filter = { sort: "severity" };

    async function load() {
        const walls = await Promise.all(exams.map(async (exam) => (await api.all(`/v1/exams/${exam.id}/wall`, "tiles")).map((tile) => ({ tile, exam }))));
        rows = walls.flat().filter(({ tile }) => HANDED_IN.includes(tile.attempt.state) || tile.waiting_flags > 0);
        arrange();
        await choose(shown.find((row) => row.tile.attempt.id === chosen) ?? shown[0], document.activeElement === document.body || list.contains(document.activeElement));
    }
    function arrange() {
        shown = rows.filter(({ tile, exam }) => (!filter.exam || exam.id === filter.exam) && (!filter.severity || weight(tile.gravest_flag) >= weight(filter.severity))
            && (!filter.below || tile.credibility <= Number(filter.below)) && (!filter.older || serverNow() - Date.parse(tile.attempt.submitted_at ?? tile.attempt.started_at ?? tile.attempt.server_now) >= Number(filter.older) * 1000));
        shown.sort(SORTS[filter.sort] ?? SORTS.severity);
    }
    async function choose(row, focus) {
        chosen = row?.tile.attempt.id ?? null;
        flags = null;
        paint(focus);
        if (!row || (row.tile.gravest_flag === undefined && !row.tile.waiting_flags)) return;
        try { flags = await api.get(`/v1/attempts/${chosen}/flags`); } catch (error) { flags = { error: explain(error) }; }
        if (chosen === row.tile.attempt.id) paint(focus);
    }
    function paint(focus) {
        show(list, shown.length ? shown.map(article) : empty(t(rows.length ? "noneHere" : "none")));
        if (focus) list.querySelector("[data-chosen]")?.focus();
    }
    function article(row) {
        const { tile, exam } = row, isChosen = tile.attempt.id === chosen;
        return h("article", { class: `card${isChosen ? " next" : ""}`, tabindex: 0, data: isChosen ? { chosen: tile.attempt.id } : {}, "aria-current": isChosen ? "true" : undefined, "aria-label": tile.candidate_name, onfocus: () => { if (!isChosen) choose(row, true); } },
            h("div", { class: "row between" }, h("h2", null, h("a", { href: `/staff/attempts/${tile.attempt.id}` }, tile.candidate_name)), badge(stateKind(tile.attempt.state), stateName(tile.attempt.state))),
            h("p", { class: "soft" }, exam.title, " · ", moment(tile.attempt.submitted_at ?? tile.attempt.started_at), " · ", t("age", { time: duration((serverNow() - since(row)) / 1000) })),
            h("div", { class: "row" }, tile.gravest_flag && badge(severityKind(tile.gravest_flag), severityName(tile.gravest_flag)), badge(tile.credibility < 50 ? "bad" : tile.credibility < 80 ? "warn" : "good", t("score", { n: tile.credibility })), tile.waiting_flags > 0 && badge("warn", t("waiting", { n: tile.waiting_flags })),
                tile.noticed.length ? tile.noticed.map((seen) => badge(eventKind(seen.type), `${eventName(seen.type)}${seen.count > 1 ? ` ×${seen.count}` : ""}`)) : badge("good", t("clean"))),
            isChosen && (flags?.error ? notice("bad", flags.error) : flags ? flagList(flags, account, true, load) : tile.gravest_flag !== undefined && spinner()),
            isChosen && decide(tile.attempt, account, load));
    }

    const current = () => shown.find((row) => row.tile.attempt.id === chosen);
    const move = (step) => { const row = shown[shown.indexOf(current()) + step]; if (row) choose(row, true); };
    const onFlag = (name) => { const flag = flags?.flags?.find((each) => flagDecisions(each, account).includes(name)); if (flag) decideFlag(flag, name, account, load); };
    const onAttempt = (name) => { const row = current(); if (row) decideBy(name, row.tile.attempt, account, load); };
    const help = () => openDialog(t("keysTitle"), (close) => [h("p", { class: "soft" }, t("keysHint")), h("dl", { class: "facts" }, KEYS.map(([key, name]) => [h("dt", null, h("kbd", null, key)), h("dd", null, t(name))])), h("button", { type: "button", onclick: close }, "OK")], () => list.querySelector("[data-chosen]")?.focus());
    const run = {
        KeyJ: () => move(1), KeyK: () => move(-1), Enter: () => chosen && location.assign(`/staff/attempts/${chosen}`), KeyC: () => onFlag("confirm"), KeyD: () => onFlag("dismiss"), KeyE: () => onFlag("escalate"),
        KeyV: () => onAttempt("verify"), KeyS: () => onAttempt("request_review"), KeyR: () => onAttempt("reject"),
    };
    // Single keys work in the list only (WCAG 2.1.4), and by their place, so that they work in the Russian layout, too.
    list.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
        if (event.code === "Enter" && event.target.closest("a, button")) return;
        const act = event.key === "?" || (event.code === "Slash" && event.shiftKey) ? help : run[event.code];
        if (act) { event.preventDefault(); act(); }
    });
    const select = (name, options) => field({ name, label: t(name), type: "select", required: false, optionalMark: false, options });
    await load();
    const interrupted = (await api.find("/v1/interruptions?limit=100").catch(() => null))?.interruptions ?? [];
    // Once the page stands, the queue has the focus, so that its keys work at once.
    setTimeout(() => { if (document.activeElement === document.body) list.querySelector("[data-chosen]")?.focus(); }, 0);
    return [
        head(t("title"), t("lead"), { actions: [h("button", { type: "button", onclick: help }, t("keys"))] }),
        interrupted.length > 0 && card(t("interrupted"), h("ul", { class: "steps" }, interrupted.map((each) => h("li", null, h("div", null, h("a", { href: `/staff/attempts/${each.attempt_id}` }, each.candidate ?? each.attempt_id), h("p", { class: "soft small" }, `${each.exam} · ${each.reason_text}`)), each.is_overdue && badge("bad", t("overdue")))))),
        filters([
            select("sort", Object.keys(SORTS).map((each) => [each, t(`by_${each}`)])), !only && exams.length > 1 && select("exam", [["", t("all")], ...exams.map((exam) => [exam.id, exam.title])]),
            select("severity", [["", t("all")], ...SEVERITIES.slice(1).map((each) => [each, severityName(each)])]), select("below", [["", t("all")], ...[90, 75, 50, 25].map((each) => [String(each), String(each)])]), select("older", [["", t("all")], ["3600", t("hour")], ["86400", t("day")], ["259200", t("three")]]),
        ], (values) => { filter = { sort: "severity", ...values }; arrange(); choose(current() ?? shown[0], false); }),
        list,
    ];
}
