// What a closed survey came to: bars for each question, words without names, files to take away.
import { api } from "../lib/api.js";
import { h, svg } from "../lib/dom.js";
import { language, localized, number, texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { day } from "../lib/time.js";
import { action, card, empty, notice, saveFile } from "../lib/ui.js";

const t = texts({
    back: ["Опросы", "Surveys"], lead: ["{from} — {to} · показаны группы от {n} ответивших", "{from} – {to} · groups of {n} answers and more are shown"], candidates: ["Обучающиеся", "Candidates"], staff: ["Сотрудники", "Staff"], answered: ["Ответили: {n}", "Answers: {n}"], few: ["Ответивших меньше {n}: итоги не показываются.", "Fewer than {n} answered: nothing is shown."], fewHere: ["На этот вопрос ответили слишком немногие.", "Too few answered this question."],
    mean: ["Среднее: {n}", "Mean: {n}"], scale: ["Оценка {n}", "Point {n}"], words: ["Слова", "Words"], csv: ["CSV", "CSV"], pdf: ["PDF", "PDF"],
});

export default async function ({ survey: id }) {
    const path = `/v1/surveys/${id}/results`;
    const { survey, groups } = await api.get(path);
    const file = (format) => action(t(format), async () => saveFile(await (await api.get(`${path}/file?format=${format}`, { raw: true })).blob(), `survey-${survey.year}.${format}`));
    return [
        head(localized(survey.title), t("lead", { from: day(survey.opens_at), to: day(survey.closes_at), n: survey.smallest_group }), { back: ["/staff/surveys", t("back")], actions: [file("csv"), file("pdf")] }),
        groups.map((group) => card(`${t(group.audience)}${group.answered === undefined ? "" : ` · ${t("answered", { n: group.answered })}`}`,
            group.answered === undefined ? empty(t("few", { n: survey.smallest_group })) : group.questions.map((line) => result(survey.questions.find((question) => question.id === line.question), line)))),
    ];
}

function result(question, line) {
    const title = h("h3", null, localized(question.text));
    if (line.answered === undefined) return h("section", null, title, notice("", t("fewHere")));
    if (question.kind === "text") return h("section", null, title, h("details", null, h("summary", null, `${t("words")} · ${line.texts.length}`), h("ul", null, line.texts.map((text) => h("li", null, text)))));
    const names = question.kind === "scale" ? [1, 2, 3, 4, 5].map((n) => t("scale", { n })) : question.choices.map((choice) => choice[language] ?? choice.ru);
    return h("section", { style: { "margin-bottom": "20px" } }, title, bars(localized(question.text), names, line.counts), line.mean !== undefined && h("p", { class: "soft" }, t("mean", { n: number(line.mean, 2) })));
}

/** Bars side by side as drawing, and each as text for who does not see them. */
function bars(title, names, counts) {
    const sum = Math.max(1, counts.reduce((total, count) => total + count, 0));
    const height = 34;
    return svg("svg", { class: "bars", viewBox: `0 0 600 ${names.length * height}`, role: "img", "aria-label": `${title} ${names.map((what, place) => `${what}: ${counts[place] ?? 0} (${Math.round(((counts[place] ?? 0) / sum) * 100)} %)`).join("; ")}` },
        names.map((what, place) => {
            const count = counts[place] ?? 0;
            const y = place * height;
            return [svg("rect", { class: "track", x: 210, y: y + 7, width: 330, height: 18, rx: 4 }), count > 0 && svg("rect", { class: "bar", x: 210, y: y + 7, width: Math.max(3, (count / sum) * 330).toFixed(1), height: 18, rx: 4 }),
                svg("text", { x: 0, y: y + 21 }, what.length > 28 ? `${what.slice(0, 27)}…` : what), svg("text", { x: 596, y: y + 21, "text-anchor": "end" }, String(count))];
        }));
}
