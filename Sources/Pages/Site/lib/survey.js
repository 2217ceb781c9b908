// The yearly survey (F6): answers go under a token that nobody can lead back to a person.
import { api } from "./api.js";
import { h } from "./dom.js";
import { localized, texts } from "./i18n.js";
import { moment } from "./time.js";
import { action, ask, field, toast } from "./ui.js";

const t = texts({
    open: ["Опрос открыт до {at}. Ответы анонимны.", "The survey is open until {at}. Answers are anonymous."], answer: ["Ответить", "Answer"], thanks: ["Спасибо, ответы приняты.", "Thank you, your answers are in."], worst: ["{n} — хуже всего", "{n} – worst"], best: ["{n} — лучше всего", "{n} – best"],
});

/** The person's token; another one where the first was lost on the way, say because answers did not go through. */
async function tokenOf(id) {
    try {
        return (await api.post(`/v1/surveys/${id}/token`)).token;
    } catch (problem) {
        if (problem.code !== "survey_token_given") throw problem;
        return (await api.post(`/v1/surveys/${id}/token/replacement`)).token;
    }
}

/** The surveys that are open now, as cards. */
export async function openSurveys() {
    const { surveys } = (await api.find("/v1/surveys").catch(() => null)) ?? { surveys: [] };
    return surveys.filter((survey) => Date.parse(survey.opens_at) <= Date.now() && Date.parse(survey.closes_at) > Date.now()).map((survey) => h("section", { class: "card next" },
        h("h2", null, localized(survey.title)), h("p", null, t("open", { at: moment(survey.closes_at) })), action(t("answer"), async () => {
            const done = await ask({
                title: localized(survey.title), submit: t("answer"), fields: survey.questions.map((question) => field({
                    name: question.id, label: localized(question.text), required: question.kind !== "text", type: question.kind === "text" ? "textarea" : "radios", maxlength: 2000,
                    options: question.kind === "scale" ? [1, 2, 3, 4, 5].map((n) => [String(n), n === 1 ? t("worst", { n }) : n === 5 ? t("best", { n }) : String(n)]) : question.choices.map((choice, place) => [String(place), localized(choice)]),
                })),
                send: async (filled) => {
                    const token = await tokenOf(survey.id);
                    const answers = survey.questions.filter((question) => filled[question.id]).map((question) => (question.kind === "text" ? { question: question.id, text: filled[question.id] } : { question: question.id, number: Number(filled[question.id]) }));
                    await api.post(`/v1/surveys/${survey.id}/answers`, { token, answers });
                },
            });
            if (done) toast(t("thanks"));
        }, "primary")));
}
