import { api, newKey } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { questionFields } from "../lib/question.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { action, ask, badge, busy, card, empty, explain, facts, field, form, link, notice, openDialog, pagedTable, saveFile, section, table, tabs, toast } from "../lib/ui.js";
import { gradeName } from "../lib/words.js";

const t = texts({
    back: ["База вопросов", "Question bank"], questions: ["Вопросы", "Questions"], title: ["Название", "Title"], type: ["Вид", "Type"], topic: ["Тема", "Topic"], difficulty: ["Сложность", "Difficulty"], unit: ["з. е.", "Unit"], points: ["Баллы", "Points"], version: ["Версия", "Version"], none: ["В базе пока нет вопросов.", "The bank has no questions yet."],
    import: ["Импорт", "Import"], file: ["Файл GIFT, Aiken, Moodle XML или QTI (zip)", "A file of GIFT, Aiken, Moodle XML or QTI (zip)"], send: ["Загрузить", "Upload"], report: ["Отчёт импорта", "Import report"], read: ["Прочитано", "Read"], added: ["Новых", "New"], newer: ["Новых версий", "New versions"], same: ["Без изменений", "Unchanged"], notRead: ["Не прочитано", "Not read"], partly: ["Прочитано частично", "Read in part"], line: ["Строка", "Line"], what: ["Что", "What"], where: ["Вопрос", "Question"], format: ["Формат", "Format"],
    export: ["Выгрузка", "Export"], losses: ["Что потеряется", "What would be lost"], nothing: ["Ничего не потеряется.", "Nothing would be lost."], download: ["Скачать", "Download"], about: ["Состав", "Contents"], count: ["Всего", "In all"], byTopic: ["По темам", "By topic"], byType: ["По видам", "By type"], byDifficulty: ["По сложности", "By difficulty"], samples: ["Образцы", "Samples"], sampleHint: ["Вопросы набора practice, как их видит обучающийся.", "Questions of the practice pool, as candidates see them."],
    control: ["Текущий контроль", "Current control"], controlHint: ["К промежуточной аттестации допускают с положительным итогом по каждой зачётной единице; действует последняя оценка.", "Intermediate attestation asks for a positive outcome in each credit unit; the last grade counts."], candidate: ["Номер учётной записи обучающегося", "Identifier of the candidate's account"], record: ["Внести", "Enter"],
    versions: ["Версии", "Versions"], edit: ["Новая версия из файла", "A new version from a file"], rubric: ["Критерии", "Rubric"], criterion: ["Критерий", "Criterion"], key: ["Код", "Key"], levels: ["Уровни: баллы — описание, по строке", "Levels: points – description, one a line"], save: ["Сохранить", "Save"], saved: ["Сохранено.", "Saved."], scale: ["Шкала", "Scale"], five_point: ["пятибалльная", "five points"], pass_fail: ["зачёт", "pass or fail"], rating: ["рейтинг", "rating"], units: ["Зачётные единицы (по строке)", "Credit units (one a line)"], offered: ["в билетах", "offered"], withdrawn: ["снят", "withdrawn"], open: ["Открыть", "Open"], not_read: ["не прочитано", "not read"], partly_read: ["частично", "in part"], note: ["замечание", "note"], made: ["Версия {n} сохранена.", "Version {n} is saved."], grade: ["Оценка", "Grade"], percent: ["От, %", "From, %"],
    single_choice: ["один ответ", "single choice"], multiple_choice: ["несколько ответов", "multiple choice"], true_false: ["верно/неверно", "true or false"], numeric: ["число", "number"], short_text: ["короткий ответ", "short text"], matching: ["соответствие", "matching"], ordering: ["порядок", "ordering"], cloze: ["пропуски", "cloze"], essay: ["развёрнутый ответ", "essay"], file_upload: ["файл", "file"], description: ["описание", "description"],
});
const FORMATS = [["gift", "GIFT"], ["moodle_xml", "Moodle XML"], ["qti_2.1", "QTI 2.1"], ["qti_2.2", "QTI 2.2"], ["qti_3.0", "QTI 3.0"]];
const typeOf = (file) => (/\.zip$/i.test(file.name) ? "application/zip" : /\.xml$/i.test(file.name) ? "application/xml" : "text/plain");

export default async function ({ discipline }) {
    const path = `/v1/question-banks/${encodeURIComponent(discipline)}`;
    return [head(discipline, null, { back: ["/staff/banks", t("back")] }), tabs([[t("questions"), questions], [t("import"), importing], [t("export"), exporting], [t("about"), about], [t("samples"), samples], [t("scale"), scale]])];

    async function questions() {
        return pagedTable([
            { title: t("title"), value: (row) => h("button", { type: "button", class: "plain", style: { padding: "0", "text-align": "left", color: "var(--accent)" }, onclick: () => one(row) }, row.title || "—") }, { title: t("type"), value: (row) => t(row.type) }, { title: t("topic"), value: (row) => row.topic.join(" / ") }, { title: t("difficulty"), value: (row) => row.difficulty, number: true },
            { title: t("unit"), value: (row) => row.credit_unit, number: true }, { title: t("points"), value: (row) => row.points, number: true }, { title: t("version"), value: (row) => [row.version, " ", !row.is_offered && badge("warn", t("withdrawn"))], number: true },
        ], async (last) => (await api.get(`${path}/questions?limit=100${last ? `&after=${last.id}` : ""}`)).questions, { caption: t("questions"), none: t("none") });
    }
    async function one(row) {
        const [{ versions }, rubric] = await Promise.all([api.get(`/v1/questions/${row.id}`), api.find(`/v1/questions/${row.id}/rubric`).catch(() => null)]);
        openDialog(row.title, (close) => [
            facts([["ID", h("code", null, row.id)], [t("type"), t(row.type)], [t("topic"), row.topic.join(" / ")]]),
            table([{ title: t("version"), value: (each) => each.version, number: true }, { title: t("points"), value: (each) => each.points }, { title: "", value: (each) => each.added_at && moment(each.added_at) }], versions, { caption: t("versions") }),
            form({ fields: [field({ name: "file", label: t("edit"), type: "file" })], submit: t("send"), kind: "", send: async (_, node) => { const file = node.elements.file.files[0]; const made = await api.post(`/v1/questions/${row.id}/versions`, file, { type: typeOf(file) }); toast(t("made", { n: made.version })); close(); } }),
            ["essay", "file_upload"].includes(row.type) && h("details", null, h("summary", { class: "strong" }, t("rubric")), form({
                fields: [field({ name: "key", label: t("key"), value: rubric?.criteria[0]?.key ?? "content" }), field({ name: "title", label: t("criterion"), value: rubric?.criteria[0]?.title }), field({ name: "levels", label: t("levels"), type: "textarea", value: rubric?.criteria[0]?.levels.map((level) => `${level.points} — ${level.descriptor}`).join("\n") })],
                submit: t("save"), kind: "", send: async (filled) => {
                    const levels = filled.levels.split("\n").filter((line) => line.trim()).map((line) => { const [, points, descriptor] = /^\s*([\d.,]+)\s*[—–-]\s*(.*)$/.exec(line) ?? [null, "0", line]; return { points: points.replace(",", "."), descriptor }; });
                    await api.put(`/v1/questions/${row.id}/rubric`, { criteria: [{ key: filled.key, title: filled.title, levels }, ...(rubric?.criteria.slice(1) ?? [])] });
                    toast(t("saved"));
                },
            })),
        ]);
    }
    function importing() {
        const report = h("div", { role: "status" });
        return h("div", null, card(t("import"), form({ fields: [field({ name: "file", label: t("file"), type: "file" })], submit: t("send"), send: async (_, node) => {
            const file = node.elements.file.files[0];
            const done = await api.post(`${path}/imports`, file, { type: typeOf(file) });
            show(report, card(t("report"), facts([[t("format"), done.format], [t("read"), done.read], [t("added"), done.added], [t("newer"), done.new_versions], [t("same"), done.unchanged], [t("notRead"), done.not_read], [t("partly"), done.partly_read]]),
                done.problems.length > 0 && table([{ title: t("line"), value: (row) => row.line, number: true }, { title: t("where"), value: (row) => row.title }, { title: "", value: (row) => badge({ not_read: "bad", partly_read: "warn" }[row.severity], t(row.severity)) }, { title: t("what"), value: (row) => row.detail }], done.problems, { caption: t("report") })));
        } })), report);
    }
    function exporting() {
        const losses = h("div", { role: "status" });
        return h("div", null, card(t("export"), h("div", { class: "stack" }, FORMATS.map(([format, name]) => h("div", { class: "row" }, h("span", { class: "strong", style: { width: "8em" } }, name),
            action(t("download"), async () => saveFile(await (await api.get(`${path}/exports/${format}`, { raw: true })).blob(), `${discipline}-${format}.${format === "gift" ? "txt" : format === "moodle_xml" ? "xml" : "zip"}`)),
            action(t("losses"), async () => { const found = await api.get(`${path}/exports/${format}/losses`); show(losses, found.count ? table([{ title: t("where"), value: (row) => row.title }, { title: t("what"), value: (row) => row.detail }], found.losses, { caption: t("losses") }) : notice("good", t("nothing"))); }, "plain"))))), losses);
    }
    async function about() {
        const bank = await api.get(path);
        const list = (counts, name = (key) => key) => Object.entries(counts).map(([key, count]) => `${name(key)} — ${count}`).join("; ");
        const units = await api.get(`/v1/disciplines/${encodeURIComponent(discipline)}/credit-units`);
        return [card(t("about"), facts([[t("count"), bank.questions], [t("byTopic"), list(bank.by_topic)], [t("byType"), list(bank.by_type, t)], [t("byDifficulty"), list(bank.by_difficulty)]])),
            card(t("unit"), form({ fields: [field({ name: "titles", label: t("units"), type: "textarea", value: units.titles.join("\n") })], submit: t("save"), kind: "", send: async ({ titles }) => { await api.put(`/v1/disciplines/${encodeURIComponent(discipline)}/credit-units`, { titles: titles.split("\n").map((each) => each.trim()).filter(Boolean) }); toast(t("saved")); location.reload(); } })),
            units.titles.length > 0 && card(t("control"), h("p", { class: "soft" }, t("controlHint")), form({
                fields: h("div", { class: "fields" }, field({ name: "candidate_id", label: t("candidate"), minlength: 36, maxlength: 36 }), field({ name: "unit", label: t("unit"), type: "select", options: units.titles.map((title, place) => [String(place + 1), title]) }), field({ name: "grade", label: t("grade"), type: "select", options: ["excellent", "good", "satisfactory", "unsatisfactory", "passed", "failed"].map((grade) => [grade, gradeName(grade)]) })),
                submit: t("record"), kind: "", reset: true, send: async (filled) => { await api.post("/v1/current-control", { ...filled, discipline, unit: Number(filled.unit) }, { key: newKey() }); toast(t("saved")); },
            }))];
    }
    async function samples() {
        const { tasks } = await api.get(`/v1/disciplines/${encodeURIComponent(discipline)}/sample-tasks?limit=50`);
        return [h("p", { class: "soft" }, t("sampleHint")), tasks.length ? tasks.map((task) => card(null, questionFields(task, null, () => undefined))) : empty(t("none"))];
    }
    async function scale() {
        const now = await api.get(`/v1/disciplines/${encodeURIComponent(discipline)}/scale`);
        return card(t("scale"), facts([[t("type"), t(now.kind)], ...now.thresholds.map((step) => [gradeName(step.grade), `≥ ${step.percent} %`]), [gradeName(now.lowest), "…"]]),
            action(t("edit"), async () => {
                const done = await ask({
                    title: t("scale"), submit: t("save"), fields: [now.thresholds.map((step) => field({ name: step.grade, label: `${gradeName(step.grade)}: ${t("percent")}`, type: "number", min: 1, max: 100, value: step.percent }))],
                    send: (filled) => api.put(`/v1/disciplines/${encodeURIComponent(discipline)}/scale`, { kind: now.kind, lowest: now.lowest, thresholds: now.thresholds.map((step) => ({ grade: step.grade, percent: Number(filled[step.grade]) })) }),
                });
                if (done) location.reload();
            }));
    }
}
