// A verifier's case: document, portrait and live frame side by side, scores, checklist, decision.
import { api } from "../lib/api.js";
import { cameraProblem, cameraView } from "../lib/camera.js";
import { h, show, values } from "../lib/dom.js";
import { documentForm } from "../lib/identify.js";
import { number, texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { duration } from "../lib/time.js";
import { action, ask, badge, card, explain, facts, field, form, link, notice, section, toast } from "../lib/ui.js";
import { procedureName, visualReasonName, visualStateName } from "../lib/words.js";

const t = texts({
    back: ["Очередь", "The queue"], lead: ["{procedure}. Ждёт {time}.", "{procedure}. Has waited {time}."], pictures: ["Сравните лица", "Compare the faces"], document: ["Документ", "Document"], portrait: ["Портрет", "Portrait"], live: ["Сейчас", "Now"], missing: ["снимка нет", "no picture"], scores: ["Сходство (подсказка, не решение)", "Likeness (a hint, no decision)"], pair: ["{a} и {b}", "{a} and {b}"], same: ["одно лицо с вероятностью {n} %", "one face with {n} %"], distance: ["расстояние {n}", "distance {n}"],
    read: ["Прочитать машиночитаемую зону", "Read the machine-readable zone"], findings: ["Проверка документа", "About the document"], decide: ["Решение", "Decision"], checklist: ["Проверено", "Checked"], reason: ["Решение и причина", "Decision and reason"], route: ["Как проверяли", "How it was checked"], in_person: ["лично", "in person"], video_link: ["по видеосвязи", "by video link"], still_pictures: ["по снимкам", "by still pictures"], point: ["Пункт доступа (если лично)", "Access point (if in person)"], comment: ["Пояснение", "Comment"], doubtful: ["Сомневаюсь: нужен второй проверяющий", "I doubt it: a second verifier is needed"], submit: ["Записать решение", "Record the decision"], decided: ["Решение записано.", "The decision is recorded."],
    giveBack: ["Вернуть в очередь", "Give it back"], conference: ["Ссылка на видеосвязь", "Video link"], setConference: ["Показать обучающемуся", "Show the candidate"], saved: ["Сохранено.", "Saved."], shoot: ["Снять", "Take a picture"], refresh: ["Обновить снимки", "Renew the pictures"], unseen: ["Лицо не найдено: {list}", "No face found: {list}"], suggestion: ["Прочитано: сверьте и сохраните.", "Read: compare and save."],
});
const REASONS = ["document_matches", "names_differ_explained", "other_person", "document_not_theirs", "document_forged", "document_not_valid", "translation_missing", "document_unreadable", "names_differ", "face_not_visible", "connection_bad", "candidate_left"];

export default async function ({ account, case: id }) {
    const path = `/v1/visual-identifications/${id}`;
    let details = await api.post(`${path}/taking`);
    let version = 0;
    const place = h("div", null);
    const [surname = "", given_name = "", patronymic = ""] = details.case.subject_name.split(" ");
    const subject = { surname, given_name, patronymic };
    const name = (kind) => t(kind);
    function paint() {
        version += 1;
        const pictures = ["document", "portrait", "live"].map((kind) => h("figure", null, details.pictures.includes(kind) ? h("img", { src: `${path}/pictures/${kind}`, alt: name(kind) }) : h("div", { class: "empty" }, t("missing")), h("figcaption", null, name(kind))));
        const particulars = h("div", null, documentForm(subject, path, Boolean(details.document), details.document ?? {}, (answer) => { details = answer; toast(t("saved")); paint(); }));
        show(place, h("div", { class: "split" }, h("div", null,
            card(t("pictures"), h("div", { class: "compare" }, pictures),
                h("div", { class: "row", style: { "margin-top": "12px" } }, action(t("refresh"), async () => { details = await api.post(`${path}/taking`); paint(); }), details.pictures.includes("document") && action(t("read"), async () => {
                    const read = await api.post(`${path}/document-reading`);
                    toast(read.advice);
                    if (read.document) { show(particulars, notice("warn", t("suggestion")), documentForm(subject, path, false, read.document, (answer) => { details = answer; toast(t("saved")); paint(); })); }
                }))),
            details.scores && card(t("scores"), facts(details.scores.pairs.map((pair) => [t("pair", { a: name(pair.first), b: name(pair.second) }), pair.same_source_probability !== undefined ? t("same", { n: number(pair.same_source_probability * 100, 1) }) : t("distance", { n: number(pair.distance, 3) })])),
                details.scores.face_not_found.length > 0 && notice("warn", t("unseen", { list: details.scores.face_not_found.map(name).join(", ") }))),
            card(t("document"), particulars, details.findings.length > 0 && [h("h3", null, t("findings")), details.findings.map((finding) => notice(finding.severity === "error" ? "bad" : "warn", finding.text))])),
        h("div", null, card(t("decide"), form({
            fields: [
                field({ name: "checklist", label: t("checklist"), type: "checks", options: details.checklist.map((line) => [line.check, line.text]) }),
                field({ name: "reason", label: t("reason"), type: "select", options: REASONS.map((reason) => [reason, visualReasonName(reason)]) }),
                field({ name: "route", label: t("route"), type: "select", value: "video_link", options: ["video_link", "in_person", "still_pictures"].map((route) => [route, t(route)]) }),
                field({ name: "access_point", label: t("point"), required: false, optionalMark: false, maxlength: 200 }), field({ name: "comment", label: t("comment"), type: "textarea", required: false, maxlength: 1000 }), field({ name: "doubtful", label: t("doubtful"), type: "checkbox", required: false }),
            ],
            submit: t("submit"), wide: true, send: async (filled) => {
                const body = { checklist: [filled.checklist ?? []].flat(), reason: filled.reason, route: filled.route, doubtful: filled.doubtful === "on" };
                for (const key of ["access_point", "comment"]) if (filled[key]) body[key] = filled[key];
                await api.post(`${path}/decision`, body);
                toast(t("decided"));
                setTimeout(() => location.assign("/staff/queue"), 600);
            },
        })), card(t("conference"), form({ fields: [field({ name: "url", label: t("conference"), type: "url", value: details.conference_url, required: false })], submit: t("setConference"), kind: "", send: async ({ url }) => { details = await api.put(`${path}/conference`, { url: url ?? null }); toast(t("saved")); } })),
        action(t("giveBack"), async () => { await api.post(`${path}/return`); location.assign("/staff/queue"); }, "plain"))));
    }
    paint();
    return [head(`${details.case.number}. ${details.case.subject_name}`, t("lead", { procedure: procedureName(details.case.procedure), time: duration(details.case.waited_seconds) }), { back: ["/staff/queue", t("back")] }), place];
}
