import { api } from "../lib/api.js";
import { texts } from "../lib/i18n.js";
import { short } from "../lib/people.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { badge, pagedTable } from "../lib/ui.js";

const t = texts({
    title: ["Уничтожение биометрических данных", "Erasure of biometric data"], lead: ["После отзыва согласия: что потребовано, что удерживает и что уничтожено. Записи журнала остаются.", "After a withdrawal: what was demanded, what holds it, what was destroyed. The log's records stay."], who: ["Учётная запись", "Account"], requested: ["Потребовано", "Demanded"], due: ["Срок", "Due"], state: ["Состояние", "State"], holds: ["Удерживает", "Held by"], destroyed: ["Уничтожено", "Destroyed"], none: ["Требований нет.", "There are no demands."], request: ["ждёт", "waits"], cancelled: ["отменено", "cancelled"], gone: ["уничтожено", "destroyed"], completed: ["завершено", "completed"], attempt_runs: ["идёт попытка", "an attempt runs"], result_under_review: ["результат на проверке", "a result is under review"], duplicate_undecided: ["не решено о двойнике", "a duplicate is undecided"], counts: ["портретов {portraits}, файлов {files}, записей {records}", "portraits {portraits}, files {files}, records {records}"], reason: ["Основание", "Reason"],
});
const STATE = { requested: ["warn", "request"], cancelled: ["", "cancelled"], destroyed: ["good", "gone"], completed: ["good", "completed"] };

export default async function () {
    return [head(t("title"), t("lead")), await pagedTable([
        { title: t("who"), value: (row) => short(row.account_id) }, { title: t("requested"), value: (row) => moment(row.requested_at) }, { title: t("reason"), value: (row) => row.reason }, { title: t("due"), value: (row) => moment(row.due_by) }, { title: t("state"), value: (row) => badge(STATE[row.state][0], t(STATE[row.state][1])) },
        { title: t("holds"), value: (row) => row.holds.map((hold) => t(hold)).join(", ") }, { title: t("destroyed"), value: (row) => row.destroyed && `${moment(row.destroyed.at)}: ${t("counts", row.destroyed)}` },
    ], async (last) => (await api.get(`/v1/erasures?limit=100${last ? `&before=${last.id}` : ""}`)).erasures, { caption: t("title"), none: t("none") })];
}
