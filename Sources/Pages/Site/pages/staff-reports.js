// What the dean's office is told (row D7): interruptions that wait for a decision, and attestations that have not taken place.
import { api, query } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { day, moment } from "../lib/time.js";
import { badge, card, field, filters, link, pagedTable, section } from "../lib/ui.js";
import { gradeKind } from "../lib/words.js";

const t = texts({
    title: ["Отчёты в деканат", "Reports to the dean's office"], lead: ["Прерванные попытки решают в тот же день. Отчёт уходит вместе с решением.", "Interrupted attempts are decided on the same day. The report goes out with the decision."],
    waiting: ["Ждут решения", "Waiting for a decision"], noWaiting: ["Прерванных попыток нет.", "There are no interrupted attempts."], reports: ["Отправленные отчёты", "Reports"], none: ["Отчётов нет.", "There are no reports."], since: ["Прервана", "Interrupted"], who: ["Обучающийся", "Candidate"], exam: ["Экзамен", "Exam"], reason: ["Причина", "Reason"], until: ["Решить до конца дня", "Decide by the end of"], overdue: ["срок прошёл", "overdue"], erased: ["имя удалено", "name erased"],
    decided: ["Решено", "Decided"], mark: ["В ведомости", "Mark"], basis: ["Основание", "Ground"], debt: ["Задолженность", "Debt"], late: ["с опозданием", "late"], from: ["С", "From"], through: ["По", "Until"],
    result: ["по результату", "by the result"], not_sent_in_time: ["не отправлено в срок", "not sent in time"], dishonesty: ["нарушение правил", "dishonesty"], other_person: ["другое лицо", "other person"], announced_absence: ["сообщил заранее", "said so before"], absence: ["не явился", "absence"], connection_lost: ["потеря связи", "connection lost"], interruption: ["прерывание", "interruption"], examiner: ["решение преподавателя", "the examiner's decision"], study_sheet: ["ведомость учебной группы", "study group's sheet"], regrade: ["пересмотр оценки", "regrading"],
    debt_none: ["нет", "none"], debt_owed: ["есть", "owed"], debt_excused: ["по уважительной причине", "excused"],
});

export default async function () {
    const place = h("div", null);
    let filter = {};
    const load = async () => show(place, await pagedTable([
        { title: t("decided"), value: (row) => [day(row.decided_on), " ", row.is_late && badge("warn", t("late"))] }, { title: t("who"), value: (row) => link(`/staff/attempts/${row.attempt_id}`, row.candidate ?? t("erased")) }, { title: t("exam"), value: (row) => row.exam },
        { title: t("mark"), value: (row) => badge(gradeKind(row.mark), row.mark_text) }, { title: t("basis"), value: (row) => t(row.basis) }, { title: t("debt"), value: (row) => t(`debt_${row.debt}`) },
    ], async (last) => (await api.get(`/v1/dean-reports${query({ ...filter, before: last?.id, limit: 100 })}`)).reports, { caption: t("reports"), none: t("none") }));
    await load();
    return [
        head(t("title"), t("lead")),
        card(t("waiting"), section(() => pagedTable([
            { title: t("since"), value: (row) => moment(row.since) }, { title: t("who"), value: (row) => link(`/staff/attempts/${row.attempt_id}`, row.candidate ?? t("erased")) }, { title: t("exam"), value: (row) => row.exam }, { title: t("reason"), value: (row) => row.reason_text },
            { title: t("until"), value: (row) => [day(row.decide_on), " ", row.is_overdue && badge("bad", t("overdue"))] },
        ], async (last) => (await api.get(`/v1/interruptions${query({ after: last?.attempt_id, limit: 100 })}`)).interruptions, { caption: t("waiting"), none: t("noWaiting") }))),
        h("h2", null, t("reports")),
        filters([field({ name: "from", label: t("from"), type: "date", required: false, optionalMark: false }), field({ name: "through", label: t("through"), type: "date", required: false, optionalMark: false })], (values) => { filter = values; load(); }), place,
    ];
}
