// Fields of a case's step, from what the server says about them.
import { h, show } from "./dom.js";
import { texts } from "./i18n.js";
import { fromLocal, toLocal } from "./time.js";
import { field } from "./ui.js";

const t = texts({
    ids: ["Номера учётных записей через пробел", "Identifiers of accounts, separated by spaces"], add: ["Добавить строку", "Add a line"], line: ["Строка {n}", "Line {n}"], remove: ["Убрать", "Remove"],
});

/** Nodes for fields, and what reads them when the form is sent. */
export function caseFields(fields, prefix = "") {
    const readers = [];
    const nodes = fields.map((each) => {
        const name = prefix + each.name;
        const common = { name, label: each.label, required: each.is_required };
        const keep = (value) => readers.push((form) => [each.name, value(form[name], form)]);
        switch (each.kind) {
        case "day":
            keep((text) => text);
            return field({ ...common, type: "date" });
        case "time":
            keep((text) => text && fromLocal(text));
            return field({ ...common, type: "datetime-local", value: toLocal(new Date(Date.now() + 86400000)) });
        case "flag":
            keep((text) => text === "on");
            return field({ ...common, type: "checkbox", required: false });
        case "number":
            keep((text) => text && Number(text));
            return field({ ...common, type: "number", min: 0 });
        case "choice":
            keep((text) => text);
            return field({ ...common, type: "select", options: [...(each.is_required ? [] : [["", "—"]]), ...each.choices.map((choice) => [choice.id, choice.label])] });
        case "people":
            keep((text) => text?.split(/[\s,;]+/).filter(Boolean) ?? (each.is_required ? [] : undefined));
            return field({ ...common, hint: t("ids") });
        case "rows":
            return rows(each, prefix, readers);
        default:
            keep((text) => text);
            return field({ ...common, type: each.kind === "text" && each.label.length > 18 ? "textarea" : "text", maxlength: 5000 });
        }
    });
    return { nodes, read: (form) => Object.fromEntries(readers.map((reader) => reader(form)).filter(([, value]) => value !== undefined && value !== "")) };
}

function rows(each, prefix, readers) {
    const place = h("div", { class: "stack" });
    const lines = [];
    let made = 0;
    const add = () => {
        const line = caseFields(each.columns, `${prefix}${each.name}.${made++}.`);
        const node = h("fieldset", { class: "card" }, h("legend", { class: "visually-hidden" }, t("line", { n: made })), h("div", { class: "fields" }, line.nodes),
            lines.length > 0 && h("button", { type: "button", class: "plain", onclick: () => { lines.splice(lines.indexOf(line), 1); node.remove(); } }, t("remove")));
        lines.push(line);
        place.append(node);
    };
    add();
    readers.push((form) => [each.name, lines.map((line) => line.read(form))]);
    return h("fieldset", { class: "field" }, h("legend", null, each.label), place, h("button", { type: "button", onclick: add }, t("add")));
}
