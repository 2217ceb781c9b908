import { api } from "../lib/api.js";
import { base64, cameraProblem, cameraView } from "../lib/camera.js";
import { h, pause, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { action, busy, card, explain, link, notice, saveFile, section } from "../lib/ui.js";
import { Problem } from "../lib/api.js";

const t = texts({
    title: ["Фотография-портрет", "Portrait"],
    lead: ["С ней вас будут сравнивать перед экзаменом и во время него.", "You are compared with it before an exam and while it runs."],
    how: ["Как сниматься", "How to take it"],
    tip1: ["Лицо целиком внутри контура, взгляд в камеру", "The whole face inside the outline, looking at the camera"], tip2: ["Свет спереди, не от окна за спиной", "Light from the front, no window behind you"],
    tip3: ["Без тёмных очков, маски и наушников", "No dark glasses, mask or headphones"], tip4: ["В кадре никого, кроме вас", "Nobody else in the picture"],
    take: ["Сделать снимок", "Take the picture"], again: ["Снять заново", "Take it again"], file: ["Загрузить файл", "Upload a file"], open: ["Включить камеру", "Switch the camera on"],
    hold: ["Замрите…", "Hold still…"], checking: ["Проверяем снимок…", "Checking the picture…"], refused: ["Снимок не подошёл", "The picture cannot serve"],
    saved: ["Портрет принят.", "The portrait was accepted."], advice: ["Портрет принят, но его можно улучшить:", "The portrait was accepted, and could be better:"],
    present: ["Портрет загружен {at}. Новый снимок заменит его.", "The portrait is from {at}. A new picture replaces it."],
    consent: ["Сначала дайте согласие на обработку биометрических данных. Если не хотите — личность проверит сотрудник по документу, портрет не нужен.", "First consent to the processing of biometric data. If you would rather not, a verifier checks a document and no portrait is needed."],
    toConsents: ["К согласиям", "To the consents"], next: ["Дальше", "Next"], ready: ["Поместите лицо в контур", "Put your face into the outline"],
});

export default async function ({ main }) {
    main.classList.add("reading");
    const [consents, present] = await Promise.all([api.get("/v1/me/consents"), api.find("/v1/me/portrait")]);
    if (!consents.consents.find((consent) => consent.kind === "biometric")?.in_force) {
        return [head(t("title"), t("lead"), { back: ["/", "attestd"] }), notice("warn", t("consent")), link("/consents", t("toConsents"), "primary")];
    }
    const camera = cameraView("face");
    const result = h("div", { role: "status" }, present && notice("good", t("present", { at: moment(present.created_at) })));
    const send = async (work) => {
        camera.say(t("checking"));
        try {
            const answer = await work();
            show(result, answer.advice?.length
                ? notice("warn", h("p", { class: "strong" }, t("advice")), h("ul", null, answer.advice.map((line) => h("li", null, line))))
                : notice("good", t("saved")), link("/", t("next"), "primary"));
            camera.say("");
        } catch (problem) {
            if (!(problem instanceof Problem) || problem.status !== 422) throw problem;
            show(result, notice("bad", h("p", { class: "strong" }, t("refused")), problem.faults.length
                ? h("ul", null, problem.faults.map((fault) => h("li", null, fault.detail))) : h("p", null, problem.detail)));
            camera.say(t("ready"));
        }
        result.scrollIntoView({ block: "nearest" });
    };
    const take = action(present ? t("again") : t("take"), async () => {
        if (!camera.stream) await camera.start();
        camera.say(t("hold"));
        const pictures = [];
        for (let count = 0; count < 3; count++) {
            pictures.push(await base64(await camera.still()));
            await pause(250);
        }
        await send(() => api.put("/v1/me/portrait/pictures", { pictures }));
    }, "primary");
    const input = h("input", { type: "file", accept: "image/jpeg,image/png", hidden: true, onchange: () => {
        const file = input.files[0];
        if (file) busy(upload, () => send(() => api.put("/v1/me/portrait", file))).catch((error) => show(result, notice("bad", explain(error))));
        input.value = "";
    } });
    const upload = h("button", { type: "button", onclick: () => input.click() }, t("file"));
    const place = h("div", null, camera);
    queueMicrotask(async () => {
        try { await camera.start(); camera.say(t("ready")); } catch (error) { show(place, notice("warn", cameraProblem(error))); take.hidden = true; }
    });
    return [
        head(t("title"), t("lead"), { back: ["/", "attestd"] }),
        h("div", { class: "split" },
            h("div", { class: "stack" }, place, result, h("div", { class: "row" }, take, upload, input)),
            card(t("how"), h("ul", null, ["tip1", "tip2", "tip3", "tip4"].map((tip) => h("li", null, t(tip)))))),
    ];
}
