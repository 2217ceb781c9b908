import { api, newKey, query } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { language, texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { action, ask, badge, card, empty, field, form, notice, section, table, tabs, toast } from "../lib/ui.js";

const t = texts({
    title: ["Согласия", "Consents"], lead: ["Тексты, их версии и согласия, подписанные на бумаге.", "Texts, their versions, and consents signed on paper."], texts: ["Тексты", "Texts"], paper: ["Согласия обучающегося", "A candidate's consents"], version: ["Версия {n} от {at}", "Version {n} of {at}"], template: ["шаблон: замените своим текстом", "a template: replace it with your own text"], publish: ["Новая версия", "New version"], ru: ["Текст по-русски", "Text in Russian"], en: ["Текст по-английски", "Text in English"], renewal: ["Спросить всех заново", "Ask everybody again"], done: ["Записано.", "Recorded."], account: ["Номер учётной записи", "Identifier of the account"], find: ["Показать", "Show"], kind: ["Вид", "Kind"], state: ["Состояние", "State"], at: ["Когда", "When"], enter: ["Внести с бумаги", "Enter from paper"], decision: ["Решение", "Decision"], given: ["дано", "given"], refused: ["отказ", "refused"], withdrawn: ["отозвано", "withdrawn"], missing: ["нет", "missing"], outdated: ["устарело", "outdated"], reference: ["Реквизиты документа", "Document's reference"], date: ["Дата документа", "Date of the document"], withdraw: ["Отозвать по заявлению", "Withdraw by application"], by: ["Кем", "By"], person: ["лично", "the person"], representative: ["представителем", "a representative"],
    personal_data: ["Обработка персональных данных", "Processing of personal data"], biometric: ["Биометрические данные", "Biometric data"], partner_transfer: ["Передача партнёрам", "Transfer to partners"], distance_technology: ["Дистанционные технологии", "Distance technology"],
});

export default async function () {
    return [head(t("title"), t("lead")), tabs([[t("texts"), published], [t("paper"), paper]])];
    function published() {
        return section(async (reload) => (await api.get("/v1/consent-texts")).texts.map((text) => card(t(text.kind), h("p", { class: "soft small" }, t("version", { n: text.version, at: moment(text.published_at) })), text.is_template && notice("warn", t("template")), h("pre", { tabindex: 0, style: { "font-family": "inherit" } }, text[language].text),
            action(t("publish"), async () => {
                const done = await ask({ title: t(text.kind), submit: t("publish"), fields: [field({ name: "ru", label: t("ru"), type: "textarea", value: text.ru.text }), field({ name: "en", label: t("en"), type: "textarea", value: text.en.text }), field({ name: "requires_renewal", label: t("renewal"), type: "checkbox", required: false })], send: (filled) => api.post("/v1/consent-texts", { kind: text.kind, ru: filled.ru, en: filled.en, requires_renewal: filled.requires_renewal === "on" }) });
                if (done) { toast(t("done")); reload(); }
            }))));
    }
    function paper() {
        const place = h("div", null);
        const load = async (id) => {
            const [own, { texts: all }] = await Promise.all([api.get(`/v1/accounts/${id}/consents`), api.get("/v1/consent-texts")]);
            show(place, table([
                { title: t("kind"), value: (row) => t(row.kind) }, { title: t("state"), value: (row) => badge(row.in_force ? "good" : "", t(row.state)) }, { title: t("at"), value: (row) => row.at && moment(row.at) }, { title: t("by"), value: (row) => row.stated_by && t(row.stated_by) },
                { title: "", value: (row) => h("div", { class: "row" }, action(t("enter"), () => enter(id, row, all)), row.in_force && action(t("withdraw"), () => withdraw(id, row), "danger")) },
            ], own.consents, { caption: t("paper") }));
        };
        const documentFields = () => [field({ name: "reference", label: t("reference"), maxlength: 200 }), field({ name: "date", label: t("date"), type: "date", value: new Date().toISOString().slice(0, 10) })];
        const enter = async (id, row, all) => {
            const done = await ask({ title: t(row.kind), submit: t("enter"), fields: [field({ name: "decision", label: t("decision"), type: "radios", options: [["given", t("given")], ["refused", t("refused")]] }), documentFields()], send: (filled) => api.post(`/v1/accounts/${id}/consents`, { kind: row.kind, decision: filled.decision, version: all.find((text) => text.kind === row.kind).version, document: { reference: filled.reference, date: filled.date } }, { key: newKey() }) });
            if (done) { toast(t("done")); load(id); }
        };
        const withdraw = async (id, row) => {
            const done = await ask({ title: t(row.kind), submit: t("withdraw"), kind: "danger", fields: documentFields(), send: (filled) => api.post(`/v1/accounts/${id}/consents/${row.kind}/withdrawal`, { document: { reference: filled.reference, date: filled.date } }, { key: newKey() }) });
            if (done) { toast(t("done")); load(id); }
        };
        return h("div", null, card(null, form({ fields: [field({ name: "id", label: t("account"), minlength: 36, maxlength: 36 })], submit: t("find"), kind: "", send: ({ id }) => load(id) })), place);
    }
}
