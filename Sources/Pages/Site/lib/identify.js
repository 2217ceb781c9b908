// Being identified: a burst of frames, a liveness challenge, the verifiers' queue with a document.
import { api, newKey, Problem } from "./api.js";
import { base64, cameraProblem, cameraView } from "./camera.js";
import { h, pause, show } from "./dom.js";
import { texts } from "./i18n.js";
import { duration } from "./time.js";
import { action, badge, busy, explain, field, form, notice, section, toast } from "./ui.js";
import { documentKindName, visualReasonName, visualStateName } from "./words.js";

const t = texts({
    look: ["Поместите лицо в контур и посмотрите в камеру", "Put your face into the outline and look at the camera"], hold: ["Замрите…", "Hold still…"], compare: ["Сверяем с портретом…", "Comparing with your portrait…"],
    begin: ["Подтвердить личность", "Confirm my identity"], again: ["Повторить", "Try again"], livenessLead: ["Понадобится несколько движений головой по подсказкам. Это занимает около двадцати секунд.", "You will make a few movements of the head as prompted. It takes about twenty seconds."],
    ready: ["Приготовьтесь…", "Get ready…"], straight: ["Смотрите прямо", "Look straight ahead"], rest: ["Шаг {n} из {all}, осталось {time}", "Step {n} of {all}, {time} left"], sent: ["Проверяем…", "Checking…"],
    number: ["Ваш номер в очереди: {n}", "Your number in the queue: {n}"], position: ["Перед вами: {n}", "Ahead of you: {n}"], expected: ["Ожидание примерно {time}", "About {time} to wait"],
    join: ["Встать в очередь на проверку по документу", "Join the queue for a check of a document"], visualLead: ["Уполномоченный сотрудник сверит ваше лицо с документом. Подготовьте паспорт.", "A verifier compares your face with a document. Have your passport ready."],
    leave: ["Выйти из очереди", "Leave the queue"], conference: ["Перейти к видеосвязи", "Go to the video link"], documentShot: ["Снимок страницы с фотографией", "Picture of the page with the photograph"], liveShot: ["Снимок лица", "Picture of your face"],
    shoot: ["Снять", "Take it"], sentPicture: ["Снимок отправлен.", "The picture was sent."], has: ["отправлено", "sent"], particulars: ["Данные документа", "The document's particulars"],
    kind: ["Вид документа", "Kind of document"], series: ["Серия", "Series"], num: ["Номер", "Number"], surname: ["Фамилия", "Surname"], given: ["Имя", "Given name"], patronymic: ["Отчество", "Patronymic"],
    issued: ["Дата выдачи", "Date of issue"], expires: ["Действителен до", "Valid until"], birth: ["Дата рождения", "Date of birth"], country: ["Страна (трёхбуквенный код)", "Country (three letters)"], save: ["Сохранить", "Save"], saved: ["Сохранено.", "Saved."],
    decided: ["Решение: {text}", "Decision: {text}"],
});

/** Frames of a second, and the verdict on them. */
export function burstStep(attemptPath, done) {
    const camera = cameraView("face");
    const result = h("div", { role: "status" });
    const button = action(t("begin"), async () => {
        if (!camera.stream) await camera.start();
        camera.say(t("hold"));
        const pictures = [];
        for (let count = 0; count < 3; count++) {
            pictures.push(await base64(await camera.still({ longest: 960 })));
            await pause(300);
        }
        camera.say(t("compare"));
        await judged(() => api.post(`${attemptPath}/bursts`, { pictures }, { key: newKey() }), result, camera, button, done);
    }, "primary");
    return withCamera(camera, result, button);
}

/** Movements in an order that the server chose, frames all the while, one answer. */
export function livenessStep(attemptPath, done) {
    const camera = cameraView("face");
    const result = h("div", { role: "status" });
    // What is to be done is said by the camera's line; how far one is only stands here.
    const rest = h("p", { class: "soft small" });
    const bar = h("progress", { max: 1, value: 0, "aria-hidden": "true", hidden: true });
    const button = action(t("begin"), async () => {
        show(result);
        if (!camera.stream) await camera.start();
        const challenge = await api.post(`${attemptPath}/liveness`);
        const frames = [];
        const began = performance.now();
        const most = challenge.most_frames;
        const shoot = async () => {
            if (frames.length >= most) return;
            const at = Math.round(performance.now() - began);
            frames.push({ captured_at_ms: at, picture: await base64(await camera.still({ longest: 640, quality: 0.85 })) });
        };
        // Straight ahead first and last; in between each movement has its share of the frames.
        const parts = [t("straight"), ...challenge.movements.flatMap((step) => [step.instruction, t("straight")])];
        const each = Math.max(2, Math.floor(Math.min(most, Math.max(challenge.least_frames, 6 * parts.length)) / parts.length));
        const whole = parts.length * (350 + each * challenge.frame_interval_ms);
        const until = performance.now() + 700 + whole;
        camera.say(t("ready"));
        bar.hidden = false;
        await pause(700);
        for (const [place, instruction] of parts.entries()) {
            camera.say(instruction);
            bar.value = place / parts.length;
            rest.textContent = t("rest", { n: place + 1, all: parts.length, time: duration((until - performance.now()) / 1000) });
            await pause(350);
            for (let count = 0; count < each; count++) {
                const next = performance.now() + challenge.frame_interval_ms;
                await shoot();
                await pause(Math.max(0, next - performance.now()));
            }
        }
        camera.say(t("sent"));
        bar.hidden = true;
        rest.textContent = "";
        const body = { nonce: challenge.nonce, frames };
        await judged(() => api.post(`${attemptPath}/liveness/${challenge.id}`, body, { key: newKey() }), result, camera, button, done);
    }, "primary");
    return [h("p", null, t("livenessLead")), withCamera(camera, h("div", null, bar, rest, result), button)];
}

async function judged(send, result, camera, button, done) {
    try {
        const verdict = await send();
        camera.say("");
        show(result, notice(verdict.outcome === "match" ? "good" : "warn", verdict.advice));
        await done(verdict);
    } catch (problem) {
        camera.say(t("look"));
        show(result, notice("bad", explain(problem)));
    }
    button.textContent = t("again");
}

function withCamera(camera, result, button) {
    const place = h("div", null, camera);
    queueMicrotask(async () => {
        try { await camera.start(); camera.say(t("look")); } catch (error) { show(place, notice("warn", cameraProblem(error))); }
    });
    return h("div", { class: "stack" }, place, result, h("div", { class: "row" }, button));
}

/** The way through the verifiers' queue; `join` makes or finds the case, `done` is told of the decision. */
export function visualStep({ join, caseID, account, done }) {
    let id = caseID;
    let timer;
    const node = h("div", { class: "stack" });
    const path = () => `/v1/me/visual-identifications/${id}`;
    async function refresh() {
        clearTimeout(timer);
        if (!node.isConnected && node.dataset.shown) return;
        node.dataset.shown = "true";
        try {
            const state = await api.get(path());
            paint(state);
            if (state.state === "decided" || state.state === "cancelled") { await done(state); return; }
        } catch (error) { toast(explain(error), "bad"); }
        timer = setTimeout(refresh, 4000);
    }
    const status = h("div", { role: "status" });
    const pictures = h("div", { class: "split even" });
    const form = h("div");
    function paint(state) {
        show(status,
            h("div", { class: "row between" }, h("p", { class: "big" }, t("number", { n: state.number })), badge("info", visualStateName(state.state))),
            h("p", null, state.text),
            state.position > 0 && h("p", { class: "soft" }, [t("position", { n: state.position - 1 }), state.expected_wait_seconds ? `. ${t("expected", { time: duration(state.expected_wait_seconds) })}` : ""].join("")),
            state.outcome && notice(state.outcome === "match" ? "good" : "bad", t("decided", { text: state.reason ? visualReasonName(state.reason) : state.text })),
            state.conference_url && h("p", null, h("a", { class: "button primary", href: state.conference_url, target: "_blank", rel: "noopener noreferrer" }, t("conference"))));
        const isOpen = ["waiting", "taken", "waiting_for_second", "taken_by_second"].includes(state.state);
        if (isOpen && !pictures.childElementCount) show(pictures, shot("document", "document", "environment", state), shot("live", "face", "user", state));
        if (isOpen && !form.childElementCount) show(form, documentForm(account, path(), state.has_document), action(t("leave"), async () => { paint(await api.post(`${path()}/cancellation`)); await done({ state: "cancelled" }); }, "plain"));
        if (!isOpen) { show(pictures); show(form); }
    }
    function shot(picture, shape, facing, state) {
        const camera = cameraView(shape, facing);
        const mark = h("span", null, state.pictures.includes(picture) && badge("good", t("has")));
        const place = h("div", null);
        const button = action(t("shoot"), async () => {
            if (!camera.stream) {
                try { show(place, camera); await camera.start(); } catch (error) { show(place, notice("warn", cameraProblem(error))); }
                return;
            }
            await api.put(`${path()}/pictures/${picture}`, await camera.still({ longest: 1600, quality: 0.92 }));
            camera.stop();
            show(place);
            show(mark, badge("good", t("has")));
            toast(t("sentPicture"));
        });
        return h("div", null, h("h3", null, t(picture === "live" ? "liveShot" : "documentShot"), " ", mark), place, button);
    }
    if (id) { show(node, status, pictures, form); refresh(); } else {
        show(node, h("p", null, t("visualLead")), action(t("join"), async () => {
            id = (await join()).id;
            show(node, status, pictures, form);
            await refresh();
        }, "primary"));
    }
    return node;
}

/** What stands in the document; the verifier compares it. */
export function documentForm(account, path, isKnown, value = {}, sent = () => toast(t("saved"))) {
    const kinds = ["russian_passport", "foreign_passport", "russian_travel_passport", "residence_permit", "student_card", "gradebook", "other"];
    return h("details", { open: !isKnown }, h("summary", null, h("span", { class: "strong" }, t("particulars")), " ", isKnown && badge("good", t("has"))),
        h("div", { style: { "margin-top": "12px" } }, form({
            fields: h("div", { class: "fields" },
                field({ name: "kind", label: t("kind"), type: "select", value: value.kind ?? kinds[0], options: kinds.map((kind) => [kind, documentKindName(kind)]) }),
                field({ name: "series", label: t("series"), required: false, optionalMark: false, value: value.series, maxlength: 20 }),
                field({ name: "number", label: t("num"), value: value.number, maxlength: 40 }),
                field({ name: "surname", label: t("surname"), value: value.surname ?? account.surname, maxlength: 100 }),
                field({ name: "given_name", label: t("given"), value: value.given_name ?? account.given_name, maxlength: 100 }),
                field({ name: "patronymic", label: t("patronymic"), required: false, optionalMark: false, value: value.patronymic ?? account.patronymic, maxlength: 100 }),
                field({ name: "issue_date", label: t("issued"), type: "date", required: false, optionalMark: false, value: value.issue_date }),
                field({ name: "expiry_date", label: t("expires"), type: "date", required: false, optionalMark: false, value: value.expiry_date }),
                field({ name: "birth_date", label: t("birth"), type: "date", required: false, optionalMark: false, value: value.birth_date }),
                field({ name: "country", label: t("country"), required: false, optionalMark: false, value: value.country, maxlength: 3 })),
            submit: t("save"), kind: "", send: async (filled) => sent(await api.put(`${path}/document`, filled)),
        })));
}
