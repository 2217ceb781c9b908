// The code by which a phone sends photographs for a question; the exam's page stays where it is.
import { api } from "./api.js";
import { h } from "./dom.js";
import { texts } from "./i18n.js";
import { countdown, serverNow } from "./time.js";
import { notice, openDialog } from "./ui.js";

const t = texts({
    title: ["Снимок телефоном", "A picture with your phone"], lead: ["Наведите камеру телефона на код и откройте ссылку. Входить не нужно. Снимки появятся здесь сами.", "Point your phone's camera at the code and open the link. No login is needed. The pictures appear here by themselves."],
    alt: ["QR-код со ссылкой для телефона", "QR code with the link for your phone"], left: ["Код действует ещё {time}", "The code works for another {time}"], over: ["Код больше не действует. Закройте окно и откройте новый.", "The code works no longer. Close this and open a new one."],
    came: ["Получено снимков: {n}", "Pictures received: {n}"], close: ["Готово", "Done"], byHand: ["Код не читается: введите адрес вручную", "The code cannot be read: type the address"],
});

let current = null;

/** Shows a fresh code for an item. */
export async function showPhoneLink(path, number) {
    const link = await api.post(`${path}/answers/${number}/phone-links`, { page: `${location.origin}/phone` });
    const status = h("p", { class: "strong", role: "status" });
    const rest = h("p", { class: "soft" });
    const picture = h("img", { class: "qr", alt: t("alt"), src: `data:image/svg+xml;base64,${btoa(link.qr_svg)}` });
    let came = 0;
    const tick = () => {
        const left = (Date.parse(link.expires_at) - serverNow()) / 1000;
        rest.textContent = left > 0 ? t("left", { time: countdown(left).slice(3) }) : t("over");
        picture.hidden = left <= 0;
    };
    const timer = setInterval(tick, 1000);
    tick();
    openDialog(t("title"), (close) => [
        h("p", null, t("lead")), picture, rest, status,
        h("details", null, h("summary", null, t("byHand")), h("pre", { tabindex: 0 }, link.address)),
        h("div", { class: "row" }, h("button", { type: "button", class: "primary", onclick: close }, t("close"))),
    ], () => { clearInterval(timer); current = null; });
    current = () => { status.replaceChildren(notice("good", t("came", { n: ++came }))); };
}

/** Tells the open dialog that a picture has come. */
export const pictureCame = () => current?.();
