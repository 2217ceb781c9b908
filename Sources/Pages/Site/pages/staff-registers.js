// Registers beside the identification log: consents, orders and powers of attorney, responsible persons, as files.
import { h } from "../lib/dom.js";
import { exportPanel } from "../lib/exports.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";

const t = texts({
    title: ["Реестры", "Registers"], lead: ["Согласия, приказы и доверенности, ответственные лица — на одну дату, для проверок и архива.", "Consents, orders and powers of attorney, responsible persons: as of one moment, for inspections and the archive."],
    consents: ["Согласия", "Consents"], consentsText: ["Тексты, согласия с бумаги, отзывы.", "Texts, consents from paper, withdrawals."], orders: ["Приказы и доверенности", "Orders and powers of attorney"], ordersText: ["По ним действуют уполномоченные и ответственные лица.", "Verifiers and responsible persons act by these."], log: ["Журнал идентификации", "Identification log"], logText: ["Поиск, сохранённые поиски, пакеты свидетельств.", "Searches, saved ones, evidence bundles."],
});

export default async function () {
    const way = (href, title, text) => h("a", { class: "card tile-link", href }, h("h2", null, t(title)), h("p", null, t(text)));
    return [
        head(t("title"), t("lead")),
        h("div", { class: "grid" }, way("/staff/consents", "consents", "consentsText"), way("/staff/orders", "orders", "ordersText"), way("/staff/register", "log", "logText")),
        await exportPanel(["consents", "orders", "responsible_persons"]),
    ];
}
