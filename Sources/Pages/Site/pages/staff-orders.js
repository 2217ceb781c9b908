import { api, newKey, query } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { nameOf } from "../lib/people.js";
import { head } from "../lib/shell.js";
import { day } from "../lib/time.js";
import { action, ask, badge, field, filters, form, pagedTable, toast } from "../lib/ui.js";

const t = texts({
    title: ["Приказы и доверенности", "Orders and powers of attorney"], lead: ["По ним действуют уполномоченные лица. Записи не правят, а отзывают.", "Verifiers act by these. Entries are never edited, only revoked."], kind: ["Вид", "Kind"], order: ["приказ", "order"], power_of_attorney: ["доверенность", "power of attorney"], number: ["Номер", "Number"], date: ["Дата", "Date"], valid: ["Действует", "Valid"], holders: ["Кому", "Holders"], scopes: ["На что", "Scopes"], identification: ["идентификация", "identification"], technical_support: ["техническая поддержка", "technical support"], organisational_support: ["организационная поддержка", "organisational support"], state: ["Состояние", "State"], revoked: ["отозван(а) с {at}", "revoked from {at}"], active: ["действует", "valid"], over: ["срок истёк", "expired"], revoke: ["Отозвать", "Revoke"], reason: ["Причина", "Reason"], from: ["С какого дня", "From which day"], none: ["Записей нет.", "There are no entries."], add: ["Внести", "Enter"], issuedBy: ["Кем выдан(а)", "Issued by"], until: ["Действует до", "Valid until"], holderIDs: ["Номера учётных записей через пробел", "Identifiers of accounts, separated by spaces"], partner: ["Партнёрская организация", "Partner organisation"], done: ["Записано.", "Recorded."], on: ["Действовали в день", "Valid on"], range: ["{from} — {to}", "{from} – {to}"], unlimited: ["без срока", "no end"],
});
const SCOPES = ["identification", "technical_support", "organisational_support"];

export default async function () {
    const place = h("div", null);
    let filled = {};
    const today = new Date().toISOString().slice(0, 10);
    const load = async () => {
        const names = new Map();
        show(place, await pagedTable([
            { title: t("kind"), value: (row) => t(row.kind) }, { title: t("number"), value: (row) => row.number }, { title: t("date"), value: (row) => day(row.date) }, { title: t("valid"), value: (row) => t("range", { from: day(row.valid_from), to: row.valid_until ? day(row.valid_until) : t("unlimited") }) },
            { title: t("holders"), value: (row) => row.holders.map((id) => names.get(id)).join(", ") }, { title: t("scopes"), value: (row) => row.scopes.map((scope) => t(scope)).join(", ") },
            { title: t("state"), value: (row) => (row.revocation ? badge("bad", t("revoked", { at: day(row.revocation.day) })) : row.valid_until && row.valid_until < today ? badge("warn", t("over")) : badge("good", t("active"))) },
            { title: "", value: (row) => !row.revocation && action(t("revoke"), async () => {
                const done = await ask({ title: `${t("revoke")}: ${row.number}`, submit: t("revoke"), kind: "danger", fields: [field({ name: "day", label: t("from"), type: "date", value: today }), field({ name: "reason", label: t("reason"), maxlength: 500 })], send: (values) => api.post(`/v1/orders/${row.id}/revocation`, values) });
                if (done) { toast(t("done")); load(); }
            }, "plain") },
        ], async (last) => {
            const { orders } = await api.get(`/v1/orders${query({ ...filled, before: last?.id, limit: 100 })}`);
            for (const id of new Set(orders.flatMap((order) => order.holders))) names.set(id, await nameOf(id));
            return orders;
        }, { caption: t("title"), none: t("none") }));
    };
    await load();
    return [
        head(t("title"), t("lead")),
        h("details", { class: "card" }, h("summary", { class: "strong" }, t("add")), h("div", { style: { "margin-top": "12px" } }, form({
            fields: [h("div", { class: "fields" }, field({ name: "kind", label: t("kind"), type: "select", options: [["power_of_attorney", t("power_of_attorney")], ["order", t("order")]] }), field({ name: "number", label: t("number"), maxlength: 64 }), field({ name: "date", label: t("date"), type: "date", value: today }), field({ name: "valid_until", label: t("until"), type: "date", required: false }), field({ name: "issued_by", label: t("issuedBy"), maxlength: 200 }), field({ name: "partner_organisation", label: t("partner"), required: false, maxlength: 200 }), field({ name: "holders", label: t("holderIDs") })), field({ name: "scopes", label: t("scopes"), type: "checks", value: ["identification"], options: SCOPES.map((scope) => [scope, t(scope)]) })],
            submit: t("add"), reset: true, send: async (values) => { await api.post("/v1/orders", { ...values, holders: values.holders.split(/[\s,;]+/).filter(Boolean), scopes: [values.scopes].flat() }, { key: newKey() }); toast(t("done")); load(); },
        }))),
        filters([field({ name: "scope", label: t("scopes"), type: "select", required: false, optionalMark: false, options: [["", "—"], ...SCOPES.map((scope) => [scope, t(scope)])] }), field({ name: "valid_on", label: t("on"), type: "date", required: false, optionalMark: false })], (values) => { filled = values; load(); }), place,
    ];
}
