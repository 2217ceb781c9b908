// What a person hears or reads: the sheets of a written exam, the notes of a talk, and the grade that is decided (row D3).
import { api, newKey } from "./api.js";
import { h } from "./dom.js";
import { number, texts } from "./i18n.js";
import { clockTime, moment } from "./time.js";
import { badge, card, empty, facts, field, form, section, toast } from "./ui.js";
import { gradeKind, gradeName } from "./words.js";

const t = texts({
    sheets: ["Листы и файлы", "Sheets and files"], noSheets: ["Ничего не прислано.", "Nothing was sent."], sheet: ["Задание {n}, {at}", "Task {n}, {at}"], material: ["Материалы, {at}", "Materials, {at}"], open: ["Открыть файл", "Open the file"], size: ["{n} КБ", "{n} KB"],
    notes: ["Заметки беседы", "Notes of the talk"], note: ["Заметка", "Note"], kind: ["Вид", "Kind"], answer: ["ответ", "answer"], additional_question: ["дополнительный вопрос", "additional question"], remark: ["замечание", "remark"], add: ["Записать", "Add"], noNotes: ["Заметок нет.", "There are no notes."],
    grade: ["Оценка", "Grade"], decide: ["Выставить оценку", "Set the grade"], told: ["Обучающийся увидит оценку сразу. Изменить её можно только новым решением.", "The candidate sees the grade at once. Only a new decision changes it."], decided: ["Оценка выставлена.", "The grade is set."], comment: ["Пояснение", "Comment"], form: ["Форма", "Form"], until: ["До", "Until"], link: ["Видеосвязь", "Video link"],
});
const GRADES = ["excellent", "good", "satisfactory", "unsatisfactory", "passed", "failed"];

/** The tab of an attempt in any form but the test. */
export function examination(path, mayDecide) {
    return section(async (reload) => {
        const [phase, { sheets }, { notes }] = await Promise.all([api.get(`${path}/phase`), api.get(`${path}/sheets`), api.get(`${path}/notes`)]);
        return [
            card(t("grade"), facts([[t("form"), phase.form_text], [t("until"), phase.ends_at && moment(phase.ends_at)], [t("link"), phase.slot?.link && h("a", { href: phase.slot.link, target: "_blank", rel: "noopener noreferrer" }, phase.slot.link)]]),
                phase.grade && h("p", null, badge(gradeKind(phase.grade), gradeName(phase.grade))),
                mayDecide && phase.phase === "examination" && form({
                    fields: [h("p", { class: "soft" }, t("told")), field({ name: "grade", label: t("grade"), type: "select", options: GRADES.map((grade) => [grade, gradeName(grade)]) }), field({ name: "comment", label: t("comment"), type: "textarea", required: false, maxlength: 2000 })],
                    submit: t("decide"), send: async (filled) => { await api.post(`${path}/examination-grade`, filled); toast(t("decided")); reload(); },
                })),
            card(t("sheets"), sheets.length ? h("ul", { class: "steps" }, sheets.map((sheet) => h("li", null, h("div", { class: "row between" }, h("span", null, t(sheet.item ? "sheet" : "material", { n: sheet.item, at: moment(sheet.at) })), h("a", { href: `${path}/sheets/${sheet.id}`, target: "_blank", rel: "noopener" }, `${t("open")} (${t("size", { n: number(sheet.bytes / 1024) })})`))))) : empty(t("noSheets"))),
            card(t("notes"), notes.length ? h("ul", { class: "log" }, notes.map((note) => h("li", null, h("time", null, clockTime(note.at)), h("span", null, badge("", t(note.kind)), " ", note.text)))) : h("p", { class: "soft" }, t("noNotes")),
                mayDecide && form({
                    fields: h("div", { class: "fields" }, field({ name: "kind", label: t("kind"), type: "select", options: ["answer", "additional_question", "remark"].map((kind) => [kind, t(kind)]) }), field({ name: "text", label: t("note"), maxlength: 5000 })),
                    submit: t("add"), kind: "", reset: true, send: async (filled) => { await api.post(`${path}/notes`, filled, { key: newKey() }); reload(); },
                })),
        ];
    });
}
