import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { day } from "../lib/time.js";
import { action, badge, link, saveFile, table } from "../lib/ui.js";
import { gradeKind, gradeName } from "../lib/words.js";

const t = texts({
    title: ["Учебная карточка", "Study card"], lead: ["Дисциплины с закрытыми ведомостями. Зачётных единиц сдано: {n}.", "Disciplines with closed grade sheets. Credit units passed: {n}."], back: ["Результаты", "Results"],
    discipline: ["Дисциплина", "Discipline"], units: ["з. е.", "Units"], control: ["Контроль", "Control"], mark: ["Оценка", "Grade"], day: ["Дата", "Day"], examiner: ["Преподаватель", "Examiner"], sheet: ["Ведомость", "Sheet"],
    file: ["Скачать PDF", "Download as PDF"], extract: ["Выписка с доказательствами", "Extract with proofs"], none: ["Закрытых ведомостей пока нет.", "There are no closed grade sheets yet."],
    hint: ["Выписку проверяют без доступа к системе: attestd extract verify.", "The extract can be checked without the system: attestd extract verify."],
});

export default async function () {
    const card = await api.get("/v1/me/study-card");
    return [
        head(t("title"), t("lead", { n: card.credit_units_passed }), { back: ["/results", t("back")], actions: [
            action(t("file"), async () => saveFile(await (await api.get("/v1/me/study-card/file", { raw: true })).blob(), "study-card.pdf")),
            action(t("extract"), async () => saveFile(await (await api.get("/v1/me/study-card/extract", { raw: true })).blob(), "extract.json")),
        ] }),
        table([
            { title: t("discipline"), value: (line) => line.discipline }, { title: t("units"), value: (line) => line.credit_units, number: true }, { title: t("control"), value: (line) => line.control_text },
            { title: t("mark"), value: (line) => line.mark && badge(gradeKind(line.mark), gradeName(line.mark)) }, { title: t("day"), value: (line) => day(line.exam_day) },
            { title: t("examiner"), value: (line) => line.examiner }, { title: t("sheet"), value: (line) => line.sheet_number, number: true },
        ], card.lines, { caption: t("title"), none: t("none") }),
        h("p", { class: "soft small" }, t("hint")),
    ];
}
