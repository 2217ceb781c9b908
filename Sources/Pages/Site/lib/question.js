// A question as fields, and what was filled in as the API's answer.
import { h, show, unique } from "./dom.js";
import { texts } from "./i18n.js";
import { rich } from "./rich.js";
import { busy, explain, notice } from "./ui.js";

const t = texts({
    yes: ["Верно", "True"], no: ["Неверно", "False"], answer: ["Ответ", "Answer"], unit: ["Единица", "Unit"], choose: ["Выберите…", "Choose…"], up: ["Выше: {text}", "Up: {text}"], down: ["Ниже: {text}", "Down: {text}"],
    gap: ["Пропуск {n}", "Gap {n}"], options: ["Варианты ответа", "Options"], upload: ["Добавить файл", "Add a file"], remove: ["Убрать", "Remove"], file: ["Файл {n}", "File {n}"], words: ["Слов: {n}", "Words: {n}"],
    phone: ["Сфотографировать телефоном", "Take a picture with your phone"], order: ["Расставьте по порядку", "Put in order"], keep: ["Оставить так", "Keep this order"], pairs: ["Соответствия", "Pairs"], none: ["Не отвечено", "Not answered"],
});

/** A file as a small picture; nothing where it is none. */
const thumbnail = (address) => {
    const picture = h("img", { class: "thumbnail", src: address, alt: "", loading: "lazy", onerror: () => picture.remove() });
    return picture;
};

const plain = (nodes) => h("span", null, nodes).textContent.trim().slice(0, 60);

/**
 * The fields of an item.
 *
 * @param item the ticket's item
 * @param value the answer so far
 * @param changed told of each new answer
 * @param options `address` of the question's files, `upload(file)` for open questions, `readOnly` with `fileAddress` of
 *   the answer's files; `phone()` shows how a phone sends photographs, `fileAddress` then shows them
 */
export function questionFields(item, value, changed, { address, upload, fileAddress, phone, readOnly = false } = {}) {
    const text = (shown) => rich(shown, { address });
    const makers = { single_choice: single, multiple_choice: several, true_false: truth, numeric: numberField, short_text: short, matching, ordering, cloze, essay: open, file_upload: open };
    const prompt = item.type === "cloze" ? null : h("div", { class: "prompt" }, text(item.prompt));
    const label = unique("question");
    if (prompt) prompt.id = label;
    const body = (makers[item.type] ?? open)();
    const node = h("div", { class: "question" }, prompt, body);
    if (readOnly) for (const control of node.querySelectorAll("input, select, textarea, button")) control.disabled = true;
    return node;

    function options(type, name, isPicked, pick) {
        return h("div", { role: type === "radio" ? "radiogroup" : "group", "aria-labelledby": label }, item.options.map((option, place) => h("label", { class: "choice" },
            h("input", { type, name, value: place, checked: isPicked(place), onchange: (event) => pick(place, event.target.checked) }), h("span", null, text(option)))));
    }
    function single() {
        return options("radio", unique("choice"), (place) => value?.index === place, (place) => changed({ type: "choice", index: place }));
    }
    function several() {
        const picked = new Set(value?.indexes ?? []);
        return options("checkbox", unique("choice"), (place) => picked.has(place), (place, isOn) => {
            if (isOn) picked.add(place); else picked.delete(place);
            changed({ type: "choices", indexes: [...picked].sort((a, b) => a - b) });
        });
    }
    function truth() {
        const name = unique("truth");
        return h("div", { role: "radiogroup", "aria-labelledby": label }, [[true, t("yes")], [false, t("no")]].map(([is, words]) => h("label", { class: "choice" },
            h("input", { type: "radio", name, value: String(is), checked: value?.value === is, onchange: () => changed({ type: "truth", value: is }) }), h("span", null, words))));
    }
    function unitSelect(units, chosen, pick) {
        return units?.length ? h("select", { "aria-label": t("unit"), style: { width: "auto" }, onchange: (event) => pick(event.target.value) },
            h("option", { value: "" }, t("unit")), units.map((unit) => h("option", { value: unit, selected: unit === chosen }, unit))) : null;
    }
    function numberField() {
        let { value: digits = "", unit } = value ?? {};
        const tell = () => digits.trim() && changed(unit ? { type: "number", value: digits.trim(), unit } : { type: "number", value: digits.trim() });
        return h("div", { class: "row" }, h("input", { "aria-labelledby": label, inputmode: "decimal", autocomplete: "off", value: digits, style: { width: "16em" }, maxlength: 100, oninput: (event) => { digits = event.target.value; tell(); } }),
            unitSelect(item.units, unit, (picked) => { unit = picked || undefined; tell(); }));
    }
    function short() {
        return h("input", { "aria-labelledby": label, autocomplete: "off", value: value?.text ?? "", maxlength: 2000, oninput: (event) => changed({ type: "text", text: event.target.value }) });
    }
    function matching() {
        const chosen = value?.indexes ? [...value.indexes] : item.pair_prompts.map(() => null);
        return h("div", { class: "stack" }, item.pair_prompts.map((promptText, row) => {
            const id = unique("pair");
            return h("div", { class: "split even" }, h("div", { id }, text(promptText)), h("select", { "aria-labelledby": id, onchange: (event) => {
                chosen[row] = event.target.value === "" ? null : Number(event.target.value);
                changed({ type: "matches", indexes: [...chosen] });
            } }, h("option", { value: "" }, t("choose")), item.pair_choices.map((choice, place) => h("option", { value: place, selected: chosen[row] === place }, plain(text(choice))))));
        }));
    }
    function ordering() {
        let order = value?.indexes ? [...value.indexes] : item.options.map((_, place) => place);
        const list = h("ol", { class: "order", "aria-label": t("order") });
        const tell = () => { changed({ type: "order", indexes: [...order] }); paint(); };
        const move = (from, to) => {
            if (to < 0 || to >= order.length) return;
            [order[from], order[to]] = [order[to], order[from]];
            tell();
            list.children[to].querySelector("button:not([disabled])")?.focus();
        };
        const paint = () => show(list, order.map((place, at) => {
            const words = text(item.options[place]);
            const name = plain(text(item.options[place]));
            return h("li", null, h("span", null, words),
                h("button", { type: "button", class: "plain", "aria-label": t("up", { text: name }), disabled: at === 0, onclick: () => move(at, at - 1) }, "↑"),
                h("button", { type: "button", class: "plain", "aria-label": t("down", { text: name }), disabled: at === order.length - 1, onclick: () => move(at, at + 1) }, "↓"));
        }));
        paint();
        return h("div", null, list, !value && h("button", { type: "button", onclick: tell }, t("keep")));
    }
    function cloze() {
        const filled = value?.answers ? [...value.answers] : item.gaps.map(() => null);
        const tell = () => changed({ type: "gaps", answers: [...filled] });
        const gapField = (number) => {
            const gap = item.gaps[number - 1];
            if (!gap) return "";
            const now = filled[number - 1];
            const set = (answer) => { filled[number - 1] = answer; tell(); };
            const name = t("gap", { n: number });
            if (gap.kind === "choice") {
                return h("select", { class: "gap-input", "aria-label": name, onchange: (event) => set(event.target.value === "" ? null : { type: "choice", index: Number(event.target.value) }) },
                    h("option", { value: "" }, t("choose")), gap.options.map((option, place) => h("option", { value: place, selected: now?.index === place }, plain(text(option)))));
            }
            if (gap.kind === "choices") {
                const picked = new Set(now?.indexes ?? []);
                return h("span", { role: "group", "aria-label": name }, gap.options.map((option, place) => h("label", { class: "choice" }, h("input", { type: "checkbox", checked: picked.has(place), onchange: (event) => {
                    if (event.target.checked) picked.add(place); else picked.delete(place);
                    set({ type: "choices", indexes: [...picked] });
                } }), h("span", null, text(option)))));
            }
            const type = gap.kind === "number" ? "number" : "text";
            return h("input", { class: "gap-input", "aria-label": name, autocomplete: "off", inputmode: type === "number" ? "decimal" : undefined, maxlength: type === "number" ? 100 : 2000, value: now?.value ?? now?.text ?? "",
                oninput: (event) => set(event.target.value === "" ? null : type === "number" ? { type, value: event.target.value } : { type, text: event.target.value }) });
        };
        return h("div", { class: "prompt", id: label }, rich(item.prompt, { address, gap: gapField }));
    }
    function open() {
        const response = item.response ?? { takes_files: false, required_files: 0 };
        const files = [...(value?.files ?? [])];
        let words = value?.text ?? response.template?.text ?? "";
        const hasText = item.type === "essay" && (response.editor || !response.takes_files) || Boolean(response.editor);
        const takesFiles = response.takes_files || item.type === "file_upload";
        const takesPictures = !response.file_types?.length || response.file_types.some((type) => /^image|\.(jpe?g|png|webp)$/.test(type));
        const tell = () => {
            if (takesFiles && files.length > 0) changed(words ? { type: "files", files: [...files], text: words } : { type: "files", files: [...files] });
            else if (hasText) changed({ type: "essay", text: words });
            else changed({ type: "files", files: [...files] });
        };
        const count = h("p", { class: "hint", role: "status" });
        const tellCount = () => { count.textContent = t("words", { n: words.trim() ? words.trim().split(/\s+/).length : 0 }); };
        tellCount();
        const list = h("ul", { class: "stack" });
        const problem = h("div", { role: "alert" });
        const paint = () => show(list, files.map((file, at) => h("li", { class: "row" }, fileAddress && thumbnail(fileAddress(file)), t("file", { n: at + 1 }), h("button", { type: "button", class: "plain", onclick: () => { files.splice(at, 1); paint(); tell(); } }, t("remove")))));
        paint();
        const input = h("input", { type: "file", accept: "image/*,application/pdf", hidden: true, onchange: () => {
            const file = input.files[0];
            input.value = "";
            if (!file) return;
            show(problem);
            busy(button, async () => { files.push((await upload(file)).id); paint(); tell(); }).catch((error) => show(problem, notice("bad", explain(error))));
        } });
        const button = h("button", { type: "button", onclick: () => input.click() }, t("upload"));
        const area = h("textarea", { "aria-labelledby": label, rows: Math.min(24, response.lines ?? 8), maxlength: 100000, oninput: (event) => { words = event.target.value; tellCount(); tell(); } });
        area.value = words;
        if (readOnly) {
            // Read, not written: as long as it is, and found by a search in the page.
            return h("div", { class: "stack" }, words && h("pre", { tabindex: 0, style: { "font-family": "inherit", "max-height": "none" } }, words),
                files.length > 0 && h("ul", null, files.map((file, at) => h("li", null, fileAddress ? h("a", { href: fileAddress(file), target: "_blank" }, t("file", { n: at + 1 })) : t("file", { n: at + 1 })))));
        }
        return h("div", { class: "stack" }, hasText && h("div", null, area, count), takesFiles && upload && [list, problem, h("div", { class: "row" }, button, input, phone && takesPictures && h("button", { type: "button", onclick: () => busy(button, phone).catch((error) => show(problem, notice("bad", explain(error)))) }, t("phone")))]);
    }
}

/** Whether an answer says anything. */
export function isAnswered(answer) {
    if (!answer) return false;
    switch (answer.type) {
    case "choices": return answer.indexes.length > 0;
    case "text": case "essay": return answer.text.trim() !== "";
    case "matches": return answer.indexes.some((index) => index !== null);
    case "gaps": return answer.answers.some(Boolean);
    case "files": return answer.files.length > 0 || Boolean(answer.text?.trim());
    default: return true;
    }
}

/** An answer beside its question, as graders read it. */
export const readAnswer = (item, answer, options) => (answer ? questionFields(item, answer, () => undefined, { ...options, readOnly: true }) : notice("", t("none")));
