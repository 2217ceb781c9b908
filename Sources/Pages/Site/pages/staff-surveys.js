// The yearly survey (row F6): opened for a period; what it came to is shown after its end, for groups that are large enough.
import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { localized, texts } from "../lib/i18n.js";
import { has, head } from "../lib/shell.js";
import { day, duration, fromLocal, moment, serverNow, toLocal } from "../lib/time.js";
import { badge, card, empty, field, form, link, section, toast } from "../lib/ui.js";

const t = texts({
    title: ["Опросы о качестве", "Surveys of quality"], lead: ["Ежегодный опрос обучающихся и сотрудников. Ответы анонимны, итоги видны после окончания.", "The yearly survey of candidates and staff. Answers are anonymous; results are shown after the end."],
    none: ["Опросов ещё не было.", "There has been no survey yet."], open: ["идёт", "open"], coming: ["откроется", "coming"], closed: ["завершён", "closed"], period: ["{from} — {to}", "{from} – {to}"], left: ["До конца: {time}. Итоги — после окончания.", "Until the end: {time}. Results come after it."], begins: ["Откроется {at}.", "It opens {at}."], results: ["Итоги", "Results"], passed: ["Прошло времени опроса", "Time of the survey that has passed"],
    make: ["Открыть опрос", "Open a survey"], year: ["Год", "Year"], ru: ["Название по-русски", "Title in Russian"], en: ["Название по-английски", "Title in English"], from: ["Начало", "Begins"], until: ["Окончание", "Ends"], group: ["Показывать итоги группам не меньше", "Show results of groups of at least"], groupHint: ["Меньше пяти нельзя: ответы стали бы узнаваемы.", "Fewer than five is refused: answers could be told apart."], standard: ["Заданы будут стандартные вопросы.", "The standard questions will be asked."], made: ["Опрос открыт.", "The survey is open."], defaultRu: ["Качество услуг, {year} год", "Качество услуг, {year} год"], questions: ["Вопросы", "Questions"],
});

export default async function ({ account }) {
    const year = new Date().getFullYear();
    const list = section(async () => {
        const { surveys } = await api.get("/v1/surveys");
        if (!surveys.length) return empty(t("none"));
        return surveys.map((survey) => {
            const [opens, closes] = [Date.parse(survey.opens_at), Date.parse(survey.closes_at)];
            const state = serverNow() < opens ? "coming" : serverNow() < closes ? "open" : "closed";
            return card(null, h("div", { class: "row between" }, h("h2", null, localized(survey.title)), badge({ open: "info", closed: "good" }[state], t(state))),
                h("p", { class: "soft" }, `${survey.year} · ${t("period", { from: day(survey.opens_at), to: day(survey.closes_at) })}`),
                state === "open" && [h("progress", { max: closes - opens, value: serverNow() - opens, "aria-label": t("passed") }), h("p", null, t("left", { time: duration((closes - serverNow()) / 1000) }))],
                state === "coming" && h("p", null, t("begins", { at: moment(survey.opens_at) })),
                state === "closed" && h("p", null, link(`/staff/surveys/${survey.id}`, t("results"), "primary")),
                h("details", null, h("summary", null, t("questions")), h("ol", { style: { "margin-top": "10px" } }, survey.questions.map((question) => h("li", null, localized(question.text))))));
        });
    });
    const local = (days) => toLocal(new Date(Date.now() + days * 86_400_000));
    return [head(t("title"), t("lead")), list, has(account, "compliance_officer") && h("details", { class: "card" }, h("summary", { class: "strong" }, t("make")), h("div", { style: { "margin-top": "12px" } }, form({
        fields: [h("p", { class: "soft" }, t("standard")), h("div", { class: "fields" },
            field({ name: "ru", label: t("ru"), maxlength: 500, value: t("defaultRu", { year }) }), field({ name: "en", label: t("en"), maxlength: 500, value: `Quality of services, ${year}` }), field({ name: "year", label: t("year"), type: "number", min: 2020, max: 2200, value: year }),
            field({ name: "opens_at", label: t("from"), type: "datetime-local", value: local(0) }), field({ name: "closes_at", label: t("until"), type: "datetime-local", value: local(28) }), field({ name: "smallest_group", label: t("group"), type: "number", min: 5, max: 1000, value: 5, hint: t("groupHint") }))],
        submit: t("make"), send: async (filled) => {
            await api.post("/v1/surveys", { title: { ru: filled.ru, en: filled.en }, year: Number(filled.year), opens_at: fromLocal(filled.opens_at), closes_at: fromLocal(filled.closes_at), smallest_group: Number(filled.smallest_group) });
            toast(t("made"));
            await list.reload();
        },
    })))];
}
