import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { readAnswer } from "../lib/question.js";
import { head } from "../lib/shell.js";
import { day, moment } from "../lib/time.js";
import { action, card, facts, field, form, notice, toast } from "../lib/ui.js";

const t = texts({
    back: ["Работы", "Grading"], lead: ["Срок проверки: {at}", "Due on {at}"], answer: ["Ответ", "The answer"], grade: ["Оценка", "Grading"], points: ["Баллы, не больше {n}", "Points, {n} at most"], comment: ["Замечания для обучающегося", "Comments for the candidate"], submit: ["Записать", "Record"], done: ["Записано.", "Recorded."], giveBack: ["Вернуть в очередь", "Give it back"], earlier: ["Проверена {at}: {points}", "Graded {at}: {points}"], choose: ["{points} — {text}", "{points} – {text}"],
});

export default async function ({ work: id }) {
    const path = `/v1/open-works/${id}`;
    const details = await api.get(path);
    const criteria = details.rubric?.criteria ?? [];
    return [
        head(details.work.alias, t("lead", { at: day(details.work.due_on) }), { back: ["/staff/grading", t("back")] }),
        h("div", { class: "split" }, card(t("answer"), readAnswer(details.item, details.answer)),
            card(t("grade"), details.gradings.map((grading) => notice("", t("earlier", { at: moment(grading.at), points: grading.points }))), form({
                fields: [
                    criteria.length ? criteria.map((criterion) => field({ name: `criterion.${criterion.key}`, label: criterion.title, type: "radios", options: criterion.levels.map((level) => [level.points, t("choose", { points: level.points, text: level.descriptor })]) }))
                        : field({ name: "points", label: t("points", { n: details.work.maximum }), inputmode: "decimal", pattern: "[0-9]+([.,][0-9]+)?" }),
                    field({ name: "comment", label: t("comment"), type: "textarea", required: false, maxlength: 2000 }),
                ],
                submit: t("submit"), send: async (filled) => {
                    const body = criteria.length ? { criteria: criteria.map(({ key }) => ({ key, points: filled[`criterion.${key}`] })) } : { points: filled.points.replace(",", ".") };
                    if (filled.comment) body.comment = filled.comment;
                    await api.post(`${path}/grading`, body);
                    toast(t("done"));
                    setTimeout(() => location.assign("/staff/grading"), 500);
                },
            }), h("hr"), action(t("giveBack"), async () => { await api.post(`${path}/return`); location.assign("/staff/grading"); }, "plain"))),
    ];
}
