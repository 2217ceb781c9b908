import { api } from "../lib/api.js";
import { cameraProblem, openCamera } from "../lib/camera.js";
import { h, show } from "../lib/dom.js";
import { number, texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { action, badge, explain, link, notice } from "../lib/ui.js";

const t = texts({
    title: ["Проверка системы", "System check"], lead: ["Камера, микрофон и скорость связи. Занимает меньше минуты, ничего устанавливать не нужно.", "Camera, microphone and the speed of your connection. It takes less than a minute, and nothing is installed."],
    browser: ["Браузер", "Browser"], camera: ["Камера", "Camera"], microphone: ["Микрофон", "Microphone"], speed: ["Скорость связи", "Connection"],
    start: ["Начать проверку", "Begin the check"], again: ["Проверить снова", "Check again"], wait: ["ждёт", "waits"], runs: ["проверяется…", "being checked…"],
    ok: ["работает", "works"], denied: ["доступ запрещён", "access denied"], missing: ["не найдено", "not found"], mbit: ["{n} Мбит/с", "{n} Mbit/s"], need: ["нужно не меньше 1,5 Мбит/с", "at least 1.5 Mbit/s is needed"],
    passed: ["Всё готово. Проверка действует до {at}.", "All is well. The check counts until {at}."], failed: ["Исправьте и проверьте снова:", "Mend this and check again:"],
    last: ["Последняя проверка пройдена {at}.", "The last check was passed {at}."], next: ["Дальше", "Next"], hint: ["Браузер спросит разрешения на камеру и микрофон — разрешите.", "The browser will ask for camera and microphone: allow both."],
});

async function media(kind) {
    if (!navigator.mediaDevices?.getUserMedia) return "missing";
    try {
        const stream = kind === "camera" ? await openCamera() : await navigator.mediaDevices.getUserMedia({ audio: true });
        const [track] = stream.getTracks();
        const works = track?.readyState === "live";
        for (const each of stream.getTracks()) each.stop();
        return works ? "working" : "missing";
    } catch (error) {
        return error.name === "NotAllowedError" ? "denied" : "missing";
    }
}
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export default async function ({ main }) {
    main.classList.add("reading");
    const earlier = (await api.get("/v1/me/system-checks")).checks.find((check) => check.is_passed);
    const marks = {};
    const line = (key, hint) => {
        marks[key] = h("span", null, badge("", t("wait")));
        return h("li", null, h("div", null, h("p", { class: "strong" }, t(key)), hint && h("p", { class: "soft small" }, hint)), marks[key]);
    };
    const set = (key, kind, text) => show(marks[key], badge(kind, text));
    const device = { working: ["good", t("ok")], denied: ["bad", t("denied")], missing: ["bad", t("missing")] };
    const result = h("div", { role: "status" }, earlier && notice("good", t("last", { at: moment(earlier.at) })));
    const button = action(t("start"), async () => {
        show(result);
        const hasMedia = Boolean(navigator.mediaDevices?.getUserMedia && window.MediaStream && window.EventSource && window.indexedDB);
        set("browser", hasMedia ? "good" : "bad", hasMedia ? t("ok") : t("missing"));
        for (const key of ["camera", "microphone", "speed"]) set(key, "info", t("runs"));
        const camera = await media("camera");
        set("camera", ...device[camera]);
        const microphone = await media("microphone");
        set("microphone", ...device[microphone]);
        const check = await api.post("/v1/me/system-checks");
        const answer = await api.get(`/v1/me/system-checks/${check.id}/payload`, { raw: true });
        const digest = hex(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
        const found = await api.post(`/v1/me/system-checks/${check.id}/result`, { camera, microphone, media_devices: hasMedia, payload_sha256: digest });
        const slow = found.findings.some((finding) => finding.code === "slow_connection");
        set("speed", slow ? "bad" : "good", t("mbit", { n: number(found.megabits_per_second ?? 0, 1) }));
        show(result, found.is_passed ? notice("good", t("passed", { at: moment(found.valid_until) }))
            : notice("bad", h("p", { class: "strong" }, t("failed")), h("ul", null, found.findings.map((finding) => h("li", null, finding.text)))),
        found.is_passed && link("/", t("next"), "primary"));
        button.textContent = t("again");
    }, "primary");
    return [
        head(t("title"), t("lead"), { back: ["/", "attestd"] }),
        h("div", { class: "card" }, h("ul", { class: "steps" }, line("browser"), line("camera"), line("microphone"), line("speed", t("need"))),
            h("p", { class: "soft small" }, t("hint")), button),
        result,
    ];
}
