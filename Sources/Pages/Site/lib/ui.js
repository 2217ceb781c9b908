// Pieces that pages are made of: notices, forms, tables, dialogs, tabs, toasts.
import { h, show, unique, values } from "./dom.js";
import { texts } from "./i18n.js";
import { Problem } from "./api.js";

const t = texts({
    loading: ["Загрузка…", "Loading…"],
    cancel: ["Отмена", "Cancel"],
    close: ["Закрыть", "Close"],
    required: ["Заполните это поле.", "Fill this field in."],
    failed: ["Что-то пошло не так. Обновите страницу.", "Something went wrong. Load the page again."],
    more: ["Показать ещё", "Show more"],
    nothing: ["Здесь пока ничего нет.", "There is nothing here yet."],
    copy: ["Скопировать", "Copy"],
    copied: ["Скопировано", "Copied"],
    optional: ["необязательно", "optional"],
});

/** What a thrown thing means for the person. */
export function explain(error) {
    if (error instanceof Problem) return error.message;
    console.error(error);
    return t("failed");
}

/** A paragraph that stands out; kinds are `good`, `warn`, `bad` or none. */
export const notice = (kind, ...content) => h("div", { class: `notice ${kind}`, role: kind === "bad" ? "alert" : undefined },
    content.map((part) => (typeof part === "string" ? h("p", null, part) : part)));

export const badge = (kind, text) => h("span", { class: `badge ${kind ?? ""}` }, text);
export const card = (title, ...content) => h("section", { class: "card" }, title && h("h2", null, title), content);
export const link = (href, text, kind = "") => h("a", { href, class: kind && `button ${kind}` }, text);
export const spinner = () => h("div", { class: "spinner", role: "status" }, t("loading"));
export const empty = (text = t("nothing"), ...more) => h("div", { class: "empty" }, h("p", null, text), more);
export const facts = (pairs) => h("dl", { class: "facts" }, pairs.filter((pair) => pair && pair[1] !== undefined && pair[1] !== null && pair[1] !== "")
    .map(([name, value]) => [h("dt", null, name), h("dd", null, value)]));

/** Says something at the edge of the page, and aloud to those who listen. */
export function toast(text, kind = "") {
    let place = document.querySelector(".toasts");
    if (!place) {
        place = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
        document.body.append(place);
    }
    const item = h("div", { class: `toast ${kind}` }, text);
    place.append(item);
    setTimeout(() => item.remove(), kind === "bad" ? 9000 : 5000);
}

/** A button that shows that it works while it does, and says in words what failed. */
export function action(text, work, kind = "") {
    const button = h("button", { type: "button", class: kind }, text);
    button.addEventListener("click", () => busy(button, () => work(button)).catch((error) => toast(explain(error), "bad")));
    return button;
}

/** Runs something while a button is busy; a second press meanwhile does nothing. */
export async function busy(button, work) {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    button.setAttribute("aria-disabled", "true");
    try { await work(); } finally {
        button.removeAttribute("aria-busy");
        button.removeAttribute("aria-disabled");
    }
}

/**
 * One field of a form. `type` is that of an input, or `select`, `textarea`, `checkbox`, `checks`, `radios`;
 * options are pairs of value and text.
 */
export function field({ name, label, type = "text", hint, value, options = [], required = true, optionalMark = true, ...more }) {
    const id = unique(name);
    const hintID = hint && `${id}-hint`;
    const common = { id, name, "aria-describedby": hintID, required, ...more };
    const note = hint && h("p", { class: "hint", id: hintID }, hint);
    if (type === "checkbox") {
        return h("div", { class: "field" }, h("label", { class: "choice" },
            h("input", { ...common, type, value: value ?? "on", checked: more.checked }), h("span", null, label)), note);
    }
    if (type === "checks" || type === "radios") {
        const picked = [value ?? []].flat();
        return h("fieldset", { class: "field" }, h("legend", null, label), options.map(([option, text]) =>
            h("label", { class: "choice" }, h("input", {
                type: type === "checks" ? "checkbox" : "radio", name, value: option, checked: picked.includes(option),
                required: type === "radios" && required,
            }), h("span", null, text))), note);
    }
    const mark = !required && optionalMark && h("span", { class: "soft small" }, ` (${t("optional")})`);
    let control;
    if (type === "select") {
        control = h("select", common, options.map(([option, text]) => h("option", { value: option, selected: option === value }, text)));
    } else if (type === "textarea") {
        control = h("textarea", common);
        control.value = value ?? "";
    } else {
        control = h("input", { ...common, type, value: type === "file" ? undefined : value ?? "" });
    }
    return h("div", { class: "field" }, h("label", { for: id }, label, mark), control, note);
}

/** A form that checks itself, sends what was filled in, and shows the problem beside the button. */
export function form({ fields, submit, send, kind = "primary", wide = false, extra, cancel, reset = false }) {
    const problem = h("div", { role: "alert" });
    const button = h("button", { type: "submit", class: `${kind}${wide ? " wide" : ""}` }, submit);
    const node = h("form", { novalidate: true }, fields, problem, h("div", { class: "row" }, button,
        cancel && h("button", { type: "button", onclick: cancel }, t("cancel")), extra));
    node.addEventListener("input", ({ target }) => clearError(target));
    node.addEventListener("submit", (event) => {
        event.preventDefault();
        show(problem);
        if (!check(node)) return;
        busy(button, async () => {
            try {
                await send(values(node), node);
                if (reset) node.reset();
            } catch (error) {
                show(problem, notice("bad", explain(error)));
            }
        });
    });
    return node;
}

function clearError(target) {
    if (!target.matches?.("[aria-invalid]")) return;
    target.removeAttribute("aria-invalid");
    target.closest(".field")?.querySelector(".error")?.remove();
}

function check(node) {
    let first;
    for (const control of node.querySelectorAll("input, select, textarea")) {
        clearError(control);
        if (control.checkValidity()) continue;
        control.setAttribute("aria-invalid", "true");
        const text = control.validity.valueMissing ? t("required") : control.validationMessage;
        const place = control.closest(".field");
        if (place && !place.querySelector(".error")) {
            const id = unique("error");
            place.append(h("p", { class: "error", id }, text));
            control.setAttribute("aria-describedby", [control.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
        }
        first ??= control;
    }
    first?.focus();
    return !first;
}

/** A dialog with a title; `fill` gets what closes it and answers its content. */
export function openDialog(title, fill, onclose) {
    const heading = unique("dialog");
    const node = h("dialog", { "aria-labelledby": heading });
    const close = () => { node.close(); };
    node.append(h("h2", { id: heading }, title), ...[fill(close)].flat(Infinity).filter(Boolean));
    node.addEventListener("close", () => { node.remove(); onclose?.(); });
    document.body.append(node);
    node.showModal();
    return node;
}

/** Asks by a dialog with fields before something is done. */
export function ask({ title, text, fields = [], submit, kind = "primary", send }) {
    return new Promise((done) => {
        let answered = false;
        openDialog(title, (close) => [
            text && h("p", null, text),
            form({
                fields, submit, kind, cancel: close,
                send: async (filled, node) => { await send?.(filled, node); answered = true; done(filled); close(); },
            }),
        ], () => answered || done(null));
    });
}

/** Shows something that is shown only once, to be copied. */
export function showOnce(title, text, explanation) {
    openDialog(title, (close) => [
        h("p", null, explanation), h("pre", { tabindex: 0 }, text),
        h("div", { class: "row" },
            action(t("copy"), async () => { await navigator.clipboard.writeText(text); toast(t("copied")); }, "primary"),
            h("button", { type: "button", onclick: close }, t("close"))),
    ]);
}

/** A table. Columns are `{ title, value(row), number }`; on narrow screens rows become cards. */
export function table(columns, rows, { caption, none } = {}) {
    if (!rows.length) return empty(none);
    return h("div", { class: "table-box cards", role: "region", tabindex: 0, "aria-label": caption },
        h("table", null, caption && h("caption", { class: "visually-hidden" }, caption),
            h("thead", null, h("tr", null, columns.map((column) =>
                h("th", { scope: "col", class: column.number && "number" }, column.title || h("span", { class: "visually-hidden" }, "…"))))),
            h("tbody", null, rows.map((row) => tableRow(columns, row)))));
}
const tableRow = (columns, row) => h("tr", null, columns.map((column) => {
    const content = column.value(row);
    return h("td", { class: column.number && "number", "data-label": column.title }, content ?? "—");
}));

/** A list from the server, a page at a time. `load(last)` answers rows; `last` is the last row of the page before. */
export async function pagedTable(columns, load, { size = 100, ...more } = {}) {
    const rows = await load();
    const node = table(columns, rows, more);
    if (rows.length < size) return node;
    const body = node.querySelector("tbody");
    const button = action(t("more"), async () => {
        const next = await load(rows.at(-1));
        rows.push(...next);
        body.append(...next.map((row) => tableRow(columns, row)));
        if (next.length < size) button.remove();
    });
    return h("div", null, node, h("div", { class: "row" }, button));
}

/** Tabs by the WAI-ARIA pattern; `panels` are pairs of title and what makes the content when it is first shown. */
export function tabs(panels, start = 0) {
    const made = new Map();
    const place = h("div", { role: "tabpanel", tabindex: 0 });
    const buttons = panels.map(([title], at) => h("button", {
        type: "button", role: "tab", id: unique("tab"), onclick: () => open(at),
    }, title));
    async function open(at) {
        buttons.forEach((button, other) => {
            button.setAttribute("aria-selected", String(other === at));
            button.tabIndex = other === at ? 0 : -1;
        });
        place.setAttribute("aria-labelledby", buttons[at].id);
        if (!made.has(at)) {
            show(place, spinner());
            try { made.set(at, await panels[at][1]()); } catch (error) { show(place, notice("bad", explain(error))); return; }
        }
        show(place, made.get(at));
    }
    const list = h("div", { role: "tablist", onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
        buttons[next].focus();
        open(next);
    } }, buttons);
    open(start);
    return h("div", null, list, place);
}

/** A place that loads its content and can load it anew; problems stand in it with a way to try again. */
export function section(load) {
    const node = h("div", { "aria-live": "off" }, spinner());
    node.reload = async () => {
        try { show(node, await load(node.reload)); } catch (error) { show(node, notice("bad", explain(error))); }
    };
    node.ready = node.reload();
    return node;
}

/** Filters above a list: every change calls back with their values. */
export function filters(fields, change) {
    const node = h("form", { class: "filters", role: "search", onsubmit: (event) => { event.preventDefault(); change(values(node)); } }, fields);
    let waiting;
    node.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => change(values(node)), 250); });
    return node;
}

/** Makes a file of bytes and hands it to the person. */
export function saveFile(blob, name) {
    const address = URL.createObjectURL(blob);
    const anchor = h("a", { href: address, download: name });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
