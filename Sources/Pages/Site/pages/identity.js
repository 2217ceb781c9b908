import { api } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { visualStep } from "../lib/identify.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { card, field, notice, section } from "../lib/ui.js";
import { procedureName } from "../lib/words.js";

const t = texts({
    title: ["Проверка личности по документу", "Identity check by document"], lead: ["Вне экзамена: приём документов, текущий контроль и другие процедуры.", "Apart from exams: admission of documents, current control and other procedures."],
    procedure: ["Для чего", "What for"], done: ["Личность для этой процедуры подтверждена.", "Your identity is confirmed for this procedure."],
});

export default async function ({ account, main }) {
    main.classList.add("reading");
    const kinds = ["admission_of_documents", "current_control", "intermediate_attestation", "final_attestation", "teaching_help", "other"];
    const place = h("div", null);
    const choose = field({ name: "procedure", label: t("procedure"), type: "select", value: kinds[0], options: kinds.map((kind) => [kind, procedureName(kind)]), onchange: (event) => open(event.target.value) });
    async function open(procedure) {
        const standing = await api.get(`/v1/me/procedures/${procedure}/identification`);
        show(place, h("p", null, standing.text), standing.suffices ? notice("good", t("done"))
            : visualStep({ account, caseID: standing.visual_case_id, join: () => api.post("/v1/me/visual-identifications", { procedure }), done: () => undefined }));
    }
    await open(kinds[0]);
    return [head(t("title"), t("lead"), { back: ["/", "attestd"] }), card(null, choose, place)];
}
