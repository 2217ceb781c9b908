import { api } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { language, texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { action, ask, badge, field, link, notice, section, toast } from "../lib/ui.js";

const t = texts({
    title: ["Согласия", "Consents"],
    lead: ["Прочитайте каждый текст и решите. Без биометрии личность проверит сотрудник по документу.", "Read each text and decide. Without biometrics a verifier checks your identity by a document."],
    personal_data: ["Обработка персональных данных", "Processing of personal data"], biometric: ["Обработка биометрических данных", "Processing of biometric data"],
    partner_transfer: ["Передача партнёрским организациям", "Transfer to partner organisations"], distance_technology: ["Дистанционные технологии", "Distance technology"],
    given: ["дано", "given"], refused: ["отказано", "refused"], withdrawn: ["отозвано", "withdrawn"], missing: ["не решено", "not decided"], outdated: ["текст изменился", "the text has changed"],
    give: ["Согласен", "I consent"], refuse: ["Отказываюсь", "I refuse"], withdraw: ["Отозвать", "Take it back"], read: ["Текст согласия, версия {n}", "The text, version {n}"],
    withdrawTitle: ["Отозвать согласие?", "Take the consent back?"],
    withdrawBiometric: ["Портрет, кадры и шаблоны лица будут уничтожены. Экзамены потребуют проверки документа сотрудником.", "Your portrait, frames and face templates will be destroyed. Exams will then need a check of your document."],
    withdrawText: ["Согласие перестанет действовать сразу.", "The consent ends at once."],
    representative: ["Вам нет восемнадцати лет: согласие подписывает законный представитель на бумаге. Обратитесь в учебную часть.", "You are under age: a legal representative signs on paper. Ask the office."],
    done: ["Записано.", "Recorded."], next: ["Дальше", "Next"], partners: ["Организации", "Organisations"], at: ["Решено {at}", "Decided {at}"],
});
const KIND = { given: "good", refused: "bad", withdrawn: "bad", missing: "warn", outdated: "warn" };

export default async function ({ main }) {
    main.classList.add("reading");
    const { texts: published } = await api.get("/v1/consent-texts");
    return [head(t("title"), t("lead"), { back: ["/", "attestd"] }), section(async (reload) => {
        const own = await api.get("/v1/me/consents");
        const decided = own.consents.every((consent) => !["missing", "outdated"].includes(consent.state) || consent.kind === "partner_transfer");
        return [
            own.needs_representative && notice("warn", t("representative")),
            own.consents.map((consent) => one(consent, published.find((text) => text.kind === consent.kind), own, reload)),
            decided && link("/", t("next"), "primary"),
        ];
    })];
}

function one(consent, text, own, reload) {
    if (!text || (consent.kind === "partner_transfer" && !own.partners.length)) return null;
    const send = async (decision) => {
        const body = { kind: consent.kind, version: text.version, sha256: text[language].sha256, decision };
        if (consent.kind === "partner_transfer" && decision === "given") body.partners = own.partners;
        await api.post("/v1/me/consents", body);
        toast(t("done"));
        await reload();
    };
    const isGiven = consent.state === "given";
    return h("section", { class: "card" },
        h("div", { class: "row between" }, h("h2", null, t(consent.kind)), badge(KIND[consent.state], t(consent.state))),
        consent.at && h("p", { class: "soft small" }, t("at", { at: moment(consent.at) })),
        h("details", { open: !isGiven && consent.state !== "refused" }, h("summary", null, t("read", { n: text.version })),
            h("pre", { tabindex: 0, style: { "font-family": "inherit", "margin-top": "10px" } }, text[language].text)),
        consent.kind === "partner_transfer" && h("p", null, `${t("partners")}: ${own.partners.join(", ")}`),
        h("div", { class: "row", style: { "margin-top": "12px" } },
            !isGiven && action(t("give"), () => send("given"), "primary"),
            !isGiven && consent.state !== "refused" && action(t("refuse"), () => send("refused")),
            isGiven && action(t("withdraw"), async () => {
                const sure = await ask({
                    title: t("withdrawTitle"), text: t(consent.kind === "biometric" ? "withdrawBiometric" : "withdrawText"), submit: t("withdraw"), kind: "danger",
                    send: () => api.post(`/v1/me/consents/${consent.kind}/withdrawal`),
                });
                if (sure) { toast(t("done")); reload(); }
            }, "danger")));
}
