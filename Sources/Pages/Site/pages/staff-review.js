// The review queue: attempts to be decided, the worst first, by keyboard.
import { api } from "../lib/api.js";
import { decide, decideBy } from "../lib/decide.js";
import { h, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { badge, card, empty, field, filters, link, section } from "../lib/ui.js";
import { eventKind, eventName, stateKind, stateName } from "../lib/words.js";

const t = texts({
    title: ["Проверка попыток", "Review"], lead: ["Сданные попытки, с отметками — первыми. Решает всегда человек.", "Attempts that were handed in, those with flags first. A person always decides."], none: ["Проверять нечего.", "There is nothing to review."], exam: ["Экзамен", "Exam"], all: ["Все открытые", "All"],
    interrupted: ["Прервано: решите сегодня", "Interrupted: decide today"], overdue: ["срок прошёл", "overdue"],
    keys: ["Клавиши", "Keys"], next: ["следующая", "next"], previous: ["предыдущая", "previous"], open: ["открыть", "open"], confirm: ["подтвердить", "confirm"], escalate: ["на вторую проверку", "second review"], reject: ["не засчитать", "reject"], details: ["Ход экзамена", "Timeline"], clean: ["отметок нет", "no flags"],
});

export default async function ({ account, exam: only }) {
    const exams = only ? [await api.get(`/v1/exams/${only}`)] : (await api.get("/v1/exams?limit=50")).exams;
    let rows = [];
    let at = 0;
    const list = h("div", { class: "stack" });
    const weight = (tile) => tile.noticed.reduce((sum, seen) => sum + { bad: 10, warn: 2 }[eventKind(seen.type)] * Math.min(seen.count, 5) || sum, 0);
    async function load() {
        rows = [];
        for (const exam of exams) {
            for (const tile of await api.all(`/v1/exams/${exam.id}/wall`, "tiles")) if (["submitted", "second_review_required"].includes(tile.attempt.state)) rows.push({ tile, exam });
        }
        rows.sort((a, b) => (b.tile.attempt.state === "second_review_required") - (a.tile.attempt.state === "second_review_required") || weight(b.tile) - weight(a.tile));
        at = Math.min(at, Math.max(0, rows.length - 1));
        paint();
    }
    function paint() {
        show(list, rows.length ? rows.map(({ tile, exam }, place) => h("article", { class: `card${place === at ? " next" : ""}`, tabindex: place === at ? 0 : -1, data: { place } },
            h("div", { class: "row between" }, h("h2", null, h("a", { href: `/staff/attempts/${tile.attempt.id}` }, tile.candidate_name)), badge(stateKind(tile.attempt.state), stateName(tile.attempt.state))),
            h("p", { class: "soft" }, exam.title, " · ", moment(tile.attempt.submitted_at)),
            h("div", { class: "row" }, tile.noticed.length ? tile.noticed.map((seen) => badge(eventKind(seen.type), `${eventName(seen.type)}${seen.count > 1 ? ` ×${seen.count}` : ""}`)) : badge("good", t("clean"))),
            decide(tile.attempt, account, load))) : empty(t("none")));
    }
    const move = (step) => { at = Math.max(0, Math.min(rows.length - 1, at + step)); paint(); list.children[at]?.focus(); };
    const shortcuts = { j: () => move(1), k: () => move(-1), o: () => rows[at] && location.assign(`/staff/attempts/${rows[at].tile.attempt.id}`), c: () => rows[at] && decideBy("verify", rows[at].tile.attempt, account, load), e: () => rows[at]?.tile.attempt.state === "submitted" && decideBy("request_review", rows[at].tile.attempt, account, load), r: () => rows[at] && decideBy("reject", rows[at].tile.attempt, account, load) };
    addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
        // The key's place, so that it works in the Russian layout, too.
        const run = shortcuts[event.code.replace(/^Key/, "").toLowerCase()];
        if (run) { event.preventDefault(); run(); }
    });
    await load();
    const interrupted = (await api.find("/v1/interruptions?limit=100").catch(() => null))?.interruptions ?? [];
    return [head(t("title"), t("lead")), interrupted.length > 0 && card(t("interrupted"), h("ul", { class: "steps" }, interrupted.map((each) => h("li", null, h("div", null, h("a", { href: `/staff/attempts/${each.attempt_id}` }, each.candidate ?? each.attempt_id), h("p", { class: "soft small" }, `${each.exam} · ${each.reason_text}`)), each.is_overdue && badge("bad", t("overdue")))))), h("p", { class: "small soft" }, [["J", "next"], ["K", "previous"], ["O", "open"], ["C", "confirm"], ["E", "escalate"], ["R", "reject"]].map(([key, name]) => [h("kbd", null, key), ` ${t(name)}  `])), list];
}
