// The page on a phone: photographs for one question of an exam that goes on elsewhere. The link's secret is exchanged once
// and taken out of the address at once; the right that it opens lives as long as this tab.
import { api } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { language, texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { clockTime } from "../lib/time.js";
import { action, notice } from "../lib/ui.js";

const t = texts({
    title: ["Снимок к заданию {n}", "Picture for task {n}"], lead: ["Снимите лист целиком, при хорошем свете. Принимается до {time}, осталось снимков: {left}.", "Take the whole sheet in good light. Pictures are taken until {time}, {left} more."],
    take: ["Сфотографировать", "Take a picture"], another: ["Снять ещё", "Take another"], again: ["Переснять", "Take it again"], send: ["Отправить", "Send"], preview: ["Снимок перед отправкой", "The picture before it is sent"],
    progress: ["Отправка", "Sending"], sent: ["Снимок отправлен и виден на экзамене. Отправлено: {n}.", "The picture was sent and shows in the exam. Sent: {n}."], failed: ["Не отправлено: нет связи. Нажмите «Отправить» ещё раз.", "Not sent: there is no connection. Press “Send” once more."],
    over: ["Ссылка больше не действует", "This link works no longer"], overText: ["Вернитесь к экзамену на компьютере и откройте новый код.", "Go back to the exam on the computer and open a new code."], full: ["Все снимки по этому коду приняты. Если нужно ещё, откройте на компьютере новый код.", "All pictures of this code were taken. For more, open a new code on the computer."],
    unreadable: ["Это не снимок. Сфотографируйте ещё раз.", "This is no picture. Take it once more."], scan: ["Откройте эту страницу по коду с экрана экзамена.", "Open this page by the code on the exam's screen."],
});

const KEY = "attestd.phone";
const LONGEST = 2400;

/** The photograph as a JPEG of a moderate size, upright, without what cameras write into files. */
async function prepared(file) {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/jpeg", 0.85));
}

/** Sends and tells how far it is; `fetch` does not say. */
function upload(blob, token, moved) {
    return new Promise((done, fail) => {
        const request = new XMLHttpRequest();
        request.open("POST", "/v1/phone-uploads");
        request.setRequestHeader("Content-Type", "image/jpeg");
        request.setRequestHeader("Upload-Token", token);
        request.setRequestHeader("Accept-Language", language);
        request.responseType = "json";
        request.upload.onprogress = (event) => { if (event.lengthComputable) moved(event.loaded / event.total); };
        request.onload = () => (request.status === 201 ? done(request.response) : fail(new Error(request.response?.detail ?? t("failed"), { cause: request.status })));
        request.onerror = () => fail(new Error(t("failed")));
        request.send(blob);
    });
}

async function opened() {
    const secret = location.hash.slice(1);
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (!secret) return kept;
    history.replaceState(null, "", location.pathname);
    const right = await api.post("/v1/phone-uploads/openings", { secret });
    sessionStorage.setItem(KEY, JSON.stringify(right));
    return right;
}

export default async function ({ main }) {
    main.classList.add("narrow");
    const over = (detail) => { sessionStorage.removeItem(KEY); show(main, head(t("over")), notice("warn", detail ?? t("overText"))); };
    let right;
    try { right = await opened(); } catch (problem) {
        if (problem.status !== 403 && problem.status !== 409) throw problem;
        over(problem.detail);
        return;
    }
    if (!right) { over(t("scan")); return; }
    let sent = 0;
    const lead = h("p");
    const result = h("div", { role: "status" });
    const place = h("div", { class: "stack" });
    const input = h("input", { type: "file", accept: "image/jpeg,image/png,image/webp", capture: "environment", hidden: true, onchange: async () => {
        const file = input.files[0];
        input.value = "";
        if (!file) return;
        try { preview(await prepared(file)); } catch { show(result, notice("bad", t("unreadable"))); }
    } });
    const camera = (text, kind = "primary wide") => h("button", { type: "button", class: kind, onclick: () => input.click() }, text);
    const painted = () => { lead.textContent = t("lead", { time: clockTime(right.expires_at), left: right.files_left }); };
    function preview(blob) {
        const address = URL.createObjectURL(blob);
        const progress = h("progress", { max: 1, value: 0, "aria-label": t("progress"), hidden: true });
        show(result);
        show(place, h("img", { class: "sheet", src: address, alt: t("preview") }), progress, h("div", { class: "stack" },
            action(t("send"), async () => {
                progress.hidden = false;
                try {
                    const receipt = await upload(blob, right.token, (part) => { progress.value = part; });
                    URL.revokeObjectURL(address);
                    right.files_left = receipt.files_left;
                    sessionStorage.setItem(KEY, JSON.stringify(right));
                    painted();
                    show(result, notice("good", t("sent", { n: ++sent })));
                    show(place, right.files_left > 0 ? camera(t("another")) : notice("", t("full")));
                } catch (error) {
                    progress.hidden = true;
                    if (error.cause === 403) { over(error.message); return; }
                    show(result, notice("bad", error.message));
                }
            }, "primary wide"), camera(t("again"), "wide")));
    }
    painted();
    show(place, camera(t("take")));
    return [head(t("title", { n: right.number })), lead, result, place, input];
}
