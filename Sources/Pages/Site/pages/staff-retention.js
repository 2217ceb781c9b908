import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { short } from "../lib/people.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { action, ask, badge, card, field, form, link, notice, pagedTable, saveFile, section, table, tabs, toast } from "../lib/ui.js";

const t = texts({
    title: ["Хранение и уничтожение", "Retention and erasure"], lead: ["Сколько хранится каждый вид данных, что и кем уничтожено. Записи журнала остаются.", "How long each kind of data is kept, what was destroyed and by whom. The log's records stay."], biometric: ["Биометрия", "Biometrics"], rules: ["Сроки", "Rules"], runs: ["Уничтожение по срокам", "Runs"], holds: ["Удержания", "Holds"], people: ["Удаление людей", "Erasing people"],
    who: ["Учётная запись", "Account"], requested: ["Потребовано", "Demanded"], due: ["Срок", "Due"], state: ["Состояние", "State"], held: ["Удерживает", "Held by"], destroyed: ["Уничтожено", "Destroyed"], none: ["Здесь пока ничего нет.", "There is nothing here yet."], reason: ["Основание", "Reason"], counts: ["портретов {portraits}, файлов {files}, записей {records}", "portraits {portraits}, files {files}, records {records}"], absent: ["У этой службы этого раздела нет.", "This service does not have this section."],
    kind: ["Вид данных", "Kind"], keep: ["Хранить", "Kept"], months: ["{m} мес. {d} дн.", "{m} months {d} days"], from: ["С какого момента", "From"], source: ["Основание срока", "Ground"], itself: ["Сама служба", "By itself"], yes: ["да", "yes"], no: ["нет", "no"], approve: ["Утвердить", "Approve"], approved: ["утверждено", "approved"], change: ["Изменить", "Change"], monthsField: ["Месяцев", "Months"], daysField: ["Дней", "Days"], save: ["Сохранить", "Save"], done: ["Записано.", "Recorded."], start: ["Отсчёт", "Counted from"],
    taken: ["от получения", "when it was taken"], attempt_end: ["от конца попытки", "the attempt's end"], studies_end: ["от конца обучения", "the end of studies"], preview: ["Что подлежит уничтожению", "Preview what is due"], count: ["Подлежит / уничтожено", "Due / destroyed"], persons: ["Людей", "People"], execute: ["Уничтожить", "Carry out"], discard: ["Отказаться", "Discard"], certificate: ["Акт (PDF)", "Certificate (PDF)"], sure: ["Уничтоженное восстановить нельзя. Предпросмотр сделал другой сотрудник.", "What is destroyed cannot be brought back. Somebody else made the preview."],
    previewing: ["готовится", "being previewed"], previewed: ["готово к решению", "previewed"], running: ["идёт", "running"], clearing: ["завершается", "clearing"], completed: ["завершено", "completed"], discarded: ["отклонено", "discarded"], request: ["ждёт", "waits"], cancelled: ["отменено", "cancelled"], gone: ["уничтожено", "destroyed"], refused: ["отказано", "refused"], granted: ["одобрено", "approved"],
    place: ["Удержать данные", "Place a hold"], lift: ["Снять", "Lift"], lifted: ["снято {at}", "lifted {at}"], account: ["Номер учётной записи", "Identifier of the account"], decide: ["Решить", "Decide"], decision: ["Решение", "Decision"], clause: ["Пункт закона (при отказе)", "Clause of the law (when refusing)"], number: ["Приказ №", "Order No."], orderDate: ["Дата приказа", "Date of the order"], flag_undecided: ["не решено об отметке", "a flag is undecided"], export_running: ["идёт выгрузка", "an export is being made"], ownPreview: ["Предпросмотр делали вы: уничтожить может другой сотрудник.", "You made the preview: somebody else carries it out."], at: ["Когда", "When"],
    attempt_runs: ["идёт попытка", "an attempt runs"], attempt_open: ["попытка не завершена", "an attempt is open"], result_under_review: ["результат на проверке", "a result is under review"], duplicate_undecided: ["не решено о двойнике", "a duplicate is undecided"], case_open: ["открыто дело", "a case is open"], verification_open: ["идёт проверка личности", "a verification is open"], grading_open: ["идёт проверка работ", "grading is open"], grade_sheet_open: ["открыта ведомость", "a grade sheet is open"], message_waiting: ["ждёт сообщение", "a message waits"], manual: ["удержано сотрудником", "held by staff"],
    portrait: ["портреты", "portraits"], frame: ["кадры", "frames"], measurement: ["измерения", "measurements"], document_picture: ["снимки документов", "document pictures"], workplace_picture: ["снимки рабочего места", "workplace pictures"], answer: ["ответы", "answers"], answer_file: ["файлы ответов", "answer files"], record_particulars: ["сведения записей", "particulars of records"], login_record: ["входы", "logins"], message: ["сообщения", "messages"], system_check: ["проверки системы", "system checks"], practice: ["тренировки", "practice"], access_record: ["просмотры данных", "access records"],
});
const STATE = { requested: ["warn", "request"], cancelled: ["", "cancelled"], destroyed: ["good", "gone"], completed: ["good", "completed"], refused: ["bad", "refused"], approved: ["info", "granted"], clearing: ["info", "clearing"] };
const holdNames = (holds) => holds.map((hold) => t(hold.reason ?? hold)).join(", ");
const file = (path, name) => action(t("certificate"), async () => saveFile(await (await api.get(path, { raw: true })).blob(), name));

export default async function ({ account }) {
    return [head(t("title"), t("lead")), tabs([[t("biometric"), biometric], [t("rules"), rules], [t("runs"), () => runs(account)], [t("holds"), holds], [t("people"), people]])];
}
const optional = (path, fill) => section(async (reload) => {
    const answer = await api.find(path);
    return answer ? fill(answer, reload) : notice("warn", t("absent"));
});

function biometric() {
    return pagedTable([
        { title: t("who"), value: (row) => short(row.account_id) }, { title: t("requested"), value: (row) => moment(row.requested_at) }, { title: t("reason"), value: (row) => row.reason }, { title: t("due"), value: (row) => moment(row.due_by) }, { title: t("state"), value: (row) => badge(STATE[row.state][0], t(STATE[row.state][1])) },
        { title: t("held"), value: (row) => holdNames(row.holds) }, { title: t("destroyed"), value: (row) => row.destroyed && `${moment(row.destroyed.at)}: ${t("counts", row.destroyed)}` },
    ], async (last) => (await api.get(`/v1/erasures?limit=100${last ? `&before=${last.id}` : ""}`)).erasures, { caption: t("biometric"), none: t("none") });
}

function rules() {
    return optional("/v1/retention/rules", ({ rules }, reload) => table([
        { title: t("kind"), value: (row) => row.label }, { title: t("keep"), value: (row) => t("months", { m: row.months, d: row.days }) }, { title: t("from"), value: (row) => t(row.start) }, { title: t("source"), value: (row) => row.source }, { title: t("itself"), value: (row) => t(row.runs_by_itself ? "yes" : "no") },
        { title: t("state"), value: (row) => row.approved_at ? badge("good", t("approved")) : row.set_by && action(t("approve"), async () => { await api.post("/v1/retention/rules/approvals", { kind: row.kind, number: row.number }); toast(t("done")); reload(); }) },
        { title: "", value: (row) => action(t("change"), async () => {
            const changed = await ask({ title: row.label, submit: t("save"), fields: [field({ name: "months", label: t("monthsField"), type: "number", min: 0, value: row.months }), field({ name: "days", label: t("daysField"), type: "number", min: 0, value: row.days }), field({ name: "start", label: t("start"), type: "select", value: row.start, options: row.possible_starts.map((start) => [start, t(start)]) }), field({ name: "source", label: t("source"), value: row.source, maxlength: 500 }), field({ name: "itself", label: t("itself"), type: "checkbox", checked: row.runs_by_itself, required: false })], send: (filled) => api.put("/v1/retention/rules", { kind: row.kind, months: Number(filled.months), days: Number(filled.days), start: filled.start, source: filled.source, runs_by_itself: filled.itself === "on" }) });
            if (changed) { toast(t("done")); reload(); }
        }, "plain") },
    ], rules, { caption: t("rules") }));
}

function runs(account) {
    return optional("/v1/retention/runs?limit=50", ({ runs }, reload) => {
        if (runs.some((run) => ["previewing", "running", "clearing"].includes(run.state))) setTimeout(reload, 1500);
        return [
        h("p", null, action(t("preview"), async () => { await api.post("/v1/retention/previews", {}); reload(); }, "primary")),
        runs.length ? runs.map((run) => card(moment(run.as_of), h("div", { class: "row" }, badge(run.state === "completed" ? "good" : "info", t(run.state)), h("span", { class: "soft" }, `${run.done} / ${run.due}`)),
            table([{ title: t("kind"), value: (line) => t(line.kind) }, { title: t("count"), value: (line) => `${line.due} / ${line.destroyed}`, number: true }, { title: t("persons"), value: (line) => line.people, number: true }, { title: t("held"), value: (line) => line.held > 0 && `${line.held}: ${holdNames(line.holds)}` }], run.lines, { caption: moment(run.as_of), none: t("none") }),
            h("div", { class: "row" }, run.state === "previewed" && run.requested_by === account.id && h("p", { class: "soft" }, t("ownPreview")), run.state === "previewed" && run.requested_by !== account.id && action(t("execute"), async () => {
                const begun = await ask({ title: t("execute"), text: t("sure"), submit: t("execute"), kind: "danger", fields: [h("div", { class: "fields" }, field({ name: "number", label: t("number"), required: false, maxlength: 64 }), field({ name: "date", label: t("orderDate"), type: "date", required: false }))], send: (filled) => api.post("/v1/retention/runs", { preview_id: run.id, ...(filled.number && filled.date ? { order: { number: filled.number, date: filled.date } } : {}) }) });
                if (begun) reload();
            }, "danger"), run.state === "previewed" && action(t("discard"), async () => { await api.post(`/v1/retention/runs/${run.id}/discarding`); reload(); }), run.state === "completed" && file(`/v1/retention/runs/${run.id}/certificate`, "certificate.pdf")))) : h("p", { class: "soft" }, t("none")),
        ];
    });
}

function holds() {
    return optional("/v1/retention/holds?limit=100", ({ holds }, reload) => [
        card(t("place"), form({ fields: h("div", { class: "fields" }, field({ name: "account_id", label: t("account"), minlength: 36, maxlength: 36 }), field({ name: "reason", label: t("reason"), maxlength: 500 })), submit: t("place"), kind: "", reset: true, send: async (filled) => { await api.post("/v1/retention/holds", filled); toast(t("done")); reload(); } })),
        table([{ title: t("who"), value: (row) => short(row.account_id) }, { title: t("reason"), value: (row) => row.reason }, { title: t("at"), value: (row) => moment(row.placed_at) }, { title: "", value: (row) => row.lifted_at ? badge("", t("lifted", { at: moment(row.lifted_at) })) : action(t("lift"), async () => { await api.post(`/v1/retention/holds/${row.id}/lifting`); toast(t("done")); reload(); }) }], holds, { caption: t("holds"), none: t("none") }),
    ]);
}

function people() {
    return optional("/v1/erasure-requests?limit=100", ({ erasures }, reload) => table([
        { title: t("who"), value: (row) => short(row.account_id) }, { title: t("requested"), value: (row) => moment(row.requested_at) }, { title: t("due"), value: (row) => moment(row.due_by) }, { title: t("state"), value: (row) => badge(...[STATE[row.state][0], t(STATE[row.state][1])]) }, { title: t("held"), value: (row) => holdNames(row.holds) },
        { title: "", value: (row) => row.state === "completed" ? file(`/v1/erasure-requests/${row.id}/certificate`, "certificate.pdf") : row.state === "requested" && action(t("decide"), async () => {
            const decided = await ask({ title: t("decide"), submit: t("decide"), kind: "danger", fields: [table([{ title: t("kind"), value: (line) => line.label }, { title: t("destroyed"), value: (line) => line.erased, number: true }, { title: t("keep"), value: (line) => line.kept > 0 && `${line.kept}: ${line.ground ?? ""}` }], row.inventory, { caption: t("decide") }), field({ name: "decision", label: t("decision"), type: "radios", options: [["approved", t("granted")], ["refused", t("refused")]] }), field({ name: "clause", label: t("clause"), required: false, maxlength: 500 })], send: (filled) => api.post(`/v1/erasure-requests/${row.id}/decision`, filled) });
            if (decided) { toast(t("done")); reload(); }
        }) },
    ], erasures, { caption: t("people"), none: t("none") }));
}
