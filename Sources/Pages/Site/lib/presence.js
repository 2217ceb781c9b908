// Presence during the exam: a frame every ten seconds, and what the device notices. Nothing is judged here.
import { api, newKey } from "./api.js";
import { openCamera, still } from "./camera.js";
import { h, show } from "./dom.js";
import { texts } from "./i18n.js";
import { notice } from "./ui.js";

const t = texts({
    self: ["Вы в кадре", "You in the picture"],
    cameraOff: ["Камера не работает. Экзаменатор это видит. Проверьте её и обновите страницу.", "The camera does not work, and the examiner sees that. Check it and load the page again."],
});

const FRAME_EVERY = 10_000;

/** Tells of what happens on the device until it is stopped; answers what stops it. `isPaused` says when no frame is due. */
export function watch(path, { place, isPaused }) {
    let isOver = false;
    const report = (type, facts) => {
        if (isOver) return;
        const body = facts ? { type, facts } : { type };
        const key = newKey();
        const send = (rest) => api.post(`${path}/events`, body, { key }).catch((problem) => { if (problem.isOffline && rest > 0) setTimeout(() => send(rest - 1), 4000); });
        send(20);
    };
    const listeners = [];
    const on = (target, name, listener) => { target.addEventListener(name, listener); listeners.push(() => target.removeEventListener(name, listener)); };
    on(document, "visibilitychange", () => report(document.hidden ? "client.tab_hidden" : "client.tab_shown"));
    on(window, "blur", () => { if (!document.hidden) report("client.window_blurred"); });
    on(window, "focus", () => report("client.window_focused"));
    on(document, "copy", () => report("client.copied"));
    on(document, "cut", () => report("client.copied"));
    on(document, "paste", (event) => report("client.pasted", { characters: String(event.clipboardData?.getData("text").length ?? 0) }));
    on(document, "fullscreenchange", () => { report(document.fullscreenElement ? "client.full_screen_entered" : "client.full_screen_left"); });
    // Only some browsers say whether there is another screen.
    if (window.screen.isExtended) report("client.second_screen");
    if (navigator.mediaDevices) on(navigator.mediaDevices, "devicechange", () => report("client.device_changed"));
    let lostAt = null;
    on(window, "offline", () => { lostAt = Date.now(); });
    on(window, "online", () => {
        if (lostAt === null) return;
        report("client.network_lost", { seconds: String(Math.round((Date.now() - lostAt) / 1000)) });
        report("client.network_restored");
        lostAt = null;
    });

    let stream;
    let frames = null;
    const video = h("video", { muted: true, playsinline: true, autoplay: true, "aria-label": t("self") });
    async function open() {
        try {
            stream = await openCamera();
            if (isOver) { close(); return; }
            video.srcObject = stream;
            await video.play();
            show(place, video);
            for (const track of stream.getTracks()) track.addEventListener("ended", () => { report("client.camera_lost"); show(place, notice("bad", t("cameraOff"))); });
        } catch {
            report("client.camera_lost");
            show(place, notice("bad", t("cameraOff")));
        }
    }
    let frameBusy = false;
    async function frame() {
        if (frameBusy || isOver || !stream?.active || !video.videoWidth || isPaused()) return;
        frameBusy = true;
        try { await api.post(`${path}/frames`, await still(video, { longest: 960, quality: 0.85 }), { key: newKey() }); } catch { /* The next frame is due soon, and gaps are noticed by the server. */ }
        frameBusy = false;
    }
    if (place) {
        frames = setInterval(frame, FRAME_EVERY);
        open().then(() => setTimeout(frame, 1500));
    }
    function close() { for (const track of stream?.getTracks() ?? []) track.stop(); }
    return () => {
        isOver = true;
        clearInterval(frames);
        for (const remove of listeners) remove();
        close();
    };
}
