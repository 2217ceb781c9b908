import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { fullName, nameOf, short } from "../lib/people.js";
import { has, head } from "../lib/shell.js";
import { day, moment } from "../lib/time.js";
import { action, ask, badge, card, facts, field, link, notice, saveFile, section, table, toast } from "../lib/ui.js";
import { gradeKind, gradeName } from "../lib/words.js";

const t = texts({
    back: ["Ведомости", "Grade sheets"], title: ["Ведомость № {n}", "Grade sheet {n}"], group: ["Группа", "Group"], discipline: ["Дисциплина", "Discipline"], control: ["Вид контроля", "Control"], units: ["Зачётных единиц", "Credit units"], day: ["День экзамена", "Exam day"], examiner: ["Преподаватель", "Examiner"], sign: ["Подписать до", "Sign by"], closedAt: ["Закрыта", "Closed"],
    fill: ["Заполнить по результатам", "Fill from results"], close: ["Закрыть ведомость", "Close it"], closeText: ["После закрытия оценки увидят обучающиеся, изменить их можно только открыв ведомость с причиной.", "Candidates see the grades then; to change them the sheet must be opened again, with a reason."], reopen: ["Открыть снова", "Open again"], reason: ["Причина", "Reason"], name: ["Обучающийся", "Candidate"], book: ["Зачётка", "Record book"], mark: ["Оценка", "Mark"], enter: ["Внести", "Enter"], waits: ["ждёт", "waits"], history: ["История", "History"], number: ["№", "No."], done: ["Записано.", "Recorded."], print: ["PDF для подписи", "PDF to sign"], csv: ["CSV", "CSV"], xlsx: ["Таблица", "Workbook"], open: ["открыта", "open"], closed: ["закрыта", "closed"],
    paper: ["Подписанный экземпляр", "Signed print"], paperText: ["Распечатку подписывают и возвращают в деканат в срок; здесь отмечают возврат и хранят скан.", "The print is signed and comes back to the dean's office in time; its return is recorded and its scan kept here."], noPaper: ["Подписанный экземпляр ещё не вернулся.", "The signed print has not come back yet."], closing: ["Закрытие №", "Closing No."], received: ["Получен", "Received"], receivedBy: ["Принял(а)", "Received by"], due: ["Срок", "Due"], late: ["с опозданием", "late"], comment: ["Кто подписал, замечания", "Who signed, remarks"], scan: ["Скан", "Scan"], look: ["Открыть скан", "Open the scan"], upload: ["Приложить скан", "Add the scan"], file: ["PDF, JPEG или PNG", "PDF, JPEG or PNG"], record: ["Отметить возврат", "Record its return"], you: ["вы", "you"], by: ["Кто", "Who"],
    exam: ["нет экзамена", "no exam"], attempt: ["попытка не окончена", "attempt not over"], grading: ["идёт проверка работ", "grading"], review: ["идёт проверка попытки", "under review"], account: ["нет учётной записи", "no account"], study_sheet: ["ждёт ведомость учебной группы", "waits for the study group's sheet"], created: ["создана", "made"], filled: ["заполнена", "filled"], marked: ["внесена оценка", "mark entered"], reopened: ["открыта снова", "opened again"],
});
const MARKS = ["excellent", "good", "satisfactory", "unsatisfactory", "passed", "failed", "not_appeared", "not_appeared_excused", "not_taken_place", "not_admitted"];

export default async function ({ account, sheet: id }) {
    const path = `/v1/grade-sheets/${id}`;
    const first = await api.get(path);
    const file = (format, name, text) => action(text, async () => saveFile(await (await api.get(`${path}/file?format=${format}`, { raw: true })).blob(), name));
    const names = new Map(await Promise.all([...new Set(first.history.map((entry) => entry.by))].map(async (each) => [each, await nameOf(each)])));
    const who = (each) => (each === account.id ? t("you") : names.get(each) ?? short(each));
    /** The signed prints that came back, one for each closing, with their scans. */
    const papers = () => card(t("paper"), h("p", { class: "soft" }, t("paperText")), section(async (reload) => {
        const all = (await api.get(`${path}/papers`)).papers;
        const office = has(account, "administrator", "compliance_officer");
        const { sheet } = await api.get(path);
        return [table([
            { title: t("closing"), value: (row) => row.version, number: true }, { title: t("received"), value: (row) => [day(row.received_on), " ", row.is_late && badge("warn", t("late"))] }, { title: t("due"), value: (row) => row.due_on && day(row.due_on) }, { title: t("receivedBy"), value: (row) => who(row.received_by) }, { title: t("comment"), value: (row) => row.comment },
            { title: t("scan"), value: (row) => (row.scan_sha256 ? h("a", { href: `${path}/papers/${row.version}/scan`, target: "_blank", rel: "noopener" }, t("look")) : office && action(t("upload"), async () => {
                const done = await ask({ title: t("upload"), submit: t("upload"), fields: [field({ name: "file", label: t("file"), type: "file", accept: "application/pdf,image/jpeg,image/png" })], send: (_, node) => api.put(`${path}/papers/${row.version}/scan`, node.querySelector("[type=file]").files[0]) });
                if (done) { toast(t("done")); reload(); }
            })) },
        ], all, { caption: t("paper"), none: t("noPaper") }), office && !all.some((paper) => paper.version === sheet.version) && action(t("record"), async () => {
            const done = await ask({ title: t("record"), submit: t("record"), fields: [field({ name: "received_on", label: t("received"), type: "date", value: new Date().toISOString().slice(0, 10) }), field({ name: "comment", label: t("comment"), required: false, maxlength: 1000 })], send: (filled) => api.post(`${path}/papers`, filled) });
            if (done) { toast(t("done")); reload(); }
        }, "primary")];
    }));
    return [
        head(t("title", { n: first.sheet.number }), first.sheet.group_name, { back: ["/staff/sheets", t("back")], actions: [file("pdf", `sheet-${first.sheet.number}.pdf`, t("print")), file("csv", `sheet-${first.sheet.number}.csv`, t("csv")), file("xlsx", `sheet-${first.sheet.number}.xlsx`, t("xlsx"))] }),
        section(async (reload) => {
            const { sheet, rows, history, sign_due_on } = await api.get(path);
            const isOpen = sheet.state === "open";
            const act = (text, step, more = {}) => action(text, async () => {
                const done = await ask({ title: text, text: more.text, submit: text, kind: more.kind, fields: more.fields ?? [], send: (filled) => api.post(`${path}/${step}`, more.fields ? filled : undefined) });
                if (done) { toast(t("done")); reload(); }
            }, more.kind ?? "");
            return [
                card(null, h("div", { class: "row between" }, facts([[t("discipline"), sheet.discipline], [t("control"), sheet.control_text], [t("units"), sheet.credit_units], [t("day"), day(sheet.exam_day)], [t("examiner"), sheet.examiner], [t("sign"), sign_due_on && day(sign_due_on)], [t("closedAt"), sheet.closed_at && moment(sheet.closed_at)]]), badge(isOpen ? "warn" : "good", t(sheet.state))),
                    h("div", { class: "row" }, isOpen && action(t("fill"), async () => { await api.post(`${path}/filling`); reload(); }, "primary"), isOpen && act(t("close"), "closing", { text: t("closeText") }), !isOpen && has(account, "administrator") && act(t("reopen"), "reopening", { kind: "danger", fields: [field({ name: "reason", label: t("reason"), type: "textarea", maxlength: 500 })] }))),
                table([
                    { title: t("number"), value: (row) => row.number, number: true }, { title: t("name"), value: (row) => (row.attempt_id ? link(`/staff/attempts/${row.attempt_id}`, fullName(row)) : fullName(row)) }, { title: t("book"), value: (row) => row.record_book },
                    { title: t("mark"), value: (row) => (row.mark ? badge(gradeKind(row.mark), gradeName(row.mark)) : row.waits_for && badge("warn", t(row.waits_for))) },
                    { title: "", value: (row) => isOpen && action(t("enter"), async () => {
                        const done = await ask({ title: fullName(row), submit: t("enter"), fields: [field({ name: "mark", label: t("mark"), type: "select", value: row.mark, options: MARKS.map((mark) => [mark, gradeName(mark)]) }), field({ name: "reason", label: t("reason"), maxlength: 500 })], send: (filled) => api.put(`${path}/rows/${row.number}`, filled) });
                        if (done) { toast(t("done")); reload(); }
                    }, "plain") },
                ], rows, { caption: t("mark") }),
                !isOpen && papers(),
                h("details", { class: "card" }, h("summary", { class: "strong" }, t("history")), h("ul", { class: "log", style: { "margin-top": "10px" } }, history.map((entry) => h("li", null, h("time", null, moment(entry.at)), [t(entry.kind), who(entry.by), entry.row && `№ ${entry.row}`, entry.after && gradeName(entry.after), entry.reason].filter(Boolean).join(" · "))))),
            ];
        }),
    ];
}
