// Exports of registers: ordered, made by the server, fetched when they are ready.
import { api, newKey } from "./api.js";
import { h, show } from "./dom.js";
import { texts } from "./i18n.js";
import { moment } from "./time.js";
import { action, badge, card, field, form, notice, section, table, toast } from "./ui.js";

const t = texts({
    order: ["Новая выгрузка", "New export"], register: ["Что выгрузить", "Which register"], format: ["Формат", "Format"], pictures: ["Со снимками (только в пакете свидетельств)", "With pictures (evidence bundles only)"], send: ["Заказать", "Order"], ordered: ["Выгрузка заказана.", "The export is ordered."], list: ["Мои выгрузки", "My exports"], view: ["Сохранённый поиск", "Saved search"], whole: ["весь журнал", "the whole log"], at: ["Заказана", "Ordered"], state: ["Состояние", "State"], progress: ["Записей", "Records"], none: ["Выгрузок пока нет.", "There are no exports yet."], download: ["Скачать", "Download"], remove: ["Удалить", "Delete"],
    identifications: ["журнал идентификации", "identification log"], consents: ["согласия", "consents"], orders: ["приказы и доверенности", "orders and powers"], responsible_persons: ["ответственные лица", "responsible persons"],
    jsonl: ["JSON Lines", "JSON Lines"], csv: ["CSV", "CSV"], xlsx: ["таблица XLSX", "workbook (XLSX)"], pdf: ["для печати (PDF)", "for printing (PDF)"], bundle: ["пакет свидетельств с доказательствами", "evidence bundle with proofs"],
    hint: ["Пакет свидетельств проверяют без системы: attestd verify.", "An evidence bundle is checked without the system: attestd verify."], absent: ["Выгрузок заданиями у этой службы нет.", "This service has no export jobs."],
    waiting: ["ждёт", "waits"], running: ["делается", "being made"], finished: ["готова", "ready"], done: ["готова", "ready"], failed: ["не удалась", "failed"], cancelled: ["отменена", "cancelled"], expired: ["удалена по сроку", "expired"],
});
const KIND = { waiting: "", running: "info", finished: "good", done: "good", failed: "bad", cancelled: "", expired: "" };

const REGISTERS = ["identifications", "consents", "orders", "responsible_persons"];

/** Ordering exports of some registers, and the own ones of these; searches of the identification log narrow its exports. */
export async function exportPanel(registers = REGISTERS) {
    if (!(await api.find("/v1/exports?limit=1"))) return notice("warn", t("absent"));
    const isLog = registers.includes("identifications");
    const { views } = isLog ? await api.get("/v1/saved-views") : { views: [] };
    const list = section(async (reload) => {
        const exports = (await api.get("/v1/exports?limit=50")).exports.filter((each) => registers.includes(each.register));
        if (exports.some((each) => ["waiting", "running"].includes(each.state))) setTimeout(() => { if (list.isConnected) reload(); }, 1500);
        return table([
            { title: t("at"), value: (row) => moment(row.requested_at) }, { title: t("register"), value: (row) => t(row.register) }, { title: t("format"), value: (row) => t(row.format) },
            { title: t("state"), value: (row) => [badge(KIND[row.state], t(row.state)), row.failure && ` ${row.failure}`] }, { title: t("progress"), value: (row) => (row.total ? [`${row.done} / ${row.total}`, row.done < row.total && h("progress", { max: row.total, value: row.done, "aria-label": t("progress") })] : row.done), number: true },
            { title: "", value: (row) => h("div", { class: "row" }, row.sha256 && ["finished", "done"].includes(row.state) && h("a", { class: "button primary", href: `/v1/exports/${row.id}/file`, download: "" }, t("download")), action(t("remove"), async () => { await api.delete(`/v1/exports/${row.id}`); reload(); }, "plain")) },
        ], exports, { caption: t("list"), none: t("none") });
    });
    return h("div", null, card(t("order"), form({
        fields: [h("div", { class: "fields" }, field({ name: "register", label: t("register"), type: "select", options: registers.map((each) => [each, t(each)]) }), field({ name: "format", label: t("format"), type: "select", options: (isLog ? ["bundle", "jsonl", "csv", "xlsx", "pdf"] : ["csv", "jsonl", "xlsx", "pdf"]).map((each) => [each, t(each)]) }),
            views.length > 0 && field({ name: "view_id", label: t("view"), type: "select", required: false, optionalMark: false, options: [["", t("whole")], ...views.map((view) => [view.id, view.name])] })), isLog && field({ name: "pictures", label: t("pictures"), type: "checkbox", required: false, hint: t("hint") })],
        submit: t("send"), send: async (filled) => {
            await api.post("/v1/exports", { register: filled.register, format: filled.format, pictures: filled.pictures === "on" && filled.format === "bundle", ...(filled.register === "identifications" && filled.view_id ? { view_id: filled.view_id } : {}) }, { key: newKey() }); toast(t("ordered")); await list.reload(); },
    })), list);
}
