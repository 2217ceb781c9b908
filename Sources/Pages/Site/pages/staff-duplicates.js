import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { number, texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { action, ask, badge, card, empty, facts, field, section, toast } from "../lib/ui.js";

const t = texts({
    title: ["Одно лицо — две записи", "One face, two accounts"], lead: ["Портреты разных учётных записей похожи. Решает человек.", "Portraits of two accounts look alike. A person decides."], found: ["Найдено", "Found"], distance: ["Расстояние (порог)", "Distance (threshold)"], copy: ["почти копия", "nearly a copy"], same_person: ["один человек", "one person"], different_people: ["разные люди", "different people"], decide: ["Решить", "Decide"], verdict: ["Решение", "Verdict"], comment: ["Основание", "Grounds"], none: ["Совпадений нет.", "There are no matches."], done: ["Решение записано.", "The decision is recorded."], decided: ["Решено", "Decided"],
});

export default async function ({ main }) {
    main.classList.add("reading");
    return [head(t("title"), t("lead")), section(async (reload) => {
        const { duplicates } = await api.get("/v1/face-duplicates?state=all&limit=100");
        return duplicates.length ? duplicates.map((each) => card(`${each.account_name} — ${each.other_account_name}`, facts([[t("found"), moment(each.found_at)], [t("distance"), each.distance !== undefined && `${number(each.distance, 3)} (${number(each.threshold, 3)})`], [t("decided"), each.decided_at && `${moment(each.decided_at)}: ${t(each.verdict)}. ${each.comment ?? ""}`]]), each.is_near_copy && badge("warn", t("copy")),
            !each.verdict && h("div", { class: "row", style: { "margin-top": "8px" } }, action(t("decide"), async () => {
                const done = await ask({ title: t("decide"), submit: t("decide"), fields: [field({ name: "verdict", label: t("verdict"), type: "radios", options: ["same_person", "different_people"].map((verdict) => [verdict, t(verdict)]) }), field({ name: "comment", label: t("comment"), type: "textarea", maxlength: 1000 })], send: (filled) => api.post(`/v1/face-duplicates/${each.id}/decision`, filled) });
                if (done) { toast(t("done")); reload(); }
            }, "primary")))) : empty(t("none"));
    })];
}
