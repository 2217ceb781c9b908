// What the examiner wants while the exam runs: messages, and to be shown the face or the workplace.
import { api } from "./api.js";
import { base64, cameraView } from "./camera.js";
import { h, show } from "./dom.js";
import { burstStep, livenessStep } from "./identify.js";
import { texts } from "./i18n.js";
import { clockTime } from "./time.js";
import { action, notice, openDialog, toast } from "./ui.js";

const t = texts({
    demandFace: ["Покажите лицо", "Show your face"], demandPlace: ["Покажите рабочее место", "Show your workplace"], demandUntil: ["Сделайте это до {time}.", "Do it by {time}."], demandPlaceText: ["Обведите камерой стол и снимите от одного до пяти кадров.", "Point the camera round your desk and take one to five pictures."],
    shoot: ["Снять", "Take a picture"], sendPictures: ["Отправить снимки: {n}", "Send pictures: {n}"], thanks: ["Принято.", "Received."], newMessage: ["Сообщение экзаменатора: {text}", "A message from the examiner: {text}"],
    noMessages: ["Сообщений пока нет.", "No messages yet."], identify: ["Нужно снова подтвердить личность", "Your identity must be confirmed again"],
});

/** Asks for the face once more; `needsLiveness` says whether by movements. */
export function identifyAgain(path, needsLiveness, text) {
    openDialog(text ?? t("identify"), (close) => [(needsLiveness ? livenessStep : burstStep)(path, async (verdict) => {
        if (verdict.outcome === "match") { toast(t("thanks")); close(); }
    })]);
}

function showWorkplace(path, demand, until) {
    const pictures = [];
    openDialog(t("demandPlace"), (close) => {
        const camera = cameraView("none", "environment");
        const button = action(t("sendPictures", { n: 0 }), async () => {
            await api.post(`${path}/demands/${demand.id}/pictures`, { pictures });
            camera.stop();
            close();
            toast(t("thanks"));
        }, "primary");
        button.hidden = true;
        queueMicrotask(() => camera.start().catch(() => undefined));
        return [h("p", null, demand.message), h("p", null, t("demandPlaceText")), h("p", { class: "strong" }, until), camera,
            h("div", { class: "row", style: { "margin-top": "12px" } }, action(t("shoot"), async () => {
                if (pictures.length >= 5) return;
                pictures.push(await base64(await camera.still()));
                button.textContent = t("sendPictures", { n: pictures.length });
                button.hidden = false;
            }), button)];
    });
}

/** Shows demands as dialogs, each once. */
export function demandPainter(path, needsLiveness) {
    const shown = new Set();
    return async () => {
        const { demands } = await api.get(`${path}/demands`);
        for (const demand of demands.filter((each) => each.state === "open" && !shown.has(each.id))) {
            shown.add(demand.id);
            const until = t("demandUntil", { time: clockTime(demand.expires_at) });
            if (demand.subject === "face") identifyAgain(path, needsLiveness(), `${t("demandFace")}. ${until}`);
            else showWorkplace(path, demand, until);
        }
    };
}

/** Shows the examiner's messages, new ones aloud, and tells the server that they were read. */
export function messagePainter(path, chat, alerts) {
    let count = null;
    return async () => {
        const { messages } = (await api.find(`${path}/messages`)) ?? { messages: [] };
        show(chat, messages.length ? messages.map((message) => h("div", null, h("span", { class: "soft small" }, clockTime(message.at), " "), message.text)) : h("p", { class: "soft small" }, t("noMessages")));
        chat.scrollTop = chat.scrollHeight;
        const last = messages.at(-1);
        if (count !== null && messages.length > count) show(alerts, notice("warn", t("newMessage", { text: last.text })));
        if (last && !last.read_at) api.post(`${path}/messages/${last.id}/reading`).catch(() => undefined);
        count = messages.length;
    };
}
