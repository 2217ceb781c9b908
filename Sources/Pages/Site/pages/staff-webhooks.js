import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { WEBHOOK_KINDS, webhookKindName } from "../lib/words.js";
import { action, ask, badge, card, field, form, section, showOnce, table, toast } from "../lib/ui.js";

const t = texts({
    title: ["Оповещение других систем", "Webhooks"], lead: ["Подписанные сообщения для LMS и деканата.", "Signed messages to the LMS and the dean's office."], url: ["Адрес (https)", "Address (https)"], kinds: ["О чём", "About"], add: ["Добавить получателя", "Add a receiver"], secret: ["Ключ подписи", "Signing secret"], secretText: ["Показан один раз: внесите его в систему-получатель.", "Shown this once: enter it at the receiver."], end: ["Отключить", "End"], ended: ["отключён", "ended"], messages: ["Сообщения", "Messages"], at: ["Когда", "When"], kind: ["О чём", "About"], state: ["Доставка", "Delivery"], delivered: ["доставлено {at}", "delivered {at}"], waits: ["попытка в {at}", "next try {at}"], tries: ["Попыток", "Tries"], failure: ["Ошибка", "Failure"], retry: ["Повторить", "Try again"], none: ["Сообщений пока нет.", "There are no messages yet."], nobody: ["Получателей пока нет.", "There are no receivers yet."], done: ["Выполнено.", "Done."], failed: ["не доставлено", "not delivered"],
});

export default async function ({ main }) {
    return [head(t("title"), t("lead")), section(async (reload) => {
        const { webhooks } = await api.get("/v1/webhooks");
        return [card(t("add"), form({ fields: [field({ name: "url", label: t("url"), type: "url" }), field({ name: "kinds", label: t("kinds"), type: "checks", value: WEBHOOK_KINDS.slice(0, 3), options: WEBHOOK_KINDS.map((kind) => [kind, webhookKindName(kind)]) })], submit: t("add"), kind: "", send: async (filled) => {
            const made = await api.post("/v1/webhooks", { url: filled.url, kinds: [filled.kinds ?? []].flat() });
            showOnce(t("secret"), made.secret, t("secretText"));
            reload();
        } })), webhooks.length ? webhooks.map((hook) => card(hook.url, h("p", { class: "soft" }, hook.kinds.map(webhookKindName).join(", ")), h("div", { class: "row" }, hook.ended_at ? badge("", t("ended")) : action(t("end"), async () => { await api.delete(`/v1/webhooks/${hook.id}`); toast(t("done")); reload(); }, "danger")),
            h("details", { style: { "margin-top": "12px" } }, h("summary", { class: "strong" }, t("messages")), section(async (again) => {
                const { messages } = await api.get(`/v1/webhooks/${hook.id}/messages?limit=100`);
                return table([
                    { title: t("at"), value: (row) => moment(row.created_at) }, { title: t("kind"), value: (row) => webhookKindName(row.kind) }, { title: t("state"), value: (row) => (row.delivered_at ? badge("good", t("delivered", { at: moment(row.delivered_at) })) : row.next_try_at ? badge("warn", t("waits", { at: moment(row.next_try_at) })) : badge("bad", t("failed"))) }, { title: t("tries"), value: (row) => row.tries, number: true }, { title: t("failure"), value: (row) => row.last_failure },
                    { title: "", value: (row) => !row.delivered_at && action(t("retry"), async () => { await api.post(`/v1/webhooks/${hook.id}/messages/${row.id}/retrying`); toast(t("done")); again(); }) },
                ], messages, { caption: t("messages"), none: t("none") });
            })))) : h("p", { class: "soft" }, t("nobody"))];
    })];
}
