import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { has, head } from "../lib/shell.js";
import { action, ask, badge, card, facts, field, section, toast } from "../lib/ui.js";
import { methodName, procedureName } from "../lib/words.js";

const t = texts({
    title: ["Порядок идентификации", "Identification policies"], lead: ["Чем и когда подтверждают личность в каждом виде процедур. Опубликованные экзамены сохраняют свой порядок.", "How and when identities are confirmed, by kind of procedure. Published exams keep theirs."], methods: ["Способы", "Methods"], or: [" или ", " or "], before: ["Перед сдачей", "Before handing in"], every: ["Повтор, мин", "Every, minutes"], live: ["Живое присутствие", "Liveness"], failure: ["При неудаче", "On failure"], refuse: ["не допускать", "refuse"], queue: ["к уполномоченному лицу", "to a verifier"], flag: ["отметить", "flag"], yes: ["да", "yes"], no: ["нет", "no"], edit: ["Изменить", "Change"], save: ["Сохранить", "Save"], saved: ["Сохранено.", "Saved."], resume: ["При возобновлении", "On resume"], first: ["Вариант 1: все вместе", "Alternative 1: all of"], second: ["Вариант 2: все вместе (если пусто — нет)", "Alternative 2: all of (empty: none)"], more: ["Настройки", "More"],
});
const METHODS = ["electronic", "biometric", "visual"];

export default async function ({ account }) {
    const manages = has(account, "compliance_officer", "administrator");
    return [head(t("title"), t("lead")), section(async (reload) => {
        const { policies } = await api.get("/v1/identification-policies");
        return h("div", { class: "grid" }, policies.map(({ policy, procedure }) => card(procedureName(procedure), facts([
            [t("methods"), policy.any_of.map((all) => all.map(methodName).join(" + ")).join(t("or"))], [t("live"), t(policy.liveness === false ? "no" : "yes")], [t("every"), policy.every_minutes], [t("before"), t(policy.before_submission ? "yes" : "no")], [t("resume"), t(policy.on_resume ? "yes" : "no")], [t("failure"), policy.on_failure && t(policy.on_failure)],
        ]), manages && action(t("edit"), async () => {
            const done = await ask({
                title: procedureName(procedure), submit: t("save"), fields: [
                    field({ name: "first", label: t("first"), type: "checks", value: policy.any_of[0], options: METHODS.map((method) => [method, methodName(method)]) }), field({ name: "second", label: t("second"), type: "checks", value: policy.any_of[1] ?? [], options: METHODS.map((method) => [method, methodName(method)]) }),
                    field({ name: "every_minutes", label: t("every"), type: "number", min: 1, max: 240, required: false, value: policy.every_minutes }), field({ name: "on_failure", label: t("failure"), type: "select", value: policy.on_failure ?? "queue", options: ["refuse", "queue", "flag"].map((each) => [each, t(each)]) }),
                    field({ name: "liveness", label: t("live"), type: "checkbox", checked: policy.liveness !== false, required: false }), field({ name: "before_submission", label: t("before"), type: "checkbox", checked: policy.before_submission, required: false }), field({ name: "on_resume", label: t("resume"), type: "checkbox", checked: policy.on_resume, required: false }),
                ],
                send: (filled) => {
                    const changed = { ...policy, any_of: [filled.first, filled.second].filter(Boolean).map((each) => [each].flat()), on_failure: filled.on_failure, liveness: filled.liveness === "on", before_submission: filled.before_submission === "on", on_resume: filled.on_resume === "on" };
                    if (filled.every_minutes) changed.every_minutes = Number(filled.every_minutes); else delete changed.every_minutes;
                    return api.put(`/v1/identification-policies/${procedure}`, changed);
                },
            });
            if (done) { toast(t("saved")); reload(); }
        }))));
    })];
}
