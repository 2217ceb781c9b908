// The camera as an element: preview with an outline for the face, stills as JPEG.
import { h, svg } from "./dom.js";
import { texts } from "./i18n.js";

const t = texts({
    denied: ["Доступ к камере запрещён. Разрешите его в настройках браузера (значок слева от адреса) и обновите страницу.",
        "Access to the camera is denied. Allow it in the browser's settings (the sign left of the address) and load the page again."],
    missing: ["Камера не найдена. Подключите её и обновите страницу.", "No camera was found. Connect one and load the page again."],
    taken: ["Камера занята другой программой. Закройте её и обновите страницу.", "Another program has the camera. Close it and load the page again."],
    none: ["Браузер не даёт доступа к камере. Откройте страницу в современном браузере по адресу https.", "This browser gives no access to a camera. Use a current browser over https."],
    view: ["Изображение с камеры", "What the camera sees"],
});

/** Why there is no camera, in words. */
export function cameraProblem(error) {
    if (!navigator.mediaDevices) return t("none");
    if (error?.name === "NotAllowedError" || error?.name === "SecurityError") return t("denied");
    if (error?.name === "NotFoundError" || error?.name === "OverconstrainedError") return t("missing");
    return t("taken");
}

/** Opens the camera; `facing` is `user` or `environment`. */
export async function openCamera({ facing = "user", width = 1280, height = 960, audio = false } = {}) {
    if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("no media devices", "NotSupportedError");
    return navigator.mediaDevices.getUserMedia({ video: { facingMode: facing, width: { ideal: width }, height: { ideal: height } }, audio });
}

/** A still of what a video shows now. */
export async function still(video, { longest = 1280, quality = 0.9 } = {}) {
    const scale = Math.min(1, longest / Math.max(video.videoWidth, video.videoHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
    return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/jpeg", quality));
}

/** Bytes as base64, as JSON carries pictures. */
export async function base64(blob) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
}

/** `<camera-view>`: `start()` opens the camera, `still()` takes a picture, `say(text)` writes a line over it. */
class CameraView extends HTMLElement {
    #line = h("div", { class: "say", role: "status", hidden: true });
    video = h("video", { muted: true, playsinline: true, autoplay: true, "aria-label": t("view") });

    connectedCallback() {
        if (this.firstChild) return;
        const shape = this.getAttribute("shape") ?? "face";
        const facing = this.getAttribute("facing") ?? "user";
        const box = h("div", { class: `camera${facing === "user" ? " mirrored" : ""}` }, this.video, this.#drawing(shape), this.#line);
        this.append(box);
        this.facing = facing;
    }

    disconnectedCallback() { this.stop(); }

    #drawing(shape) {
        const frame = (inner) => svg("svg", { viewBox: "0 0 100 75", preserveAspectRatio: "none", "aria-hidden": "true" }, inner);
        if (shape === "face") {
            return frame([
                svg("path", { class: "shade", "fill-rule": "evenodd", d: "M0 0H100V75H0ZM50 8C63 8 69 19 69 33C69 50 61 65 50 65C39 65 31 50 31 33C31 19 37 8 50 8Z" }),
                svg("path", { class: "outline", d: "M50 8C63 8 69 19 69 33C69 50 61 65 50 65C39 65 31 50 31 33C31 19 37 8 50 8Z" }),
            ]);
        }
        if (shape === "document") return frame(svg("rect", { class: "outline", x: 10, y: 12, width: 80, height: 52, rx: 3 }));
        return null;
    }

    async start() {
        this.stream ??= await openCamera({ facing: this.facing });
        this.video.srcObject = this.stream;
        await this.video.play();
        if (!this.video.videoWidth) await new Promise((done) => this.video.addEventListener("loadeddata", done, { once: true }));
    }

    stop() {
        for (const track of this.stream?.getTracks() ?? []) track.stop();
        this.stream = undefined;
    }

    say(text) { this.#line.textContent = text; this.#line.hidden = !text; }
    still(options) { return still(this.video, options); }
}
customElements.define("camera-view", CameraView);

/** A camera with an outline: `face`, `document` or `none`. */
export const cameraView = (shape = "face", facing = "user") => h("camera-view", { shape, facing });
