import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { fullName, nameOf, short } from "../lib/people.js";
import { has, head } from "../lib/shell.js";
import { duration, fromLocal, moment, toLocal } from "../lib/time.js";
import { action, ask, badge, card, empty, facts, field, form, link, notice, section, showOnce, table, tabs, toast } from "../lib/ui.js";
import { formName, gradeName, methodName, procedureName, stateKind, stateName } from "../lib/words.js";

const t = texts({
    back: ["Экзамены", "Exams"], wall: ["Стена наблюдения", "The wall"], review: ["Проверка попыток", "Review"], about: ["Об экзамене", "About"], attempts: ["Попытки", "Attempts"], schedule: ["Расписание", "Schedule"], keys: ["Ключи доступа", "Access keys"], rules: ["Условия допуска", "Admission"],
    form: ["Форма и очередь", "Form and slots"], special: ["Особые условия", "Accommodations"], grading: ["Проверяющие", "Graders"], regrade: ["Пересчёт", "Regrading"], opens: ["Открывается", "Opens"], closes: ["Закрывается", "Closes"], time: ["Время", "Time"], items: ["Заданий", "Tasks"], seed: ["Обязательство (SHA-256)", "Commitment (SHA-256)"],
    groups: ["Группы", "Groups"], candidate: ["Обучающийся", "Candidate"], state: ["Состояние", "State"], grade: ["Оценка", "Grade"], open: ["Открыть", "Open"], none: ["Попыток пока нет.", "There are no attempts yet."], number: ["№", "No."], place: ["Место", "Place"], reason: ["Причина", "Reason"], published: ["Опубликовано", "Published"],
    publish: ["Опубликовать расписание", "Publish the schedule"], publishText: ["Не позже чем за неделю до начала; позже — с указанием причины.", "A week before at the latest; later with a reason."], scheduled: ["Расписание опубликовано.", "The schedule is published."], group: ["Группа", "Group"], key: ["Ключ", "Key"], issue: ["Выдать ключ", "Issue a key"], revoke: ["Отозвать", "Revoke"], revoked: ["отозван", "revoked"],
    from: ["Действует с", "Valid from"], until: ["Действует до", "Valid until"], keyText: ["Ключ показан один раз: передайте его обучающимся.", "The key is shown this once: hand it to the candidates."], needKey: ["Нужен ключ доступа", "An access key is needed"], needCheck: ["Нужна проверка системы", "A system check is needed"], retake: ["Это пересдача", "This is a retake"], save: ["Сохранить", "Save"], saved: ["Сохранено.", "Saved."],
    slots: ["Собеседования", "Talks"], setSlot: ["Назначить время", "Set a time"], begins: ["Начало", "Begins"], minutes: ["Минут", "Minutes"], linkTo: ["Ссылка на видеосвязь", "Video link"], candidateId: ["Номер учётной записи", "Identifier of the account"], extra: ["Дополнительное время, мин", "Extra time, minutes"], breaks: ["Перерывы, мин", "Breaks, minutes"], assistant: ["Ассистент в кадре", "An assistant in frame"], basis: ["Основание", "Basis"], add: ["Добавить", "Add"],
    graders: ["Кто проверяет (номера учётных записей)", "Who grades (identifiers of accounts)"], share: ["Доля второй проверки, %", "Share of second gradings, %"], gap: ["Расхождение для третьей проверки, %", "Disagreement for a third, %"], policy: ["Идентификация", "Identification"], effect: ["Решение", "Ruling"], dropped: ["исключить вопрос", "drop the question"], full_marks: ["всем полный балл", "full marks for all"], other_key: ["ключ другой версии", "another version's key"],
    question: ["Номер вопроса", "Identifier of the question"], version: ["Версия", "Version"], byVersion: ["Ключ версии", "Key of version"], preview: ["Предпросмотр", "Preview"], apply: ["Пересчитать", "Regrade"], better: ["Оставлять лучшую оценку", "Keep the better grade"], changed: ["Изменится у {n} из {all}", "Changes for {n} of {all}"], applied: ["Пересчитано.", "Regraded."], before: ["Было", "Before"], after: ["Станет", "After"], sheetClosed: ["ведомость закрыта", "sheet is closed"], at: ["Когда", "When"],
    yes: ["да", "yes"], no: ["нет", "no"], sheetSeconds: ["Секунд на отправку листов", "Seconds to send sheets"], any: ["{methods}", "{methods}"], every: ["Повтор каждые {n} мин", "Repeated every {n} min"], setForm: ["Форма экзамена", "Form of the exam"],
});

export default async function ({ account, exam: id }) {
    const exam = await api.get(`/v1/exams/${id}`);
    const path = `/v1/exams/${id}`;
    const manages = has(account, "examiner", "administrator");
    return [
        head(exam.title, exam.discipline, { back: ["/staff/exams", t("back")], actions: [
            has(account, "examiner", "reviewer", "administrator") && link(`/staff/wall/${id}`, t("wall"), "primary"), has(account, "examiner", "reviewer") && link(`/staff/review/${id}`, t("review"), " "),
        ] }),
        tabs([
            [t("about"), about], [t("attempts"), attempts], ...(manages ? [[t("schedule"), schedule], [t("keys"), keys], [t("rules"), rules], [t("form"), forms], [t("special"), special], [t("grading"), grading], [t("regrade"), regrade]] : []),
        ]),
    ];

    async function about() {
        const { policy, procedure } = await api.get(`${path}/identification-policy`).catch(() => ({}));
        return card(null, facts([
            [t("opens"), moment(exam.opens_at)], [t("closes"), moment(exam.closes_at)], [t("time"), duration(exam.duration_seconds)], [t("items"), exam.items], [t("groups"), exam.groups?.map((group) => group.name).join(", ")],
            procedure && [t("policy"), `${procedureName(procedure)}: ${policy.any_of.map((all) => all.map(methodName).join(" + ")).join(" / ")}`], policy?.every_minutes && [t("policy"), t("every", { n: policy.every_minutes })], [t("seed"), h("code", null, exam.secret_sha256)],
        ]), exam.warnings?.length > 0 && notice("warn", h("ul", null, exam.warnings.map((warning) => h("li", null, warning.detail)))));
    }
    async function attempts() {
        const tiles = await api.all(`${path}/wall`, "tiles");
        return table([
            { title: t("candidate"), value: (tile) => link(`/staff/attempts/${tile.attempt.id}`, tile.candidate_name || short(tile.attempt.candidate_id)) }, { title: t("state"), value: ({ attempt }) => badge(stateKind(attempt.state), stateName(attempt.state)) },
            { title: t("grade"), value: ({ attempt }) => gradeName(attempt.decided_grade ?? attempt.result?.grade) }, { title: t("opens"), value: ({ attempt }) => attempt.started_at && moment(attempt.started_at) },
        ], tiles, { caption: t("attempts"), none: t("none") });
    }
    function schedule() {
        return section(async (reload) => {
            const { schedules } = await api.get(`${path}/schedules`);
            return [table([
                { title: t("number"), value: (row) => row.number, number: true }, { title: t("opens"), value: (row) => moment(row.opens_at) }, { title: t("closes"), value: (row) => moment(row.closes_at) }, { title: t("place"), value: (row) => row.place },
                { title: t("groups"), value: (row) => row.groups.join(", ") }, { title: t("reason"), value: (row) => row.reason }, { title: t("published"), value: (row) => moment(row.at) },
            ], schedules, { caption: t("schedule") }), card(t("publish"), h("p", { class: "soft" }, t("publishText")), form({
                fields: h("div", { class: "fields" }, field({ name: "opens_at", label: t("opens"), type: "datetime-local", value: toLocal(new Date(exam.opens_at)) }), field({ name: "closes_at", label: t("closes"), type: "datetime-local", value: toLocal(new Date(exam.closes_at)) }),
                    field({ name: "place", label: t("place"), required: false, maxlength: 300 }), field({ name: "reason", label: t("reason"), required: false, maxlength: 500 })),
                submit: t("publish"), send: async (filled) => { await api.post(`${path}/schedules`, { ...filled, opens_at: fromLocal(filled.opens_at), closes_at: fromLocal(filled.closes_at) }); toast(t("scheduled")); reload(); },
            }))];
        });
    }
    function keys() {
        return section(async (reload) => {
            const { keys } = await api.get(`${path}/access-keys`);
            return [table([
                { title: t("group"), value: (row) => row.group ?? short(row.candidate_id) }, { title: t("from"), value: (row) => moment(row.valid_from) }, { title: t("until"), value: (row) => moment(row.valid_until) },
                { title: "", value: (row) => (row.revoked_at ? badge("bad", t("revoked")) : action(t("revoke"), async () => { await api.post(`${path}/access-keys/${row.id}/revocation`); reload(); }, "danger")) },
            ], keys, { caption: t("keys") }), card(t("issue"), form({
                fields: h("div", { class: "fields" }, field({ name: "group", label: t("group"), required: false }), field({ name: "candidate_id", label: t("candidateId"), required: false }), field({ name: "valid_from", label: t("from"), type: "datetime-local", value: toLocal(new Date(exam.opens_at)) }), field({ name: "valid_until", label: t("until"), type: "datetime-local", value: toLocal(new Date(exam.closes_at)) })),
                submit: t("issue"), send: async (filled) => { const key = await api.post(`${path}/access-keys`, { ...filled, valid_from: fromLocal(filled.valid_from), valid_until: fromLocal(filled.valid_until) }); showOnce(t("key"), key.key, t("keyText")); reload(); },
            }))];
        });
    }
    async function rules() {
        const now = await api.get(`${path}/admission-rules`);
        return card(t("rules"), form({
            fields: [field({ name: "access_key", label: t("needKey"), type: "checkbox", checked: now.access_key, required: false }), field({ name: "system_check", label: t("needCheck"), type: "checkbox", checked: now.system_check, required: false }), field({ name: "retake", label: t("retake"), type: "checkbox", checked: now.retake, required: false })],
            submit: t("save"), send: async (filled) => { await api.put(`${path}/admission-rules`, { access_key: filled.access_key === "on", system_check: filled.system_check === "on", retake: filled.retake === "on", credit_unit: now.credit_unit ?? null }); toast(t("saved")); },
        }));
    }
    function forms() {
        return section(async (reload) => {
            const [now, { slots }] = await Promise.all([api.get(`${path}/form`), api.get(`${path}/slots`)]);
            return [card(t("setForm"), form({
                fields: [field({ name: "form", label: t("setForm"), type: "select", value: now.form, options: ["test", "written", "written_oral", "oral", "defence"].map((each) => [each, formName(each)]) }), field({ name: "sheet_seconds", label: t("sheetSeconds"), type: "number", min: 60, required: false, value: now.sheet_seconds || undefined })],
                submit: t("save"), send: async (filled) => { await api.put(`${path}/form`, { form: filled.form, sheet_seconds: filled.sheet_seconds ? Number(filled.sheet_seconds) : null, materials_due: now.materials_due ?? null }); toast(t("saved")); },
            })), card(t("slots"), table([
                { title: t("candidate"), value: (slot) => short(slot.candidate_id) }, { title: t("begins"), value: (slot) => moment(slot.begins_at) }, { title: t("linkTo"), value: (slot) => slot.link },
            ], slots, { caption: t("slots") }), form({
                fields: h("div", { class: "fields" }, field({ name: "candidate_id", label: t("candidateId") }), field({ name: "begins_at", label: t("begins"), type: "datetime-local", value: toLocal(new Date(exam.opens_at)) }), field({ name: "minutes", label: t("minutes"), type: "number", min: 1, value: 20 }), field({ name: "link", label: t("linkTo"), type: "url" })),
                submit: t("setSlot"), kind: "", send: async ({ candidate_id, ...filled }) => { await api.put(`${path}/slots/${candidate_id}`, { begins_at: fromLocal(filled.begins_at), minutes: Number(filled.minutes), link: filled.link }); toast(t("saved")); reload(); },
            }))];
        });
    }
    function special() {
        return section(async (reload) => {
            const { accommodations } = await api.get(`${path}/accommodations`);
            return [table([
                { title: t("candidate"), value: (row) => short(row.candidate_id) }, { title: t("extra"), value: (row) => row.extra_seconds / 60, number: true }, { title: t("breaks"), value: (row) => row.break_seconds / 60, number: true }, { title: t("assistant"), value: (row) => t(row.assistant ? "yes" : "no") }, { title: t("basis"), value: (row) => row.basis },
            ], accommodations, { caption: t("special") }), card(t("add"), form({
                fields: [h("div", { class: "fields" }, field({ name: "candidate_id", label: t("candidateId") }), field({ name: "extra", label: t("extra"), type: "number", min: 0, value: 0 }), field({ name: "breaks", label: t("breaks"), type: "number", min: 0, value: 0 }), field({ name: "basis", label: t("basis"), maxlength: 500 })), field({ name: "assistant", label: t("assistant"), type: "checkbox", required: false })],
                submit: t("save"), send: async (filled) => { await api.put(`${path}/accommodations/${filled.candidate_id}`, { extra_seconds: Number(filled.extra) * 60, break_seconds: Number(filled.breaks) * 60, assistant: filled.assistant === "on", basis: filled.basis }); toast(t("saved")); reload(); },
            }))];
        });
    }
    async function grading() {
        const now = await api.get(`${path}/grading-panel`);
        return card(t("grading"), form({
            fields: [field({ name: "graders", label: t("graders"), type: "textarea", required: false, value: now.graders.join(" ") }), h("div", { class: "fields" }, field({ name: "share", label: t("share"), type: "number", min: 0, max: 100, value: now.second_share_percent }), field({ name: "gap", label: t("gap"), type: "number", min: 0, max: 100, value: now.disagreement_percent }))],
            submit: t("save"), send: async (filled) => { await api.put(`${path}/grading-panel`, { graders: (filled.graders ?? "").split(/[\s,]+/).filter(Boolean), second_share_percent: Number(filled.share), disagreement_percent: Number(filled.gap) }); toast(t("saved")); },
        }));
    }
    function regrade() {
        return section(async (reload) => {
            const { rulings } = await api.get(`${path}/regrading`);
            return [rulings.length > 0 && table([{ title: t("at"), value: (row) => moment(row.at) }, { title: t("question"), value: (row) => short(row.question_id) }, { title: t("effect"), value: (row) => t(row.effect) }, { title: t("reason"), value: (row) => row.reason }], rulings, { caption: t("regrade") }),
                card(t("regrade"), form({
                    fields: [h("div", { class: "fields" }, field({ name: "question_id", label: t("question") }), field({ name: "question_version", label: t("version"), type: "number", min: 1, value: 1 }), field({ name: "effect", label: t("effect"), type: "select", options: ["dropped", "full_marks", "other_key"].map((effect) => [effect, t(effect)]) }), field({ name: "by_version", label: t("byVersion"), type: "number", min: 1, required: false })), field({ name: "keeps_better", label: t("better"), type: "checkbox", checked: true, required: false })],
                    submit: t("preview"), kind: "", send: async (filled) => {
                        const ruling = { question_id: filled.question_id, question_version: Number(filled.question_version), effect: filled.effect, keeps_better: filled.keeps_better === "on", ...(filled.by_version ? { by_version: Number(filled.by_version) } : {}) };
                        const seen = await api.post(`${path}/regrading/preview`, ruling);
                        const done = await ask({
                            title: t("changed", { n: seen.changed, all: seen.attempts }), submit: t("apply"), kind: "danger", fields: [table([
                                { title: t("candidate"), value: (row) => short(row.candidate_id) }, { title: t("before"), value: (row) => `${row.points_before} (${row.percent_before} %)` }, { title: t("after"), value: (row) => `${row.points_after} (${row.percent_after} %)` }, { title: "", value: (row) => row.is_in_closed_sheet && badge("warn", t("sheetClosed")) },
                            ], seen.lines, { caption: t("preview") }), field({ name: "reason", label: t("reason"), type: "textarea", maxlength: 1000 })],
                            send: ({ reason }) => api.post(`${path}/regrading`, { ...ruling, preview_sha256: seen.preview_sha256, reason }),
                        });
                        if (done) { toast(t("applied")); reload(); }
                    },
                }))];
        });
    }
}
